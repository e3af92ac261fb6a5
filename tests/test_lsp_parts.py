from __future__ import annotations

import random
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lsprotocol import types

from followup_lint import catalog, model
from followup_lint.diagnostic import Applicability, Edit, Remedy
from followup_lint.draft import Draft
from followup_lint.linter import Linter, Result
from followup_lint.lsp import actions, completion, explanation, hover, outline, parses, rule_files, top, wishes
from followup_lint.lsp.client import Client
from followup_lint.lsp.core import Checked, Core, Text
from followup_lint.lsp.diagnostics import diagnostics
from followup_lint.lsp.documents import Document, Documents
from followup_lint.lsp.parses import OvertakenError, Remembering
from followup_lint.lsp.positions import ENCODINGS, Buffer, changed, whole
from followup_lint.lsp.sheet import Sheet
from followup_lint.reader import read_message
from followup_lint.text import Span

if TYPE_CHECKING:
    from followup_lint.language import Language

EXAMPLES = Path(__file__).parents[1] / "examples"
NEWEST = Client(
    types.ClientCapabilities(
        workspace=types.WorkspaceClientCapabilities(
            workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=True, snippet_edit_support=True)
        ),
        text_document=types.TextDocumentClientCapabilities(
            publish_diagnostics=types.PublishDiagnosticsClientCapabilities(
                related_information=True,
                tag_support=types.ClientDiagnosticsTagOptions([types.DiagnosticTag.Unnecessary]),
            )
        ),
    )
)
OLDEST = Client(types.ClientCapabilities())
ODD = st.text(alphabet="ab ’é😀\u2028\u2029\x85\x0b\f\t\r\n", max_size=30)
CORE = Core()


def line_start(text: str, number: int) -> int:
    """Where a 0-based line begins, found in another way than the program does."""
    pieces = re.split("(\r\n|\n|\r)", text)
    return sum(map(len, pieces[: 2 * number]))


def taken(text: str, where: types.Range, encoding: str) -> str:
    """The words of a range, cut out by an editor that keeps its lines as bytes."""
    codec, width = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}[encoding]

    def offset(place: types.Position) -> int:
        start = line_start(text, place.line)
        line = text[start:].encode(codec)
        return start + len(line[: place.character * width].decode(codec))

    return text[offset(where.start) : offset(where.end)]


def open_document(text: str, name: str = "note.txt", language: str = "plaintext", encoding: str = "utf-16") -> Document:
    return Document(f"file:///nowhere/{name}", 1, language, text, encoding)


def check(document: Document) -> Checked:
    return CORE.check(Text(document.file, document.text, document.is_html))


def found_in(document: Document) -> Result:
    result = check(document).result
    assert result
    return result


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=ODD, data=st.data())
def test_a_position_leads_back_to_its_offset(encoding: str, text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    buffer = Buffer(text, encoding)
    inside_line_end = text[offset - 1 : offset + 1] == "\r\n" and offset > 0
    assert buffer.offset(buffer.position(offset)) == offset - inside_line_end
    assert buffer.position(offset).line == len(re.split("\r\n|\n|\r", text[: offset - inside_line_end])) - 1


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=ODD, new=ODD, data=st.data())
def test_a_change_is_made_where_the_client_made_it(encoding: str, text: str, new: str, data: st.DataObject) -> None:
    ends = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    ends = [end - (text[end - 1 : end + 1] == "\r\n" and end > 0) for end in ends]
    where = Buffer(text, encoding).range(Span(*ends))
    change = types.TextDocumentContentChangePartial(where, new)
    assert changed(text, [change], encoding) == text[: ends[0]] + new + text[ends[1] :]


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", len("‘😀’ ".encode())), ("utf-16", 5), ("utf-32", 4)])
def test_columns_are_counted_in_the_units_that_were_agreed_upon(encoding: str, column: int) -> None:
    assert Buffer("‘😀’ word", encoding).position(4) == types.Position(0, column)
    assert Buffer("‘😀’ word", encoding).offset(types.Position(0, column)) == 4


@pytest.mark.parametrize("sign", ["\f", "\v", "\x1c", "\x85", "\u2028", "\u2029"])
def test_only_line_ends_end_a_line(sign: str) -> None:
    assert Buffer(f"one{sign}two\rthree").position(8) == types.Position(1, 0)


