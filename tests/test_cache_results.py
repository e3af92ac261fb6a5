"""What was found in a draft, kept and found again: the same, only when it must be, and read by nobody else."""

from __future__ import annotations

import base64
import os
import stat
import sys
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import platformdirs
import pytest
from click.testing import CliRunner
from click.testing import Result as Ran
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_lint.cache import plain, sweep, vault
from followup_lint.cache.canonical import encoded
from followup_lint.cache.results import Results
from followup_lint.cache.vault import digest, opened, sealed
from followup_lint.catalog import built_in
from followup_lint.command import command
from followup_lint.context import Channel, Context, Kind
from followup_lint.diagnostic import Applicability, Diagnostic, Edit, Finding, Remedy, Severity
from followup_lint.linter import Linter, Result
from followup_lint.reader import Message, read_message
from followup_lint.rule import Rule
from followup_lint.silence import Silence
from followup_lint.testing import unmark
from followup_lint.text import Span
from followup_lint.thread.beside import Beside

if TYPE_CHECKING:
    from followup_lint.language import Language

ALL = tuple(rule.strictly() for rule in built_in())
DRAFT = """---
kind: thank-you
to: Ingrid Vael
---
Dear Ingrid,

Zanzibarine thanks for the hour. I am a perfect fit!!! Call me at 555 0142.

Best,
Sam Roe
"""


def no_language() -> Language:
    raise AssertionError("what is in the cache needs no language model")


def lint(folder: Path, linter: Linter, message: Message, least: Severity = Severity.SUGGESTION) -> Result:
    return Results(str(folder)).lint(linter, message, least, "")


def note(text: str = DRAFT, path: str = "note.txt") -> Message:
    return read_message(text.encode(), path, {})


def entries(folder: Path) -> list[Path]:
    return sorted((folder / vault.FORM / vault.RESULTS).iterdir())


def examples() -> Iterator[tuple[Rule, Message, Beside]]:
    for rule in ALL:
        told = [example for example in rule.file.examples if example.bad]
        for example in told[::2]:
            yield rule, note(unmark(example.bad or example.good)[0], example.file), Beside(example.beside)


def test_what_is_found_again_is_equal_for_examples_of_every_rule(tmp_path: Path) -> None:
    found = 0
    for rule, message, beside in examples():
        linter = Linter((rule,), others=beside.others, history=beside.informed)
        first = lint(tmp_path, linter, message)
        assert lint(tmp_path, replace(linter, language=no_language), message) == first
        found += len(first.diagnostics)
    assert found > 100


def test_all_rules_together_find_the_same_with_a_cache_and_without(tmp_path: Path) -> None:
    for _, message, beside in list(examples())[::20]:
        linter = Linter(ALL, others=beside.others, history=beside.informed)
        first = lint(tmp_path, linter, message)
        assert linter.lint(message) == first
        assert lint(tmp_path, replace(linter, language=no_language), message) == first


def test_a_silenced_finding_is_found_again_with_its_silence(tmp_path: Path) -> None:
    silence = Silence("exclamation-excess", "a house of cheer", date(2999, 1, 1), "project.yaml")
    linter = Linter(ALL, silences=(silence,))
    first = lint(tmp_path, linter, note())
    assert [item.silence for item in first.silenced] == [silence]
    assert lint(tmp_path, replace(linter, language=no_language), note()) == first


