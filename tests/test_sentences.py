from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from followup_lint.sentences import paragraphs, split
from followup_lint.sentences.words import words
from followup_lint.text import Span

# In the tables these stand where a sentence must end: "|" for a space, "¶" for a line end, "¦" for nothing at all.
CUT = re.compile("[|¶¦]")


def pieces(text: str) -> list[str]:
    return [span.of(text) for span in split(text)]


ONE_LINE = [
    # plain prose
    "Thank you for the tour.|I liked the lab.",
    "Was it useful?|I hope so!|Let me know.",
    "Really?!|I had no idea.",
    "It went well!!!|We laughed a lot.",
    # abbreviations and initials
    "I met Ms. Li and Dr. Owen K. Barnes.|They were kind.",
    "Please greet Prof. Anders for me.",
    "The plant is near St. Mary's, e.g. by the river, i.e. not in town.",
    "We compared Rust vs. Go, C, etc. in detail.",
    "We spoke about pay, hours, etc.|The rest was small talk.",
    "I worked at Fenwick Inc. for two years.",
    "I worked at Fenwick Inc.|It was fun.",
    "She leads the U.S. office.",
    "She moved to the U.S.|We stayed in touch.",
    "He has a Ph.D. in biology.",
    "P.S. I left my umbrella in room 4.",
    "My approx. notice period is a month.",
    "We picked plan B.|It suits everyone.",
    "So did my brother and I.|We both applied.",
    # numbers, dates, clock
    "It is at 3 p.m. on Jan. 5.|We can also do Feb. 7.",
    "We start at 9 a.m.|Please bring a badge.",
    "Can we talk at 10 a.m. Monday or 4 p.m. EST?",
    "Take exit No. 5 and see fig. 2 on p. 14.",
    "Revenue rose 3.5% to $4.1M last year.",
    "We shipped version 2.|It broke at once.",
    "I can start on the 5.|My lease ends then.",
    "Trains leave Wed. Sept. 20 and Thu. Sept. 21.",
    # addresses and files
    "My work is at https://dana.example.org/cv.pdf?x=1.html now.",
    "Write to dana.li@mail.example.com.|I read it daily.",
    "The file notes.final.docx is attached.|Have a look at www.dana.example.",
    "We use Node.js and ASP.NET at Booking.Com daily.",
    # missing space or capital
    "Thank you for your time.¦I look forward to hearing from you.",
    "What a day!¦Thank you all.",
    "thank you for today.|i liked it.|the team was nice",
    "great chat today!|looking forward to the next one.|thanks again",
    "do you need references?|i can send two.",
    # ellipses
    "I was thinking... maybe next week works.",
    "That was a lot to take in...|The second talk was easier.",
    "Well … it depends.",
    # closing signs
    'She said "we ship on Fridays."|I was impressed.',
    '"Why not?" she asked.',
    "I was early (by an hour!) and waited.",
    "(I was early.)|Then we met.",
    "We toured the site (see the map. It helps.) and left.",
    "**What a visit.**|It was long.",
    "He called it “done.”|We agreed.",
    # faces
    "See you soon! 🙂|I will bring cake.",
    "Thank you :)|It was fun.",
    "That made my day 🎉🎉|Thank you for the call.",
    "I ❤️ Go and C.",
    # lists on one line, ruled lines
    "My questions:|1. What is the budget?|2. Who decides?",
    "1. Ask about pay|2. Ask about hours",
    "1. Thank the team.",
    "That is all.|=======|Sent from the train",
    # a greeting, a sign-off or a missing stop
    "Hi Dana,|thank you for the talk.",
    "Hello Dr. Reyes,|I enjoyed our meeting.",
    "Dana:|Thank you for the talk.",
    "Good morning Priya and Tom!|We met on Friday.",
    "Hi Dana, Tom and Priya were both great.",
    "Question: Is there a second round?",
    "It was good to see you.|Best regards,|Nikhil Rao",
    "Thank you for your time|It was a pleasure.",
    "Please let me know If you need more.",
    "I liked the chapter on Why and How.",
    "I use Yahoo! for mail.",
    "Two points: (1) This role is remote and (2) The team is new.",
    '"We are hiring. "',
    "Thank you, Acme.",
    "I loved Where the Wild Things Are and said so.",
]


