"""What is wrong in a configuration is told with its file, line and column, and with advice; all of it at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from followup_lint.config import Configs
from followup_lint.errors import Problems

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


def told(folder: Path, name: str = ".followup-lint.yaml") -> list[str]:
    """Return what is said of a folder's configuration, each without the path."""
    with pytest.raises(Problems) as caught:
        Configs(user=folder / "none").for_file(folder / "note.txt")
    return [str(problem).replace(f"{folder / name}:", "") for problem in caught.value.exceptions]


WRONG = [
    # the file as a whole
    ("- me\n", "1:1: a configuration is a list of `key: value` lines"),
    ("strict\n", "1:1: a configuration is a list of `key: value` lines"),
    ("me: [\n", "2:1: broken YAML: "),
    ("me: a@b.example\nme: c@d.example\n", "2:1: the key 'me' stands here twice"),
    ("root: true\n---\nroot: true\n", "2:1: broken YAML: expected a single document in the stream, but found "),
    ("baseline: [a, b]\n", "1:11: baseline: write one value, and no list"),
    ("rules: &a {}\noverrides: [*a]\n", "1:8: anchors and aliases (& and *) are not supported here"),
    # keys
    ("sends: box\n", "1:1: unknown key 'sends'; did you mean 'sent'?"),
    ("zzz: 1\n", "1:1: unknown key 'zzz'; the keys are root, extends, preset, "),
    ("severity: error\n", "1:1: unknown key 'severity'; did you mean 'min_severity'?"),
    # single values
    ("root: maybe\n", "1:7: root: 'maybe' is neither true nor false"),
    ("preset: strickt\n", "1:9: preset: 'strickt' is not known here; did you mean 'strict'?"),
    ("preset: [strict]\n", "1:9: preset: write one value, and no list"),
    ("fail_on: info\n", "1:10: fail_on: 'info' is not known here; write error, warning or suggestion"),
    ("min_severity: warnings\n", "1:15: min_severity: 'warnings' is not known here; did you mean 'warning'?"),
    ("me: {a: b}\n", "1:5: me: write one value, or a list of them"),
    ("me: [sam@post.example, Sam Orr]\n", "1:24: me: 'Sam Orr' is no mail address; write it like sam@"),
    ("docs_url: javascript:x\n", "1:11: docs_url: 'javascript:x' is no web address; write it like https://"),
    ("exclude: ['!', '*.md']\n", "1:11: exclude: '!' is no pattern; write one as in .gitignore, such as drafts/*.txt"),
    ("sent: ~nobody-at-all/Mail\n", "1:7: sent: '~nobody-at-all/Mail' leads out of the project, "),
    ("overrides:\n" + "- {files: [a], preset: strict}\n" * 1_001, "1002:3: overrides: 1,001 are too many; the limit"),
    # extends
    ("extends: strickt\n", "1:10: extends: did you mean 'strict'?"),
    ("extends: coachpack\n", "1:10: extends: unknown pack 'coachpack'; no pack of rules is installed"),
    ("extends: [recommended, base.yaml]\n", "1:24: extends: base.yaml cannot be read: no such file or directory"),
    ("extends: ../shared/base\n", "1:10: extends: write a path with its ending (.yaml, .yml, .toml)"),
    ("extends: .followup-lint.yaml\n", "1:10: extends: goes round in a circle: .followup-lint.yaml extends .followup-"),
    # which rules
    ("select: [emojy]\n", "1:10: unknown rule 'emojy'; did you mean 'emoji'?"),
    ("ignore: [emoji, 'zzz-*']\n", "1:17: unknown rule 'zzz-*'; --list-rules shows them all"),
    ("ignore:\n  emojy: we like it\n", "2:3: unknown rule 'emojy'; did you mean 'emoji'?"),
    ("ignore:\n  emoji: {until: soon}\n", "2:10: ignore.emoji: 'soon' is not a date"),
    ("ignore:\n  emoji: {why: we like it}\n", "2:10: ignore.emoji: 'why' is not known here; the keys are reason"),
    # rules
    ("rules: [emoji]\n", "1:8: rules: write `key: value` lines below it"),
    ("rules:\n  emojy: off\n", "2:3: unknown rule 'emojy'; did you mean 'emoji'?"),
    ("rules:\n  emojy: {severity: error}\n", "2:3: unknown rule 'emojy'; did you mean 'emoji'?; `like: RULE`"),
    ("rules:\n  emoji: fatal\n", "2:10: rules.emoji: 'fatal' is no severity; write error, warning, suggestion, off"),
    ("rules:\n  emoji: info\n", "2:10: rules.emoji: 'info' is no severity; "),
    ("rules:\n  emoji: false\n", "2:10: rules.emoji: 'false' is no severity; "),
    ("rules:\n  emoji: [off]\n", "2:10: rules.emoji: a list is no severity; "),
    ("rules:\n  emoji: {severity: high}\n", "2:21: rules.emoji.severity: 'high' is no severity; write error, warning"),
    ("rules:\n  emoji: {severity: {formal: off}}\n", "2:30: rules.emoji.severity.formal: 'off' is not known here; wri"),
    ("rules:\n  emoji: {severity: {fromal: error}}\n", "2:22: rules.emoji.severity: unknown key 'fromal'; did you"),
    ("rules:\n  body-too-long: {maxx: 9}\n", "2:19: unknown option 'maxx'; did you mean 'max'?"),
    ("rules:\n  body-too-long: {max: -5}\n", "2:24: max: '-5' is below 0"),
    ("rules:\n  too-many-questions: {max: {check-in: -5}}\n", "2:40: max.check-in: '-5' is below 0"),
    ("rules:\n  body-too-long: {zzz: 9}\n", "2:19: unknown option 'zzz'; body-too-long has severity, message, why,"),
    ("rules:\n  body-too-long: {max: many}\n", "2:24: max: 'many' is no whole number"),
    ("rules:\n  body-too-long:\n    max: {check-in: few}\n", "3:21: max.check-in: 'few' is no whole number"),
    ("rules:\n  body-too-long: {max: {chek-in: 9}}\n", "2:25: rules.body-too-long.max: unknown key 'chek-in'; did you"),
    ("rules:\n  emoji: {phrases: ['(']}\n", "2:"),
    ("rules:\n  emoji: {message: '{number} smileys'}\n", "2:20: message: the check fills no hole {number}; it fills "),
    ("rules:\n  emoji: {message: 'a {smile'}\n", "2:20: message: expected '}' before end of string"),
    ("rules:\n  emoji: {why: [a]}\n", "2:16: rules.emoji.why: write one line of text"),
    ("rules:\n  emoji: {message: {formal: []}}\n", "2:29: rules.emoji.message.formal: write one line of text"),
    ("rules:\n  emoji: {like: demand}\n", "2:3: there is a rule 'emoji' already; give the new one another name"),
    ("rules:\n  note: {like: demnd}\n", "2:16: rules.note.like: unknown rule 'demnd'; did you mean 'demand'?"),
    ("rules:\n  Very Long: {like: demand}\n", "2:3: 'Very Long' is no name for a rule; write it like-this"),
    ("rules:\n  a: {like: b}\n  b: {like: a}\n", "2:13: rules.a.like: 'b' is wrong itself, or the two go"),
    ("rules:\n  a: {like: a}\n", "2:13: rules.a.like: 'a' is wrong itself, or the two go"),
    # the user's own rules
    ("rule_dirs: mine\n", "1:12: rule_dirs: 'mine' is no folder; the path is relative to this file"),
    ("rule_dirs: [taken]\n", "1:13: rule_dirs: a second rule 'emoji' in taken: the program brings one already"),
    ("rule_dirs: [one, two]\n", "1:18: rule_dirs: a second rule 'no-loom' in two: one ("),
    # overrides, context, people, companies
    ("overrides: {files: a, preset: strict}\nme: x\n", "2:5: me: 'x' is no mail address"),
    ("overrides: [{preset: strict}]\n", "1:13: overrides: say for which files, as in files: drafts/*.txt"),
    ("overrides: [{files: a, me: b}]\n", "1:24: unknown key 'me'; "),
    ("overrides:\n  - files: '*.md'\n    preset: strikt\n", "3:13: overrides.preset: 'strikt' is not known here; did"),
    ("overrides:\n  - files: '*.md'\n    rules: {emoji: fatal}\n", "3:20: overrides.rules.emoji: 'fatal' is no"),
    ("overrides: [letters/]\n", "1:13: overrides: write `key: value` lines below it"),
    ("context: formal\n", "1:10: context: write `key: value` lines below it"),
    ("context: {culture: posh}\n", "1:20: context.culture: 'posh' is none of formal, neutral, casual"),
    ("context: {cultur: formal}\n", "1:11: unknown key 'cultur'; did you mean 'culture'?"),
    ("context:\n  zone: Europe/Berlni\n", "2:9: context.zone: 'Europe/Berlni' is not a time zone; did you mean Eu"),
    ("context: {ignore: [emoji]}\n", "1:11: ignore stands by itself, beside context"),
    ("contacts: [{name: Ewa, mail: a@b.example}]\n", "1:12: contacts: 'mail' is not known here; the keys are name, "),
    ("companies: [{aliases: Mill}]\n", "1:13: companies: a company needs a name"),
    ("companies: [{name: Mill, domain: mill.example}]\n", "1:26: unknown key 'domain'; did you mean 'domains'?"),
    ("companies:\n  - {name: Mill, domains: [sam@mill.example]}\n", "2:28: companies.domains: 'sam@mill.example' is"),
    ("companies: [{name: Mill, culture: posh}]\n", "1:35: companies.culture: 'posh' is none of formal, neutral, "),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), WRONG, ids=[text for text, _ in WRONG])
