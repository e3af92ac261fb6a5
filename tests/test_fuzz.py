"""Every way in, given random bytes: no exception but Problem, all offsets in the text, the same result twice.

With atheris installed, each is also fuzzed for a moment under the guidance of its coverage.
"""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from hostile_mails import MAILS
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_lint.reader import read_message

sys.path.insert(0, str(Path(__file__).with_name("fuzz")))

from entries import ENTRIES

SHARDS = (
    *(
        b"\n",
        b"\r",
        b"\r\n",
        b"\n\n",
        b" ",
        b"\t",
        b"\x00",
        b"\xff",
        b"\xed\xa0\x80",
        b"\xe2\x80\xae",
        b"\xef\xbb\xbf",
        b"---\n",
    ),
    *(
        b"From: ",
        b"To: ",
        b"Date: ",
        b"Subject: ",
        b"Content-Type: multipart/mixed; boundary=b\n\n",
        b"--b\n",
        b"--b--\n",
    ),
    *(
        b"Content-Transfer-Encoding: base64\n",
        b"Content-Type: text/html\n\n",
        b"=?utf-8?q?a?=",
        b"(",
        b"<",
        b">",
        b'"',
        b";",
        b":",
    ),
    *(
        b"kind: ",
        b"to: [",
        b"&a ",
        b"*a",
        b"{",
        b"}",
        b"<p>",
        b"<blockquote>",
        b"<table><tr><td>",
        b"&#xD800;",
        b"On 5 May, R wrote:\n",
    ),
    *(
        b"> ",
        b"-- \n",
        b"Hi Dana,\n",
        b"Best,\nSam\n",
        b"DTSTART:",
        b"20260506T100000Z",
        b"ATTENDEE;CN=",
        b"RRULE:FREQ=",
        b"From r 1:00\nA:",
    ),
)
wild = st.lists(st.sampled_from(SHARDS) | st.binary(max_size=6), max_size=40).map(b"".join)


@pytest.mark.parametrize("name", ENTRIES)
@given(wild)
@settings(max_examples=60, deadline=None)
def test_nothing_but_a_problem_comes_of_any_bytes(name: str, data: bytes) -> None:
    ENTRIES[name](data)


@pytest.mark.parametrize("name", ENTRIES)
def test_every_entry_bears_every_hostile_mail(name: str) -> None:
    for data in MAILS.values():
        if len(data) < 20_000:
            ENTRIES[name](data)


@pytest.mark.parametrize("line", ["Date: Monday, Nov. 13th Time: 10 am to 11 am", "Date: soon"])
def test_a_lone_date_line_that_is_no_date_is_prose(line: str) -> None:
    message = read_message(f"{line}\n\nThank you for the walk round the weir.\n".encode(), "a.txt", alone=True)
    assert message.problems == ()
    assert message.draft.headers == ()
    assert message.context.date is None
    assert message.draft.blocks[0].span.start == 0


@pytest.mark.parametrize("head", ["Date: 2026-02-30\n", "To: Dana\nDate: soon\n", "Date: soon\nSubject: The weir\n"])
def test_a_wrong_date_in_a_header_block_is_told(head: str) -> None:
    message = read_message(f"{head}\nThank you for the walk round the weir.\n".encode(), "a.txt", alone=True)
    assert [problem.line for problem in message.problems] == [head[: head.index("Date")].count("\n") + 1]


@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris is not installed: pip install -e '.[fuzz]'")
@pytest.mark.parametrize("name", ENTRIES)
def test_coverage_finds_no_way_to_break_an_entry(name: str, tmp_path: Path) -> None:
    fuzz = Path(__file__).with_name("fuzz") / "fuzz.py"
    done = subprocess.run(
        [sys.executable, str(fuzz), name, "-runs=100"], cwd=tmp_path, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")[-3000:]
