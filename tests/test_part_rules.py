"""Rules about the parts of a message: who is greeted, how names are spelt, what is attached, which number is given."""

from __future__ import annotations

from functools import cache

import pytest

from followup_lint import catalog, model
from followup_lint.attachments import promised
from followup_lint.linter import Linter
from followup_lint.phones import phone_numbers
from followup_lint.reader import read_message
from followup_lint.spelling import distance, is_slip, without_marks
from followup_lint.text import Span


@cache
def _linter(name: str) -> Linter:
    return Linter(tuple(rule for rule in catalog.built_in() if rule.name == name))


def found(rule: str, facts: str, text: str, path: str = "draft.txt") -> list[str]:
    """Return the words at each finding of one rule."""
    source = f"---\n{facts}\n---\n{text}" if facts else text
    message = read_message(source.encode(), path, {})
    assert not message.problems
    result = _linter(rule).lint(message)
    return [result.text_of(item.span) for item in result.diagnostics]


def note(greeting: str, body: str = "Thank you for the hour on Monday.", sign: str = "Regards,\nIda Moe") -> str:
    """Return a short message."""
    return f"{greeting}\n\n{body}\n\n{sign}\n"


@pytest.mark.parametrize(
    ("to", "greeting", "name"),
    [
        ("Dana Li", "Hi Priya,", "Priya"),
        ("Dana Li", "Dear Mr. Abiola,", "Abiola"),
        ("Dana Li", "Priya,", "Priya"),
        ("Dana Li", "Good morning Priya and Tom,", "Priya"),
        ("Dana Li", "Dear Priya, dear Tom,", "Priya"),
        ("Dana Li", "Dear Dana,", ""),
        ("Dana Li", "Hello Ms. Li and team,", ""),
        ("Dana Li", "Hi Priya and Dana,", ""),
        ("Dana Li", "Dear Hiring Manager,", ""),
        ("Dana Li", "Dear Sir or Madam,", ""),
        ("Dana Li", "Good afternoon,", ""),
        ("Dana Li", "Hi all,", ""),
        ("Dana Li", "Dear {name},", ""),
        ("Dana Li", "Dear Larch Mutual Team,", ""),
        ("Robert Ashe", "Hi Bob,", ""),
        ("Margaret Ash", "Dear Peggy,", ""),
        ("Chidi Okafor", "Dear Dr Okafor,", ""),
        ("Ann-Sofie Berg", "Hej Sofie,", ""),
        ("Katarzyna Wilk", "Dear Kasia,", ""),
        ("Dr. Amal Aziz", "Dear Doctor,", ""),
        ("Larch Mutual", "Dear Rosa,", ""),
        ("hr@larch.example", "Dear Rosa,", ""),
        ("HR Department", "Dear Rosa,", ""),
    ],
)
def test_wrong_recipient(to: str, greeting: str, name: str) -> None:
    facts = f"to: {to}\ncompany: Larch Mutual"
    assert found("wrong-recipient", facts, note(greeting)) == ([name] if name else [])


@pytest.mark.parametrize(
    ("to", "greeting", "name"),
    [
        ("John Marsh", "Dear Jhon,", "Jhon"),
        ("Sarah Quist", "Hi Sara,", "Sara"),
        ("Stephen Ode", "Dear Steven,", "Steven"),
        ("Catherine Bell", "Dear Katherine,", "Katherine"),
        ("Philip Hargreaves", "Dear Mr Hargreave,", "Hargreave"),
        ("Aisling MacGiolla", "Dear Ms MacGilla,", "MacGilla"),
        ("Siobhan Reid", "Dear Siohban,", "Siohban"),
        ("Łukasz Wrona", "Dear Lukasz,", "Lukasz"),
        ("Jörg Müller", "Dear Mr Mueller,", "Mueller"),
        ("Vincent Roy", "Hi Vince,", ""),
        ("Jennifer Roy", "Hi Jenny,", ""),
        ("Anna Roy", "Hi Ann,", ""),
        ("Dana Li", "Hi Dan,", ""),
        ("Michael Ode", "Hi Mike,", ""),
        ("Michael Ode", "Hi Michael,", ""),
        ("Marian Ofori", "Dear MARIAN,", ""),
        ("Marian Ofori", "Dear Marian's team,", ""),
    ],
)
def test_name_misspelled_in_the_greeting(to: str, greeting: str, name: str) -> None:
    assert found("name-misspelled", f"to: {to}", note(greeting)) == ([name] if name else [])


