"""The rules of tone and of self-presentation, on more ways of saying a thing than their examples show."""

from __future__ import annotations

from functools import cache

import pytest

from followup_lint.catalog import built_in
from followup_lint.diagnostic import Diagnostic, Severity
from followup_lint.linter import Linter
from followup_lint.reader import read_message

DRAFT = """\
---
kind: {kind}
culture: {culture}
company: Quist Glass
to: Una Quist
---
Dear Una,

{body}

Regards,
Sam Reed
"""


@cache
def linter(rule: str) -> Linter:
    return Linter([each for each in built_in() if each.name == rule])


def found(rule: str, body: str, kind: str = "thank-you", culture: str = "neutral") -> tuple[Diagnostic, ...]:
    text = DRAFT.format(kind=kind, culture=culture, body=body)
    return linter(rule).lint(read_message(text.encode(), "draft.txt", {})).diagnostics


HITS = {
    "casual-lexis": [
        "Gonna be honest, I liked the kiln.",
        "That furnace demo was dope.",
        "Thx for the tea.",
        "I had a blast with the blowpipe.",
        "Your studio is so cool.",
        "I'm super excited about the lamp line.",
        "It was good to hang out with the blowers.",
        "I'm totally down to start early.",
        "u said the kiln runs all night",
        "The annealer is hot hahaha.",
        "You guys make fine bottles.",
        "OMG, the colours!",
        "I am legit happy about this.",
        "Hey hey, what a tour.",
        "I was so stoked to see the lathe.",
        "Well, that sucks.",
        "I will bring my tools w/ me.",
        "pls tell the crew hello",
    ],
    "contact-tally": [
        "This is now my fourth message about the kiln job.",
        "I've emailed you three times about the kiln job.",
        "I have now written twice, and nobody was there.",
        "I am asking for the third time.",
        "I have left several voicemails at your office.",
        "It's my 3rd attempt to reach you.",
        "After two emails and a call, I try again.",
        "I tried calling your office four times.",
        "Follow-up number three about the kiln job.",
        "I have written to you repeatedly.",
        "My last two emails were about the kiln.",
        "I contacted HR twice already.",
    ],
    "receipt-check": [
        "Did you receive my email of 3 May?",
        "I wonder if my note ever reached you.",
        "Has my message arrived?",
        "I want to be sure that you got my letter.",
        "Perhaps it landed in your spam folder.",
        "Not sure whether you saw my last message.",
        "Could you check your junk folder?",
        "Please acknowledge receipt of my previous email.",
        "In case my email got lost, here is the question again.",
        "Have you seen my thank-you note?",
    ],
    "self-superlative": [
        "I would be the ideal candidate for the furnace.",
        "My years at the lathe make me a perfect fit.",
        "I am clearly the best person for the job.",
        "You will never find a better blower.",
        "No other candidate can blow a vase of that size.",
        "I am confident you will agree that I fit.",
        "I consider myself the most qualified applicant.",
        "My portfolio sets me apart from other candidates.",
        "My record speaks for itself.",
        "I know more than any of the other applicants; I'm better than all the other candidates.",
    ],
    "off-limits-topic": [
        "What is the salary for this job?",
        "Could you tell me how many vacation days there are?",
        "Is there any overtime?",
        "I was wondering what benefits you offer.",
        "Would the company pay for my relocation costs?",
        "May I ask about the bonus?",
        "My salary expectations are in the upper range.",
        "Please accept this small token of my appreciation.",
        "A gift basket is on its way to you.",
        "I left a bottle of wine at reception for you.",
        "My current manager is incompetent.",
        "I hate my current job.",
        "The other candidates looked unprepared.",
        "You looked gorgeous in the blue coat.",
        "Are you single?",
    ],
    "self-undermining": [
        "Sorry to bother you again so soon.",
        "I apologise for the intrusion.",
        "Forgive me for writing again.",
        "I don't want to be a pest.",
        "I hope I'm not being too pushy.",
        "I realise how busy you are.",
        "I only wanted to ask about the kiln.",
        "I'm probably not the strongest blower you met.",
        "You must be tired of me.",
        "I don't want to take up too much of your time.",
        "I am terrible at interviews.",
        "You surely have many better candidates.",
    ],
    "thanks-in-advance": [
        "Many thanks in advance for your answer.",
        "I thank you in anticipation.",
        "Thank you so much in advance.",
        "Grateful in advance for any word.",
        "Thank you for your help in advance.",
        "In anticipation, many thanks.",
        "Thanks ahead of time for any news.",
    ],
    "canned-phrase": [
        "I trust this message finds you well.",
        "I hope you are doing well.",
        "Thank you for taking time out of your busy day.",
        "I am a detail-oriented team player.",
        "Please do not hesitate to call.",
        "Our talk only reaffirmed my interest.",
        "I remain at your disposal.",
        "Thank you for your time and consideration.",
    ],
}

