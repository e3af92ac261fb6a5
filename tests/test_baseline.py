"""A baseline: what is found today and lived with; told again only when it is new."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from followup_lint import catalog
from followup_lint.baseline import Baseline
from followup_lint.diagnostic import Silenced, Skipped
from followup_lint.errors import Problem
from followup_lint.linter import Linter, Result
from followup_lint.reader import read_message
from followup_lint.silence import Silence

RULES = [
    rule for rule in catalog.built_in() if rule.name in {"emoji", "all-caps", "exclamation-excess", "unused-ignore"}
]
FIRM = "Quillonia"
TEXT = f"""\
Subject: thank you

Hi {FIRM},

Thank you for the tour of the kiln, it was SO VERY GOOD 😊 and I would love to
fire the next batch with you.

I am ready to begin 😊 any day.

Best,
Zoraida
"""


def lint(path: str, text: str, rules: Sequence[str] = ()) -> Result:
    chosen = [rule for rule in RULES if not rules or rule.name in rules]
    message = read_message(text.encode(), path, {})
    return Linter(chosen, others=lambda _: (), history=lambda message: message).lint(message)


def found(result: Result) -> list[str]:
    return sorted(item.rule for item in result.diagnostics)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("drafts").mkdir()
    Path("drafts/a.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def baseline(text: str = TEXT) -> Baseline:
    Baseline.of([lint("drafts/a.txt", text)], Path("known.json")).write()
    return Baseline.read(Path("known.json"))


@pytest.mark.usefixtures("here")
class TestKnown:
    def test_what_is_known_is_silenced_and_nothing_is_lost(self) -> None:
        result = lint("drafts/a.txt", TEXT)
        assert found(result) == ["all-caps", "emoji", "emoji"]
        left, stale = baseline().split(result)
        assert (left.diagnostics, stale) == ((), ())
        assert sorted(item.diagnostic.rule for item in left.silenced) == found(result)
        assert {item.silence for item in left.silenced} == {
            Silence("all-caps", origin="baseline"),
            Silence("emoji", origin="baseline"),
        }

    @pytest.mark.parametrize(
        "text",
        [
            TEXT.replace("\n", "\r\n"),
            TEXT.replace("Hi ", "\n\nDear "),
            TEXT.replace("to\nfire", "to fire").replace("tour of", "tour\nof"),
            TEXT.replace("begin 😊 any", "start work 😊 on any"),
            "---\nkind: thank-you\n---\n" + TEXT,
        ],
        ids=["line ends", "other lines", "wrapped anew", "mended beside it", "front matter"],
    )
    def test_it_is_known_again_after_a_change_elsewhere(self, text: str) -> None:
        left, stale = baseline().split(lint("drafts/a.txt", text))
        assert (left.diagnostics, stale) == ((), ())

    def test_a_second_equal_fault_is_new(self) -> None:
        left, stale = baseline().split(lint("drafts/a.txt", TEXT.replace("any day.", "any day 😊 of yours.")))
        assert (found(left), stale) == (["emoji"], ())

    def test_another_fault_is_new(self) -> None:
        left, _ = baseline().split(lint("drafts/a.txt", TEXT.replace("any day.", "any day 🎉.")))
        assert found(left) == ["emoji"]

    def test_another_file_is_new(self) -> None:
        left, stale = baseline().split(lint("drafts/b.txt", TEXT))
        assert (found(left), stale) == (["all-caps", "emoji", "emoji"], ())

    def test_what_is_gone_is_told_in_one_line_at_its_place(self) -> None:
        _, stale = baseline().split(lint("drafts/a.txt", TEXT.replace("SO VERY GOOD", "good")))
        rows = Path("known.json").read_text(encoding="utf-8").split("\n")
        assert [entry.rule for entry in stale] == ["all-caps"]
        place, _, said = str(stale[0]).partition(": ")
        assert place.startswith("known.json:")
        assert '"all-caps"' in rows[int(place.removeprefix("known.json:")) - 1]
        assert said == "all-caps is no longer found in drafts/a.txt; --update-baseline takes it out"

    def test_one_of_two_equal_faults_mended_is_one_stale_entry(self) -> None:
        left, stale = baseline().split(lint("drafts/a.txt", TEXT.replace(" 😊 any", " any")))
        assert (left.diagnostics, [entry.rule for entry in stale]) == ((), ["emoji"])

    def test_a_rule_that_could_not_judge_leaves_nothing_stale(self) -> None:
        known, mended = baseline(), TEXT.replace("SO VERY GOOD", "good")
        assert known.split(lint("drafts/a.txt", mended, ["emoji"]))[1] == ()
        skipped = replace(lint("drafts/a.txt", mended), skipped=(Skipped("all-caps", "a fact"),))
        assert known.split(skipped)[1] == ()
        assert known.split(lint("drafts/a.txt", mended), all_told=False)[1] == ()

    def test_what_the_draft_ignores_itself_is_not_stale(self) -> None:
        text = "---\nignore: {all-caps: she shouts, too}\n---\n" + TEXT
        left, stale = baseline().split(lint("drafts/a.txt", text))
        assert (left.diagnostics, stale) == ((), ())
        assert len(left.silenced) == 3


@pytest.mark.usefixtures("here")
class TestUpdate:
    def test_it_takes_out_what_is_gone_and_takes_in_what_is_new(self) -> None:
        mended = lint(
            "drafts/a.txt", TEXT.replace("SO VERY GOOD", "good").replace("Subject: thank you", "Subject: THANK YOU")
        )
        known = baseline().updated([mended])
        assert known.entries == Baseline.of([mended], Path("known.json")).entries
        assert known.split(mended)[1] == ()

    def test_results_that_were_split_give_the_same(self) -> None:
        known, result = baseline(), lint("drafts/a.txt", TEXT)
        assert known.updated([known.split(result)[0]]).entries == known.entries == known.updated([result]).entries

    def test_drafts_that_were_not_linted_stay_while_they_exist(self) -> None:
        Path("drafts/b.txt").write_text(TEXT, encoding="utf-8")
        first = Baseline.of([lint(f"drafts/{name}.txt", TEXT) for name in "ab"], Path("known.json"))
        assert first.updated([lint("drafts/a.txt", "Hi you,\n")]).entries == first.entries[3:]
        Path("drafts/b.txt").unlink()
        assert first.updated([lint("drafts/a.txt", "Hi you,\n")]).entries == ()

    def test_rules_that_did_not_run_keep_their_entries(self) -> None:
        known = baseline().updated([lint("drafts/a.txt", "Hi you,\n", ["emoji"])])
        assert [entry.rule for entry in known.entries] == ["all-caps"]

    def test_what_the_draft_ignores_itself_is_left_out(self) -> None:
        result = lint("drafts/a.txt", TEXT)
        silenced = Silenced(result.diagnostics[0], Silence(result.diagnostics[0].rule, "hers"))
        result = replace(result, diagnostics=result.diagnostics[1:], silenced=(silenced,))
        assert len(Baseline.of([result], Path("known.json")).entries) == 2


class TestFile:
    def test_it_is_sorted_with_a_finding_a_line_and_always_the_same(self, here: Path) -> None:
        results = [lint(f"drafts/{name}.txt", TEXT) for name in "ba"]
        Baseline.of(results, Path("known.json")).write()
        first = (here / "known.json").read_bytes()
        Baseline.read(Path("known.json")).updated(reversed(results)).write()
        assert (here / "known.json").read_bytes() == first
        rows = first.decode().split("\n")
        assert rows[:4] == ["{", '  "followup-lint-baseline": 1,', '  "drafts": {', '    "drafts/a.txt": [']
        assert sum('"fingerprint"' in row for row in rows) == 6
        assert list(json.loads(first)["drafts"]) == ["drafts/a.txt", "drafts/b.txt"]

    def test_an_empty_one_can_be_read_again(self, here: Path) -> None:
        Baseline.of([], here / "known.json").write()
        assert Baseline.read(here / "known.json").entries == ()

    def test_nothing_of_the_message_is_in_it(self, here: Path) -> None:
        baseline()
        told = (here / "known.json").read_text(encoding="utf-8")
        words = {word.lower() for word in re.findall(r"\w{3,}|😊", TEXT)}
        assert FIRM.lower() in words
        assert words & set(re.findall(r"\w{3,}|😊", told.lower().replace("\\u", " "))) == set()

    def test_paths_are_from_the_folder_of_the_file(self, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        known = baseline()
        assert {entry.draft for entry in known.entries} == {"drafts/a.txt"}
        for folder, draft, file in (
            (here / "drafts", "a.txt", Path("../known.json")),
            (here, str(here / "drafts" / "a.txt"), Path("known.json")),
            (here.parent, f"{here.name}/drafts/../drafts/a.txt", here / "known.json"),
        ):
            monkeypatch.chdir(folder)
            left, stale = Baseline.read(file).split(lint(draft, TEXT))
            assert (left.diagnostics, stale) == ((), ())

    def test_a_link_to_the_folder_is_the_folder(self, here: Path) -> None:
        baseline()
        (here / "link").symlink_to("drafts")
        assert Baseline.read(Path("known.json")).split(lint("link/a.txt", TEXT))[0].diagnostics == ()

    @pytest.mark.usefixtures("here")
    @pytest.mark.parametrize("name", ["ü – 🙂.txt", 'a"b\\c.txt', "a\nb.txt", "a b\u2028.txt", "tab\t.txt", ": #.txt"])
    def test_any_name_is_kept(self, name: str) -> None:
        Baseline.of([lint(f"drafts/{name}", TEXT)], Path("known.json")).write()
        assert Baseline.read(Path("known.json")).split(lint(f"drafts/{name}", TEXT))[0].diagnostics == ()

    @pytest.mark.usefixtures("here")
    def test_a_name_that_is_no_text_is_refused(self) -> None:
        odd = os.fsdecode(b"caf\xe9.txt")
        with pytest.raises(Problem, match="whose name is no text"):
            Baseline.of([lint(odd, TEXT)], Path("known.json")).write()
        assert not Path("known.json").exists()

    def test_another_indentation_is_read_too(self, here: Path) -> None:
        known = baseline()
        told = json.loads((here / "known.json").read_text(encoding="utf-8"))
        (here / "known.json").write_text(json.dumps(told, indent="\t").replace("\n", "\r\n"), encoding="utf-8-sig")
        assert Baseline.read(here / "known.json").entries == known.entries

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            (None, ": no such baseline; --update-baseline writes it"),
            ("", ":1:1: broken JSON"),
            ('{\n"drafts": {,\n', ":2:12: broken JSON"),
            ("{\n<<<<<<< HEAD\n", ":2:1: broken JSON"),
            ("[]", ":1:1: is not a baseline of followup-lint"),
            ('{"version": "2.1.0", "runs": []}', ":1:1: is not a baseline of followup-lint"),
            ("[" * 100_000, ": is not a baseline: the JSON is nested too deeply"),
            ('{"followup-lint-baseline": 1}', ":1:1: 'drafts' holds"),
            ('{\n"followup-lint-baseline": 2, "drafts": {}}', ":2:27: this program reads baselines of version 1"),
            ('{"followup-lint-baseline": 1,\n"drafts": []}', ":2:11: 'drafts' holds"),
            ('{"followup-lint-baseline": 1,\n"drafts": {\n"a.txt": 3}}', ":3:10: a draft has a list"),
            ('{"followup-lint-baseline": 1,\n"drafts": {"a.txt": [\n"b"]}}', ":3:1: a finding has the keys"),
            ('{"followup-lint-baseline": 1,\n"drafts": {"a.txt": [\n{"rule": "a"}]}}', ":3:1: a finding has the keys"),
            (
                '{"followup-lint-baseline": 1, "drafts": {"a": [\n{"rule": "a", "part": "b", "fingerprint": "c"}]}}',
                ":2:43: a fingerprint is 64",
            ),
            ('{"followup-lint-baseline": 1, "drafts": {"a": [],\n"a": []}}', ":2:1: the key 'a' stands here twice"),
        ],
    )
    def test_a_file_that_is_wrong_is_told_with_its_line(self, here: Path, text: str | None, words: str) -> None:
        if text is not None:
            (here / "known.json").write_text(text, encoding="utf-8")
        with pytest.raises(Problem) as caught:
            Baseline.read(Path("known.json"))
        assert f"known.json{words}" in str(caught.value)

    def test_a_file_that_is_no_text_is_told(self, here: Path) -> None:
        (here / "known.json").write_bytes(b"\xff\xfe{}")
        with pytest.raises(Problem, match="cannot be read"):
            Baseline.read(here / "known.json")
        with pytest.raises(Problem, match="cannot be read"):
            Baseline.read(here / "drafts")
