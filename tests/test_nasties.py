"""What a draft, its name or a rule may hold to command a terminal or break a format: nothing of it arrives."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import html5lib
import pytest
import pytest_lsp
from faults import PROGRAM
from icalendar import Calendar
from junitparser import JUnitXml
from lsprotocol import types
from markdown_it import MarkdownIt
from measured import COMMAND
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities
from test_lsp import SERVER, found, greet, opened, start

from followup_lint.reports.formats import FORMATS

ESCAPES = "\x1b[31mEVIL\x1b]0;title\x07\x9b1m\x85"
BIDI = "\u202eevil\u2066x\u061c\u200f"
SIGNS = "::error file=x::%0A<script>alert(1)</script>|`$(id)`&amp;\"'\\]]>-->\u2028"
NASTY = ESCAPES + BIDI + SIGNS
NAME = "a\x1b[31m\u202e::error file=x::%0A<b>`|&\n'\".txt"
MAIL = f"From: S{BIDI}am <s@p.example>\nTo: D <d@p.example>\nSubject: Urgent {BIDI}\nMIME-Version: 1.0\n"
MAIL += "Date: Thu, 07 May 2026 09:00:00 +0000\nContent-Type: text/plain; charset=utf-8\n\n"
TOP = f"---\nkind: thank-you\nto: D{BIDI}ana\ncompany: 'Nor{BIDI}<script>th'\n"
TOP += f"ignore: {{emoji: 'be{BIDI}cause <i>'}}\n---\n"
BODY = f"Hi Dana,\n\nThank you!! for {NASTY} at your earliest convenience {NASTY}.\n"
BODY += f"I await your reply [Name {BIDI}].\n\nSam\n"
RULE = """\
check: pattern
options: {phrases: [tour]}
severity: warning
message: "\\e[31m{text} \\u202e ::error::<b>"
why: "\\e[2J \\u2066 why"
fix: "\\x07 fix"
practice: 0
source: "\\x9b us"
examples:
  - good: "\\e[1m Hi"
  - bad: "Hi [[tour]]"
