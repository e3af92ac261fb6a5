"""Slots of every common template style, in every part of a message, and what only looks like one."""

from __future__ import annotations

from itertools import product

import pytest

from followup_lint.catalog import built_in
from followup_lint.linter import Linter
from followup_lint.reader import read_message

LINTER = Linter([rule for rule in built_in() if rule.name == "template-placeholder"])

FILLED = """\
---
kind: thank-you
company: {company}
---
Subject: Thank you for Tuesday{subject}

Dear {greeting},

Thank you for the hour on Tuesday. {body} I hope to hear from you.

Kind regards,
{signature}
"""

IDENTIFIERS = ("name", "first_name", "company", "role", "job_title", "interview_date", "manager.name", "lastName")
CAPITALS = ("NAME", "FIRST_NAME", "COMPANY", "COMPANY_NAME", "ROLE", "JOB_TITLE", "DATE", "INTERVIEWER")
WORDS = (
    "Name", "Company", "Company Name", "Hiring Manager's Name", "Your Name", "your name",
    "Your Phone Number", "date of interview",
    "Position Title", "specific topic discussed", "Interviewer", "Mr./Ms. Last Name", "insert company", "First Name",
    "job title", "a skill they mentioned", "day of the week", "your LinkedIn URL", "mention a project",
)  # fmt: skip
BRACKETED = (
    "insert name here", "INSERT", "X", "XX years", "XXX", "TBD", "he/she", "Mr./Ms.", "SCHOOL DISTRICT",
    "name of company",
    "describe a skill or achievement", "number of years", "something specific you discussed, e.g. a project", "Date",
    "Name of Interviewer", "current company", "Your City, State", "e-mail", "ROLE",
    "recruiter/hiring manager", "Company's mission",
)  # fmt: skip

SLOTS = (
    *(f"[{words}]" for words in (*WORDS, *BRACKETED)),
    *(f"{{{{{words}}}}}" for words in (*IDENTIFIERS, "contact.first_name", "Company Name", "anything at all")),
    *(f"{{{{ {words} }}}}" for words in ("contact.first_name", "role", "company | title")),
    *(f"{{{words}}}" for words in (*IDENTIFIERS, *WORDS[:8], "First Name", "NAME", "THEIR_TEAM")),
    *(f"<{words}>" for words in (*CAPITALS, *IDENTIFIERS, *WORDS[:8], "insert company", "first name")),
    *(f"<<{words}>>" for words in ("name", "Company Name", "ROLE", "first_name")),
    *(f"«{words}»" for words in ("Name", "First_Name", "Company", "Job Title")),
    *(f"${{{words}}}" for words in (*IDENTIFIERS, "x")),
    *(f"${words}" for words in ("NAME", "FIRST_NAME", "COMPANY", "role")),
    *(f"${words}$" for words in ("NAME", "company_name")),
    *(f"#{words}#" for words in (*IDENTIFIERS[:6], *CAPITALS)),
    *(f"%{words}%" for words in (*CAPITALS, "first_name", "FirstName")),
    *(f"%%{words}%%" for words in ("name", "company", "FIRST_NAME")),
    *(f"@@{words}@@" for words in ("NAME", "company")),
    *("*|FNAME|*", "*|COMPANY|*", "*|LIST:NAME|*", "|NAME|", "||first_name||", "__NAME__", "__COMPANY_NAME__"),
    *("{% name %}", "{!Contact.FirstName}", "#{name}", "%{company}", "%(name)s", "<%= name %>", "&lt;name&gt;"),
    *("{$name}", "[[name]]", "[$company]", "[%first_name%]", r"\[Name\]"[1:], "~NAME~", "[_____]"),
    *("(your name)", "(Your Phone Number)", "(insert company)", "(company name)", "(job title)", "(date of interview)"),
    *("XXX", "XXXX", "XXXXXXXX", "____", "_________", "Company Name", "COMPANY NAME", "Your Name", "YOUR NAME"),
    *("Hiring Manager Name", "Interviewer Name", "Interviewer's Name", "Mr./Ms. Last Name"),
    *("Ms. Last Name", "Job Title"),
    *("Position Title", "Your Phone Number", "Your Email Address", "First Name Last Name", "Firstname Lastname"),
    *("Insert Name Here", "insert company name here", "INSERT ROLE HERE", "Your Company Name", "School Name", "TKTK"),
    *("Lorem ipsum dolor sit amet", "yourname@mail.example", "XXX-XXX-XXXX", "(XXX) XXX-XXXX"),
)  # fmt: skip