def test_a_position_behind_the_end_is_at_the_end() -> None:
    buffer = Buffer("one\r\ntwo")
    assert (buffer.offset(types.Position(0, 99)), buffer.offset(types.Position(9, 0))) == (3, 8)


def test_a_position_inside_a_character_is_before_it() -> None:
    assert Buffer("a😀b", "utf-16").offset(types.Position(0, 2)) == 1
    assert Buffer("a😀b", "utf-8").offset(types.Position(0, 3)) == 1


def test_halves_of_characters_are_joined_or_replaced() -> None:
    assert whole("\ud83d\ude00 \ud83d!") == "😀 �!"


def test_a_range_that_is_upside_down_takes_nothing_away() -> None:
    upside_down = types.Range(types.Position(0, 3), types.Position(0, 1))
    assert Buffer("abcd").span(upside_down) == Span(3, 3)


def test_a_change_to_a_document_that_was_never_opened_is_left_alone() -> None:
    assert Documents().changed("file:///x.txt", 2, []) is None


@pytest.mark.parametrize(
    ("uri", "language", "file", "name"),
    [
        ("file:///home/a%20b/n.txt", "plaintext", "/home/a b/n.txt", "n.txt"),
        ("file:///c%3A/n.md", "markdown", "c:/n.md", "n.md"),
        ("untitled:Untitled-1", "plaintext", "", "Untitled-1.txt"),
        ("untitled:Untitled-1", "eml", "", "Untitled-1.eml"),
        ("file:///x/reply.eml", "mail", "/x/reply.eml", "reply.eml"),
        ("file:///x/reply", "mail", "/x/reply", "reply.txt"),
    ],
)
def test_a_document_knows_its_file_and_its_name(uri: str, language: str, file: str, name: str) -> None:
    document = Document(uri, 1, language, "")
    assert (document.file, document.name) == (file, name)


SENTENCES = (
    "Thank you for the talk about the kiln, ",
    "I look forward to hearing back ASAP. ",
    "It’s what I’d love to do 😀! ",
    "When will you decide? What does it pay? ",
    "I hope this email finds you well. ",
    "You must answer me by tomorrow noon. ",
    "Your team’s wall of maps stays with me. ",
    "\n\n",
    "\r\n\r\n",
    "> On Monday you wrote: thanks a lot!!\n",
    "Dear [Name],\n\n",
    "\u2028\f",
)


def drafts() -> list[tuple[str, str]]:
    chance = random.Random(6)  # noqa: S311
    top = "---\nkind: thank-you\nto: Mia Orr\ncompany: Orr & Söhne\n---\n"
    made = [
        (f"made-{number}.txt", chance.choice(("", top)) + "Hi Mia,\n\n" + "".join(chance.choices(SENTENCES, k=9)))
        for number in range(100)
    ]
    return [*((path.name, path.read_bytes().decode()) for path in sorted(EXAMPLES.iterdir()) if path.is_file()), *made]


def test_the_server_finds_what_the_command_line_finds_in_every_encoding(tmp_path: Path) -> None:
    linter = Linter(catalog.choose(catalog.built_in(), "recommended", (), ()))
    count = 0
    for name, text in drafts():
        path = tmp_path / name
        path.write_bytes(text.encode())
        expected = linter.lint(read_message(path.read_bytes(), str(path), {}))
        checked = CORE.check(Text(str(path), text))
        for encoding in ENCODINGS:
            document = Document(path.as_uri(), 1, "plaintext", text, encoding)
            shown = [item for item in diagnostics(document, checked, NEWEST) if item.code]
            assert sorted((item.code, item.message) for item in shown) == sorted(
                (item.rule, item.message) for item in expected.diagnostics
            )
            words = sorted((str(item.code), taken(text, item.range, encoding)) for item in shown)
            if not name.endswith(".eml"):
                wanted = sorted((item.rule, expected.text_of(item.span)) for item in expected.diagnostics)
                assert [pair for pair in zip(words, wanted, strict=True) if pair[0] != pair[1] and pair[1][1]] == []
        count += len(expected.diagnostics)
        path.unlink()
    assert count > 300


def test_a_parse_that_is_remembered_changes_nothing() -> None:
    text = "Hi Mia,\n\nI was hoping you could answer me today. I was hoping you could answer me today.\n\nBest,\nAda\n"
    document = open_document(text)
    first, again = found_in(document), found_in(document)
    plain = Linter(first.rules).lint(read_message(text.encode(), document.file, {}))
    assert first.diagnostics == again.diagnostics == plain.diagnostics


