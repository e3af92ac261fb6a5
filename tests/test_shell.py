"""The rest of the shell: settings, silence, mending and outputs, as a user meets them on the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = [sys.executable, "-c", "import sys; from followup_lint.cli import main; sys.exit(main())"]
NOTE = """\
Hi Juno,

Thank you for the tour of the kiln!! I would love to fire the next batch with you.

Best,
Rafi
"""
# None of these needs spaCy, so each run takes a moment only.
QUICK = ("--select", "exclamation-excess,emoji,template-placeholder,trailing-blanks,unused-ignore", "-q")
CONCISE = ("--output-format", "concise")


def run(*args: str, stdin: str = "", cwd: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1", **environ}
    return subprocess.run(
        [*PROGRAM, *args], input=stdin, capture_output=True, text=True, cwd=cwd, env=environment, check=False
    )


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    for name in ("drafts/kiln.txt", "drafts/studio/other.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("---\nkind: thank-you\n---\n" + NOTE, encoding="utf-8")
    return tmp_path


def rules(result: subprocess.CompletedProcess[str]) -> list[tuple[str, str]]:
    """Return the file and the rule of every finding in a concise report."""
    lines = result.stdout.splitlines()
    return [(line.partition(":")[0], line.rpartition("[")[2].rstrip("]")) for line in lines]


def test_each_draft_has_the_settings_closest_to_it(desk: Path) -> None:
    (desk / ".followup-lint.yaml").write_text("rules: {exclamation-excess: error}\n", encoding="utf-8")
    (desk / "drafts/studio/.followup-lint.yaml").write_text("rules: {exclamation-excess: off}\n", encoding="utf-8")
    result = run("drafts", "--output-format", "concise", cwd=desk)
    told = [line for line in result.stdout.splitlines() if "exclamation" in line]
    assert [line.split(": ")[:2] for line in told] == [["drafts/kiln.txt:6:35", "error"]]
    assert "exclamation" not in run("drafts/studio/other.txt", *CONCISE, cwd=desk / "..").stdout
    assert rules(run("drafts", *QUICK, *CONCISE, "--isolated", cwd=desk)) == [
        ("drafts/kiln.txt", "exclamation-excess"),
        ("drafts/studio/other.txt", "exclamation-excess"),
    ]


def test_a_wrong_setting_is_told_with_its_place_and_nothing_is_linted(desk: Path) -> None:
    (desk / ".followup-lint.yaml").write_text("rules:\n  emojy: off\n", encoding="utf-8")
    result = run("drafts", *QUICK, cwd=desk)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith(
        "followup-lint: .followup-lint.yaml:2:3: unknown rule 'emojy'; did you mean 'emoji'?"
    )


def test_facts_and_customs_of_a_firm_come_from_the_project(desk: Path) -> None:
    firm = "companies: [{name: Kiln House, culture: formal}]\n"
    firm += "overrides:\n  - {files: studio/, context: {company: Kiln House}}\n"
    (desk / "drafts/.followup-lint.yaml").write_text(firm, encoding="utf-8")
    shown = run("drafts", *QUICK, "--show-context", cwd=desk).stderr
    first, second = shown.split("drafts/studio/other.txt")
    assert "Kiln House" not in first
    assert "company          Kiln House  (drafts/.followup-lint.yaml, line 3)" in second
    assert "culture          formal  (" in second


def test_mending_writes_only_what_is_safe(desk: Path) -> None:
    path = desk / "drafts/kiln.txt"
    before = path.read_bytes()
    told = run("drafts/kiln.txt", *QUICK, "--diff", cwd=desk)
    assert (told.returncode, path.read_bytes()) == (1, before)
    assert "-Thank you for the tour of the kiln!! I would" in told.stdout
    assert "+Thank you for the tour of the kiln! I would" in told.stdout
    mended = run("drafts/kiln.txt", *QUICK[:-1], "--fix", cwd=desk)
    assert (mended.returncode, path.read_bytes()) == (0, before.replace(b"!!", b"!"))
    assert "followup-lint: mended 1 finding in 1 draft\n" in mended.stderr
    again = run("drafts/kiln.txt", *QUICK, "--fix", "--exit-non-zero-on-fix", cwd=desk)
    assert (again.returncode, again.stdout) == (0, "")


def test_a_hook_can_tell_that_something_was_mended(desk: Path) -> None:
    result = run("drafts/kiln.txt", *QUICK, "--fix-only", "--exit-non-zero-on-fix", cwd=desk)
    assert (result.returncode, result.stdout) == (1, "")


def test_standard_input_is_mended_to_standard_output(desk: Path) -> None:
    result = run("-", *QUICK[:-1], "--fix", cwd=desk, stdin="---\nkind: thank-you\n---\n" + NOTE)
    assert result.stdout == "---\nkind: thank-you\n---\n" + NOTE.replace("!!", "!")
    assert "good to send" in result.stderr


def test_what_is_ignored_is_written_on_top_of_the_draft_with_its_reason(desk: Path) -> None:
    path = desk / "drafts/kiln.txt"
    result = run("drafts/kiln.txt", *QUICK[:-1], "--add-ignores", "she writes so, too", cwd=desk)
    assert (result.returncode, result.stdout) == (0, "")
    assert result.stderr == "followup-lint: drafts/kiln.txt: now ignores exclamation-excess\n"
    assert "\n  exclamation-excess: " in path.read_text(encoding="utf-8")
    shown = run("drafts/kiln.txt", *QUICK[:-1], cwd=desk)
    assert shown.returncode == 0
    assert "ignored  exclamation-excess (she writes so, too)" in shown.stdout


def test_an_unknown_rule_under_ignore_is_told_at_its_line(desk: Path) -> None:
    path = desk / "drafts/kiln.txt"
    path.write_text("---\nkind: thank-you\nignore:\n  exclamation-exces: so\n---\n" + NOTE, encoding="utf-8")
    result = run("drafts/kiln.txt", *QUICK, cwd=desk)
    assert result.returncode == 2
    assert "drafts/kiln.txt:4:3: ignore: unknown rule 'exclamation-exces'; did you mean" in result.stderr


def test_a_baseline_hides_what_is_known_and_tells_what_is_stale(desk: Path) -> None:
    known = ("--baseline", "known.json")
    missing = run("drafts", *QUICK, *known, cwd=desk)
    assert missing.returncode == 2
    assert "no such baseline; --update-baseline writes it" in missing.stderr
    written = run("drafts", *QUICK[:-1], *known, "--update-baseline", cwd=desk)
    assert (written.returncode, written.stderr) == (0, "followup-lint: known.json: holds 2 findings\n")
    assert "kiln!!" not in (desk / "known.json").read_text(encoding="utf-8")
    assert rules(run("drafts", *QUICK, *CONCISE, *known, cwd=desk)) == []
    path = desk / "drafts/kiln.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("!!", ".") + "\n😀 😀 😀\n", encoding="utf-8")
    result = run("drafts", *QUICK, *CONCISE, *known, cwd=desk)
    assert "exclamation-excess is no longer found in drafts/kiln.txt" in result.stderr
    assert result.returncode == 0 or rules(result)[0][0] == "drafts/kiln.txt"


def test_a_baseline_tells_of_drafts_that_were_moved(desk: Path) -> None:
    run(*QUICK, "--baseline", "known.json", "--update-baseline", "drafts", cwd=desk)
    (desk / "drafts/kiln.txt").rename(desk / "drafts/oven.txt")
    result = run(*QUICK, *CONCISE, "--baseline", "known.json", "drafts", cwd=desk)
    assert "drafts/kiln.txt was moved or deleted; --update-baseline takes out its " in result.stderr
    assert {path for path, _ in rules(result)} == {"drafts/oven.txt"}


def test_what_is_wrong_with_a_baseline_is_told_once(desk: Path) -> None:
    (desk / "known.json").write_text("[]", encoding="utf-8")
    result = run(*QUICK, "--baseline", "known.json", "drafts", cwd=desk)
    assert (result.returncode, result.stderr.count("is not a baseline of followup-lint")) == (2, 1)


def test_settings_of_a_folder_are_its_own(desk: Path) -> None:
    (desk / "drafts/.followup-lint.yaml").write_text("preset: strict\n", encoding="utf-8")
    assert "preset: strict " in run("--show-config", "drafts", cwd=desk).stdout
    assert "preset: strict " in run("--show-config", ".", cwd=desk / "drafts").stdout
    assert "preset: recommended " in run("--show-config", ".", cwd=desk).stdout


def test_it_is_told_when_settings_leave_out_every_draft(desk: Path) -> None:
    (desk / ".followup-lint.yaml").write_text("exclude: [drafts/]\n", encoding="utf-8")
    assert "the settings leave out every draft here" in run("drafts", cwd=desk).stderr
    assert run("--force-exclude", *QUICK[:2], "drafts/kiln.txt", cwd=desk).stderr == ""


def test_the_lines_of_standard_input_are_not_taken_for_unchanged(desk: Path) -> None:
    result = run("--changed=HEAD", "-", stdin=NOTE, cwd=desk)
    assert (result.returncode, result.stdout) == (2, "")
    assert "it cannot tell what is new in standard input" in result.stderr


def test_two_reports_for_one_file_are_told_by_its_name(desk: Path) -> None:
    several = ("--output-format", "json", "--output-format", "concise")
    assert "out.txt is written by" in run(*several, "-o", "out.txt", "drafts", cwd=desk).stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_among_the_drafts_is_not_waited_for(desk: Path) -> None:
    os.mkfifo(desk / "drafts/pipe.txt")
    assert run(*CONCISE, "--exit-zero", "--select", "follow-up-too-frequent", "drafts", cwd=desk).returncode == 0


def test_only_changed_lines_are_looked_at(desk: Path) -> None:
    def git(*args: str) -> None:
        subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b.example", *args], cwd=desk, check=True)

    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "drafts")
    assert run("--changed", "drafts", *QUICK, *CONCISE, cwd=desk).stdout == ""
    path = desk / "drafts/studio/other.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("Best", "Best!!\n\nBest"), encoding="utf-8")
    (desk / "drafts/new.txt").write_text(NOTE, encoding="utf-8")
    for since in (["--changed", "drafts"], ["--changed=HEAD", "drafts"], ["drafts", "--changed"]):
        found = rules(run(*since, *QUICK, *CONCISE, cwd=desk))
        assert {file for file, _ in found} <= {"drafts/new.txt", "drafts/studio/other.txt"}
        assert ("drafts/new.txt", "exclamation-excess") in found


def test_several_reports_in_one_run(desk: Path) -> None:
    args = (*CONCISE, "--output-format", "sarif=out/a.sarif", "--output-format", "html=a.html")
    (desk / "out").mkdir()
    result = run("drafts", *QUICK, *args, cwd=desk)
    assert result.returncode == 1
    assert len(rules(result)) == 2
    assert len(json.loads((desk / "out/a.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]) >= 2
    assert (desk / "a.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    into = run("drafts", *QUICK, "--output-format", "json", "-o", "all.json", cwd=desk)
    assert (into.stdout, len(json.loads((desk / "all.json").read_text(encoding="utf-8")))) == ("", 2)


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--output-format", "sarfi"), "unknown format 'sarfi'; did you mean 'sarif'?"),
        ((*CONCISE, "--output-format", "json"), "both go to standard output"),
        (("--output-format", "json=drafts/kiln.txt"), "drafts/kiln.txt: is one of the drafts"),
        (("-o", "nowhere/a.json"), "nowhere/a.json: "),
        (("--config", "none.yaml"), "none.yaml: "),
        (("--config", "none.yaml", "--isolated"), "do not go together"),
        (("--unsafe-fixes",), "--unsafe-fixes goes with --fix"),
        (("--update-baseline",), "name a baseline"),
        (("--changed",), "no git repository"),
        (("--add-ignores", "two\nlines"), "in one line"),
    ],
)
def test_what_makes_no_sense_is_told_in_a_line(args: tuple[str, ...], words: str, desk: Path) -> None:
    before = (desk / "drafts/kiln.txt").read_bytes()
    result = run("drafts/kiln.txt", *QUICK, *args, cwd=desk, GIT_CEILING_DIRECTORIES=str(desk.parent))
    assert result.returncode == 2, result.stdout
    assert words in result.stderr
    assert "Traceback" not in result.stderr
    assert (desk / "drafts/kiln.txt").read_bytes() == before


def test_variables_stand_for_flags(desk: Path) -> None:
    assert run("drafts", *QUICK, cwd=desk, FOLLOWUP_LINT_FAIL_ON="error").returncode == 0
    told = run("drafts", *QUICK, cwd=desk, FOLLOWUP_LINT_OUTPUT_FORMAT="jsonl").stdout
    assert [json.loads(line)["rule"] for line in told.splitlines()] == ["exclamation-excess"] * 2


def test_settings_decide_on_severity_and_exit_code(desk: Path) -> None:
    (desk / ".followup-lint.yaml").write_text("fail_on: error\n", encoding="utf-8")
    assert run("drafts", *QUICK, cwd=desk).returncode == 0
    assert run("drafts", *QUICK, "--fail-on", "warning", cwd=desk).returncode == 1
    (desk / ".followup-lint.yaml").write_text("min_severity: error\n", encoding="utf-8")
    assert rules(run("drafts", *QUICK, *CONCISE, cwd=desk)) == []


def test_files_are_excluded_and_listed(desk: Path) -> None:
    (desk / ".followup-lint.yaml").write_text("exclude: [studio/]\n", encoding="utf-8")
    assert run("drafts", "--show-files", cwd=desk).stdout == "drafts/kiln.txt\n"
    named = ("drafts/studio/other.txt", *QUICK, *CONCISE)
    assert len(rules(run(*named, cwd=desk))) == 1
    assert rules(run(*named, "--force-exclude", cwd=desk)) == []


def test_a_start_is_written_once(desk: Path) -> None:
    assert run("--init", cwd=desk).stdout == ".followup-lint.yaml\n"
    assert run("drafts", *QUICK, cwd=desk).returncode == 1
    assert "already" in run("--init", cwd=desk).stderr
    assert run("--new-rule", "no-kilns", "house", cwd=desk).returncode == 0
    assert run("--test-rules", "house", cwd=desk).stdout == "1 rule, 2 examples, 0 failures\n"
    (desk / ".followup-lint.yaml").write_text("rule_dirs: [house]\n", encoding="utf-8")
    assert "no-kilns" in run("--list-rules", cwd=desk).stdout
    assert run("--explain", "no-kilns", cwd=desk).returncode == 0


def test_statistics_count(desk: Path) -> None:
    assert "2  warning" in run("drafts", *QUICK, "--statistics", cwd=desk).stdout
    told = json.loads(run("drafts", *QUICK, "--statistics", "--output-format", "json", cwd=desk).stdout)
    assert told["findings"] == 2


def test_what_cannot_be_written_is_reported_all_the_same(desk: Path) -> None:
    (desk / "copy.txt").hardlink_to(desk / "drafts/kiln.txt")
    result = run("drafts", *QUICK, *CONCISE, "--fix", cwd=desk)
    assert result.returncode == 2
    assert "drafts/kiln.txt: " in result.stderr
    assert rules(result) == [("drafts/kiln.txt", "exclamation-excess")]


def test_a_silence_of_the_project_that_has_run_out_is_told_once(desk: Path) -> None:
    held = "ignore:\n  exclamation-excess: {reason: so we write, until: 2020-01-02}\n"
    (desk / ".followup-lint.yaml").write_text(held, encoding="utf-8")
    result = run("drafts", *QUICK, *CONCISE, cwd=desk)
    told = "note: .followup-lint.yaml, line 2: exclamation-excess is no longer ignored, 2020-01-02 has passed\n"
    assert result.stderr == f"followup-lint: {told}"
    assert len(rules(result)) == 2