@pytest.mark.parametrize(
    ("linter", "message", "least"),
    [
        (Linter(ALL), note(DRAFT.replace("hour", "day")), Severity.SUGGESTION),
        (Linter(ALL), note(DRAFT.replace("kind: thank-you", "kind: check-in")), Severity.SUGGESTION),
        (Linter(ALL), note(DRAFT.replace("Ingrid Vael", "Ingrid Vale")), Severity.SUGGESTION),
        (Linter(ALL), note(DRAFT, "note.md"), Severity.SUGGESTION),
        (Linter(ALL), replace(note(), context=replace(note().context, channel=Channel.LETTER)), Severity.SUGGESTION),
        (
            Linter(ALL),
            replace(note(), context=replace(note().context, zone=ZoneInfo("Asia/Tokyo"))),
            Severity.SUGGESTION,
        ),
        (Linter(ALL), note(), Severity.ERROR),
        (Linter(ALL[1:]), note(), Severity.SUGGESTION),
        (Linter(built_in()), note(), Severity.SUGGESTION),
        (Linter(ALL, silences=(Silence("emoji", "we like them"),)), note(), Severity.SUGGESTION),
        (
            Linter((ALL[0].saying(message="Other words."), *ALL[1:])),
            note(),
            Severity.SUGGESTION,
        ),
        (Linter(tuple(replace(r, name="other") if r is ALL[0] else r for r in ALL)), note(), Severity.SUGGESTION),
    ],
)
def test_what_may_change_a_result_is_looked_at_anew(
    tmp_path: Path, linter: Linter, message: Message, least: Severity
) -> None:
    lint(tmp_path, Linter(ALL), note())
    before = entries(tmp_path)
    assert lint(tmp_path, linter, message, least) == linter.lint(message, least)
    assert len(entries(tmp_path)) == len(before) + 1


def test_an_option_of_a_check_counts(tmp_path: Path) -> None:
    rule = next(rule for rule in ALL if rule.name == "exclamation-excess")
    options = {**rule.file.options, "max": {"default": 9}}
    check = replace(rule.check, max={"default": 9})  # type: ignore[type-var]  # it is a dataclass
    laxer = replace(rule.saying(options=options), make=lambda: check)
    message = note(DRAFT.replace("fit!!!", "fit! And glad! So glad!"))
    assert lint(tmp_path, Linter((rule,)), message).diagnostics
    assert not lint(tmp_path, Linter((laxer,)), message).diagnostics


def test_a_day_counts_only_where_a_silence_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ends = Linter(ALL, silences=(Silence("exclamation-excess", "cheer", date(2999, 1, 1)),))
    assert lint(tmp_path, ends, note()).silenced
    lint(tmp_path, Linter(ALL), note())
    before = entries(tmp_path)
    for module in ("linter", "cache.results"):
        monkeypatch.setattr(f"followup_lint.{module}.today", lambda: date(2999, 1, 2))
    assert not lint(tmp_path, ends, note()).silenced
    lint(tmp_path, replace(Linter(ALL), language=no_language), note())
    assert len(entries(tmp_path)) == len(before) + 1


def test_drafts_beside_it_count_if_a_rule_looked_there(tmp_path: Path) -> None:
    drafts, cache = tmp_path / "drafts", tmp_path / "cache"
    drafts.mkdir()
    facts = "---\nkind: thank-you\ncompany: Dye Works\ninterview: 2026-03-04\nto: {}\n---\n"
    words = (
        "Hello,\n\nThank you for the hour in the dye house. I had not seen madder rooted in pots before.\n\nSam Roe\n"
    )
    path = drafts / "a.txt"
    path.write_text(facts.format("Ines Roy") + words)
    thread = tuple(rule for rule in ALL if rule.name == "near-duplicate-note")
    message = note(path.read_text(), str(path))
    alone = lint(cache, Linter(thread), message)
    other = drafts / "b.txt"
    other.write_text(facts.format("Tom Ek") + words)
    assert not alone.diagnostics
    assert [item.rule for item in lint(cache, Linter(thread), message).diagnostics] == ["near-duplicate-note"]
    assert lint(cache, replace(Linter(thread), language=no_language), message).diagnostics
    other.write_text(facts.format("Tom Ek") + "Hello,\n\nYour rule about rain water is a good one; I shall keep it.\n")
    os.utime(other, (1, 1))
    assert not lint(cache, Linter(thread), message).diagnostics
    apart = tuple(rule for rule in ALL if rule.name == "exclamation-excess")
    lint(cache, Linter(apart), message)
    (drafts / "c.txt").write_text("Hello")
    before = entries(cache)
    lint(cache, Linter(apart), message)
    assert entries(cache) == before