def test_several_parses_at_once_are_those_of_each() -> None:
    calls: list[list[str]] = []

    class Parser:
        def __call__(self, text: str) -> str:
            return text.upper()

        def many(self, texts: Sequence[str]) -> list[str]:
            calls.append([*texts])
            return [text.upper() for text in texts]

    language: Any = Remembering(cast("Language", Parser()))
    language("b")
    assert language.many(["a", "b", "a", "c"]) == ["A", "B", "A", "C"]
    assert language.many(["c", "a"]) == ["C", "A"]
    assert [text for call in calls for text in call] == ["a", "c"]
    many = [str(number) for number in range(300)]
    assert language.many(many) == many
    assert language.many(["299", "0"]) == ["299", "0"]
    assert calls[-1] == ["0"]


def test_the_oldest_parses_are_forgotten() -> None:
    calls: list[str] = []

    def parse(text: str) -> str:
        calls.append(text)
        return text

    language = Remembering(parse)  # type: ignore[arg-type]
    for number in range(300):
        language(str(number))
    language("299")
    language("0")
    assert calls[300:] == ["0"]


def test_words_are_forgotten_in_time_and_nothing_else_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    language: Any = model.load.__wrapped__("", quick=True)
    monkeypatch.setattr(model, "load", lambda *_, **__: language)
    monkeypatch.setattr(parses, "MOST_WORDS", 30)
    core, text = Core(), "Hi Mia,\n\nI would like to ask whether kiln {}x quarry{}y could be decided by Friday.\n"
    before = core.check(Text("/nowhere/n.txt", text))
    strings, words = [], []
    for number in range(60):
        core.check(Text("/nowhere/n.txt", text.format(number, number)))
        strings.append(len(language.vocab.strings))
        words.append(len(language.words))
    assert max(strings) - min(strings) < 80
    assert max(words) < 100
    assert core.check(Text("/nowhere/n.txt", text)) == before


def test_a_check_ends_when_it_is_overtaken() -> None:
    with pytest.raises(OvertakenError):
        CORE.check(Text("/nowhere/n.txt", "Hi Mia,\n\nMay I ask you for one more word?\n"), lambda: False)


def test_a_text_too_large_is_told_and_not_read() -> None:
    document = open_document("a" * 6_000_000)
    [only] = diagnostics(document, check(document), OLDEST)
    assert only.severity == types.DiagnosticSeverity.Information
    assert only.message.startswith("Not checked: 6,000,000 characters")


def test_a_wrong_key_is_underlined_from_the_key_on() -> None:
    document = open_document("---\nkind: thank-you\n  \ncompnay: Orr\n---\nHi Mia,\n")
    [wrong] = [item for item in diagnostics(document, check(document), OLDEST) if not item.code]
    assert taken(document.text, wrong.range, "utf-16") == "compnay: Orr"
    assert (wrong.severity, wrong.source) == (types.DiagnosticSeverity.Error, "followup-lint")


def test_a_finding_has_all_that_an_editor_shows() -> None:
    top = "---\nignore: {emoji: none here}\n---\n"
    text = f"{top}Hi Mia,\n\nWho won? When do we start? What is the pay? Why so?\n\nBest,\nAda\n"
    document = open_document(text)
    found = {item.code: item for item in diagnostics(document, check(document), NEWEST)}
    asked = found["too-many-questions"]
    assert asked.source == "followup-lint"
    assert asked.related_information
    assert asked.related_information[0].location.uri == document.uri
    assert asked.data
    assert len(asked.data["fingerprint"]) == 64
    assert found["unused-ignore"].tags == [types.DiagnosticTag.Unnecessary]
    plain = {item.code: item for item in diagnostics(document, check(document), OLDEST)}
    assert (plain["too-many-questions"].related_information, plain["unused-ignore"].tags) == (None, None)


PANEL = """---
kind: thank-you
to: {whole}
interviewers: [Mia Orr, Tom Ek]
company: Kiln Works
interview: 2026-03-04
---
Hi {first},

Thank you for showing me how the kiln is fired at night. I liked that every shift writes its own log, and I would be
glad to work the north kiln with you.

Best,
Ada Moss
"""