PLACES = (
    ("greeting", "{}"),
    ("subject", " at {}"),
    ("subject", ": {}"),
    ("body", "I liked the {} team."),
    ("body", "{} is a place I would like to work."),
    ("body", "I would like to work at {}."),
    ("signature", "{}"),
    ("signature", "Una Quist\n{}"),
)
"""A blank to write on is a rule across the page where it stands alone on its line."""

IN_PLACE = (
    ("greeting", "Name"),
    ("greeting", "Mr. Lastname"),
    ("greeting", "Hiring Manager Name"),
    ("greeting", "null"),
    ("greeting", "XX"),
    ("greeting", "xxx"),
    ("greeting", "(Name)"),
    ("greeting", "TBD"),
    ("greeting", "%s"),
    ("body", "I would like to work at @xxx@."),
    ("body", "I have @XX@ years of experience."),
    ("body", "I have @X+@ years in the trade."),
    ("body", "We met on @XX/XX@, I think."),
    ("body", "We met on @MM/DD/YYYY@, I think."),
    ("body", "I would love to join @TBD@."),
    ("body", "The @TBD@ role interests me."),
    ("body", "What you said about @TK@ stayed with me."),
    ("body", "I liked your plan for @(Company)@."),
    ("body", "@TODO: say something about the kiln@."),
    ("body", "@TODO@ and that is all."),
    ("body", "I have admired @XYZ Company@ for years."),
    ("body", "@lorem ipsum@."),
    ("body", "The “@[Job Title]@” role interests me."),
)

TRAPS = (
    *("[see attached]", "[sic]", "[1]", "[12]", "[x]", "[ ]", "[...]", "[…]", "[attached]", "[enclosed]"),
    *("array[0]", "rows[name]", "data['company']", "x[i]", "[here](https://kiln.example/name)"),
    "[my name](https://a.example)",
    *("<https://kiln.example/company>", "<una@kiln.example>", "Una Quist <una@company.example>"),
    "<mailto:name@kiln.example>",
    *("https://kiln.example/{id}/name", "https://kiln.example/?name=%20NAME%20", "www.company-name.example"),
    *("`{name}`", "`[company]`", "`<title>`", "`%NAME%`", "`/orders/{order_date}`", "/orders/{date}", "/files/{name}"),
    *("List<Name>", "Map<Company, Role>", "vector<date>", "<b>", "<br>", "<h1>", "a <title> tag"),
    "the <address> element",
    *("{1, 2, 3}", "{a, b}", "{x : x > 0}", "{}", "{ }", "x_{max}", "{red, green}", "f{n}", "{0}", "{{}}"),
    *("#hashtag", "#hashtag#", "#teamwork #company", "C#", "issue #12", "#1 and #2", "50% of names, 20% of roles"),
    *("50 %", "10%-20%", "100%", "a 5% raise and a 3% bonus", "%d", "$100", "$4.1M", "US$ 20", "$AAPL"),
    *("$5 to $10", "USD$"),
    *("<3", "3 < 5 > 2", "a -> b", "<-", "==>", "« Bon courage »", "«Merci beaucoup»", "“Dear [Name]” letters"),
    *("Super Bowl XXX", "Chapter XXX", "Louis XXX", "size XXXL", "XXL", "555-XXX-1234", "Vitamin B XX"),
    *("20XX", "XX and XY"),
    *("XX chromosomes", "a Mexx shop", "Exxon", "xxx-large", "Love Una xxx", "the X-ray room", "Generation X", "Mr. X"),
    *("___init___", "__init__", "__name__", "snake_case_name", "first_name"),
    *("COMPANY_NAME in our schema", "_really_", "**name**"),
    *("\n\n___\n\n", "\n\n________________\n\n", "\n---\n", "\n\n* * *\n\n", "\n=====\n", "----------"),
    *("[pause]", "[slowly]", "[beep]", "[spell it]", "[spell name slowly]", "[repeat phone number]"),
    *("[smile]", "[wait for the tone]"),
    *("[laughs]", "[emphasis mine]", "[my translation]", "[image: logo]", "[cid:logo.png@01]"),
    *("[EXTERNAL]", "[External email]"),
    *("[link to my portfolio]", "[Attachment: references.pdf]", "[Job Description.doc]"),
    *("<<Job Description.doc>>", "<< File: name.doc >>"),
    *("the company name", "the name of the company", "a job title", "your name came up"),
    *("my name is Una", "in your name"),
    *("the Job Title field", "the Company Name column", "Job Title: Kiln Hand"),
    *("Company Name: Quist Glass", "First Name: Una"),
    *("the date is TBD", "start date TBD", "the time is still TBD", "(room TBD)", "Tk and Tcl"),
    *("TK Elevator", "TK Maxx", "T.K."),
    *("an INSERT statement", "INSERT INTO orders", "insert the key here", "we insert a date", "INSERT and UPDATE"),
    *("the lorem ipsum text on your site", "no more lorem ipsum", "to replace the lorem ipsum"),
    *("my to-do list", "our TODO list"),
    *("the role", "Position", "the Company", "Manager", "(the role we discussed)"),
    *("(your name was on it)", "(see the date)"),
    *("(company-wide)", "(my name is on it)", "(date and time agreed)", "dates as YYYY-MM-DD", "a MM/DD/YYYY parser"),
    *("AC/DC", "24/7", "and/or", "he/she", "his/her", "w/o", "A/B test", "km/h", "TCP/IP", "[RFC 2119]"),
    *("[ABC-123]", "[en]"),
    *("@una", "una@name.example", "name@company.example", "R&D", "Q&A", "~20 people", "~/name", "|x|"),
    *("a || b", "|---|---|"),
    *("1 * 2 * 3", "*really*", "x*y*z", "P|A|T", "“your name here” signs"),
)  # fmt: skip