"""
# Everything that a terminal obeys, or that turns the direction of what follows.
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\udc80-\udc9f]")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    here = tmp_path_factory.mktemp("place")
    (here / NAME).write_text(TOP + BODY, encoding="utf-8")
    (here / "m\u202e.eml").write_text(MAIL + BODY, encoding="utf-8")
    with (here / os.fsdecode(b"bytes\x9b\xff.txt")).open("w", encoding="utf-8") as file:
        file.write(TOP + BODY)
    (here / "rules").mkdir()
    (here / "rules" / "evil-rule.yaml").write_text(RULE, encoding="utf-8")
    (here / ".followup-lint.yaml").write_text(
        'rule_dirs: rules\nignore: {demand: "\\e[31m \\u202e reason"}\nrules: {emoji: {message: "\\e[2J \\u202e"}}\n',
        encoding="utf-8",
    )
    return here


def said(place: Path, *args: str) -> tuple[str, str]:
    done = subprocess.run([PROGRAM, *args], cwd=place, capture_output=True, check=False)
    out, err = (stream.decode("utf-8", "surrogateescape") for stream in (done.stdout, done.stderr))
    assert "Traceback" not in err
    assert out + err
    return out, err


ANSWERS = {
    "drawn": ["-v", "--show-context", "--show-skipped", "--preset=strict", "."],
    **{name: [f"--output-format={name}", "--preset=strict", "."] for name in FORMATS},
    "the parse": ["--debug-parse", NAME],
    "the parse of a mail": ["--debug-parse", "m\u202e.eml"],
    "why not": ["--why-not", "demand", NAME],
    "settings": ["--show-config", NAME],
    "statistics": ["--statistics", "."],
    "a schedule": ["--schedule", "."],
    "a schedule in JSON": ["--schedule", "--output-format=json", "."],
    "rules": ["--list-rules"],
    "a rule": ["--explain", "evil-rule"],
    "examples": ["--test-rules", "rules"],
    "a new draft": ["--new=thank-you", f"--to=D{BIDI}\x1b", "-"],
    "an unknown rule": ["--select", f"x{ESCAPES}{BIDI}", "."],
    "an unknown option": ["--output-format", f"x{ESCAPES}{BIDI}", "."],
    "a file that is not there": [f"gone{ESCAPES}{BIDI}.txt"],
    "settings that are not there": ["--config", f"gone{ESCAPES}{BIDI}.yaml", "."],
    "a model that is not there": ["--model", f"gone{ESCAPES}{BIDI}", "."],
}


@pytest.mark.parametrize("name", ANSWERS)
def test_nothing_commands_the_terminal(name: str, place: Path) -> None:
    out, err = said(place, *ANSWERS[name])
    assert OBEYED.findall(out) == []
    assert OBEYED.findall(err) == []


def github(text: str) -> None:
    """Read a log as GitHub does: lines that begin with `::`, each one command of ours."""
    command = re.compile(r"::(?:error|warning|notice)(?: [A-Za-z]+=[^:,]*(?:,[A-Za-z]+=[^:,]*)*)?::[^\r\n]*")
    lines = text.splitlines()
    assert lines
    assert all(command.fullmatch(line) and "title=" in line for line in lines)


def page(text: str) -> None:
    tree = html5lib.parse(text, namespaceHTMLElements=False)
    assert all("alert(1)" not in (script.text or "") for script in tree.iter("script"))
    assert "alert(1)" in "".join(tree.itertext())
    assert all(not name.startswith("on") for element in tree.iter() for name in map(str, element.keys()))


def markdown(text: str) -> None:
    drawn = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    assert "<script" not in drawn
    assert "evil" in drawn


def xml(text: str) -> None:
    names = [str(element.get("name")) for element in ET.fromstring(text).iter("file")]  # noqa: S314  (we wrote it)
    assert any("\u202e::error file=x::%0A<b>`|&\n'\".txt" in name for name in names)


def junit(text: str) -> None:
    assert len(list(JUnitXml.fromstring(text.encode()))) > 2


def as_json(text: str) -> None:
    assert any(item["path"] == NAME for item in json.loads(text))


READERS: dict[str, Callable[[str], None]] = {
    "json": as_json,
    "jsonl": lambda text: as_json(f"[{','.join(text.splitlines())}]"),
    "gitlab": lambda text: as_json(json.dumps([{"path": item["location"]["path"]} for item in json.loads(text)])),
    "rdjson": lambda text: as_json(json.dumps([item["location"] for item in json.loads(text)["diagnostics"]])),
    "sarif": lambda text: json.loads(text)["runs"][0]["results"][0]["ruleId"],
    "checkstyle": xml,
    "junit": junit,
    "github": github,
    "html": page,
    "markdown": markdown,
}


@pytest.mark.parametrize("name", READERS)
def test_its_own_reader_reads_each_format(name: str, place: Path) -> None:
    out, _ = said(place, f"--output-format={name}", "--preset=strict", ".")
    READERS[name](out)


APPOINTMENT = f"""\
---
kind: thank-you
to: "Dana, Li\\nEND:VEVENT\\nBEGIN:VEVENT\\nSUMMARY:evil;x\\\\n{BIDI}"
company: "Nor\\e[31m<script>th"
role: "Clerk\\r\\nATTACH:file:///etc/hosts"
interview: 2026-05-05
date: 2026-05-06
---
Hi Dana,

Thank you for the tour.