def test_a_finding_leads_to_the_draft_that_it_is_about(tmp_path: Path) -> None:
    (tmp_path / "a\u202e.txt").write_text(PANEL.format(whole="Tom Ek", first="Tom"), encoding="utf-8")
    text = PANEL.format(whole="Mia Orr", first="Mia")
    (tmp_path / "b.txt").write_text(text, encoding="utf-8")
    document, core = Document((tmp_path / "b.txt").as_uri(), 1, "", text), Core()
    core.wishes = wishes.read({"followupLint": {"preset": "strict"}})[0]
    found = diagnostics(document, core.check(Text(document.file, document.text)), NEWEST)
    (same,) = [item for item in found if item.code == "near-duplicate-note"]
    assert same.related_information
    assert same.related_information[-1].location.uri == (tmp_path / "a\u202e.txt").as_uri()
    assert same.related_information[-1].message.endswith("/a .txt")


def test_the_page_of_a_rule_is_named_where_a_project_publishes_them(tmp_path: Path) -> None:
    (tmp_path / ".followup-lint.yaml").write_text("docs_url: https://docs.example/lint\n")
    text = "Hi Mia,\n\nPlease answer at your earliest convenience.\n\nBest,\nAda\n"
    document = Document((tmp_path / "n.txt").as_uri(), 1, "", text)
    checked = Core().check(Text(document.file, text))
    hrefs = {item.code_description.href for item in diagnostics(document, checked, OLDEST) if item.code_description}
    assert "https://docs.example/lint/rules/canned-phrase.html" in hrefs


def test_settings_of_a_project_and_of_the_editor_count(tmp_path: Path) -> None:
    (tmp_path / ".followup-lint.yaml").write_text("ignore: [canned-phrase]\n")
    text = Text(str(tmp_path / "n.txt"), "Hi Mia,\n\nPlease answer at your earliest convenience.\n\nBest,\nAda\n")
    core = Core()
    rules = {item.rule for item in core.check(text).result.diagnostics}  # type: ignore[union-attr]
    assert rules
    assert "canned-phrase" not in rules
    core.wishes = wishes.read({"followupLint": {"select": ["canned-phrase"], "facts": {"kind": "check-in"}}})[0]
    result = core.check(text).result
    assert result
    assert {item.rule for item in result.diagnostics} == {"canned-phrase"}
    assert (result.context.kind, result.context.origins["kind"]) == ("check-in", "the editor's settings")


def test_a_file_that_a_project_leaves_out_is_left_in_peace(tmp_path: Path) -> None:
    core = Core()
    (tmp_path / ".followup-lintignore").write_text("READ*\nold/\n", encoding="utf-8")
    (tmp_path / ".gitignore").write_text("*.txt\n", encoding="utf-8")
    for name, found in {"README.md": False, "old/note.txt": True, "note.txt": True}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Hi Mia,\n", encoding="utf-8")
        assert bool(core.check(Text(str(tmp_path / name), "Hi Mia,\n")).result) is found
    (tmp_path / ".git").mkdir()  # from here on, files above count
    assert not core.check(Text(str(tmp_path / "old" / "note.txt"), "Hi Mia,\n")).result


def test_a_configuration_that_is_wrong_is_told_in_the_draft(tmp_path: Path) -> None:
    (tmp_path / ".followup-lint.yaml").write_text("preste: strict\n")
    checked = Core().check(Text(str(tmp_path / "n.txt"), "Hi Mia,\n"))
    assert checked.result is None
    assert "preste" in checked.problems[0].message


def test_facts_among_the_settings_are_checked_like_any() -> None:
    core = Core(wishes.read({"facts": {"kind": "check-on", "compny": "Orr", "role": "Clerk"}})[0])
    told = [problem.message for problem in core.check(Text("/nowhere/n.txt", "Hi Mia,\n")).problems]
    assert [words.partition(":")[0] for words in told] == ["followupLint.facts.kind", "followupLint.facts"]


@pytest.mark.parametrize(
    ("sent", "preset", "wrong"),
    [
        (None, "", 0),
        ([], "", 0),
        ({"preset": "strict"}, "strict", 0),
        ({"followupLint": {"preset": "strict"}}, "strict", 0),
        ({"preset": "severe"}, "", 1),
        ({"select": 5, "run": "never", "facts": []}, "", 2),
        ({"select": [5]}, "", 1),
    ],
)
def test_whatever_a_client_sends_as_settings_is_survived(sent: object, preset: str, wrong: int) -> None:
    found, told = wishes.read(sent)
    assert (found.preset, len(told)) == (preset, wrong)


