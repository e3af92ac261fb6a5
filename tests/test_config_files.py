"""Which files count for a draft, and what becomes of several that say something about the same thing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from followup_lint.catalog import built_in
from followup_lint.config import Configs, Settings
from followup_lint.config.source import Source, read
from followup_lint.context import Culture
from followup_lint.diagnostic import Severity
from followup_lint.errors import Problems
from followup_lint.linter import Linter
from followup_lint.reader import read_message

RULE = """\
check: pattern
options: {phrases: [loom]}
severity: warning
message: no looms
why: A loom is no gift.
fix: Cut it.
practice: 0
source: us
examples:
  - good: Dear Ana, hello.
  - bad: Dear Ana, the [[loom]].
"""


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def at(folder: Path, name: str = "note.txt", *, user: str = "nobody.yaml") -> Settings:
    return Configs(user=folder / user).for_file(folder / name)


def plain() -> Settings:
    return Configs(isolated=True).for_file("note.txt")


def names(settings: Settings) -> set[str]:
    return {rule.name for rule in settings.chosen()}


OURS = "[tool.followup-lint]\npreset = 'strict'\n"


@pytest.mark.parametrize(
    ("files", "counts"),
    [
        ({".followup-lint.yaml": "", ".followup-lint.yml": "", "pyproject.toml": OURS}, ".followup-lint.yaml"),
        ({".followup-lint.yml": "", "pyproject.toml": OURS}, ".followup-lint.yml"),
        ({"pyproject.toml": OURS}, "pyproject.toml"),
        ({"a/b/pyproject.toml": "[tool.ruff]\n", ".followup-lint.yaml": ""}, ".followup-lint.yaml"),
        ({"a/b/pyproject.toml": "not toml", ".followup-lint.yaml": ""}, ".followup-lint.yaml"),
        ({"a/b/pyproject.toml": "# followup-lint\n[tool.x]\n", ".followup-lint.yaml": ""}, ".followup-lint.yaml"),
        ({"a/.followup-lint.yaml": "", ".followup-lint.yaml": ""}, "a/.followup-lint.yaml"),
        ({"a/b/pyproject.toml": OURS, "a/.followup-lint.yaml": ""}, "a/b/pyproject.toml"),
        ({"a/b/c/.followup-lint.yaml": "", ".followup-lint.yml": ""}, ".followup-lint.yml"),
        ({"a/b/.followup-lint.yaml/x": "", ".followup-lint.yml": ""}, ".followup-lint.yml"),
    ],
)
def test_the_file_closest_to_the_draft_counts(files: dict[str, str], counts: str, tmp_path: Path) -> None:
    write(tmp_path, files)
    assert at(tmp_path, "a/b/note.txt").file == tmp_path / counts


def test_the_working_directory_counts_for_standard_input_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"here/.followup-lint.yaml": "preset: strict\n", "there/note.txt": ""})
    monkeypatch.chdir(tmp_path / "here")
    found = Configs(user=tmp_path / "nobody")
    assert (found.for_file("-").preset, found.for_file("stdin.txt").preset) == ("strict", "strict")
    assert found.for_file("../there/note.txt").preset == "recommended"
    assert found.for_file("../there/note.txt").file is None


def test_a_file_is_not_joined_to_the_one_above_it(tmp_path: Path) -> None:
    write(
        tmp_path, {".followup-lint.yaml": "preset: strict\nme: a@b.example\n", "a/.followup-lint.yaml": "root: false"}
    )
    assert (at(tmp_path, "a/note.txt").preset, at(tmp_path, "a/note.txt").me) == ("recommended", ())


def test_the_users_own_file_lies_under_every_other(tmp_path: Path) -> None:
    own = "preset: strict\nme: u@post.example\nrules: {emoji: off, demand: warning}\ncontacts: [Ewa]\n"
    project = "me: p@post.example\nrules: {demand: error}\ncontacts: [Ana]\n"
    write(tmp_path, {"user/config.yaml": own, "p/.followup-lint.yaml": project})
    found = at(tmp_path, "p/note.txt", user="user/config.yaml")
    assert (found.preset, found.me, *found.off) == ("strict", ("p@post.example",), "emoji")
    assert [contact.person.name for contact in found.contacts] == ["Ewa", "Ana"]
    assert found.file == tmp_path / "p/.followup-lint.yaml"
    alone = at(tmp_path, "q/note.txt", user="user/config.yaml")
    assert (alone.me, alone.file) == (("u@post.example",), tmp_path / "user/config.yaml")
    write(tmp_path, {"p/.followup-lint.yaml": "root: true\n" + project})
    rooted = at(tmp_path, "p/note.txt", user="user/config.yaml")
    assert (rooted.preset, rooted.off) == ("recommended", frozenset())


def test_a_named_file_or_none_takes_the_place_of_all_others(tmp_path: Path) -> None:
    files = {".followup-lint.yaml": "model: near", "user.yaml": "model: own\nme: u@p.example", "x/c.toml": "model='x'"}
    write(tmp_path, files)
    user = tmp_path / "user.yaml"
    only = Configs(tmp_path / "x/c.toml", user=user).for_file(tmp_path / "note.txt")
    assert (only.model, only.me) == ("x", ())
    none = Configs(isolated=True, user=user).for_file(tmp_path / "note.txt")
    assert (none.model, none.file, none.rules) == ("", None, built_in())
    with pytest.raises(Problems, match="problems") as caught:
        Configs(tmp_path / "gone.yaml").for_file("note.txt")
    assert "gone.yaml: cannot be read: no such file" in str(caught.value.exceptions[0])


def test_the_user_level_is_where_the_system_keeps_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    if os.name == "posix" and os.uname().sysname == "Linux":
        write(tmp_path, {"followup-lint/config.yaml": "me: u@post.example\n"})
        assert Configs().for_file(tmp_path / "note.txt").me == ("u@post.example",)


def test_files_that_are_extended_count_in_order(tmp_path: Path) -> None:
    files = {
        ".git/HEAD": "",
        "p/.followup-lint.yaml": "extends: [../a.yaml, ../b.toml, strict]\nmodel: own\nexclude: own/\n",
        "a.yaml": "extends: sub/c.yaml\nmodel: a\nfail_on: error\nbaseline: a.json\nexclude: a/\n",
        "b.toml": "model='b'\nfail_on='warning'\nexclude=['b/']\npreset='lenient'\n",
        "sub/c.yaml": "docs_url: https://c.example\nfail_on: suggestion\nmin_severity: error\nsent: box\n",
    }
    write(tmp_path, files)
    found = at(tmp_path, "p/note.txt")
    assert (found.model, found.fail_on, found.min_severity, found.preset) == (
        "own",
        Severity.WARNING,
        Severity.ERROR,
        "strict",
    )
    assert (found.baseline, found.sent) == (tmp_path / "a.json", (str(tmp_path / "sub" / "box"),))
    assert found.url("emoji") == "https://c.example/rules/emoji.html"
    assert [found.excludes(tmp_path / path) for path in ("p/own/x.txt", "p/a/x.txt", "p/b/x.txt", "p/x.txt")] == [
        True,
        True,
        True,
        False,
    ]


def test_lists_add_up_and_what_is_single_is_replaced(tmp_path: Path) -> None:
    base = "select: [emoji]\nignore: [demand]\nme: a@p.example\nexclude: ['*.md', 'old/']\n"
    base += "context: {culture: formal, region: de}\n"
    own = "extends: base.yaml\nselect: [demand, 'subject-*']\nignore: {emoji: why not}\nme: b@p.example\n"
    write(tmp_path, {"base.yaml": base, ".followup-lint.yaml": own + "exclude: '!keep.md'\ncontext: {region: us}\n"})
    found = at(tmp_path)
    assert found.select == ("demand", "subject-*")
    assert (*found.ignored, *found.me) == ("demand", "b@p.example")
    (silence,) = found.silences
    assert (silence.rule, silence.reason, silence.origin) == (
        "emoji",
        "why not",
        f"{tmp_path / '.followup-lint.yaml'}, line 3",
    )
    assert [found.excludes(tmp_path / name) for name in ("a.md", "keep.md", "b.txt")] == [True, False, False]
    assert found.excludes(tmp_path / "old", folder=True)
    assert not found.excludes(tmp_path / "old")
    assert {key: (fact.value, fact.origin[-6:]) for key, fact in found.facts.items()} == {
        "culture": (Culture.FORMAL, "line 5"),
        "region": ("us", "line 6"),
    }


def test_an_ignored_glob_silences_each_rule_that_fits(tmp_path: Path) -> None:
    write(tmp_path, {".followup-lint.yaml": "ignore: {'subject-*': {reason: no subjects here, until: 2030-01-02}}\n"})
    found = at(tmp_path)
    assert {silence.rule for silence in found.silences} == {r.name for r in built_in() if r.name.startswith("subject-")}
    assert {str(silence.until) for silence in found.silences} == {"2030-01-02"}
    assert names(found) == names(plain())


OVERRIDES = """\
preset: strict
rules: {emoji: off}
overrides:
  - files: letters/
    context: {channel: letter}
    rules: {emoji: error, too-many-questions: {max: {check-in: 1}}}
  - files: ['*.short.txt', '/top.txt']
    preset: lenient
    select: [emoji]
  - files: letters/b.txt
    ignore: [emoji]
