"""The rules that a draft's front matter ignores: which of them are none, and how more of them are written there.

What is written is read again before it is given back, so that a shape nobody thought of is refused.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Collection, Iterable, Iterator
from typing import cast

from followup_lint import patterns
from followup_lint.errors import Problem, hint
from followup_lint.front_matter import Top, read_top
from followup_lint.linter import Result
from followup_lint.reader import Message
from followup_lint.silence import Silence
from followup_lint.sources.decode import decode, encoding_of
from followup_lint.strict_yaml import load

_PLAIN_NAME = patterns.lazy(r"[A-Za-z][\w-]*", re.ASCII)
_SURROGATE = patterns.lazy(r"[\ud800-\udfff]")
_UNSEEN = patterns.lazy(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_NOT_ASCII = patterns.lazy(r"[^\x20-\x7e]")
# `utf-16` and `utf-32` would be written back in this machine's byte order, whichever the file has.
_ORDERED = {
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}


def unknown_ignores(message: Message, known: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for every rule that a draft's own front matter ignores and that is none of the known ones."""
    top = message.draft.front_matter
    if top is None:
        return
    try:
        from followup_lint.entries import KEYS, inside

        document = load(inside(message.draft.text, top).of(message.draft.text), message.draft.path, first_line=2)
    except Problem:
        return  # told already, where the facts were read
    if not isinstance(document.value, dict):
        return
    for key, value in document.value.items():
        if key not in KEYS:
            continue
        names = value if isinstance(value, list) else list(value) if isinstance(value, dict) else [value]
        for index, name in enumerate(names):
            if not isinstance(name, str) or not name.strip() or name.strip() in known:
                continue
            what = f"{key}: unknown rule '{name.strip()}'; {hint(name, known, '--list-rules shows them all')}"
            is_key = isinstance(value, dict)
            step = (name,) if is_key else (index,) if isinstance(value, list) else ()
            yield document.problem(what, (key, *step), key=is_key)


def remaining(result: Result) -> tuple[str, ...]:
    """Return the rules that something is still found by, each once; not those that judge the silences themselves."""
    last = {rule.name for rule in result.rules if getattr(rule.check, "LAST", False)}
    return tuple(sorted({item.rule for item in result.diagnostics} - last))


def added_to_file(data: bytes, path: str, rules: Iterable[str], reason: str) -> bytes:
    """Return the bytes of a draft that ignores more rules, in its encoding and with its byte-order mark.

    Raises Problem as `added` does, and where the bytes could not be written back as they were.
    """
    text, encoding = decode(data, path), encoding_of(data, path)
    mark = next((mark for mark in (*_ORDERED, codecs.BOM_UTF8) if data.startswith(mark)), b"")
    written = _ORDERED.get(mark, "utf-8" if mark else encoding)
    wanted = added(text, path, rules, reason, ascii_only=not encoding.startswith("utf"))
    new = mark + wanted.encode(written)
    exact = mark + text.encode(written) == data and encoding_of(new, path) == encoding
    if not exact:
        raise Problem(f"cannot be written back as it was, in {encoding}; save it as UTF-8 first", path)
    return new


def added(text: str, path: str, rules: Iterable[str], reason: str, *, ascii_only: bool = False) -> str:
    """Return a draft whose front matter ignores more rules, all for one reason; those ignored already stay as they are.

    With `ascii_only`, the reason is written with escapes. Raises Problem for mail, which has no front matter, for a
    front matter that cannot be read, and for a reason that is empty or has several lines.
    """
    if path.lower().endswith(".eml"):
        how = "mail has no front matter; ignore the rule under `overrides` in .followup-lint.yaml, or use a baseline"
        raise Problem(how, path)
    reason = reason.strip()
    if not reason or {"\n", "\r"} & set(reason):
        raise Problem("--add-ignores: say in one line why this may stay")
    if _SURROGATE.search(reason):
        raise Problem("--add-ignores: the reason holds bytes that are no text in this system's encoding")
    top = read_top(text, path)
    before = _silences(top)
    if top.problems and (top.front_matter is None or not top.facts):
        raise top.problems[0]
    fresh = sorted(set(rules) - {silence.rule for silence in before})
    if not fresh:
        return text
    entries = [f"{_name(rule, ascii_only=ascii_only)}: {_quoted(reason, ascii_only=ascii_only)}" for rule in fresh]
    from followup_lint.entries import with_entries

    new = with_entries(text, path, top, entries)
    _check(path, text, new, {*before, *(Silence(rule, reason) for rule in fresh)})
    return new


def _silences(top: Top) -> tuple[Silence, ...]:
    fact = top.facts.get("ignore")
    return cast("tuple[Silence, ...]", fact.value) if fact else ()


def _check(path: str, before: str, after: str, wanted: Collection[Silence]) -> None:
    """Raise Problem unless the new front matter says what the old one said, and ignores what is wanted."""
    old, new = read_top(before, path), read_top(after, path)
    facts = [{name: fact.value for name, fact in top.facts.items() if name != "ignore"} for top in (old, new)]
    same = facts[0] == facts[1] and before[old.start :] == after[new.start :] and len(old.problems) == len(new.problems)
    if not same or set(_silences(new)) != set(wanted):
        how = "'ignore' is written in a way that cannot be added to; write it as lines of `rule: reason`"
        raise Problem(how, path, 1)


def _name(rule: str, *, ascii_only: bool) -> str:
    return rule if _PLAIN_NAME.fullmatch(rule) else _quoted(rule, ascii_only=ascii_only)


def _quoted(words: str, *, ascii_only: bool) -> str:
    hidden = _NOT_ASCII if ascii_only else _UNSEEN
    return hidden.sub(lambda char: f"\\U{ord(char[0]):08x}", json.dumps(words, ensure_ascii=False))