@pytest.mark.parametrize("marked", ONE_LINE)
def test_one_line(marked: str) -> None:
    assert pieces(marked.replace("|", " ").replace("¦", "")) == CUT.split(marked)


LINES = [
    # wrapped prose goes on
    "I enjoyed hearing about the move to the new depot and how\nthe night crew will run it.",
    "I enjoyed hearing about the move to the new depot and about\nMaria, who runs it.",
    "We could start in the new building at the beginning of\nJune.|We would then be four.",
    "The last time that I was in your part of the country was on Jan.\n5.|We had snow.",
    "As agreed, my first day at the new depot would be the third of June\n5.|We can move it.",
    "I spoke with your colleagues and the\nThis Way team.",
    # a meant line end is an end
    "Thank you for today¶I liked the tour",
    "Thank you for today.¶i liked the tour.",
    "It was nice to meet you¶Please greet the team",
    "Best regards,¶Nikhil Rao",
    "Hi Dana,¶thank you for today.",
    "Nikhil Rao¶Senior Planner¶+44 7700 900 000",
    "My details:¶Phone 555 0100",
    # lists
    "Three things:¶- the budget¶- the team¶- a start date",
    "Three things:¶* the budget, which\nI like¶* the team",
    "1. the budget¶2. the team",
    "a) the budget¶b) the team",
    "We talked about the budget for a while and then about pay\n- a sore point - before we left.",
    "Notes¶-----¶We met.",
]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("marked", LINES)
def test_lines(marked: str, line_end: str) -> None:
    marked = marked.replace("\n", line_end)
    assert pieces(marked.replace("|", " ").replace("¶", line_end)) == CUT.split(marked)


def test_a_stamp_and_its_sender_are_no_part_of_the_prose() -> None:
    text = "Dana Li 03/04/2021 09:15 AM Please send the form."
    assert pieces(text) == ["Dana Li", "03/04/2021 09:15 AM", "Please send the form."]
    assert pieces("We met on 03/04/2021 09:15 AM in Oslo.") == ["We met on 03/04/2021 09:15 AM in Oslo."]


def test_paragraphs_are_parted_by_blank_lines_of_any_kind() -> None:
    text = "\n\n  one\ntwo \r\n \t\r\nthree\r\rfour\x0b\n"
    assert [span.of(text) for span in paragraphs(text)] == ["one\ntwo", "three", "four"]
    assert paragraphs(" \n\n ") == ()


def test_a_blank_line_ends_a_sentence() -> None:
    assert pieces("We met on\n\nthe roof") == ["We met on", "the roof"]


def test_nothing_outside_within_has_influence() -> None:
    text = "Dear Ms. Li. We met. He left."
    inner = Span(8, 20)  # ". Li. We met"
    moved = [span.shift(-inner.start) for span in split(text, inner)]
    assert moved == list(split(inner.of(text)))
    assert split(text, Span(5, 5)) == ()
    assert paragraphs("one\n\ntwo", Span(2, 6)) == (Span(2, 3), Span(5, 6))


ALPHABET = st.sampled_from(
    [*"aIbW .!?…,:;\n\r\t()\"”'-*1295/@<>_=🙂é", "Ms.", " We ", "Thanks,", "\r\n", "\n\n", "<<a.doc>> "]
)
DRAFTS = st.lists(ALPHABET, max_size=60).map("".join) | st.text(max_size=80)


@given(DRAFTS)
@example("1. We 2. We")
@example("a\x1cb. C\x85")
def test_every_character_is_in_one_sentence(text: str) -> None:
    spans = split(text)
    owned = [offset for span in spans for offset in range(span.start, span.end)]
    assert owned == sorted(set(owned))
    assert {offset for offset, sign in enumerate(text) if not sign.isspace()} <= set(owned)
    assert all(span.of(text) == span.of(text).strip() != "" for span in spans)


@given(DRAFTS)
def test_paragraph_by_paragraph_is_the_same_as_all_at_once(text: str) -> None:
    assert split(text) == tuple(span for part in paragraphs(text) for span in split(text, part))


def test_the_lists_are_spelled_as_they_are_looked_up() -> None:
    lists = {name: getattr(words(), name) for name in words().__slots__}
    odd = {
        name: [word for word in entries if word != word.lower() or "’" in word or word.endswith(".")]
        for name, entries in lists.items()
    }
    assert not any(odd.values()), odd