MAIL = """\
From: Ada Moor <ada@moor.example>
To: Mia Orr <mia@orr.example>
Subject: =?utf-8?q?Thank_you?=
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: {how}

Hi Mia,

{words}

Best,
Ada
"""


def test_a_mail_is_underlined_in_the_lines_of_the_file() -> None:
    document = open_document(
        MAIL.format(how="8bit", words="It’s lovely 😀, please answer at your earliest convenience."), "n.eml", "mail"
    )
    found = {item.code: item for item in diagnostics(document, check(document), OLDEST)}
    assert taken(document.text, found["canned-phrase"].range, "utf-16") == "at your earliest convenience"
    assert found["canned-phrase"].range.start.line == 8


def test_words_of_a_coded_line_are_found_or_the_line_is_underlined() -> None:
    words = "It=E2=80=99s lovely, please ans=\nwer me at your earliest convenience."
    document = open_document(MAIL.format(how="quoted-printable", words=words), "n.eml", "mail")
    found = {item.code: item for item in diagnostics(document, check(document), OLDEST)}
    assert found["canned-phrase"].range.start.line in {8, 9}


def test_what_is_in_no_line_of_the_file_stands_at_the_top_with_a_hint() -> None:
    # "Hi Mia,\n\nPlease answer at your earliest convenience.\n\nBest,\nAda\n"
    words = "SGkgTWlhLAoKUGxlYXNlIGFuc3dlciBhdCB5b3VyIGVhcmxpZXN0IGNvbnZlbmllbmNlLgoKQmVzdCwKQWRhCg=="
    text = MAIL.format(how="base64", words="").partition("\n\n")[0] + f"\n\n{words}\n"
    document = open_document(text, "n.eml", "mail")
    [found] = [item for item in diagnostics(document, check(document), OLDEST) if item.code == "canned-phrase"]
    assert found.range.start.line == 0
    assert "“at your earliest convenience”" in found.message
    assert "line 3 of the text/plain part" in found.message
    assert Sheet(text, found_in(document).draft).exact(Span(0, 4)) is None or found.range.start.line == 0


def test_a_mail_that_names_its_encoding_is_not_decoded_twice() -> None:
    text = MAIL.format(how="8bit", words="Grüße aus Köln, please answer at your earliest convenience.").replace(
        "utf-8\n", "iso-8859-1\n"
    )
    document = open_document(text, "n.eml", "mail")
    assert "Grüße aus Köln" in found_in(document).draft.text
    found = {item.code: item for item in diagnostics(document, check(document), OLDEST)}
    assert taken(text, found["canned-phrase"].range, "utf-16") == "at your earliest convenience"


def test_a_page_is_read_as_its_words() -> None:
    document = open_document(
        "<p>Hi Mia,</p><p>Please answer <b>at your earliest convenience</b>.</p><p>Best,<br>Ada</p>", "n.html", "html"
    )
    found = {item.code: item for item in diagnostics(document, check(document), OLDEST)}
    assert taken(document.text, found["canned-phrase"].range, "utf-16") == "at your earliest convenience"


def test_a_byte_order_mark_shifts_what_is_found() -> None:
    document = open_document("\ufeffHi Mia,\n\nPlease answer at your earliest convenience.\n\nBest,\nAda\n")
    found = {item.code: item for item in diagnostics(document, check(document), OLDEST)}
    assert taken(document.text, found["canned-phrase"].range, "utf-16") == "at your earliest convenience"


def applied(document: Document, action: types.CodeAction) -> str:
    """What an editor makes of an action's edits."""
    assert action.edit
    edits: list[Any]
    if action.edit.changes:
        edits = list(action.edit.changes[document.uri])
    else:
        assert action.edit.document_changes
        [change] = action.edit.document_changes
        assert isinstance(change, types.TextDocumentEdit)
        assert change.text_document.version == document.version
        edits = list(change.edits)
    text = document.text
    for edit in sorted(edits, key=lambda item: (item.range.start.line, item.range.start.character), reverse=True):
        span = Buffer(document.text, document.encoding).span(edit.range)
        new = edit.snippet.value if isinstance(edit, types.SnippetTextEdit) else edit.new_text
        text = text[: span.start] + new + text[span.end :]
    return text