@pytest.mark.parametrize(
    ("facts", "body", "name"),
    [
        ("company: Northwind Robotics", "I would gladly join Nortwind Robotics.", "Nortwind"),
        ("company: Penrhos Marine", "Penrhoss Marine takes care of its reports.", "Penrhoss"),
        ("interviewers: [Beatriz Solano]", "Thank Beatris for the tea, please.", "Beatris"),
        ("interviewers: [Susan Harcourt]", "Susan Harcort showed me the vault.", "Harcort"),
        ("company: Loft & Leaf", "I left the loft with a leaflet. Lofts are cold.", ""),
        ("interviewers: [Mark Denning]", "The marks on the March map were mine. Marks fade.", ""),
        ("interviewers: [Marina Costa]", "I met Marian Lopez at the gate.", ""),
        ("interviewers: [Grace Rose]", "Race day rises early; Roses were out.", ""),
        ("interviewers: [Jon Day, John Ode]", "Thank you, Jon, and thank John for me.", ""),
        ("company: {name: Northwind, aliases: [NWR, Nordwind]}", "Nordwind and NWR are one.", ""),
        ("company: Northwind", "See www.nortwind.example or mail Nortwind@mail.example.", ""),
        ("company: Northwind", "The Northwinds of this world are few.", ""),
        ("interviewers: [Idar Moen]", "Please tell Idar that it is Ida Moe again.", ""),
    ],
)
def test_name_misspelled_in_the_body(facts: str, body: str, name: str) -> None:
    assert found("name-misspelled", facts, note("Hello,", body)) == ([name] if name else [])


@pytest.mark.parametrize(
    ("facts", "greeting", "fires"),
    [
        ("culture: formal\nto: Susan Ode", "Dear Susan,", True),
        ("culture: formal", "Hello there Ms. Ode,", True),
        ("culture: formal", "Hey!", True),
        ("culture: formal\nto: Susan Ode", "Susan,", True),
        ("culture: formal", "Dear Susan and Tom,", True),
        ("culture: formal\nto: Susan Ode", "Dear Ode,", False),
        ("culture: formal", "Ms. Ode:", False),
        ("culture: formal", "Dear Messrs Pike and Dunn,", False),
        ("culture: formal", "Dear Principal Abbott,", False),
        ("culture: formal", "Dear Professor,", False),
        ("culture: formal", "Dear Wei Ling Goh,", False),
        ("culture: formal", "Dear Sir,", False),
        ("culture: formal", "Dear Selection Committee,", False),
        ("culture: formal", "Dear [Name],", False),
        ("culture: casual", "Dear Sir or Madam,", True),
        ("culture: casual", "Dear Sir,", True),
        ("culture: casual", "Dear Sir Alan,", False),
        ("culture: casual", "Hey Susan,", False),
        ("culture: neutral", "Hey Susan,", False),
        ("to: Susan Ode", "To whom it may concern:", True),
        ("culture: neutral", "To whom it may concern:", False),
    ],
)
def test_greeting_mismatch(facts: str, greeting: str, fires: bool) -> None:  # noqa: FBT001  (a column of the table)
    assert bool(found("greeting-mismatch", facts, note(greeting))) is fires


@pytest.mark.parametrize(
    ("greeting", "fires"),
    [
        ("Hi team,", True),
        ("Dear interview panel,", True),
        ("Hello everyone at Larch Mutual,", True),
        ("Dear Larch Mutual hiring team,", True),
        ("Good morning, all,", True),
        ("Ana, Bo and Cy,", False),
        ("Dear Ana, dear Bo,", False),
        ("Hi Ana and everyone,", False),
        ("Dear Dr Roy and colleagues,", False),
        ("Dear Allan,", False),
    ],
)
def test_group_greeting(greeting: str, fires: bool) -> None:  # noqa: FBT001
    facts = "kind: thank-you\ncompany: Larch Mutual\ninterviewers: [Ana Roy, Bo Lind, Cy Ott]"
    assert bool(found("group-greeting", facts, note(greeting))) is fires


@pytest.mark.parametrize(
    ("first", "missing"),
    [
        ("Thank you for the hour on Monday.", True),
        ("Larch Mutual made me welcome on Monday.", True),
        ("The talk on Monday, in May, was long.", True),
        ("Thank you, Ana, for the hour on Monday.", False),
        ("Thanks Ana. Monday was long and good.", False),
        ("Ana - thank you for the hour on Monday.", False),
        ("It was a good hour, Dr. Roy.", False),
        ("Thank you all for the hour, everyone.", False),
    ],
)
def test_greeting_missing(first: str, missing: bool) -> None:  # noqa: FBT001
    facts = "company: Larch Mutual"
    assert bool(found("greeting-missing", facts, f"{first} The loom was new to me.\n\nRegards,\nIda Moe\n")) is missing


@pytest.mark.parametrize(
    ("end", "rule"),
    [
        ("Regards,\nIda Moe", ""),
        ("Many thanks, Ida", ""),
        ("Looking forward to Monday!\n\nIda", ""),
        ("Hope to hear from you soon.\nIda", ""),
        ("Have a great weekend, Ida", ""),
        ("Ida Moe", "signoff-missing"),
        ("-I", "signoff-missing"),
        ("The loom was new to me.", "signoff-missing sender-name-missing"),
        ("Kind regards,", "sender-name-missing"),
        ("Best,\nIda\n\nPS: The loom was new to me.", ""),
        ("Best,\n[Your Name]", ""),
    ],
)
def test_leave_and_name(end: str, rule: str) -> None:
    text = f"Hi Ana,\n\nThank you for the hour on Monday. The shuttle was new to me.\n\n{end}\n"
    fired = [name for name in ("signoff-missing", "sender-name-missing") if found(name, "", text)]
    assert fired == rule.split()


