"""What a mail quotes of the sender's own: below a line that ends in "wrote:", or below headers; and nobody else's."""

from __future__ import annotations

import pytest

from followup_lint.reader import read_message
from followup_lint.thread.quoted import quoted_lines, quoted_own

SAM = "On 12 May 2026 at 10:00, Sam Roe <sam@mail.example> wrote:"
INES = "On 14 May 2026, Ines Roy <ines@dye.example> wrote:"
HEAD = "From: Sam Roe <sam@mail.example>"


def own(below: str, sender: str = "Sam Roe <sam@mail.example>") -> list[tuple[str, str]]:
    top = f"From: {sender}\n" if sender else ""
    text = f"{top}To: ines@dye.example\nSubject: Dyer\n\nAny news?\n\nSam\n\n{below}"
    draft = read_message(text.encode(), "a.eml").draft
    return [(line, words.strip()) for line, words in zip(quoted_lines(draft), quoted_own(draft), strict=True)]


@pytest.mark.parametrize(
    ("below", "found"),
    [
        (f"{SAM}\n> Any vats?\n> At all?\n", [(SAM, "Any vats?\nAt all?")]),
        (f"{SAM}\n> Any vats?\n>\n> Sam\n", [(SAM, "Any vats?\n\nSam")]),
        (f"{INES}\n> Any vats?\n", []),
        (f"{INES}\n> See you at 10", []),
        (f"{SAM}\n\n> Any vats?\n", [(SAM, "Any vats?")]),
        # The line may be broken, and be quoted itself.
        (f"{SAM.replace(' <', chr(10) + '<')}\n> Any vats?\n", [(SAM, "Any vats?")]),
        (f"{INES}\n> Not yet.\n> {SAM}\n>> Any vats?\n>>\n>> Sam\n>\n> Ines\n", [(SAM, "Any vats?\n\nSam")]),
        (
            (
                f"{INES}\n> Not yet.\n> {SAM.replace(' <', chr(10) + '> <')}\n> > Any vats?\n> Ines\n"
                f"> {SAM.replace('12', '10')}\n>> Hello vats\n"
            ),
            [(SAM, "Any vats?"), (SAM.replace("12", "10"), "Hello vats")],
        ),
        (f"{INES}\n> I said at 10:00.\n>> {SAM}\n>>> Any vats?\n>> No.\n", [(SAM, "Any vats?")]),
        (f"{INES}\n> At 10 or so\n>> {SAM}\n>>> Any vats?\n", [(SAM, "Any vats?")]),
        # It names an address and a day.
        ("On Monday, Sam Roe <sam@mail.example> wrote:\n> Any vats?\n", []),
        ("On 12 May 2026 at 10:00, Sam Roe wrote:\n> Any vats?\n", []),
        ("On 12 May 2026 at 10:00, Tom Roe <tom@mail.example> wrote:\n> Any vats?\n", []),
        (f"{'On ' + 'x' * 188 + SAM[2:]}\n> Any vats?\n", [(f"{'On ' + 'x' * 188 + SAM[2:]}", "Any vats?")]),
        (f"{INES}\n> {'x' * 193} {SAM[2:]}\n>> Any vats?\n", []),
        # Headers as Outlook writes them, up to the next ones.
        (
            (
                f"-----Original Message-----\n{HEAD}\nSent: 12 May 2026 10:00\nTo: Ines\nSubject: Dyer\n\nAny vats?\n\n"
                "From: Ines Roy\nSent: 11 May 2026\nTo: Sam\n\nCome.\n\nFrom: Sam Roe\nTo: Ines\n\nHello vats\n"
            ),
            [(f"{HEAD}, sent 12 May 2026 10:00", "Any vats?"), ("From: Sam Roe", "Hello vats")],
        ),
        (f"-----Original Message-----\n{HEAD}\nTo: Ines\n\nAny vats?\n", [(HEAD, "Any vats?")]),
        (
            f"-----Original Message-----\n{HEAD}\nDate: Tue, 12 May 2026\nTo: Ines\n\nAny vats?\n",
            [(f"{HEAD}, sent Tue, 12 May 2026", "Any vats?")],
        ),
        # Who writes under a name that holds more names is somebody else.
        ("-----Original Message-----\nFrom: Sam Roe Ek\nTo: Ines\n\nAny vats?\n", []),
        ("-----Original Message-----\nFrom: 12\nTo: Ines\n\nAny vats?\n", []),
        # An empty header below the sender's own is no line that ends in "wrote:".
        (
            "-----Original Message-----\nFrom: Sam Roe <sam@mail.example> 1\nSubject:\nTo: Ines\n\nAny vats?\n",
            [("From: Sam Roe <sam@mail.example> 1", "Any vats?")],
        ),
    ],
)
def test_what_is_quoted_of_ones_own(below: str, found: list[tuple[str, str]]) -> None:
    assert own(below) == found


def test_without_a_sender_nothing_is_ones_own() -> None:
    assert own(f"{SAM}\n> Any vats?\n", sender="") == []


def test_words_of_the_message_itself_are_no_quotation() -> None:
    assert own(f"{SAM}\n> Any vats?\n")
    draft = read_message(
        f"From: Sam Roe <sam@mail.example>\n\nHello,\n\n{SAM} so I did.\n\nSam\n".encode(), "a.eml"
    ).draft
    assert quoted_own(draft) == ()
