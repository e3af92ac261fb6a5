"""A message against others given as they are, without a disk: every border of what is alike, new, asked again."""

from __future__ import annotations

import pytest

from followup_lint import model
from followup_lint.checks.thread import Check
from followup_lint.context import Context, Earlier, Kind
from followup_lint.diagnostic import Finding
from followup_lint.other import Other
from followup_lint.reader import Message, read_message
from followup_lint.reading import Reading
from followup_lint.records import replace
from followup_lint.written_times import parse_moment


def letter(body: str, facts: str = "", path: str = "me.txt") -> Message:
    return read_message(f"---\nkind: check-in\n{facts}---\nHello,\n\n{body}\n\nSam Roe\n".encode(), path, {})


def other(body: str, facts: str = "", name: str = "then.txt", *, stands: str = "earlier thread") -> Other:
    """Write how it stands to the message as words: earlier, thread, interview."""
    message = letter(body, facts, f"far/{name}")
    words = stands.split()
    return Other(message.draft, message.context, name, "earlier" in words, "thread" in words, "interview" in words)


def found(check: Check, message: Message, *others: Other) -> list[Finding]:
    return [*check(Reading(message.draft, message.context, model.load, beside=lambda: others))]


def marked(check: Check, message: Message, *others: Other) -> list[str]:
    return [item.span.of(message.draft.text) for item in found(check, message, *others)]


# The same words again

ALIKE = Check("alike", similar=0.5, run=2, least=4)
OAK = "the oak by the mill is old"  # seven words, six runs of two


@pytest.mark.parametrize(
    ("body", "percent"),
    [
        (OAK, 100),
        ("The OAK, by the mill: is old!", 100),
        ("the oak by the mill is", 83),
        ("the oak by the mill", 67),
        ("the oak by the", 50),
        ("the oak by", None),  # shorter than the least
        ("the oak by a mill was old", None),
        ("old is the mill by the oak", None),
        ("the oak by the mill is old and so are we", 60),
        ("the oak by the mill is old and so are we all here now", None),
        ("", None),
    ],
)
def test_how_much_is_the_same(body: str, percent: int | None) -> None:
    message = letter(OAK)
    (place,) = message.draft.of_kind(message.draft.body[0].kind)[:1]
    findings = found(ALIKE, message, other(body))
    assert [item.values for item in findings] == ([(("other", "then.txt"), ("percent", percent))] if percent else [])
    for item in findings:
        assert (item.case, item.span.of(message.draft.text)) == ("earlier", place.span.of(message.draft.text))
        assert item.elsewhere == (("far/then.txt", 6),)


@pytest.mark.parametrize(("body", "is_long_enough"), [("one two three", False), ("one two three four", True)])
def test_a_short_message_is_like_none(body: str, is_long_enough: bool) -> None:  # noqa: FBT001
    assert bool(found(ALIKE, letter(body), other(body))) == is_long_enough


def test_the_likest_is_named() -> None:
    findings = found(
        ALIKE, letter(OAK), other("the oak by the mill"), other(OAK, name="x.txt"), other("the oak by the")
    )
    assert [item.values for item in findings] == [(("other", "x.txt"), ("percent", 100))]
    assert findings[0].elsewhere == (("far/x.txt", 6),)


def test_a_message_that_is_not_compared_hides_no_other() -> None:
    correction = other(OAK, "kind: correction\n", "x.txt")
    correction = replace(correction, context=replace(correction.context, kind=Kind.CORRECTION))
    assert [dict(item.values)["other"] for item in found(ALIKE, letter(OAK), correction, other(OAK))] == ["then.txt"]


def test_names_do_not_make_two_messages_differ() -> None:
    mine, theirs = (f"Dear {name}, the oak by {name}'s mill is old" for name in ("Ines", "Tom"))
    findings = found(ALIKE, letter(mine, "to: Ines\n"), other(theirs, "to: Tom\n"))
    assert [dict(item.values)["percent"] for item in findings] == [100]