def test_nobody_reads_a_draft_in_the_cache(tmp_path: Path) -> None:
    lint(tmp_path, Linter(ALL), note(path="drafts/hidden-name.txt"))
    held = [item for item in tmp_path.rglob("*") if item.is_file()]
    assert len(held) >= 4
    words = [b"Zanzibarine", b"Ingrid", b"Sam Roe", b"555 0142", b"hidden-name", b"exclamation", b"perfect fit"]
    marks = {mark for word in words for mark in (word, word.lower(), base64.b64encode(word)[:-4], word.hex().encode())}
    for item in held:
        data = item.read_bytes()
        for start in range(len(data)):
            opener = zlib.decompressobj(-15)
            try:
                data += opener.decompress(item.read_bytes()[start:], 10_000)
            except zlib.error:
                continue
        assert not [mark for mark in marks if mark in data], item


def test_the_same_draft_is_sealed_differently_each_time() -> None:
    key = digest(b"seal", b"draft")
    one, two = sealed(b"findings", key), sealed(b"findings", key)
    assert one != two
    assert opened(one, key) == opened(two, key) == b"findings"
    assert opened(one, digest(b"seal", b"another")) is None


@given(st.binary(max_size=300), st.binary(max_size=40), st.integers(0, 400), st.integers(1, 255))
def test_what_is_sealed_opens_only_unharmed(data: bytes, secret: bytes, at: int, flip: int) -> None:
    key = digest(b"seal", secret)
    whole = sealed(data, key)
    assert opened(whole, key) == data
    harmed = bytearray(whole)
    harmed[at % len(whole)] ^= flip
    assert opened(bytes(harmed), key) is None
    assert opened(whole[: at % len(whole)], key) is None
    assert opened(whole + b"\0", key) is None


def test_digests_of_parts_do_not_run_together() -> None:
    made = [digest(b"a", b"xy", b"z"), digest(b"a", b"x", b"yz"), digest(b"a", b"xyz"), digest(b"b", b"xyz")]
    assert len(set(made)) == 4


@pytest.mark.parametrize("harm", ["empty", "cut", "flipped", "foreign", "folder"])
def test_a_harmed_entry_is_made_anew(tmp_path: Path, harm: str) -> None:
    first = lint(tmp_path, Linter(ALL), note())
    (entry,) = entries(tmp_path)
    whole = entry.read_bytes()
    harmed = {"empty": b"", "cut": whole[:-1], "flipped": whole[:-1] + bytes([whole[-1] ^ 1]), "foreign": b"x" * 999}
    if harm == "folder":
        entry.unlink()
        entry.mkdir()
    else:
        entry.write_bytes(harmed[harm])
    assert lint(tmp_path, Linter(ALL), note()) == first
    if harm != "folder":
        assert lint(tmp_path, replace(Linter(ALL), language=no_language), note()) == first


def test_bytes_of_another_form_are_ignored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(plain, "dumped", lambda _: b"(\x01\x00\x00\x00N")
        lint(tmp_path, Linter(ALL), note())
    assert lint(tmp_path, Linter(ALL), note()) == Linter(ALL).lint(note())


def test_only_the_user_may_look_into_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "made" / "here"
    lint(folder, Linter(ALL), note())
    assert (folder / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55")
    assert (folder / ".gitignore").read_text() == "*\n"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(item.stat().st_mode) for item in entries(folder)} == {0o600}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
@pytest.mark.parametrize("mode", [0o770, 0o707, 0o777, 0o722])
def test_a_folder_that_others_may_write_into_is_not_used(tmp_path: Path, mode: int) -> None:
    lint(tmp_path, Linter(ALL), note())
    tmp_path.chmod(mode)
    (entry,) = entries(tmp_path)
    assert lint(tmp_path, Linter(ALL), note()).diagnostics
    assert [entry] == entries(tmp_path)
    with pytest.raises(AssertionError, match="needs no language model"):
        lint(tmp_path, replace(Linter(ALL), language=no_language), note())
    tmp_path.chmod(0o700)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="there are no owners to tell apart")