"""


def test_overrides_count_for_the_drafts_they_name_the_later_the_more(tmp_path: Path) -> None:
    write(tmp_path, {".followup-lint.yaml": OVERRIDES})
    found = Configs(user=tmp_path / "nobody")
    other, letter, short, top, b = (
        found.for_file(tmp_path / name)
        for name in ("a.txt", "letters/a.txt", "letters/x/a.short.txt", "top.txt", "letters/b.txt")
    )
    assert [set(each.off) for each in (other, letter, short, top)] == [{"emoji"}, set(), set(), {"emoji"}]
    assert (other.preset, letter.preset, short.preset, top.preset) == ("strict", "strict", "lenient", "lenient")
    assert (names(short), names(top)) == ({"emoji"}, set())
    assert "emoji" in names(letter)
    assert "emoji" not in names(b)
    assert (set(other.facts), set(letter.facts)) == (set(), {"channel"})
    assert found.for_file(tmp_path / "sub" / "top.txt") is other
    assert found.for_folder(tmp_path / "letters").facts == {}


def test_the_command_line_wins(tmp_path: Path) -> None:
    text = "preset: strict\nselect: [emoji, demand]\nignore: [demand]\nrules: {canned-phrase: off, casual-lexis: off}\n"
    write(tmp_path, {".followup-lint.yaml": text})
    found = at(tmp_path)
    assert names(found) == {"emoji"}
    assert {rule.name for rule in found.chosen("", ["demand", "ca*"], [])} == {"demand"}
    assert {rule.name for rule in found.chosen("", ["canned-phrase"], [])} == {"canned-phrase"}
    assert found.chosen("", [], ["emoji"]) == ()
    assert found.left_out("emoji") == ""
    assert found.left_out("emoji", ignore=["emo*"]) == "left out by --ignore"
    assert found.left_out("demand") == f"ignored in {tmp_path / '.followup-lint.yaml'}, line 3"
    assert found.left_out("canned-phrase") == f"switched off in {tmp_path / '.followup-lint.yaml'}, line 4"
    assert found.left_out("guilt-trip") == f"not selected in {tmp_path / '.followup-lint.yaml'}, line 2"
    assert found.left_out("guilt-trip", select=["emoji"]) == "not selected by --select"
    strict = next(rule.name for rule in built_in() if rule.file.preset == "strict")
    assert plain().left_out(strict) == "strict, so it does not run with the preset recommended"
    assert plain().left_out(strict, "strict") == ""
    with pytest.raises(Problems):
        found.chosen("", ["emojy"], [])


def lint(settings: Settings, body: str, facts: str = "kind: check-in") -> list[tuple[str, str, str]]:
    text = f"---\n{facts}\n---\nDear Ana,\n\n{body}\n\nRegards,\nSam Orr\n"
    message = read_message(text.encode(), "note.txt", {}, settings.defaults)
    found = Linter(settings.chosen()).lint(message).diagnostics
    return [(item.rule, item.severity.value, item.message) for item in found]


def test_a_rule_may_weigh_say_and_count_otherwise(tmp_path: Path) -> None:
    text = "select: [emoji, too-many-questions]\nrules:\n  emoji: {severity: error, message: 'No {text}, please.'}\n"
    write(tmp_path, {".followup-lint.yaml": text + "  too-many-questions: {max: {check-in: 1}}\n"})
    body = "Has the board met? Who chairs it? :-)"
    assert lint(at(tmp_path), body) == [
        ("too-many-questions", "warning", "2 questions; ask at most 1 in a check-in message."),
        ("emoji", "error", "No :-), please."),
    ]
    assert ("emoji", "error", "No :-), please.") in lint(at(tmp_path), body, "kind: check-in\nculture: casual")
    assert all(rule.name != "emoji" or rule.file.message != "No {text}, please." for rule in built_in())


def options(settings: Settings, name: str) -> dict[str, object]:
    return next(dict(rule.file.options) for rule in settings.every if rule.name == name)


def test_a_mapping_joins_the_rules_own_and_anything_else_replaces(tmp_path: Path) -> None:
    own = "extends: base.yaml\nrules: {too-many-questions: {max: {email: 7}, frames: []}}\n"
    write(
        tmp_path,
        {"base.yaml": "rules: {too-many-questions: {max: {thank-you: 5}, far: 9}}\n", ".followup-lint.yaml": own},
    )
    found = options(at(tmp_path), "too-many-questions")
    assert list(found["max"].items()) == [("email", "7"), ("thank-you", "5"), ("phone-script", "2"), ("default", "2")]  # type: ignore[attr-defined]
    assert (found["far"], found["frames"]) == ("9", [])


def test_the_value_of_a_rule_with_only_one_stays_for_the_rest(tmp_path: Path) -> None:
    single = next(
        (rule.name, key, str(value))
        for rule in built_in()
        for key, value in rule.file.options.items()
        if key == "max" and isinstance(value, str)
    )
    write(tmp_path, {".followup-lint.yaml": f"rules: {{{single[0]}: {{{single[1]}: {{sms: 3}}}}}}\n"})
    assert options(at(tmp_path), single[0])[single[1]] == {"sms": "3", "default": single[2]}


def test_one_severity_does_not_make_a_rule_speak_where_it_is_silent(tmp_path: Path) -> None:
    silent = next(
        rule for rule in built_in() if isinstance(rule.file.severity, dict) and "default" not in rule.file.severity
    )
    write(tmp_path, {".followup-lint.yaml": f"rules: {{{silent.name}: error}}\n"})
    now = next(rule for rule in at(tmp_path).rules if rule.name == silent.name)
    assert now.file.severity == dict.fromkeys(silent.file.severity, Severity.ERROR)


def test_a_severity_brings_a_rule_into_every_preset_and_stays_in_strict(tmp_path: Path) -> None:
    strict = next(rule.name for rule in built_in() if rule.file.preset == "strict")
    write(tmp_path, {".followup-lint.yaml": f"rules: {{{strict}: error, specific-reference-missing: suggestion}}\n"})
    assert strict in names(at(tmp_path))
    assert strict not in names(plain())
    again = {rule.name: rule.file.severity for rule in at(tmp_path).chosen("strict")}
    assert set(again["specific-reference-missing"].values()) == {Severity.SUGGESTION}  # type: ignore[union-attr]


def test_a_nearer_file_switches_on_what_another_switched_off(tmp_path: Path) -> None:
    base = "rules: {emoji: off, demand: {severity: off}, canned-phrase: off}\n"
    own = "extends: base.yaml\nrules: {emoji: warning, demand: {severity: error}, canned-phrase: {many: 2}}\n"
    write(tmp_path, {"base.yaml": base, ".followup-lint.yaml": own})
    assert at(tmp_path).off == {"canned-phrase"}
    assert {"emoji", "demand"} <= names(at(tmp_path))
    assert "canned-phrase" in at(tmp_path).known


def test_a_rule_may_be_made_of_another(tmp_path: Path) -> None:
    text = """\