@pytest.mark.parametrize(
    ("stands", "facts", "case"),
    [
        ("earlier thread", "", ["earlier"]),
        ("earlier thread interview", "", ["earlier"]),
        ("thread", "", []),  # a later one
        ("thread interview", "", []),
        ("earlier", "", []),  # another conversation
        ("interview", "", ["panel"]),
        ("earlier interview", "", ["panel"]),
        ("interview", "kind: thank-you\n", []),
        ("earlier thread", "kind: thank-you\n", ["earlier"]),
        ("earlier thread", "kind: correction\n", []),  # which says the same on purpose
        ("", "", []),
    ],
)
def test_with_which_messages_one_is_compared(stands: str, facts: str, case: list[str]) -> None:
    message = (
        read_message(f"---\n{facts}---\nHello,\n\n{OAK}\n\nSam Roe\n".encode(), "far/x.txt", {}) if facts else None
    )
    them = other(OAK, stands=stands)
    them = replace(them, context=message.context) if message else them
    assert [item.case for item in found(ALIKE, letter(OAK), them)] == case


def test_a_place_in_a_mail_has_no_line_and_one_without_words_is_its_first() -> None:
    mail = read_message(f"From: Sam <sam@mail.example>\n\nHello,\n\n{OAK}\n".encode(), "box")
    sent = read_message(f"From: Sam <sam@mail.example>\n\nHello,\n\n{OAK}\n".encode(), "a.eml")
    for message, line in ((mail, 5), (sent, 0)):
        then = Other(message.draft, message.context, "then", is_earlier=True, in_thread=True)
        assert [item.elsewhere for item in found(ALIKE, letter(OAK), then)] == [((message.draft.path, line),)]
    bare = read_message(b"---\ncompany: Wool Hall\n---\n", "bare.txt")
    message = letter("I like Wool Hall.", "company: Dye Works\n")
    (finding,) = found(FIRM, message, Other(bare.draft, bare.context, "bare.txt"))
    assert finding.elsewhere == (("bare.txt", 1),)


# Nothing new

NEW = Check("nothing-new", plain=("news",))
ASKED = "Is there any news on the dyer post?"


@pytest.mark.parametrize(
    ("body", "new"),
    [
        ("Is there any news on the dyer post?", False),
        ("Is there any news on the dyer posts?", False),  # another form of the word
        ("Is there any news on the Dyer Post?", False),
        ("Are there any news?", False),
        ("Is there any news on the dyer post? I have won a grant.", True),
        ("Is there any news on the dyer post in Lyon?", True),
        ("Is there any news on the dyer post? Yours, a.", False),
        ("Is there any news on the TV?", True),
        ("Is there any news on post B?", False),  # a letter is no word
        ("Is there any news? See www.dyers.example for it.", True),
        ("Is there any news? It is at HTTPS://dyers.example.", True),
        ("Is there any news for Ines?", False),  # the name of a reader is no news
        ("Is there any news about Berlin?", False),  # the subject said so
        ("I wonder; might it be decided?", False),
    ],
)
def test_news_are_nouns_that_were_not_there(body: str, new: bool) -> None:  # noqa: FBT001
    message = read_message(f"Subject: Berlin\n\nHello,\n\n{body}\n\nSam Roe\n".encode(), "me.txt", {})
    known = letter(body, "to: Ines Roy\n")
    message = replace(message, context=known.context)
    findings = found(NEW, message, other(f"{ASKED} Sam."), other("Hello again.", name="more.txt"))
    assert len(findings) == (not new)
    for item in findings:
        assert (item.values, item.case) == ((("other", "then.txt"),), "nothing-new")
        assert item.elsewhere == (("far/then.txt", 6), ("far/more.txt", 6))
        assert item.span.of(message.draft.text) in body


@pytest.mark.parametrize(
    ("stands", "kind", "count"),
    [
        ("earlier thread", "check-in", 1),
        ("earlier thread", "second-check-in", 1),
        ("earlier thread", "thank-you", 0),
        ("earlier", "check-in", 0),
        ("thread", "check-in", 0),
    ],
)
def test_only_earlier_questions_of_the_thread_count(stands: str, kind: str, count: int) -> None:
    them = other(ASKED, stands=stands)
    them = replace(them, context=replace(them.context, kind=Kind(kind)))
    assert len(found(NEW, letter(ASKED), them)) == count


