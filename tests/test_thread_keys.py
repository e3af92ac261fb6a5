"""By what two messages are known to belong together, and somebody in a mail to be a reader."""

from __future__ import annotations

import pytest

from followup_lint.reader import read_message
from followup_lint.thread.keys import Keys, keys_of, marks_of


def keys(told: str) -> Keys:
    """Write `to:ines_roy,tom_ek at:ines@dye.example of:dye,wool as:dyer in:thread ids:<1@a>`, or some of these."""
    given = dict(item.split(":", 1) for item in told.split())

    def many(name: str) -> frozenset[str]:
        return frozenset(item.replace("_", " ") for item in given.get(name, "").split(",") if item)

    ids = tuple(item for item in given.get("ids", "").split(",") if item)
    return Keys(given.get("in", ""), many("to"), many("at"), many("of"), given.get("as", ""), ids)


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("", "", False),
        # The name of a thread settles it, if both have one.
        ("in:dye", "in:dye", True),
        ("in:dye to:ines_roy of:dye", "in:dye to:tom_ek of:wool", True),
        ("in:dye ids:<1@a> at:i@d.example", "in:wool ids:<1@a> at:i@d.example", False),
        ("in:dye", "", False),
        ("in:dye ids:<1@a>", "ids:<2@a>,<1@a>", True),
        ("ids:<1@a>", "ids:<2@a>", False),
        ("ids:<1@a> as:dyer", "ids:<1@a> as:cook", True),
        # The same readers, about the same job.
        ("at:i@d.example", "at:i@d.example", True),
        ("at:i@d.example", "at:i@d.example,t@d.example", False),
        ("at:i@d.example as:dyer", "at:i@d.example as:cook", False),
        ("at:i@d.example as:dyer", "at:i@d.example as:dyer", True),
        ("at:i@d.example as:dyer", "at:i@d.example", True),
        ("at:i@d.example to:ines", "at:i@d.example to:tom", True),
        ("to:ines of:dye", "to:ines of:dye,dye_works", True),
        ("to:ines of:dye", "to:ines of:wool", False),
        ("to:ines of:dye", "to:tom of:dye", False),
        ("to:ines_roy of:dye", "to:ines_roy", False),
        ("of:dye", "of:dye", False),
        ("at:i@d.example to:ines of:dye", "at:x@d.example to:ines of:dye", True),
        # Of a name alone only the full one tells who it is.
        ("to:ines_roy", "to:ines_roy", True),
        ("to:ines", "to:ines", False),
        ("to:ines_roy,tom", "to:ines_roy,tom", False),
        ("to:ines_roy,tom_ek", "to:tom_ek,ines_roy", True),
        ("to:ines_roy as:dyer", "to:ines_roy as:cook", False),
    ],
)
def test_what_belongs_to_one_conversation(one: str, two: str, same: bool) -> None:  # noqa: FBT001
    assert keys(one).same_thread(keys(two)) == same
    assert keys(two).same_thread(keys(one)) == same
    if same:  # whoever looks messages up by their marks finds this one
        assert {*keys(one).marks} & {*keys(two).marks}


@pytest.mark.parametrize(
    ("told", "pair", "reader"),
    [
        ("at:ines@dye.example", ("", "ines@dye.example"), True),
        ("at:ines@dye.example", ("Ines Roy", "ines@wool.example"), False),
        ("to:ines_roy", ("Inés ROY", "x@y.example"), True),
        ("to:ines_roy", ("Dr. Ines Roy", "x@y.example"), True),
        ("to:ines_roy", ("Ines", "x@y.example"), False),
        ("to:ines", ("Ines", "x@y.example"), False),
        ("to:ines_roy", ("", "ines.roy@dye.example"), True),
        ("to:ines_roy", ("", "roy-ines@dye.example"), True),
        ("to:ines_maria_roy", ("", "ines.roy@dye.example"), True),
        ("to:ines_maria_roy", ("", "maria.roy@dye.example"), False),
        ("to:ines_roy", ("", "i.roy@dye.example"), False),
        ("to:ines_roy", ("", "ines.m.roy.dye@dye.example"), True),
        ("to:ines_roy", ("", ""), False),
        ("", ("Ines Roy", "ines@dye.example"), False),
    ],
)
def test_who_is_a_reader(told: str, pair: tuple[str, str], reader: bool) -> None:  # noqa: FBT001
    assert keys(told).is_reader(pair) == reader
    assert bool({*keys(told).readers} & {*marks_of(pair)}) == reader


def test_what_a_message_says_about_where_it_belongs() -> None:
    text = (
        "From: Sam Roe <SAM@Mail.example>\nTo: Inés Roy <INES@Dye.example>, x, Tom <tom@dye.example>\n"
        "Message-ID: <9@a>\nReferences: <1@a> <2@b>\nIn-Reply-To: <2@b> junk\nSubject: Dyer\n\nHello,\n\nAny news?\n"
    )
    mail = read_message(text.encode(), "a.eml")
    found = keys_of(mail.draft, mail.context)
    assert found.addresses == {"ines@dye.example", "tom@dye.example"}
    assert found.ids == ("<9@a>", "<1@a>", "<2@b>")
    assert found.sender == ("Sam Roe", "sam@mail.example")
    front = "to: [Dr. Inés Roy, Tom <TOM@dye.example>, HR Team]\ncompany: {name: Dye Works, aliases: [DYE]}\n"
    note = read_message(f"---\n{front}role: Dyer\nthread: May Dye\n---\nHello,\n\nAny news?\n".encode(), "a.txt")
    found = keys_of(note.draft, note.context)
    assert found == Keys(
        "may dye",
        frozenset({"ines roy", "tom"}),
        frozenset({"tom@dye.example"}),
        frozenset({"dye works", "dye"}),
        "dyer",
    )
    bare = read_message(b"Hello,\n\nAny news?\n", "a.txt")
    assert keys_of(bare.draft, bare.context) == Keys("", frozenset(), frozenset(), frozenset(), "")
