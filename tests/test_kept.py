"""What is kept between runs saves work and decides nothing: the same rules come of it, or it is not used."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_lint import catalog, compiled, inform, kept
from followup_lint.codec import decode, encode
from followup_lint.context import Kind
from followup_lint.diagnostic import Severity
from followup_lint.errors import Problems
from followup_lint.frames import Frame
from followup_lint.rule import Rule
from followup_lint.rule_file import Applies

RULE = """check: pattern
options:
  phrases: [{phrase}]
severity: warning
message: "“{{text}}” is odd."
why: It is odd.
fix: Write otherwise.
practice: 0
source: Us.
examples:
- good: All is well.
- bad: This is [[odd]].
"""
POSIX = pytest.mark.skipif(os.name != "posix", reason="Windows has no modes and owners")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    yield Path(kept.folder())
    catalog.built_in.cache_clear()


def rules(tmp_path: Path, phrase: str = "odd") -> tuple[Rule, ...]:
    place = tmp_path / "rules"
    place.mkdir(exist_ok=True)
    (place / "odd-word.yaml").write_text(RULE.format(phrase=phrase), "utf-8")
    return catalog.from_folder(place)


def is_read_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, phrase: str = "odd") -> bool:
    with monkeypatch.context() as patch:
        calls: list[object] = []

        def called(sources: object, **_: object) -> tuple[()]:
            calls.append(sources)
            return ()

        patch.setattr(catalog, "read_rules", called)
        rules(tmp_path, phrase)
        return bool(calls)


def test_built_in_rules_are_the_same(folder: Path) -> None:
    catalog.built_in.cache_clear()
    read = catalog.built_in()
    assert (folder / "rules-built-in").is_file()
    catalog.built_in.cache_clear()
    again = catalog.built_in()
    assert again is not read
    assert [(item.name, item.file, item.check, item.document) for item in again] == [
        (item.name, item.file, item.check, item.document) for item in read
    ]
    assert [type(item.check) for item in again] == [type(item.check) for item in read]


def test_a_rule_of_the_users_is_read_once_until_it_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (read,), (again,) = rules(tmp_path), rules(tmp_path)
    assert (read.file, read.check, read.document) == (again.file, again.check, again.document)
    assert not is_read_anew(tmp_path, monkeypatch)
    assert is_read_anew(tmp_path, monkeypatch, "even")
    (changed,) = rules(tmp_path, "even")
    assert changed.check.phrases == ("even",)  # type: ignore[attr-defined]  # this check has them


def test_a_new_state_of_the_program_reads_rules_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rules(tmp_path)
    monkeypatch.setattr(compiled, "_code", lambda: (b"another",))
    assert is_read_anew(tmp_path, monkeypatch)


def test_what_is_wrong_is_told_each_time(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(Problems):
            rules(tmp_path, "'('")


@pytest.mark.parametrize("damage", [b"", b"x", b"followup-lint kept 1\n", None])
def test_what_is_damaged_is_read_anew(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, damage: bytes | None
) -> None:
    rules(tmp_path)
    (file,) = folder.glob("rules-*")
    data = file.read_bytes()
    file.write_bytes(data[:-1] + b"?" if damage is None else damage)
    assert is_read_anew(tmp_path, monkeypatch)
    (rule,) = rules(tmp_path)
    assert rule.name == "odd-word"
    assert not is_read_anew(tmp_path, monkeypatch)
    assert list(folder.iterdir()) == [file]


def test_every_bit_of_a_kept_file_counts(folder: Path) -> None:
    made_from = kept.digest(b"from")
    kept.write("some", made_from, b"body")
    data = (folder / "some").read_bytes()
    assert bytes(kept.read("some", made_from) or b"") == b"body"
    assert kept.read("some", kept.digest(b"fro", b"m")) is None
    for place in range(len(data)):
        (folder / "some").write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        assert kept.read("some", made_from) is None


@pytest.mark.parametrize("body", [b"\x00", b"(\x01\x00\x00\x00N", b"[\x01\x00\x00\x00(\x02\x00\x00\x00NN"])
def test_a_sealed_file_of_another_form_is_read_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: bytes
) -> None:
    rules(tmp_path)
    monkeypatch.setattr(kept, "read", lambda _, __: body)
    assert is_read_anew(tmp_path, monkeypatch)


@POSIX
def test_only_the_user_may_have_written_it(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rules(tmp_path)
    (file,) = folder.glob("rules-*")
    assert (folder.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)
    file.chmod(0o620)
    assert is_read_anew(tmp_path, monkeypatch)
    file.chmod(0o600)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert is_read_anew(tmp_path, monkeypatch)


@POSIX
def test_nothing_is_written_where_others_may_write(tmp_path: Path, folder: Path) -> None:
    folder.mkdir(parents=True)
    folder.chmod(0o777)
    rules(tmp_path)
    assert list(folder.iterdir()) == []


@POSIX
def test_no_link_is_followed(tmp_path: Path, folder: Path) -> None:
    made_from = kept.digest(b"from")
    kept.write("some", made_from, b"body")
    (folder / "some").rename(tmp_path / "other")
    (folder / "some").symlink_to(tmp_path / "other")
    assert kept.read("some", made_from) is None


@pytest.mark.parametrize("home", ["/dev/null", "/proc", "relative"])
def test_it_works_where_nothing_can_be_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: str) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", home)
    monkeypatch.setenv("HOME", "/dev/null")
    assert [rule.name for rule in (*rules(tmp_path), *rules(tmp_path))] == ["odd-word"] * 2


def test_a_second_run_reads_no_yaml(tmp_path: Path) -> None:
    code = "import sys\nfrom followup_lint import catalog, vocabulary\nassert catalog.built_in()\n"
    code += "assert vocabulary.vocabulary('words')\nprint(sorted({'yaml', 'pydantic'} & set(sys.modules)))"
    environ = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
    shown = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environ).stdout
        for _ in range(2)
    ]
    assert shown == ["['pydantic', 'yaml']\n", "[]\n"]


@pytest.mark.parametrize(
    "value",
    [
        *(
            None,
            True,
            0,
            -1.5,
            "",
            "enum",
            (),
            ("a",),
            ("a", 1),
            [],
            ["words", ["a"]],
            {"a": {"b": ()}},
            {Kind.CLOSING: 1},
        ),
        *(Kind.CLOSING, (Kind.CLOSING,), frozenset({"a", "b"}), Frame(), Frame(who=(), verb=("be",), negated="any")),
        *(Applies(kinds=(Kind.CLOSING,)), (Frame(), "a", (True, False))),
    ],
)
def test_a_value_comes_back_as_it_was(value: object) -> None:
    again = decode(encode(value))
    assert (again, type(again)) == (value, type(value))
    assert isinstance(value, frozenset) or repr(again) == repr(value)  # a set is shown in any order


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from(Kind),
    lambda inner: st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(st.text(), inner),
)


@given(values)
def test_any_value_comes_back_as_it_was(value: object) -> None:
    assert repr(decode(encode(value))) == repr(value)


@dataclass(frozen=True)
class Theirs:
    name: str = ""


def test_only_our_own_values_are_kept() -> None:
    for value in (Theirs(), object(), {1, 2}, b"bytes", Path()):
        with pytest.raises(TypeError):
            encode(value)
    plain: Any
    for plain in (("data", "kept", "read", ()), ("data", "kept", "os", ()), ("enum", "rule", "Rule", "x")):
        with pytest.raises((TypeError, ValueError)):
            decode(plain)
    with pytest.raises(KeyError):
        decode(("code", "x"))


def test_a_changed_rule_keeps_its_check(tmp_path: Path) -> None:
    rules(tmp_path)
    (rule,) = rules(tmp_path)
    assert rule.saying(severity=Severity.ERROR).check is rule.check


@POSIX
def test_nobody_else_may_look_into_any_folder_that_is_made(folder: Path) -> None:
    kept.write("thing", b"", b"of mine")
    assert [path.stat().st_mode & 0o777 for path in (folder, folder.parent, folder.parents[1])] == [0o700] * 3


def test_all_of_it_is_thrown_away_when_the_cache_is_cleared(tmp_path: Path, folder: Path) -> None:
    rules(tmp_path)
    other = folder.parent / "another-python"
    other.mkdir()
    (other / "patterns").write_bytes(b"")
    assert any(folder.iterdir())
    assert inform.clear_cache("") == 0
    assert [path for path in folder.parents[1].rglob("*") if path.is_file()] == []
    assert inform.clear_cache("") == 0


def test_each_installation_has_a_folder_of_its_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.write("it", b"1" * 32, b"here")
    monkeypatch.setattr(kept, "__file__", "/another/place/followup_lint/kept.py")
    assert kept.read("it", b"1" * 32) is None
    kept.write("it", b"2" * 32, b"there")
    assert Path(kept.folder()).parent == folder.parent
    monkeypatch.undo()
    assert (folder / "it").is_file()


def test_of_many_installations_those_that_kept_something_long_ago_go(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    for number in range(9):
        monkeypatch.setattr(kept, "__file__", f"/place/{number}/kept.py")
        kept.write("it", b"1" * 32, b"here")
        made.append(Path(kept.folder()))
        os.utime(made[-1], (number, number))
    assert [slot.is_dir() for slot in made] == [False] * 3 + [True] * 6
    assert sorted(folder.parent.iterdir()) == sorted(made[3:])


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is one process")
def test_what_other_processes_worked_out_is_kept(tmp_path: Path) -> None:
    drafts = tmp_path / "drafts"
    drafts.mkdir()

    def write(first: str, firm: str) -> None:
        for number in range(80):
            name = "".join(chr(ord("a") + digit) for digit in divmod(number, 26))
            facts = f"---\nto: {first}{name} Low{name}\ncompany: {firm}{name}\nrole: {firm}er\n---\n"
            words = f"Hi {first}{name},\n\nHas {firm}{name} decided on flat {number} yet? I must know.\n\nIda\n"
            (drafts / f"{number}.txt").write_text(facts + words)

    write("Ada", "Brim")
    program = str(Path(sys.executable).with_name("followup-lint"))
    command = [program, "--isolated", "--no-cache", "--jobs", "2", "--quiet", str(drafts)]
    home = tmp_path / "caches"

    def run() -> dict[str, tuple[int, int]]:
        done = subprocess.run(
            command, env={**os.environ, "XDG_CACHE_HOME": str(home)}, capture_output=True, check=False
        )
        assert done.returncode == 1, done.stderr
        files = (file for file in home.rglob("*") if file.name in {"patterns-many", "phrases-many"})
        return {file.name: (file.stat().st_mtime_ns, file.stat().st_size) for file in files}

    first = run()
    assert first.keys() == {"patterns-many", "phrases-many"}
    assert run() == first
    write("Udo", "Quill")  # what is kept holds nothing of drafts, so other names add nothing
    assert run() == first


def test_a_folder_tells_of_its_files_that_count(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("1")
    (tmp_path / "a.txt").write_text("1")
    before = kept.marks(str(tmp_path), ".py")
    (tmp_path / "a.txt").write_text("12")
    assert kept.marks(str(tmp_path), ".py") == before
    (tmp_path / "a.py").write_text("12")
    assert len(kept.marks(str(tmp_path), ".py")) == 1
    assert kept.marks(str(tmp_path), ".py") != before


def test_of_installed_modules_the_folder_tells(tmp_path: Path) -> None:
    here, there = tmp_path / "src", tmp_path / "site-packages" / "followup_lint"
    for folder in (here, there):
        folder.mkdir(parents=True)
        (folder / "a.py").write_text("1")
    assert kept.as_a_whole(str(here)) == []
    before = kept.as_a_whole(str(there))
    assert before == kept.as_a_whole(str(there)) != []
    time.sleep(0.02)  # the clock of files may be slow
    (there / "new").write_text("12")
    (there / "new").replace(there / "a.py")  # as installers do
    assert kept.as_a_whole(str(there)) != before