def test_without_an_earlier_question_nothing_is_old() -> None:
    assert found(NEW, letter("Are there any news?")) == []
    assert found(NEW, letter("Are there any news?"), other(ASKED)) != []
    assert found(NEW, letter("Is there any news on the post?"), other("I ask about the dyer post.")) != []


def mail(body: str, quoted: str, more: str = "") -> Message:
    text = (
        f"From: Sam Roe <sam@mail.example>\nTo: ines@dye.example\nSubject: Dyer\n{more}\n{body}\n\nSam\n\n"
        f"On 12 May 2026 at 10:00, Sam Roe <sam@mail.example> wrote:\n> {quoted}\n"
    )
    message = read_message(text.encode(), "a.eml", {})
    return replace(message, context=replace(message.context, kind=Kind.SECOND_CHECK_IN))


def test_what_the_mail_quotes_of_ones_own_was_said() -> None:
    message = mail("Any news on the vats?", "Is there any news on the vats?")
    (finding,) = found(NEW, message)
    assert (finding.values, finding.elsewhere) == ((("other", "the message quoted below"),), ())
    assert found(NEW, mail("Any news on the vats and the grant?", "Is there any news on the vats?")) == []


# The name of another firm

FIRM = Check("company", unless=("worked at",))
HALL = "company: Wool Hall\n"


@pytest.mark.parametrize(
    ("facts", "theirs", "stands", "body", "words"),
    [
        ("company: Dye Works\n", HALL, "", "I would be glad to join Wool Hall.", ["Wool Hall"]),
        ("company: Dye Works\n", HALL, "interview", "Wool Hall is near. I like Wool Hall.", ["Wool Hall"]),
        ("company: Dye Works\n", HALL, "thread", "I would be glad to join Wool Hall.", []),
        ("company: Dye Works\n", HALL, "", "I would be glad to join Wool Halls or AWool Hall.", []),
        ("company: Dye Works\n", HALL, "", "I would be glad to join wool hall.", []),
        ("company: Dye Works\n", HALL, "", "I worked at Wool Hall. Wool Hall was good to me.", ["Wool Hall"]),
        ("company: Dye Works\n", HALL, "", "You asked, “Why not Wool Hall?” and I had no answer.", []),
        ("company: Dye Works\nmy_employers: [Wool Hall Ltd]\n", HALL, "", "I like Wool Hall.", []),
        ("company: Hall\n", HALL, "", "I like Wool Hall.", []),
        ("company: {name: Dye Works, aliases: [WOOL HALL]}\n", HALL, "", "I like Wool Hall.", []),
        # One word is a name only where it is used as one; two letters may be anything.
        ("company: Dye Works\n", "company: Target\n", "", "I would be glad to join Target as a buyer.", ["Target"]),
        ("company: Dye Works\n", "company: Target\n", "", "I am keen. I would be glad to join Target.", ["Target"]),
        ("company: Dye Works\n", "company: Target\n", "", "Sam likes vats. Target dates suit me.", []),
        ("company: Dye Works\n", "company: Vans\n", "", "I would be glad to join Vans as a buyer.", ["Vans"]),
        ("company: Dye Works\n", "company: the loft\n", "", "I would be glad to join the loft in June.", ["the loft"]),
        ("company: Dye Works\n", "company: IBM\n", "", "I would be glad to join IBM as a buyer.", ["IBM"]),
        ("company: Dye Works\n", "company: HP\n", "", "I would be glad to join HP as a buyer.", []),
        ("company: Dye Works\n", "kind: closing\n", "", "I would be glad to join Target as a buyer.", []),
    ],
)
def test_a_firm_that_only_another_draft_is_about(
    facts: str, theirs: str, stands: str, body: str, words: list[str]
) -> None:
    message = letter(body, facts)
    them = other("Any news?", theirs if theirs != "kind: closing\n" else "", stands=stands)
    assert marked(FIRM, message, them) == words
    for item in found(FIRM, message, them):
        assert item.values == (("name", words[0]), ("other", "then.txt"), ("right", "Dye Works"))
        assert (item.case, item.elsewhere) == ("company", (("far/then.txt", 7),))