def offered(document: Document, words: str, client: Client) -> dict[str, types.CodeAction]:
    at = document.text.index(words)
    found = actions.actions(document, found_in(document), Span(at, at), actions.Offer(client))
    return {item.title: item for item in found}


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_ignoring_writes_into_the_front_matter(encoding: str, end: str) -> None:
    text = end.join(["Hi Mia,", "", "It’s 😀: please answer at your earliest convenience.", "", "Best,", "Ada", ""])
    document = open_document(text, encoding=encoding)
    action = offered(document, "at your earliest convenience", OLDEST)["Ignore “canned-phrase” in this draft"]
    after = open_document(applied(document, action), encoding=encoding)
    assert "canned-phrase" not in {item.rule for item in found_in(after).diagnostics}
    assert after.text.endswith(text)


def test_the_reason_is_a_tab_stop_where_a_client_knows_them() -> None:
    document = open_document("Hi Mia,\n\nPlease answer at your earliest convenience.\n\nBest,\nAda\n")
    action = offered(document, "at your earliest convenience", NEWEST)["Ignore “canned-phrase” in this draft"]
    assert '  canned-phrase: "${1:say why}"\n' in applied(document, action)


def test_mail_cannot_ignore_and_so_is_not_offered_to() -> None:
    document = open_document(
        MAIL.format(how="8bit", words="Please answer at your earliest convenience."), "n.eml", "mail"
    )
    assert list(offered(document, "at your earliest convenience", OLDEST)) == ["Explain “canned-phrase”"] or not [
        title for title in offered(document, "at your earliest convenience", OLDEST) if title.startswith("Ignore")
    ]


def test_an_action_about_a_range_is_about_our_findings_there() -> None:
    document = open_document("Hi Mia,\n\nIt’s been good. Please answer at your earliest convenience.\n\nBest,\nAda\n")
    assert not [title for title in offered(document, "been", OLDEST) if "canned-phrase" in title]
    assert offered(document, "at your earliest convenience", OLDEST)


def test_only_what_was_asked_for_is_offered() -> None:
    document = open_document("Hi Mia,\n\nPlease answer at your earliest convenience.\n\nBest,\nAda\n")
    result, at = found_in(document), document.text.index("at your earliest convenience")
    for only, some in (["refactor"], False), (["quickfix"], True), (["quickfix.other"], False):
        offer = actions.Offer(OLDEST, only)
        assert bool(actions.actions(document, result, Span(at, at), offer)) is some
    assert actions.Offer(OLDEST, ["source.fixAll"]).wants(actions.FIX_ALL)
    assert not actions.Offer(OLDEST, ["source.organizeImports"]).wants(actions.FIX_ALL)


@pytest.mark.parametrize(
    ("snippet", "words"),
    [
        ("Thank you for ${1:what they did}.$0", "Thank you for [what they did]."),
        ("$1 and ${2}", " and "),
        (r"\$5 \} ${1:a\}b}", "$5 } [a}b]"),
    ],
)
def test_a_snippet_without_tab_stops_has_brackets(snippet: str, words: str) -> None:
    assert actions.without_stops(snippet) == words


def test_every_remedy_comes_out_as_it_is_meant() -> None:
    count = 0
    for name, text in drafts():
        document = open_document(text, name)
        result = found_in(document)
        for item in result.diagnostics:
            for remedy in item.remedies:
                edits = actions.placed(document, Sheet(text, result.draft), remedy)
                if edits is None:
                    continue
                wanted = text
                for edit in sorted(edits, key=lambda each: each.span, reverse=True):
                    wanted = wanted[: edit.span.start] + edit.text + wanted[edit.span.end :]
                is_snippet = remedy.applicability is Applicability.SNIPPET
                made = actions.workspace_edit(document, edits, NEWEST, is_snippet=is_snippet)
                assert applied(document, types.CodeAction("", edit=made)) == wanted
                count += 1
    assert count > 50


@given(before=ODD, after=ODD)
@settings(max_examples=300)
def test_the_difference_of_two_texts_makes_one_of_the_other(before: str, after: str) -> None:
    document = open_document(before)
    edits = actions.difference(before, after)
    action = types.CodeAction("", edit=actions.workspace_edit(document, edits, OLDEST))
    assert (applied(document, action) if edits else before) == after


def test_line_ends_of_a_remedy_are_those_of_the_draft() -> None:
    draft = Draft("n.txt", "a\r\nb")
    remedy = Remedy(Applicability.SAFE, (Edit(Span(1, 1), "\nx\n"),), "")
    [edit] = actions.placed(open_document("a\r\nb"), Sheet("a\r\nb", draft), remedy) or []
    assert edit.text == "\r\nx\r\n"