def test_a_folder_of_somebody_else_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lint(tmp_path, Linter(ALL), note())
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert not vault.is_ours(str(tmp_path))
    assert not sweep.prepare(str(tmp_path))
    with pytest.raises(AssertionError, match="needs no language model"):
        lint(tmp_path, replace(Linter(ALL), language=no_language), note())


@pytest.mark.parametrize("place", ["a file", "in a file", "a link"])
def test_a_folder_that_cannot_be_is_done_without(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    folder = {"a file": tmp_path / "file", "in a file": tmp_path / "file" / "deep", "a link": tmp_path / "link"}[place]
    assert lint(folder, Linter(ALL), note()) == Linter(ALL).lint(note())
    assert not list((tmp_path / "real").iterdir())


def test_a_full_disk_leaves_no_half_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sweep.prepare(str(tmp_path))
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", lambda _handle, data: len(data) // 2)
        assert not vault.write(str(tmp_path), vault.RESULTS, "a", b"1234")
    assert not vault.write(str(tmp_path), "nowhere", "a", b"1234")
    assert entries(tmp_path) == []


def test_a_folder_with_other_things_in_it_is_not_hidden_from_git(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("mine")
    lint(tmp_path, Linter(ALL), note())
    assert not (tmp_path / ".gitignore").exists()
    assert (tmp_path / vault.FORM / ".gitignore").exists()
    assert sweep.clear(str(tmp_path)) == 1
    assert (tmp_path / "letters.txt").read_text() == "mine"


def test_a_folder_that_is_no_cache_is_not_cleared(tmp_path: Path) -> None:
    mine = tmp_path / "1" / "results" / "of-my-life.txt"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")
    assert sweep.clear(str(tmp_path)) == 0
    assert mine.exists()


def test_what_is_old_or_too_much_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sweep.prepare(str(tmp_path))
    now = 2_000_000_000
    for number in range(6):
        assert vault.write(str(tmp_path), vault.RUNS, f"e{number}", b"1234567890")
        os.utime(tmp_path / "1" / "runs" / f"e{number}", (now - number, now - number))
    os.utime(tmp_path / "1" / "runs" / "e0", (now - sweep.MAX_AGE - 1, now - sweep.MAX_AGE - 1))

    def left() -> list[str]:
        return sorted(item.name for item in (tmp_path / "1" / "runs").iterdir())

    sweep.sweep(str(tmp_path), now=now)
    assert left() == ["e1", "e2", "e3", "e4", "e5"]
    monkeypatch.setattr(sweep, "MAX_ENTRIES", 4)
    sweep.sweep(str(tmp_path), now=now)
    assert left() == ["e1", "e2", "e3", "e4"]
    monkeypatch.setattr(sweep, "MAX_BYTES", 25)
    sweep.sweep(str(tmp_path), now=now)
    assert left() == ["e1", "e2"]


def test_it_is_swept_once_a_day_and_use_keeps_an_entry(tmp_path: Path) -> None:
    assert sweep.prepare(str(tmp_path))
    for name in ("used", "unused"):
        assert vault.write(str(tmp_path), vault.RUNS, name, b"1")
        os.utime(tmp_path / "1" / "runs" / name, (1, 1))
    assert vault.read(str(tmp_path), vault.RUNS, "used") == b"1"
    assert sweep.prepare(str(tmp_path))
    assert (tmp_path / "1" / "runs" / "unused").exists()
    os.utime(tmp_path / "1" / "swept", (1, 1))
    assert sweep.prepare(str(tmp_path))
    assert [item.name for item in (tmp_path / "1" / "runs").iterdir()] == ["used"]


@pytest.mark.parametrize("value", [None, "", " ", "relative", "with a blank", "absolute"])
def test_it_lies_where_platformdirs_says(value: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    if value is not None:
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path) if value == "absolute" else value)
    assert vault.default() == platformdirs.user_cache_dir("followup-lint", appauthor=False)


def run(*arguments: str) -> Ran:
    return CliRunner().invoke(command, arguments)


def test_the_command_line_uses_clears_and_leaves_it(tmp_path: Path) -> None:
    draft, folder = tmp_path / "note.txt", tmp_path / "cache"
    draft.write_text(DRAFT)
    first = run("--cache-dir", str(folder), str(draft))
    assert len(entries(folder)) == 1
    assert run("--cache-dir", str(folder), str(draft)).output == first.output
    assert run("--no-cache", "--cache-dir", str(tmp_path / "none"), str(draft)).output == first.output
    assert not (tmp_path / "none").exists()
    cleared = run("--cache-dir", str(folder), "--clear-cache")
    assert (cleared.exit_code, cleared.output) == (0, f"{folder}: 1 entry thrown away\n")
    assert entries(folder) == []


SPANS = st.builds(Span, st.integers(0, 9), st.integers(0, 9))
REMEDIES = st.builds(
    Remedy, st.sampled_from(Applicability), st.tuples(st.builds(Edit, SPANS, st.text(max_size=5))), st.text(max_size=5)
)
FINDINGS = st.builds(
    Finding,
    SPANS,
    st.tuples(st.tuples(st.text(max_size=5), st.text(max_size=5) | st.integers())),
    related=st.tuples(SPANS),
    elsewhere=st.tuples(st.tuples(st.text(max_size=5), st.integers(0, 9))),
    remedies=st.tuples(REMEDIES),
)
WORDS = st.text(st.characters(), max_size=5)


@given(st.builds(Diagnostic, WORDS, st.sampled_from(Severity), SPANS, WORDS, WORDS, WORDS, st.integers(0, 5), FINDINGS))
@settings(max_examples=50)
def test_findings_come_back_equal(found: Diagnostic) -> None:
    (back,) = plain.loaded(plain.dumped((found,)))
    assert back == found
    assert type(back.severity) is Severity


def test_a_word_of_ours_in_a_finding_comes_back_as_a_word() -> None:
    found = Finding(Span(0, 1), (("kind", Kind.CHECK_IN),))
    (back,) = plain.loaded(plain.dumped((found,)))
    assert back == found
    assert type(back.values[0][1]) is str


def test_the_same_value_has_the_same_bytes_in_every_order() -> None:
    assert encoded({"a": 1, "b": 2}) == encoded({"b": 2, "a": 1})
    assert encoded(frozenset("abcdef")) == encoded(frozenset("fedcba"))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("a", b"a"),
        (1, True),
        (("a", "b"), ("ab",)),
        (Context(), Context(role="Weaver")),
        (datetime(2026, 1, 1, tzinfo=ZoneInfo("Europe/Oslo")), datetime(2026, 1, 1, tzinfo=ZoneInfo("Europe/Rome"))),
        (datetime(2026, 1, 1), datetime(2026, 1, 1, tzinfo=timezone.utc)),  # noqa: DTZ001, UP017
        (
            datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=1))),
            datetime(2026, 1, 1, tzinfo=ZoneInfo("Africa/Lagos")),
        ),
        (date(2026, 1, 1), "2026-01-01"),
    ],
)
def test_different_values_have_different_bytes(one: object, two: object) -> None:
    assert encoded(one) != encoded(two)


def test_a_value_of_an_unknown_kind_is_refused_and_the_draft_linted_all_the_same(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="no bytes are known for a complex"):
        encoded((1, 2j))
    strange = replace(note(), context=replace(note().context, topics=(2j,)))  # type: ignore[arg-type]  # that is the test
    rules = tuple(rule for rule in ALL if rule.name == "exclamation-excess")
    assert lint(tmp_path, Linter(rules), strange).diagnostics
    assert not (tmp_path / vault.FORM).exists()


def test_every_built_in_rule_can_be_told_in_bytes() -> None:
    assert len({encoded((rule.name, rule.file, rule.check)) for rule in built_in()}) == len(built_in())