def test_each_foreign_firm_is_told_once_whatever_it_is_called() -> None:
    message = letter("I like Spin and Wool Hall. I like Wool Hall, and Woolies.", "company: Dye Works\n")
    hall = other("Any news?", "company: {name: Wool Hall, aliases: [Woolies]}\n", "b.txt", stands="")
    others = [other("Any news?", "", "a.txt"), hall, other("Any news?", HALL, "c.txt", stands="")]
    others.append(other("Any news?", "company: Spin Mill\n", "d.txt", stands=""))
    assert marked(FIRM, message, *others) == ["Wool Hall"]
    spun = letter("I like Spin Mill and Wool Hall.", "company: Dye Works\n")
    assert marked(FIRM, spun, *others) == ["Wool Hall", "Spin Mill"]


@pytest.mark.parametrize(
    "text",
    [
        "Subject: Wool Hall\n\nHello,\n\nI am keen.\n\nSam Roe\n",
        "Subject: Weaver\n\nDear Wool Hall team,\n\nI am keen.\n\nSam Roe\n",
    ],
)
def test_a_firm_in_the_subject_or_the_greeting_counts_too(text: str) -> None:
    message = read_message(text.encode(), "me.txt", {})
    message = replace(message, context=letter("", "company: Dye Works\n").context)
    assert marked(FIRM, message, other("Any news?", HALL, stands="")) == ["Wool Hall"]


# The same question again

AGAIN = Check("question", similar=0.5, plain=("kind", "be"), unless=("status",))


def live(*earlier: tuple[str, str]) -> Context:
    """Return a context with check-ins of these dates and files."""
    return Context(
        kind=Kind.SECOND_CHECK_IN,
        previous=tuple(Earlier(Kind.CHECK_IN, parse_moment(date), file=file) for date, file in earlier),
    )


@pytest.mark.parametrize(
    ("then", "now", "again"),
    [
        ("When do the night shifts start?", "When do the night shifts start?", True),
        ("When do the night shifts start?", "May I ask when the night shift started?", True),
        ("When do the night shifts start?", "Where do the night shifts start?", False),
        ("When do the night shifts start?", "Do the night shifts start?", False),
        ("Do the shifts include nights?", "Do the shifts include parking?", True),  # two of four
        ("Do the shifts include nights?", "Do the trains include parking?", False),
        ("Does rain fall?", "Does snow fall?", True),  # two of four words
        ("Is there parking by the vats?", "Where could I park by the vats?", False),
        ("Could I park by the vats?", "Is there parking by the vats?", True),
        (
            "Do the night shifts start in June?",
            "I fed the green sheep and old goats by the long river, and do the night shifts start in June?",
            True,
        ),
        ("What is the status of the vats?", "What is the status of the vats?", False),
        ("What kind is it?", "What kind is it?", False),  # no word tells what it is about
        ("Who is it?", "Who is it?", False),
        ("I like the vats.", "Do you like the vats?", False),
        ("Do you like the vats?", "I like the vats.", False),
    ],
)
def test_a_question_is_the_same_by_what_it_is_about(then: str, now: str, again: bool) -> None:  # noqa: FBT001
    message = replace(letter(f"I am keen. {now}"), context=live(("2026-05-12", "then.txt")))
    findings = found(AGAIN, message, other(f"I am well.\n\n{then}"))
    assert len(findings) == again
    for item in findings:
        assert item.span.of(message.draft.text) in now
        assert (item.case, item.values) == ("again", (("other", "then.txt"),))
        assert item.elsewhere == (("far/then.txt", 8),)


NIGHTS = "Do the night shifts start in June?"