def test_mending_all_makes_the_safe_repairs_only() -> None:
    core = Core()
    text = Text("/nowhere/n.txt", "Hi Mia,\n\nThank you!!! I liked the kiln.  \n\nBest,\nAda\n")
    mended = core.mended(text)
    result = core.check(Text("/nowhere/n.txt", mended)).result
    assert result
    left = [each for item in result.diagnostics for each in item.remedies if each.applicability is Applicability.SAFE]
    assert not left
    assert "I liked the kiln." in mended


def test_a_hover_tells_why_and_how_to_be_rid_of_it() -> None:
    document = open_document("Hi Mia,\n\nPlease answer at your earliest convenience.\n\nBest,\nAda\n")
    result, at = found_in(document), document.text.index("at your earliest convenience") + 2
    [(item, span)] = hover.findings_at(document, result, Span(at, at))[:1]
    [rows] = CORE.explained(Text(document.file, document.text), result, [item])
    told = explanation.finding(item, rows)
    assert span.of(document.text) == "at your earliest convenience"
    for words in ("**canned-phrase**", "*Why:*", "*Try:*", "- matched:", "- good:", "- silence:"):
        assert words in told
    assert "**" not in explanation.bare(told)


TOP = "---\nkind: check-in\nchannel: \nignore:\n  emoji: fine\n  \ncompany: {name: Orr}\nprevious:\n"
TOP += "  - kind: thank-you\n    da\n---\nHi,\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("kind:", "What the message is for"),
        ("check-in", "Asks where things stand"),
        ("emoji", "# emoji"),
        ("company", "Whom you want to work for"),
        ("Orr", None),
        ("Hi,", None),
    ],
)
def test_a_hover_in_the_front_matter_tells_what_a_word_means(words: str, told: str | None) -> None:
    found = hover.in_front_matter(open_document(TOP), TOP.index(words) + 1, CORE.rules())
    assert (told in found[0]) if told and found else found is None


def test_a_hover_holds_no_link_that_leads_nowhere() -> None:
    found = hover.in_front_matter(open_document(TOP), TOP.index("kind") + 1, CORE.rules())
    assert found
    assert "](" not in found[0]


@pytest.mark.parametrize(
    ("behind", "some", "none"),
    [
        ("channel: ", {"email", "linkedin-note", "sms"}, {"kind"}),
        ("fine\n  ", {"canned-phrase", "emoji"}, {"kind"}),
        ("company: {", {"name", "aliases"}, {"kind"}),
        ("thank-you\n    da", {"date", "answered"}, {"topics"}),
        ("Hi", set(), {"kind"}),
    ],
)
def test_a_completion_fits_its_place(behind: str, some: set[str], none: set[str]) -> None:
    offset = TOP.index(behind) + len(behind)
    found = completion.completions(open_document(TOP), offset, CORE.rules(), is_markdown=True)
    labels = {item.label for item in found}
    assert some <= labels
    assert not labels & none


@pytest.mark.parametrize("text", ["---\nto", "---\nkind: thank-you\nto", "---\nkind: thank-you\nto\n\nHi,\n"])
def test_keys_are_completed_before_the_front_matter_is_closed(text: str) -> None:
    offset = text.index("to", text.rindex("\nto")) + 2
    found = {item.label: item for item in completion.completions(open_document(text), offset, {}, is_markdown=False)}
    assert {"to", "company", "decision_by"} <= set(found)
    assert ("kind" in found) is ("kind" not in text)
    assert found["to"].text_edit == types.TextEdit(Buffer(text).range(Span(offset - 2, offset)), "to: ")


@given(text=ODD, data=st.data())
def test_no_place_in_a_front_matter_is_too_odd_to_complete(text: str, data: st.DataObject) -> None:
    whole_text = f"---\n{text}\n---\n"
    offset = data.draw(st.integers(0, len(whole_text)))
    completion.completions(open_document(whole_text), offset, {}, is_markdown=False)
    assert top.region(whole_text)


LETTER = "---\nkind: check-in\n---\nHi Mia,\n\nAny news of the job?\n\nBest,\nAda\n\n"
LETTER += "> On Monday Mia wrote:\n> Soon.\n> Mia\n"


