"""`import spacy` without what a pipeline that is only used never asks for: it takes half the time and 25 MiB less.

spaCy's own modules import, as they are imported, its commands (`spacy.cli`: downloads, project templates, an HTTP
client) and the forms of its configuration files (`spacy.schemas`), for which all of pydantic is loaded and some sixty
classes are made; srsly brings a YAML and a pickle of its own. While spaCy is imported here, stand-ins take the place of
these modules, and pydantic is not to be had, which confection allows for. Nor is any package asked for functions that
it offers to spaCy: `catalogue` would look through all that is installed, and again for each of fifty parts of a model.
The regular expressions of all these modules are kept as ours are. Right after, the stand-ins are gone from
`sys.modules`, and `complete` puts the true things where a stand-in was taken.
"""

from __future__ import annotations

import gc
import importlib
import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from followup_lint import patterns

_STANDINS = (
    *("spacy.cli", "spacy.cli.info", "spacy.schemas", "spacy.pipeline._edit_tree_internals.schemas"),
    *("srsly._pickle_api", "srsly._yaml_api"),
)
_THREADS = "OPENBLAS_NUM_THREADS"
_RARELY = 1_000_000
"""Objects made before the collector looks for rubbish: importing and loading make many, and throw none away."""


class Standin:
    """Stands for a name of a module that is not imported yet."""

    def __init__(self, module: str, name: str) -> None:
        self.module, self.name = module, name
        self._rebuilt: Mapping[str, object] | None = None

    def model_rebuild(self, **how: object) -> None:
        """Keep in mind that `spacy/__init__` finishes its schemas by this, as it is imported."""
        self._rebuilt = how

    def __call__(self) -> Standin:
        """Return what stands for an instance, too."""
        return self

    def model_dump(self) -> dict[str, None]:
        """Return the attributes of a token pattern that phrases are matched by; the tokenizer's matcher asks."""
        return {"orth": None}

    def true(self) -> Any:
        """Return what it stands for, imported."""
        thing = getattr(importlib.import_module(self.module), self.name)
        if self._rebuilt is not None:
            thing.model_rebuild(**self._rebuilt)
        return thing


class _Module(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Standin(self.__name__, name)


def is_fitting() -> bool:
    """Whether this is a spaCy that `lean` knows, over a confection that takes pydantic only where it is there."""
    from importlib.metadata import PackageNotFoundError, requires, version

    try:
        needed = requires("confection") or []
        return version("spacy").startswith("3.8.") and not any(item.startswith("pydantic") for item in needed)
    except PackageNotFoundError:
        return False


@contextmanager
def lean() -> Iterator[None]:
    """Import spaCy lean, if it is not imported yet, and load what is loaded inside with few collections of rubbish."""
    thresholds = gc.get_threshold()
    gc.set_threshold(_RARELY)  # not gc.disable(): srsly, which reads the model, enables it again
    try:
        if "spacy" not in sys.modules:
            _import()
        yield
    finally:
        gc.freeze()  # all this stays as long as the process: never look through it
        gc.set_threshold(*thresholds)


def _import() -> None:
    taken = {name: sys.modules[name] for name in sys.modules if name.partition(".")[0] == "pydantic"}
    standins: dict[str, Any] = {name: _Module(name) for name in _STANDINS if name not in sys.modules}
    for module in standins.values():
        module.__path__ = []
    threads = os.environ.get(_THREADS)
    metadata: Any = importlib.import_module("importlib.metadata")
    entry_points, compiler = metadata.entry_points, re.compile
    for name in taken:
        del sys.modules[name]
    sys.modules |= {"pydantic": None, **standins}  # type: ignore[dict-item]  # None is how an absent module is marked
    # One sentence is too little for several threads: they only wait for one another.
    os.environ.setdefault(_THREADS, "1")
    metadata.entry_points = lambda: metadata.EntryPoints(())
    re.compile = patterns.over(compiler)  # the same for all that modules give it
    try:
        importlib.import_module("spacy")
    finally:
        metadata.entry_points, re.compile = entry_points, compiler
        for name in ("pydantic", *standins):
            del sys.modules[name]
        sys.modules |= taken
        if threads is None:
            del os.environ[_THREADS]


def complete() -> None:
    """Put the true things in the place of stand-ins: before `spacy.load`, and harmless where there is none."""
    modules = [module for name, module in sys.modules.items() if name.partition(".")[0] in {"spacy", "srsly"}]
    found = [
        (module, key, value) for module in modules for key, value in vars(module).items() if isinstance(value, Standin)
    ]
    if not found:
        return
    catalogue: Any = importlib.import_module("catalogue")
    catalogue.AVAILABLE_ENTRY_POINTS = importlib.import_module("importlib.metadata").entry_points()
    validation: Any = importlib.import_module("confection.validation")
    for release, source in (("V1", "pydantic.v1"), ("V2", "pydantic")):
        for name in ("BaseModel", "ValidationError"):
            setattr(validation, f"_Pydantic{release}{name}", getattr(importlib.import_module(source), name))
    for module, key, value in found:
        setattr(module, key, value.true())
