"""One message told of in several places: when two are one, which place has the say, what an answer answers."""

from __future__ import annotations

import pytest

from followup_lint.context import Earlier, Kind
from followup_lint.reader import read_message
from followup_lint.records import replace
from followup_lint.thread.history import Sent, is_same, kind_of, merge, order, runs_of
from followup_lint.when import Moment
from followup_lint.when import is_before as surely_before
from followup_lint.written_times import parse_moment

SIX = "the vats by the mill leak"  # six words, four runs of three
WORDS = {
    "SIX": SIX,
    "SEVEN": f"{SIX} again",  # five runs, four of them the same: just alike
    "EIGHT": f"{SIX} again today",
    "OTHER": "no word of this is in any of those",
}


def sent(told: str) -> Sent:
    """Write `place kind date words`: listed, draft or mail, `?` behind a kind that is inferred, `#` before an id.

    A draft's path is its words' name, in small letters.
    """
    place, kind, date, words, *more = told.split()
    moment = parse_moment(date.rstrip("!"))
    known, guessed = Kind(kind.rstrip("?")), kind.endswith("?")
    earlier = Earlier(known, moment, date.endswith("!"), file=words.lower() if place == "draft" else "")
    if place == "listed":
        return Sent(earlier, "me.txt", path=more[0] if more else "")
    identity = f"Message-ID: <{more[0][1:]}>\n" if more and more[0].startswith("#") else ""
    top = f"From: Sam Roe <sam@mail.example>\n{identity}\n" if place == "mail" or identity else ""
    front = "" if guessed or top else f"---\nkind: {known}\n---\n"
    text = f"{top}{front}Hello,\n\n{WORDS[words]}\n\nSam Roe\n"
    message = read_message(text.encode(), "letter.eml" if top else f"{words}.txt")
    path = "" if place == "mail" else more[-1] if more and not more[-1].startswith("#") else f"/{words.lower()}.txt"
    return Sent(earlier, place, path, message)


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        # One path, or one id, is one message, whenever it is said to have gone.
        ("draft check-in 2026-05-01 SIX a.txt", "draft closing 2026-06-01 OTHER a.txt", True),
        ("draft check-in 2026-05-01 SIX a.txt", "listed closing 2026-06-01 - a.txt", True),
        ("draft check-in 2026-05-01 SIX a.txt", "draft closing 2026-06-01 OTHER b.txt", False),
        ("mail check-in 2026-05-01 SIX #1@x", "mail closing 2026-06-01 OTHER #1@x", True),
        ("mail check-in 2026-05-01 SIX #1@x", "mail closing 2026-06-01 OTHER #2@x", False),
        ("mail check-in 2026-05-01 SIX #1@x", "mail check-in 2026-06-01 SIX", False),
        ("mail check-in 2026-05-01 SIX", "mail closing 2026-06-01 OTHER", False),
        ("listed check-in 2026-05-01 -", "listed check-in 2026-06-01 -", False),
        # Of one day, those of one kind are one; a kind that is inferred gives way to one that another place gives.
        ("listed check-in 2026-05-01 -", "draft check-in 2026-05-01 OTHER", True),
        ("draft check-in 2026-05-01T09:00 SIX", "draft check-in 2026-05-01T19:00 OTHER", True),
        ("listed check-in 2026-05-01 -", "draft closing 2026-05-01 OTHER", False),
        ("listed check-in 2026-05-01 -", "draft closing? 2026-05-01 OTHER", True),
        ("listed check-in 2026-05-01 -", "mail closing? 2026-05-01 OTHER", True),
        ("draft check-in 2026-05-01 SIX", "mail closing? 2026-05-01 OTHER", True),
        ("draft check-in? 2026-05-01 SIX", "listed closing 2026-05-01 -", False),
        ("draft check-in 2026-05-01 SIX", "draft closing? 2026-05-01 OTHER", False),
        ("mail check-in? 2026-05-01 SIX", "mail closing? 2026-05-01 OTHER", False),
        # Some days apart, a draft and a mail of nearly the same words are one; two drafts, or two mails, are two.
        ("draft check-in 2026-05-01 SIX", "mail closing? 2026-05-04 SEVEN", True),
        ("draft check-in 2026-05-04 SIX", "mail closing? 2026-05-01 SEVEN", True),
        ("draft check-in 2026-05-01 SIX", "mail closing? 2026-05-05 SEVEN", False),
        ("draft check-in 2026-05-01 SIX", "mail check-in? 2026-05-02 EIGHT", False),
        ("draft check-in 2026-05-01 SIX", "mail check-in? 2026-05-02 OTHER", False),
        ("draft check-in 2026-05-01 SIX a.txt", "draft check-in 2026-05-02 SIX b.txt", False),
        ("mail check-in? 2026-05-01 SIX", "mail check-in? 2026-05-02 SIX", False),
        ("listed check-in 2026-05-01 -", "draft check-in 2026-05-02 SIX", False),
    ],
)
def test_when_two_places_speak_of_one_message(one: str, two: str, same: bool) -> None:  # noqa: FBT001
    assert is_same(sent(one), sent(two)) == same