def test_the_outline_names_the_parts() -> None:
    document = open_document(LETTER)
    names = [item.name.partition(":")[0] for item in outline.symbols(document, found_in(document))]
    assert names == ["front matter", "greeting", "paragraph", "sign off", "signature", "quoted"]


def test_front_matter_and_quotes_can_be_folded() -> None:
    document = open_document(LETTER)
    folded = outline.foldings(document, found_in(document))
    assert [(item.start_line, item.end_line) for item in folded] == [(0, 2), (10, 12)]


def test_the_lens_tells_verdict_and_length() -> None:
    document = open_document("Hi Mia,\n\nPlease answer at your earliest convenience.\n\nBest,\nAda\n")
    [lens] = outline.lenses(document, found_in(document))
    assert lens.command
    assert re.fullmatch(r"mend first: .*· 6 words · [\w-]+", lens.command.title)


RULE = """\
check: pattern
options:
  phrases: [tremendous]
severity: warning
message: “{text}” is large.
why: Large words shrink what they praise.
fix: Use a small one.
practice: 3
source: Our own taste.
examples:
- bad: "Hi Mia,\\n\\nIt was a [[tremendous]] talk.\\n"
- good: "Hi Mia,\\n\\nIt was a good talk.\\n"
"""


def test_a_rule_file_is_tested_as_it_is_written() -> None:
    document = open_document(RULE, "large-word.yaml", "yaml")
    assert document.is_rule
    assert rule_files.problems(document) == ()
    broken = open_document(RULE.replace("[[tremendous]]", "[[big]] tremendous"), "large-word.yaml", "yaml")
    [problem] = rule_files.problems(broken)
    assert (problem.line, "found 'tremendous'; expected 'big'" in problem.message) == (11, True)
    misspelled = open_document(RULE.replace("phrases:", "phrase:"), "large-word.yaml", "yaml")
    [problem] = rule_files.problems(misspelled)
    assert problem.line == 3


def test_other_yaml_is_neither_rule_nor_draft() -> None:
    document = open_document("a: 1\n", "ci.yaml", "yaml")
    assert not document.is_rule
    assert not document.is_draft


@pytest.mark.parametrize(
    ("behind", "some"),
    [
        ("check: ", {"pattern", "presence"}),
        ("phrases: [tremendous]\n  ", {"phrases", "unless"}),
        ("severity: ", {"error", "warning"}),
        ("practice: 3\n", {"source", "preset", "applies"}),
        ("applies:\n  ", {"kinds", "channels"}),
        ("kinds: ", {"check-in", "thank-you"}),
        ("- ", {"good", "bad", "file", "beside"}),
        ("check-in: ", {"error", "warning", "suggestion"}),
    ],
)
def test_a_rule_file_is_completed(behind: str, some: set[str]) -> None:
    text = RULE.replace("[tremendous]\n", "[tremendous]\n  \n").replace("practice: 3\n", "practice: 3\n\n")
    text = text.replace("examples:\n", "applies:\n  kinds: \nseverity_in_strict:\n  check-in: \nexamples:\n- \n")
    document = open_document(text, "large-word.yaml", "yaml")
    found = {
        item.label for item in rule_files.completions(document, text.index(behind) + len(behind), is_markdown=True)
    }
    assert some <= found


def test_a_hover_in_a_rule_file_tells_what_a_check_does() -> None:
    document = open_document(RULE, "large-word.yaml", "yaml")
    found = rule_files.hover(document, RULE.index("pattern") + 1)
    assert found
    assert found[0].startswith("**pattern**: ")
    assert len(found[0]) > 40
    assert rule_files.hover(document, RULE.index("phrases") + 1)


def run(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "followup_lint.lsp", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def test_arguments_are_few_and_others_are_refused() -> None:
    assert run("--version").stdout.startswith("followup-lint-lsp 0.")
    assert "--stdio" in run("--help").stdout
    wrong = run("--stdio", "--tcp")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr == "followup-lint-lsp: unknown argument '--tcp'; --help shows them all\n"


def test_the_server_is_ready_before_anything_slow_is_imported() -> None:
    code = (
        "import sys, followup_lint.lsp.server as s\ns.build()\n"
        "print({'spacy', 'pydantic', 'yaml', 'followup_lint.rule'} & set(sys.modules))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "set()\n"


def test_all_rules_can_be_explained() -> None:
    for rule in catalog.built_in():
        assert rule.name in explanation.rule(rule)
        assert "\nTry: " in explanation.short(rule)
