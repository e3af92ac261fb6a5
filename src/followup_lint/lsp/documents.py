"""The documents an editor has open, as it last told us."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import PurePath
from urllib.parse import unquote, urlsplit

from followup_lint import patterns
from followup_lint.lsp.positions import Buffer, Change, changed, whole
from followup_lint.records import dataclass, field, replace

_RULE_KEYS = (patterns.lazy(r"^check[ \t]*:", re.MULTILINE), patterns.lazy(r"^examples[ \t]*:", re.MULTILINE))


@dataclass(frozen=True)
class Document:
    """One version of a document. `language` is the editor's word for what it is, and often wrong or missing."""

    uri: str
    version: int
    language: str
    text: str
    encoding: str = "utf-16"

    @cached_property
    def buffer(self) -> Buffer:
        """Return the text with its positions."""
        return Buffer(self.text, self.encoding)

    @property
    def file(self) -> str:
        """Return the path on disk; empty for a buffer that is no file."""
        parts = urlsplit(self.uri)
        if parts.scheme != "file":
            return ""
        path = unquote(parts.path)
        if re.match(r"/[A-Za-z]:", path):  # a Windows drive
            path = path[1:]
        return f"//{parts.netloc}{path}" if parts.netloc not in {"", "localhost"} else path

    @property
    def name(self) -> str:
        """Return the file's name, or what to take for it: the name says how a text is read."""
        name = PurePath(self.file or unquote(urlsplit(self.uri).path)).name or "untitled"
        if PurePath(name).suffix.lower() == ".eml":
            return name
        if not self.file and self.language in {"eml", "email"}:
            return f"{name}.eml"
        return name if PurePath(name).suffix else f"{name}.txt"

    @property
    def is_html(self) -> bool:
        """Whether the text is a page to be read as its words."""
        suffix = PurePath(self.name).suffix.lower()
        return suffix in {".html", ".htm"} or (self.language == "html" and suffix != ".eml")

    @property
    def is_rule(self) -> bool:
        """Whether this is a rule file: YAML with the keys that only a rule has."""
        is_yaml = self.language == "yaml" or PurePath(self.name).suffix.lower() in {".yaml", ".yml"}
        return is_yaml and all(key.search(self.text) for key in _RULE_KEYS)

    @property
    def is_draft(self) -> bool:
        """Whether it is a text that may be a message; other YAML and TOML files are none."""
        suffix = PurePath(self.name).suffix.lower()
        return self.language not in {"yaml", "toml"} and suffix not in {".yaml", ".yml", ".toml"}


@dataclass
class Documents:
    """All open documents; `encoding` is what was negotiated."""

    encoding: str = "utf-16"
    _open: dict[str, Document] = field(default_factory=dict)

    def __getitem__(self, uri: str) -> Document:
        return self._open[uri]

    def __iter__(self) -> Iterator[Document]:
        return iter(list(self._open.values()))

    def get(self, uri: str) -> Document | None:
        """Return a document, if it is open."""
        return self._open.get(uri)

    def opened(self, uri: str, version: int, language: str, text: str) -> Document:
        """Take in a document."""
        self._open[uri] = Document(uri, version, language.lower(), whole(text), self.encoding)
        return self._open[uri]

    def changed(self, uri: str, version: int, changes: Sequence[Change]) -> Document | None:
        """Take in a document's next version; None where it was never opened."""
        if uri not in self._open:
            return None
        now = self._open[uri]
        self._open[uri] = replace(now, version=version, text=changed(now.text, changes, self.encoding))
        return self._open[uri]

    def closed(self, uri: str) -> None:
        """Forget a document."""
        self._open.pop(uri, None)