select: [note-long, note-very-long, body-too-long]
rules:
  note-very-long: {like: note-long, severity: error, max: 12, message: 'Very long: {count}.'}
  note-long: {like: body-too-long, max: 6, message: 'Long: {count}.', severity: suggestion}
  body-too-long: off
"""
    write(tmp_path, {".followup-lint.yaml": text})
    found = lint(at(tmp_path), "One two three four five six seven eight nine ten eleven twelve thirteen.")
    assert found == [("note-long", "suggestion", "Long: 13."), ("note-very-long", "error", "Very long: 13.")]
    write(tmp_path, {".followup-lint.yaml": text + "overrides: [{files: '*.md', rules: {note-long: off}}]\n"})
    assert names(at(tmp_path, "a.md")) == {"note-very-long"}


def test_rules_of_the_users_own_run_beside_the_others(tmp_path: Path) -> None:
    hidden = {"mine/.followup-lint.yaml": "me: a@b.example", "mine/followup-lint.yaml": "x: y"}
    own = "rule_dirs: mine\nselect: no-loom\nrules: {no-loom: {message: 'No {text}.'}}\n"
    write(tmp_path, {".followup-lint.yaml": own, "mine/no-loom.yaml": RULE, **hidden})
    assert lint(at(tmp_path), "The loom is here.") == [("no-loom", "warning", "No loom.")]


def test_ten_thousand_drafts_cost_one_look_at_each_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(
        tmp_path,
        {".followup-lint.yaml": OVERRIDES, "f7/pyproject.toml": OURS, "f8/pyproject.toml": "# followup-lint\n"},
    )
    reads: list[Path] = []

    def counted(path: Path) -> Source | None:
        reads.append(path)
        return read(path)

    looked: list[str] = []
    is_file = os.path.isfile

    def seen(path: str) -> bool:
        looked.append(path)
        return is_file(path)

    monkeypatch.setattr("followup_lint.config.source.read", counted)
    monkeypatch.setattr("followup_lint.config.closest.os.path.isfile", seen)
    found = Configs(user=tmp_path / "nobody")
    paths = [tmp_path / f"f{place % 10}" / f"g{place % 100}" / f"note{place}.txt" for place in range(10_000)]
    settings = [found.for_file(path) for path in paths]
    assert sorted(path.parent.name for path in reads) == sorted([tmp_path.name, "f7", "f8"])
    above = 2 * 2 * (len(tmp_path.parents) + 2)  # for each file, to know how far its project reaches
    assert len(looked) <= 3 * (1 + 10 + 100) + above
    assert len(set(map(id, settings))) == 2
    assert len({id(each.chosen()) for each in settings}) == 2
    assert set(found.files) == {tmp_path / "f7/pyproject.toml", tmp_path / ".followup-lint.yaml"}


def test_a_wrong_file_is_told_again_for_every_draft(tmp_path: Path) -> None:
    write(tmp_path, {".followup-lint.yaml": "sends: x\n"})
    found = Configs(user=tmp_path / "nobody")
    for name in ("a.txt", "b.txt"):
        with pytest.raises(Problems):
            found.for_file(tmp_path / name)


def test_two_overrides_that_do_not_go_together_are_told(tmp_path: Path) -> None:
    text = "rules: {x: {like: emoji}}\noverrides:\n"
    text += "  - {files: a*, rules: {x: {like: body-too-long}}}\n  - {files: '*b', rules: {x: {many: 3}}}\n"
    write(tmp_path, {".followup-lint.yaml": text})
    assert (at(tmp_path, "a").file, at(tmp_path, "b").file) == (tmp_path / ".followup-lint.yaml",) * 2
    for _ in range(2):
        with pytest.raises(Problems):
            at(tmp_path, "ab")