APOLOGIES = [
    "I know I rambled about the lathe.",
    "I was very nervous on Tuesday.",
    "Sorry about my performance on Tuesday.",
    "I could kick myself for the answer on lead.",
    "I am afraid my answers made no sense.",
    "I completely botched the pricing question.",
    "I'm sorry if I came across as distracted.",
    "I knew that I had made a fool of myself.",
    "It was not my finest hour.",
    "Apologies for going so quiet.",
]

TRAPS = {
    "casual-lexis": [
        "Guy Lefèvre showed me a tool named Lol, and the U-bend.",
        "The crew stoked the furnace and pumped the water.",
        "My brother was off sick, so I ran the shop.",
        "Keep the rods so cool that they ring.",
        "We cut LOL (loss of light) faults by half.",
        "I write Python, where every def has a test.",
        "The doped glass and the well-lit hall were new to me.",
        "Cheers to the lads; I reckon the arvo shift suits me.",
        "There is no cap on the order.",
        "U Thant once stayed in the guest house.",
        "Dr. Ur and Ms. Yo run the lab; Awesome Glass is a rival.",
        'He called it "totally dope".',
        "The fluid moves at u = 3.",
    ],
    "contact-tally": [
        "This is my third year at the lathe.",
        "We emailed twice a day with the lab.",
        "I liked the third interview.",
        "I called our suppliers three times that week.",
        "I wrote two reports on lead.",
        "You called me twice, and I was glad of it.",
        "My second kiln ran for years.",
        "I rang the bell twice.",
    ],
    "receipt-check": [
        "I received your form.",
        "Did you see my portfolio piece in the window?",
        "Has the kiln arrived?",
        "Your message went to my spam folder, and I found it today.",
        "I make sure that customers get their glass.",
        "I got your note this morning.",
    ],
    "self-superlative": [
        "I believe I am a strong match for the furnace.",
        "Your ideal candidate, as you described her, blows glass.",
        "The perfect-fit gasket line was new to me.",
        "I am sure you will find the best candidate.",
        "I am not the perfect candidate.",
        "It would be a perfect fit for me.",
        "If you decide that I am the best candidate, I can start in May.",
        "I was the only person on the shift.",
        "The best choice of sand is white.",
        "I am certain that the kiln will hold.",
    ],
    "off-limits-topic": [
        "Does your salary-survey software run on old files?",
        "Could you say more about the payroll team?",
        "Would batch loading bring the same benefits of scale?",
        "I taught gifted pupils.",
        "Do you still sell to the gift shop?",
        "We sent flowers to our customers.",
        "I sent the sample vase you asked for.",
        "My boss is pleased for me.",
        "Have you had a chance to see the plan after the holidays?",
        "Is Piet still on leave?",
        "We paid overtime at Easter.",
        "It took you six weeks to answer.",
    ],
    "self-undermining": [
        "I am sorry it did not work out.",
        "I'd like to add one point to my answer.",
        "We run just-in-time stock.",
        "I just wanted to thank you for the tea.",
        "Sorry for the late reply.",
        "The kiln was busy, and I know glass.",
        "I was nervous at first, but you put me at ease.",
        "Our apprentices were nervous about the lathe.",
        "It was a just decision.",
    ],
    "thanks-in-advance": [
        "We paid for the sand in advance.",
        "Thank you for sending the plan in advance.",
        "Thank you for considering my application.",
        "You told me in advance, and I thank you.",
    ],
    "canned-phrase": [
        "I hope the rest of your move went well.",
        "Your fixed-asset register is a marvel.",
        "I look forward to hearing from you.",
        "The touch screen at the base is new.",
        'You wrote, "I hope this email finds you well".',
        "I hope the kiln is well.",
    ],
}

KIND = {"contact-tally": "second-check-in", "receipt-check": "check-in"}


@pytest.mark.parametrize(("rule", "body"), [(rule, body) for rule, bodies in HITS.items() for body in bodies])
def test_it_is_found(rule: str, body: str) -> None:
    assert found(rule, body, KIND.get(rule, "thank-you"))


@pytest.mark.parametrize(("rule", "body"), [(rule, body) for rule, bodies in TRAPS.items() for body in bodies])
def test_it_is_left_alone(rule: str, body: str) -> None:
    assert [item.message for item in found(rule, body, KIND.get(rule, "thank-you"))] == []


@pytest.mark.parametrize("body", APOLOGIES)
def test_an_apology_for_the_interview_is_a_warning_on_its_own(body: str) -> None:
    assert [item.severity for item in found("self-undermining", body)] == [Severity.WARNING]