def found(text: str) -> list[str]:
    result = LINTER.lint(read_message(text.encode(), "draft.txt", {}))
    return [result.text_of(item.span) for item in result.diagnostics]


def filled(part: str, words: str, company: str = "Quist Glass") -> str:
    parts = {"subject": "", "greeting": "Ms. Quist", "body": "I liked the kiln.", "signature": "Una Quist"} | {
        part: words
    }
    return FILLED.format(company=company, **parts)


@pytest.mark.parametrize(("slot", "place"), list(product(dict.fromkeys(SLOTS), PLACES)))
def test_every_slot_is_found_and_nothing_around_it(slot: str, place: tuple[str, str]) -> None:
    part, frame = place
    if set(slot) == {"_"} and part == "signature":
        pytest.skip("a blank alone on its line is a rule across the page")
    assert found(filled(part, frame.format(slot))) == [slot]


@pytest.mark.parametrize(("part", "words"), IN_PLACE)
def test_what_is_a_slot_only_in_its_place(part: str, words: str) -> None:
    slot = words.split("@")[1] if "@" in words else words
    assert found(filled(part, words.replace("@", ""))) == [slot]


@pytest.mark.parametrize("trap", dict.fromkeys(TRAPS))
def test_what_only_looks_like_a_slot(trap: str) -> None:
    for frame in ("We spoke of {} at the kiln.", "{}", "I liked it {}."):
        assert found(filled("body", frame.format(trap))) == []


@pytest.mark.parametrize("trap", [trap for trap in TRAPS if not {"\n", "“"} & set(trap)])
def test_a_subject_that_only_looks_unfilled(trap: str) -> None:
    assert found(filled("subject", f" and {trap}")) == []


@pytest.mark.parametrize(
    "company", ["TBD Media", "XXX Athletics", "Company Name", "[X] Labs", "{code}", "INSERT Records"]
)
def test_a_company_of_that_name_is_no_slot(company: str) -> None:
    text = filled("body", f"I liked the kiln at {company}.", f"'{company}'")
    assert found(text) == []


def test_one_finding_for_each_slot() -> None:
    text = filled("body", "My years at {{company}} as [Job Title] taught me XXX.").replace(
        "Ms. Quist", "[Mr./Ms. Last Name]"
    )
    assert found(text) == ["[Mr./Ms. Last Name]", "{{company}}", "[Job Title]", "XXX"]


def test_quoted_mail_is_no_evidence() -> None:
    assert found(filled("signature", "Una\n\nOn Monday, Ana wrote:\n> Dear [Name],\n> {{role}} at XXX")) == []