@pytest.mark.parametrize(
    ("found", "replies", "told"),
    [
        ([], ["2026-05-01"], []),
        (
            ["draft closing 2026-05-20 OTHER", "listed check-in 2026-05-12 -", "draft thank-you 2026-05-05 SIX"],
            [],
            ["thank-you 2026-05-05 six", "check-in 2026-05-12", "closing 2026-05-20 other"],
        ),
        # The first place has the say about the kind, a mail about the day, and who answers has answered.
        (["listed check-in 2026-05-12 -", "draft closing? 2026-05-12 SIX"], [], ["check-in 2026-05-12"]),
        (["draft check-in 2026-05-12 SIX", "mail closing? 2026-05-13 SEVEN"], [], ["check-in 2026-05-13 six"]),
        (["mail closing? 2026-05-13 SEVEN", "draft check-in 2026-05-12 SIX"], [], ["closing 2026-05-13"]),
        (
            ["draft check-in 2026-05-12 SIX", "listed check-in 2026-05-12! -"],
            [],
            ["check-in 2026-05-12 (answered) six"],
        ),
        (["listed check-in 2026-05-12! -", "draft check-in 2026-05-12 SIX"], [], ["check-in 2026-05-12 (answered)"]),
        (
            ["draft check-in 2026-05-12! SIX", "mail closing? 2026-05-13 SEVEN"],
            [],
            ["check-in 2026-05-13 (answered) six"],
        ),
        (["draft check-in 2026-05-12 SIX", "mail closing? 2026-05-15 SEVEN"], [], ["check-in 2026-05-15 six"]),
        (["draft check-in 2026-05-15 SIX", "mail closing? 2026-05-12 SEVEN"], [], ["check-in 2026-05-12 six"]),
        (
            [
                "draft check-in 2026-05-12 SIX a.txt",
                "draft closing 2026-05-20 OTHER b.txt",
                "listed closing 2026-06-30 - a.txt",
            ],
            [],
            ["check-in 2026-05-12 six", "closing 2026-05-20 other"],
        ),
        # By a path or an id one is known again however far the days lie apart.
        (
            ["draft check-in 2026-05-12 SIX a.txt", "listed check-in 2026-06-30 - a.txt"],
            [],
            ["check-in 2026-05-12 six"],
        ),
        (["mail check-in 2026-05-12 SIX #1@x", "mail check-in 2026-06-30 SIX #1@x"], [], ["check-in 2026-05-12"]),
        # A mail that lies in two boxes is no more than one.
        (
            [
                "draft check-in 2026-05-12 SIX",
                "mail closing? 2026-05-14 SEVEN #1@x",
                "mail closing? 2026-05-14 SEVEN #1@x",
            ],
            [],
            ["check-in 2026-05-14 six"],
        ),
        # An answer is to the last message before it, or of its day where no hour is known.
        (["listed check-in 2026-05-12 -"], ["2026-05-11"], ["check-in 2026-05-12"]),
        (["listed check-in 2026-05-12 -"], ["2026-05-12"], ["check-in 2026-05-12 (answered)"]),
        (["listed check-in 2026-05-12T10:00 -"], ["2026-05-12T09:59"], ["check-in 2026-05-12 10:00"]),
        (["listed check-in 2026-05-12T10:00 -"], ["2026-05-12T10:00"], ["check-in 2026-05-12 10:00 (answered)"]),
        (
            ["listed thank-you 2026-05-05 -", "listed check-in 2026-05-12 -", "listed closing 2026-05-20 -"],
            ["2026-05-14", "2026-05-06"],
            ["thank-you 2026-05-05 (answered)", "check-in 2026-05-12 (answered)", "closing 2026-05-20"],
        ),
        (
            ["listed thank-you 2026-05-05 -", "listed check-in 2026-05-12 -"],
            ["2026-06-01"],
            ["thank-you 2026-05-05", "check-in 2026-05-12 (answered)"],
        ),
    ],
)
def test_each_message_is_told_once_in_the_order_of_days(found: list[str], replies: list[str], told: list[str]) -> None:
    merged = merge(map(sent, found), [parse_moment(reply) for reply in replies])
    assert [f"{item} {item.file}".strip() for item in merged] == told


