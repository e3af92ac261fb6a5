"""Whether a model is of the one kind that we know how to put together, and its sizes, read from its `config.cfg`."""

from __future__ import annotations

import json
from configparser import ConfigParser
from configparser import Error as ConfigError
from pathlib import Path
from typing import Any

from followup_lint.records import dataclass

_WIDTH = "${components.tok2vec.model.encode:width}"
_LISTENER = {"@architectures": "spacy.Tok2VecListener.v1", "width": _WIDTH, "upstream": "tok2vec"}

_NEEDED: dict[str, dict[str, Any]] = {
    "nlp": {
        "lang": "en",
        "before_creation": None,
        "after_creation": None,
        "after_pipeline_creation": None,
        "tokenizer": {"@tokenizers": "spacy.Tokenizer.v1"},
    },
    "components.tok2vec": {"factory": "tok2vec"},
    "components.tok2vec.model": {"@architectures": "spacy.Tok2Vec.v2"},
    "components.tok2vec.model.embed": {
        "@architectures": "spacy.MultiHashEmbed.v2",
        "width": _WIDTH,
        "include_static_vectors": False,
    },
    "components.tok2vec.model.encode": {"@architectures": "spacy.MaxoutWindowEncoder.v2"},
    "components.tagger": {"factory": "tagger"},
    "components.tagger.model": {"@architectures": "spacy.Tagger.v2", "nO": None, "normalize": False},
    "components.tagger.model.tok2vec": _LISTENER,
    "components.parser": {"factory": "parser", "moves": None},
    "components.parser.model": {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "parser",
        "extra_state_tokens": False,
        "nO": None,
    },
    "components.parser.model.tok2vec": _LISTENER,
    "components.attribute_ruler": {"factory": "attribute_ruler"},
    "components.lemmatizer": {"factory": "lemmatizer", "mode": "rule", "model": None, "overwrite": False},
}
"""What must stand in the file word for word; sizes may differ, and what only training needs does not matter."""

_PIPELINE = ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer"]
_UNUSED = {"senter", "ner"}


@dataclass(frozen=True)
class Shape:
    """The sizes of the layers."""

    width: int
    attrs: tuple[str, ...]
    rows: tuple[int, ...]
    depth: int
    window: int
    pieces: int
    hidden: int
    parser_pieces: int
    has_upper: bool


def shape_of(folder: Path) -> Shape | None:
    """Return the sizes of the model in a folder; None if it is of another kind or cannot be read."""
    parser = ConfigParser(interpolation=None, delimiters=("=",), comment_prefixes=("#",), inline_comment_prefixes=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # the documented way to keep capitals
    try:
        parser.read_string((folder / "config.cfg").read_text(encoding="utf-8"))
        values = {name: {key: _value(text) for key, text in parser.items(name)} for name in parser.sections()}
        for section, needed in _NEEDED.items():
            if any(values[section][key] != value for key, value in needed.items()):
                return None
        if [name for name in values["nlp"]["pipeline"] if name not in _UNUSED] != _PIPELINE:
            return None
        embed, encode = values["components.tok2vec.model.embed"], values["components.tok2vec.model.encode"]
        head = values["components.parser.model"]
        return Shape(
            encode["width"],
            tuple(embed["attrs"]),
            tuple(embed["rows"]),
            encode["depth"],
            encode["window_size"],
            encode["maxout_pieces"],
            head["hidden_width"],
            head["maxout_pieces"],
            head["use_upper"],
        )
    except (OSError, ConfigError, UnicodeDecodeError, KeyError, TypeError):
        return None


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text  # a reference to another section