Sam
"""


def test_a_calendar_reads_one_event_and_only_what_an_event_of_ours_holds(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(APPOINTMENT, encoding="utf-8")
    out, _ = said(tmp_path, "--schedule", "--output-format=ics", "--now=2026-05-09T09:00", ".")
    calendar = Calendar.from_ical(out)
    assert [part.name for part in calendar.walk()] == ["VCALENDAR", "VEVENT"]
    (event,) = calendar.walk("VEVENT")
    assert {*event} == {"SUMMARY", "DESCRIPTION", "DTSTART", "DTEND", "DTSTAMP", "UID", "TRANSP"}
    summary = str(event["SUMMARY"])
    assert summary.startswith("Send check-in: Dana, Li END:VEVENT BEGIN:VEVENT SUMMARY:evil;x\\n")
    assert summary.endswith("Nor [31m<script>th, Clerk  ATTACH:file:///etc/hosts")
    assert OBEYED.findall(summary + str(event["DESCRIPTION"])) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
def test_watching_obeys_no_draft_and_no_name(place: Path) -> None:
    from terminal import Terminal

    ours = re.compile(r"\x1b\[(?:2J|1;1H|K|\d*m)|\r")
    name = f"seen{ESCAPES}{BIDI}.txt"
    with Terminal([*COMMAND, "--watch", "."], place, {**os.environ, "TERM": "xterm", "NO_COLOR": "1"}) as terminal:
        at = terminal.wait_for("watching, Ctrl-C ends")
        (place / name).write_text(TOP + BODY, encoding="utf-8")
        at = terminal.wait_for("changed: ", at)
        terminal.wait_for("watching, Ctrl-C ends", at)
        (place / name).unlink()
        terminal.type("\x03")
        terminal.leave()
    assert "evil" in terminal.seen
    assert OBEYED.findall(ours.sub("", terminal.seen)) == []


@pytest_lsp.fixture(config=ClientServerConfig(server_command=SERVER))  # type: ignore[untyped-decorator]
async def editor(lsp_client: LanguageClient, place: Path) -> AsyncIterator[None]:
    await greet(lsp_client, client_capabilities("neovim@0.10"), place)
    yield
    await lsp_client.shutdown_session()


async def test_an_editor_is_told_nothing_that_commands_it(editor: LanguageClient, place: Path) -> None:
    uri, text = (place / NAME).as_uri(), TOP + BODY
    opened(editor, uri, text)
    marks = await found(editor, uri)
    said_of = [mark.message for mark in marks]
    for mark in marks:
        hover = await editor.text_document_hover_async(types.HoverParams(start(uri), mark.range.start))
        assert hover
        assert isinstance(hover.contents, types.MarkupContent)
        said_of.append(hover.contents.value)
        assert "<script" not in MarkdownIt("commonmark", {"html": True}).enable("table").render(hover.contents.value)
    symbols = await editor.text_document_document_symbol_async(types.DocumentSymbolParams(start(uri)))
    said_of += [symbol.name for symbol in symbols or ()]
    actions = await editor.text_document_code_action_async(
        types.CodeActionParams(
            start(uri), types.Range(types.Position(0, 0), marks[-1].range.end), types.CodeActionContext(marks)
        )
    )
    said_of += [action.title for action in actions or ()]
    assert len(said_of) > 2 * len(marks) + 4
    assert OBEYED.findall("".join(said_of)) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
def test_a_terminal_gets_no_raw_patch_and_no_raw_names(place: Path) -> None:
    import pty

    for args in (["--diff", NAME], ["--show-files", "."]):
        upper, lower = pty.openpty()
        with subprocess.Popen([PROGRAM, *args], cwd=place, stdout=lower, stderr=subprocess.DEVNULL) as run:
            os.close(lower)
            shown = b""
            try:
                while block := os.read(upper, 4096):
                    shown += block
            except OSError:  # so ends what a terminal has to read, on Linux
                pass
            run.wait()
        os.close(upper)
        text = shown.decode("utf-8", "surrogateescape").replace("\r\n", "\n")
        assert "txt" in text
        assert OBEYED.findall(text) == []


def test_another_program_gets_patch_and_names_as_they_are(place: Path) -> None:
    out, _ = said(place, "--show-files", ".")
    assert NAME in out
    out, _ = said(place, "--diff", NAME)
    assert ESCAPES in out