PROMISES = (
    "I have attached my references.",
    "I've also attached three drawings of the loom.",
    "As you asked, I am attaching the slides.",
    "I enclose a copy of my licence.",
    "My portfolio is attached.",
    "Two samples are attached for your review.",
    "Please find attached my CV.",
    "Kindly see the enclosed certificate.",
    "You will find my diploma attached.",
    "Attached please find two samples.",
    "Attached is the list.",
    "As promised, attached are the figures.",
    "I have updated my resume and attached it.",
    "CV attached.",
    "The notes are here [see attached].",
    "In the attachment you will find my diploma.",
    "I am sending the plan as an attachment.",
)
NO_PROMISES = (
    "I grew attached to the town.",
    "The form attached to your email opens well.",
    "I was attached to the embassy for two years.",
    "We attached sensors to every pump.",
    "I attached labels to the crates at Larch.",
    "The workshop attached to the museum was lovely.",
    "The house has an attached garage.",
    "I can attach my references if you like.",
    "I will attach the file next time.",
    "I filled in the form you attached.",
    "I read the attached letter twice.",
    "The hopper is attached with four bolts.",
    "There were no strings attached.",
    "The loader attachments were worn.",
    "I liked the enclosed courtyard.",
    "I did not attach my CV.",
    "They have attached great importance to safety.",
    "Any attached files may be confidential.",
)


@pytest.mark.parametrize(
    ("sentence", "is_promise"), [*((text, True) for text in PROMISES), *((text, False) for text in NO_PROMISES)]
)
def test_attachment_is_promised(sentence: str, is_promise: bool) -> None:  # noqa: FBT001
    assert (promised(model.load()(sentence)) is not None) is is_promise


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("five five five, oh one four two", ["5550142"]),
        ("+47 555 01 42", ["475550142"]),
        ("(020) 7946-0958", ["02079460958"]),
        ("double five, treble two, oh one", ["5522201"]),
        ("nine one nine, and then five five five", ["919555"]),
        ("0491 570 156 or 0491 570 157", ["0491570156", "0491570157"]),
        ("on 4 May 2026 at 10:30", []),
        ("2026-05-04 to 2026-05-11", []),
        ("$1,250,000 and 12,000,000 crates", []),
        ("one of two people on the third of May", []),
        ("twenty twenty-six", []),
    ],
)
def test_phone_numbers(text: str, digits: list[str]) -> None:
    numbers = phone_numbers(f"Call {text}, please.", Span(0, len(text) + 14))
    assert [digits for _, digits in numbers] == digits
    assert all(span.of(f"Call {text}, please.") in text for span, _ in numbers)


@pytest.mark.parametrize(
    ("body", "spans"),
    [
        ("It was the BEST DAY EVER, truly.", ["BEST DAY EVER"]),
        ("I REALLY WANT this.", ["REALLY WANT"]),
        ("Please DO NOT FORGET ABOUT ME.", ["DO NOT FORGET ABOUT ME"]),
        ("I was at NASA JPL and IKEA.", []),
        ("We used LIDAR, HTML and JSON.", []),
        ("I was HEAD NURSE at GENERAL HOSPITAL.", []),
        ("The sign said “PLEASE MIND YOUR HEAD”.", []),
        ("It was VERY good.", []),
        ("thank you for monday. i liked it.", ["i"]),
        ("hello. it was good. it was grand.", ["hello. it was good. it was grand."]),
        ("thank you for the hour on Monday. It was good.", []),
        ("I typed i once and I meant I.", []),
        ("Points (i) and (ii), i.e. both, are i/o on the i5.", []),
        ("我今天很高兴。谢谢你。", []),
    ],
)
def test_all_caps(body: str, spans: list[str]) -> None:
    assert found("all-caps", "", note("Hi Ana,", body)) == spans


@pytest.mark.parametrize(
    ("word", "name", "strictly", "is_one"),
    [
        ("marrian", "marian", True, True),
        ("jhon", "john", False, True),
        ("ana", "ann", False, False),
        ("vince", "vincent", False, False),
        ("kesslers", "kessler", False, False),
        ("penrhoss", "penrhos", True, True),
        ("kristoph", "christoph", False, True),
        ("marina", "carina", False, False),
    ],
)
def test_slips(word: str, name: str, strictly: bool, is_one: bool) -> None:  # noqa: FBT001
    assert is_slip(word, name, strictly=strictly) is is_one


def test_a_swap_is_one_slip() -> None:
    assert [distance("jhon", "john"), distance("", "abc"), distance("same", "same"), distance("kitten", "sitting")] == [
        1,
        3,
        0,
        3,
    ]


def test_names_without_their_marks() -> None:
    assert without_marks("Søren") == ("Soren", "Soeren")
    assert without_marks("Núñez") == ("Nunez",)
    assert without_marks("Dana") == ()