@pytest.mark.parametrize(
    ("body", "kind", "severities"),
    [
        ("I only wanted to ask about the kiln.", "check-in", "suggestion"),
        ("I know you are busy, and I only wanted to ask.", "check-in", "warning warning"),
        ("Sorry to trouble you again; here is the file.", "correction", ""),
        ("Sorry to trouble you again. I am hopeless with files.", "correction", "warning warning"),
    ],
)
def test_one_small_word_is_a_suggestion_and_two_a_warning(body: str, kind: str, severities: str) -> None:
    assert " ".join(item.severity for item in found("self-undermining", body, kind)) == severities


@pytest.mark.parametrize(
    ("body", "formal", "neutral", "casual"),
    [
        ("The studio is awesome.", "error", "warning", "suggestion"),
        ("The studio is fine, lol.", "warning", "warning", "warning"),
    ],
)
def test_slang_weighs_by_culture_and_text_speak_alike(body: str, formal: str, neutral: str, casual: str) -> None:
    for culture, severity in {"formal": formal, "neutral": neutral, "casual": casual}.items():
        assert [item.severity for item in found("casual-lexis", body, culture=culture)] == [severity]


@pytest.mark.parametrize(
    ("rule", "body"),
    [
        ("stiff-phrasing", "Kindly find herewith the aforementioned list."),
        ("canned-phrase", "I am a team player with a proven track record and can hit the ground running."),
    ],
)
def test_three_make_a_warning(rule: str, body: str) -> None:
    assert {item.severity for item in found(rule, body, culture="casual")} == {Severity.WARNING}
    assert {len(item.finding.related) for item in found(rule, body, culture="casual")} == {2}


@pytest.mark.parametrize("rule", ["stiff-phrasing", "contraction-in-formal"])
@pytest.mark.parametrize("culture", ["formal", "neutral", "casual"])
def test_each_culture_has_its_own_fault(rule: str, culture: str) -> None:
    body = "I'm writing to express my thanks herewith; it's kindly meant."
    where = "casual" if rule == "stiff-phrasing" else "formal"
    assert bool(found(rule, body, culture=culture)) == (culture == where)


@pytest.mark.parametrize(
    ("words", "fires"),
    [
        ("it's, that's and let's", True),
        ("I’d, you’ll, we’ve", True),
        ("O'Brien, D'Arcy, L'Oréal", False),
        ("rock 'n' roll, ma'am, o'clock", False),
        ("the kiln's door and St James's hall", False),
        ("the girls' kiln", False),
        ("wouldn't", True),
    ],
)
def test_contractions_are_no_possessives(words: str, fires: bool) -> None:  # noqa: FBT001  (a table's column)
    assert bool(found("contraction-in-formal", f"We spoke of {words} on Tuesday.", culture="formal")) == fires


@pytest.mark.parametrize("kind", ["offer-reply", "rejection-reply", "information", "withdrawal"])
def test_pay_may_be_named_once_there_is_an_offer(kind: str) -> None:
    assert not found("off-limits-topic", "What is the salary, and how many vacation days are there?", kind)


CASUAL = (
    "Wow, that tour was so cool! I'm super happy, yeah, and I can't wait to hear more about the lamps, lol, you guys."
)
STIFF = (
    "I respectfully reiterate my sincere gratitude for the courtesy and generosity that you kindly extended. "
    "I herewith submit the aforementioned documentation for your esteemed consideration."
)
PLAIN = (
    "Thank you for showing me the furnace on Tuesday. I liked the way your team plans a colour change, and I would be "
    "glad to help with the lamp line. Please let me know if you need a reference."
)


@pytest.mark.parametrize(
    ("body", "cultures"),
    [(CASUAL, {"formal", "neutral"}), (STIFF, {"casual", "neutral"}), (PLAIN, set())],
)
def test_tone_is_told_outside_the_band_only(body: str, cultures: set[str]) -> None:
    assert {c for c in ("formal", "neutral", "casual") if found("tone-mismatch", body, culture=c)} == cultures


def test_tone_says_how_far_by_which_words_and_what_would_move_it() -> None:
    (item,) = found("tone-mismatch", CASUAL, culture="formal")
    values = dict(item.finding.values)
    assert float(str(values["by"])) == pytest.approx(-0.4 - float(str(values["score"])), abs=0.11)
    assert "“lol”" in str(values["words"])
    assert "“I'm” (“I am”)" in item.fix
    assert "put a full stop for “!”" in item.fix
    assert float(str(values["after"])) > float(str(values["score"]))
    assert item.finding.related


def test_a_finding_knows_its_phrase() -> None:
    (item,) = found("thanks-in-advance", "Thank you in advance.")
    assert "in (advance|anticipation)" in item.finding.pattern