@pytest.mark.parametrize(
    ("first", "second", "before"),
    [
        ("2026-05-12", "2026-05-13", True),
        ("2026-05-12", "2026-05-12", False),
        ("2026-05-12", "2026-05-12T10:00", False),
        ("2026-05-11T23:59", "2026-05-12", True),
        ("2026-05-12T10:00", "2026-05-12T10:01", True),
        ("2026-05-12T10:00", "2026-05-12T10:00", False),
        ("2026-05-12T10:00+02:00", "2026-05-12T09:00Z", True),
        ("2026-05-12T10:00+02:00", "2026-05-12T08:00Z", False),
    ],
)
def test_what_was_surely_before(first: str, second: str, before: bool) -> None:  # noqa: FBT001
    one, two = parse_moment(first), parse_moment(second)
    assert surely_before(one, two) == before
    assert not (surely_before(two, one) and before)
    assert not surely_before(one, one)


def test_order_is_that_of_the_clocks_on_the_wall() -> None:
    words = ["2026-05-12T23:00+02:00", "2026-05-12", "2026-05-13T01:00", "2026-05-12T22:30Z"]
    moments: list[Moment] = sorted(map(parse_moment, words), key=order)
    assert [str(moment) for moment in moments] == [
        "2026-05-12",
        "2026-05-12 22:30+00:00",
        "2026-05-12 23:00+02:00",
        "2026-05-13 01:00",
    ]


@pytest.mark.parametrize(
    ("body", "runs"),
    [
        ("Thanks!", {("thanks",)}),
        ("Many thanks.", {("many", "thanks")}),
        ("Many thanks, Ines.", {("many", "thanks", "ines")}),
        ("Many thanks,\n\nINÉS Roy", {("many", "thanks", "ines"), ("thanks", "ines", "roy")}),
        ("…", set()),
    ],
)
def test_runs_of_three_words(body: str, runs: set[tuple[str, ...]]) -> None:
    message = read_message(f"Hello,\n\n{body}\n\nKind regards,\nSam Roe\n".encode(), "a.txt")
    assert runs_of(message) == runs


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("---\nkind: closing\n---\nHello,\n\nIs there any news on the post?\n\nSam\n", Kind.CLOSING),
        ("Hello,\n\nI wanted to ask whether there is any news on the dyer post.\n\nSam\n", Kind.CHECK_IN),
        ("Hello,\n\nThe blue one came out darker than I said.\n\nSam\n", Kind.INFORMATION),
    ],
)
def test_what_an_earlier_message_was_for(text: str, kind: Kind) -> None:
    message = read_message(text.encode(), "a.txt")
    assert kind_of(message) is kind
    assert kind_of(replace(message, verdict=None)) is kind