@pytest.mark.parametrize(
    ("stands", "date", "earlier", "again"),
    [
        ("earlier thread", "", ("2026-05-12", "then.txt"), True),
        ("earlier thread", "", ("2026-05-12", "else.txt"), False),
        ("earlier thread", "date: 2026-05-12T10:00\n", ("2026-05-12", ""), True),
        ("earlier thread", "date: 2026-05-11\n", ("2026-05-12", ""), False),
        ("earlier thread", "date: 2026-05-11\n", ("2026-05-12", "then.txt"), True),
        ("earlier", "", ("2026-05-12", "then.txt"), False),
        ("thread", "", ("2026-05-12", "then.txt"), False),
    ],
)
def test_only_what_is_unanswered_is_asked_again(
    stands: str,
    date: str,
    earlier: tuple[str, str],
    again: bool,  # noqa: FBT001
) -> None:
    message = replace(letter(NIGHTS), context=live(earlier))
    assert bool(found(AGAIN, message, other(NIGHTS, date, stands=stands))) == again
    answered = replace(message.context.previous[0], answered=True)
    silent = replace(message, context=replace(message.context, previous=(answered,)))
    assert found(AGAIN, silent, other(NIGHTS, date, stands=stands)) == []


def test_each_question_is_told_once_with_the_first_message_that_has_it() -> None:
    message = replace(
        letter(f"{NIGHTS} And which vats hold madder?"),
        context=live(("2026-05-12", "a.txt"), ("2026-05-14", "b.txt")),
    )
    others = [other(NIGHTS, name=name) for name in ("a.txt", "b.txt")]
    others.append(other("Which vats hold madder?", name="b.txt"))
    assert [dict(item.values)["other"] for item in found(AGAIN, message, *others)] == ["a.txt", "b.txt"]


# Pressure

PRESS = Check("pressure", least=3, days=14, presses=("at once", "asap"))


@pytest.mark.parametrize(
    ("gaps", "told"),
    [
        ([3], None),
        ([3, 5], (3, 5)),
        ([14, 0], (3, 14)),
        ([15, 3], None),
        ([15, 14, 3], (3, 14)),
        ([-1, 3], None),  # one that is yet to go
        ([1, 2, 3], (4, 3)),
        ([], None),
    ],
)
def test_pressure_adds_up_over_a_fortnight(gaps: list[int], told: tuple[int, int] | None) -> None:
    sent = [Earlier(Kind.CHECK_IN, parse_moment(f"2026-05-{20 - gap}")) for gap in gaps]
    context = Context(kind=Kind.CHECK_IN, date=parse_moment("2026-05-20"), previous=tuple(sent))
    message = replace(letter("I am keen. Please answer at once, or asap. At once!"), context=context)
    findings = found(PRESS, message)
    assert [item.values for item in findings] == ([(("count", told[0]), ("elapsed", told[1]))] if told else [])
    assert [item.span.of(message.draft.text) for item in findings] == ["at once"] * bool(told)
    assert {item.case for item in findings} <= {"pressure"}
    assert found(PRESS, replace(message, context=replace(context, date=None))) == []
    thanks = tuple(replace(item, kind=Kind.THANK_YOU) for item in sent)
    assert found(PRESS, replace(message, context=replace(context, previous=thanks))) == []


@pytest.mark.parametrize("broken", [Check("company", unless=("(",)), Check("pressure", presses=("(",))])
def test_a_broken_phrase_is_told(broken: Check) -> None:
    PRESS.verify()
    with pytest.raises(ValueError, match="not a valid regular expression"):
        broken.verify()


@pytest.mark.parametrize(
    ("of", "facts", "missing"),
    [
        (FIRM, "", "company"),
        (FIRM, "company: Dye Works\n", ""),
        (PRESS, "", "previous"),
        (PRESS, "previous: [{kind: check-in, date: 2026-05-12}]\n", ""),
        (ALIKE, "", ""),
        (NEW, "", ""),
        (AGAIN, "", ""),
    ],
)
def test_what_is_missing(of: Check, facts: str, missing: str) -> None:
    assert of.lacks(letter("", facts).context) == missing