def test_what_is_wrong_is_told_with_its_place(text: str, words: str, tmp_path: Path) -> None:
    for folder, name in (("taken", "emoji"), ("one", "no-loom"), ("two", "no-loom")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{name}.yaml").write_text(RULE, encoding="utf-8")
    (tmp_path / ".followup-lint.yaml").write_text(text, encoding="utf-8")
    found = told(tmp_path)
    assert any(each.startswith(words) for each in found), found
    assert len(found) == (2 if "like: b}\n  b" in text else 1), found


ONE = "[[tool.followup-lint.overrides]]\n"
TOML = [
    ("[tool.followup_lint]\nme = 1\n", "1: the table is called [tool.followup-lint], with a hyphen"),
    ("[tool.followup-lint]\nme = 1\n", "2: me: '1' is no mail address"),
    ("[tool.followup-lint]\nsends = 'x'\n", "2: unknown key 'sends'"),
    ("[project]\nname = 'x'\n\n[tool.followup-lint]\nroot = 3\n", "5: root: '3' is neither true nor false"),
    ("[tool.followup-lint.rules]\nemoji = 'off'\nemojy = 'off'\n", "3: unknown rule 'emojy'"),
    ("[tool.followup-lint.rules.body-too-long]\nmax = 9.5\n", "2: max: '9.5' is no whole number"),
    (f"[tool.followup-lint]\n{ONE}files='a'\n\n{ONE}files='b'\npreset='c'\n", "7: overrides.preset: 'c' is not known"),
    ("[tool]\nfollowup-lint.preset = 'x'\n", "2: preset: 'x' is not known here"),
    ("tool.'followup-lint' = {preset = 'x'}\n", "1: preset: 'x' is not known here"),
    ("[tool.followup-lint]\nme = '''\nroot = 1\n'''\nroot = 2\n", "5: root: '2' is neither"),
    ("[tool.followup-lint]\ncontext = {date = 2026-05-04, culture = 'posh'}\n", "2: context.culture: 'posh'"),
    ("[tool.followup-lint]\nme = \n", "2:6: broken TOML: invalid value"),
    ("[tool.followup-lint]\na" + ".a" * 200_000 + " = 1\n", "2: the TOML is nested too deeply"),
    ("[tool.followup-lint]\na = {a" + " . 'a'" * 2_000 + " = 1}\n", "2: the TOML is nested too deeply"),
    ("[tool.followup-lint" + '."a"' * 2_000 + "]\n", "1: the TOML is nested too deeply"),
    ("[tool.followup-lint]\nme = 'a", "2:"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), TOML)
def test_what_is_wrong_in_toml_has_its_line(text: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
    found = told(tmp_path, "pyproject.toml")
    assert any(each.startswith(words) for each in found), found


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text("model: {}\npreset: much\n", encoding="utf-8")
    text = "extends: base.yaml\nroot: 2\nrules: {emojy: off, emoji: fatal}\nsends: x\n"
    (tmp_path / ".followup-lint.yaml").write_text(text, encoding="utf-8")
    found = told(tmp_path)
    places = ["base.yaml:1:8", "base.yaml:2:9", "2:7", "3:9", "3:28", "4:1"]
    for place in places:
        assert sum(each.replace(f"{tmp_path}/", "").startswith(f"{place}: ") for each in found) == 1, (place, found)
    assert len(found) == len(places)


def test_a_broken_rule_of_the_users_own_is_told_with_the_rest(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "no-loom.yaml").write_text(RULE.replace("severity: warning", "severity: bad"), "utf-8")
    (tmp_path / ".followup-lint.yaml").write_text("rule_dirs: mine\nrules: {no-loom: off}\nroot: 2\n", "utf-8")
    found = told(tmp_path)
    assert len(found) == 2, found  # nothing of an unknown rule: nobody can know
    assert "2 is neither" in found[0].replace("'", "")
    assert "no-loom.yaml:3" in found[1]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xff\xfe\xfa", "is not valid UTF-16"),
        (b"%PDF-1.4", "looks like a PDF"),
        (b"# " + b"x" * 1_000_001, "is too large for a configuration; the limit is 1 MB"),
        (b"me: " + b"[" * 5000, "broken YAML"),
        (b"a: &a [b]\nc: [*a, *a]", "anchors and aliases"),
        (b"me: !!python/object/apply:os.system ['touch owned']", "me: 'touch owned' is no mail address"),
    ],
)
def test_no_file_can_do_harm(data: bytes, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".followup-lint.yaml").write_bytes(data)
    assert any(words in each for each in told(tmp_path)), told(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [".followup-lint.yaml"]


def test_a_configuration_is_no_deeper_than_sixteen_files(tmp_path: Path) -> None:
    (tmp_path / ".followup-lint.yaml").write_text("extends: c0.yaml\n", encoding="utf-8")
    for number in range(20):
        (tmp_path / f"c{number}.yaml").write_text(f"extends: c{number + 1}.yaml\n", encoding="utf-8")
    assert told(tmp_path) == [f"{tmp_path / 'c14.yaml'}:1:10: extends: more than 16 files build on one another"]


def test_many_ways_to_one_file_are_walked_once(tmp_path: Path) -> None:
    (tmp_path / ".followup-lint.yaml").write_text("extends: [c0.yaml, c1.yaml]\n", encoding="utf-8")
    for number in range(14):
        both = f"extends: [c{number + 1}.yaml, c{min(number + 2, 14)}.yaml]\ncontacts: [A{number}]\n"
        (tmp_path / f"c{number}.yaml").write_text(both, encoding="utf-8")
    (tmp_path / "c14.yaml").write_text("contacts: [Z]\n", encoding="utf-8")
    settings = Configs(user=tmp_path / "none").for_file(tmp_path / "a.txt")
    assert len(settings.contacts) == 15
