"""Ignoring what is left: `--add-ignores` writes into the front matter as it stands."""

from __future__ import annotations

import codecs
from typing import cast

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from followup_lint.errors import Problem
from followup_lint.front_matter import Top, read_top
from followup_lint.ignores import added, added_to_file
from followup_lint.silence import Silence

BODY = "Hi Juno,\n\nThe kiln is warm.\n"


def silences(text: str) -> set[Silence]:
    fact = read_top(text, "a.txt").facts.get("ignore")
    assert fact is not None
    return set(cast("tuple[Silence, ...]", fact.value))


def front(*rows: str) -> str:
    return "\n".join(["---", *rows, "---", BODY])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(BODY, front("ignore:", '  emoji: "as agreed"'), id="no front matter"),
        pytest.param("---\n---\n" + BODY, front("ignore:", '  emoji: "as agreed"'), id="empty front matter"),
        pytest.param(front("# mine"), front("# mine", "ignore:", '  emoji: "as agreed"'), id="a comment alone"),
        pytest.param(
            front("kind: thank-you # soon", "", "# to whom", "to: Juno"),
            front("kind: thank-you # soon", "", "# to whom", "to: Juno", "ignore:", '  emoji: "as agreed"'),
            id="other keys",
        ),
        pytest.param(
            front("  kind: thank-you"),
            front("  kind: thank-you", "  ignore:", '    emoji: "as agreed"'),
            id="keys that are indented",
        ),
        pytest.param(
            front("{kind: thank-you}"), front('{kind: thank-you, ignore: {emoji: "as agreed"}}'), id="all in braces"
        ),
        pytest.param(front("{}"), front('{ignore: {emoji: "as agreed"}}'), id="empty braces"),
        pytest.param(
            front("{ignore: demand, kind: check-in}"),
            front('{ignore: {demand: "", emoji: "as agreed"}, kind: check-in}'),
            id="a word in braces",
        ),
        pytest.param(
            front("ignore: demand  # she asked", "kind: check-in"),
            front('ignore: {demand: "", emoji: "as agreed"}  # she asked', "kind: check-in"),
            id="a word",
        ),
        pytest.param(
            front("ignore: 'demand'"), front('ignore: {\'demand\': "", emoji: "as agreed"}'), id="a quoted word"
        ),
        pytest.param(
            front("ignore:   # none yet", "kind: check-in"),
            front("ignore:   # none yet", '  emoji: "as agreed"', "kind: check-in"),
            id="nothing",
        ),
        pytest.param(front('ignore: ""'), front('ignore: {emoji: "as agreed"}'), id="an empty word"),
        pytest.param(front("ignore: []"), front('ignore: {emoji: "as agreed"}'), id="an empty list"),
        pytest.param(front("ignore: {}"), front('ignore: {emoji: "as agreed"}'), id="an empty mapping"),
        pytest.param(
            front("ignore: [demand, all-caps]  # why"),
            front('ignore: {demand: "", all-caps: "", emoji: "as agreed"}  # why'),
            id="a list in brackets",
        ),
        pytest.param(
            front("ignore: [", "  demand, # blunt", "  all-caps, # loud", "]", "to: Juno"),
            front(
                "ignore: {",
                '  demand: "", # blunt',
                '  all-caps: "", emoji: "as agreed", # loud',
                "}",
                "to: Juno",
            ),
            id="a list in brackets on lines of its own",
        ),
        pytest.param(
            front("ignore:", "  - demand # blunt", "  # loud", "  - all-caps", "", "# end", "to: Juno"),
            front(
                "ignore:",
                '  demand: "" # blunt',
                "  # loud",
                '  all-caps: ""',
                '  emoji: "as agreed"',
                "",
                "# end",
                "to: Juno",
            ),
            id="a list of lines",
        ),
        pytest.param(
            front("ignore:", "- demand # blunt", "-   all-caps", "to: Juno"),
            front("ignore:", '  demand: "" # blunt', '  all-caps: ""', '  emoji: "as agreed"', "to: Juno"),
            id="a list of lines that is not indented",
        ),
        pytest.param(
            front("ignore: {demand: 'her words: “now!”', all-caps: {reason: x, until: 2026-12-01}} # so"),
            front(
                "ignore: {demand: 'her words: “now!”', all-caps: {reason: x, until: 2026-12-01}, "
                'emoji: "as agreed"} # so'
            ),
            id="a mapping in braces",
        ),
        pytest.param(
            front("ignore:", "    demand: she asked # so", "    all-caps:", "      until: 2026-12-01 # x", "to: Juno"),
            front(
                "ignore:",
                "    demand: she asked # so",
                "    all-caps:",
                "      until: 2026-12-01 # x",
                '    emoji: "as agreed"',
                "to: Juno",
            ),
            id="a mapping of lines",
        ),
        pytest.param(
            front("ignore:", "  demand: |", "    she", "to: Juno"),
            front("ignore:", "  demand: |", "    she", '  emoji: "as agreed"', "to: Juno"),
            id="a block of text",
        ),
        pytest.param(
            front("ignore:", "  demand:", "  all-caps:"),
            front("ignore:", "  demand:", "  all-caps:", '  emoji: "as agreed"'),
            id="no reasons",
        ),
        pytest.param(
            front("disable: [demand]"), front('disable: {demand: "", emoji: "as agreed"}'), id="what it was called"
        ),
        pytest.param(
            front("ignore: [demand]", "disable:"),
            front('ignore: {demand: "", emoji: "as agreed"}', "disable:"),
            id="the key that says something",
        ),
        pytest.param(
            front("ignore: [all-caps]", "disable: [demand]"),
            front("ignore: [all-caps]", 'disable: {demand: "", emoji: "as agreed"}'),
            id="the key that counts",
        ),
    ],
)
def test_a_rule_is_put_into_the_front_matter_as_it_stands(before: str, after: str) -> None:
    assert added(before, "a.txt", ["emoji"], "as agreed") == after
    assert Silence("emoji", "as agreed") in silences(after)


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("top", ["", "---\nkind: check-in\n---\n", "---\nignore:\n- demand\n---\n"])
def test_line_ends_stay_as_the_file_has_them(top: str, newline: str) -> None:
    new = added((top + BODY).replace("\n", newline), "a.txt", ["emoji", "demand"], "as agreed")
    assert new.replace(newline, "\n") == added(top + BODY, "a.txt", ["emoji", "demand"], "as agreed")
    assert newline == "\r\n" or "\r\n" not in new


def test_what_is_ignored_already_keeps_its_reason_and_twice_is_once() -> None:
    before = front("ignore: {demand: hers}")
    once = added(before, "a.txt", ["emoji", "demand", "emoji"], "as agreed")
    assert silences(once) == {Silence("demand", "hers"), Silence("emoji", "as agreed")}
    assert added(once, "a.txt", ["demand", "emoji"], "as agreed") == once
    assert added(before, "a.txt", ["demand"], "other") == before


@pytest.mark.parametrize(
    "reason",
    [
        "a: b",
        'she said "yes"',
        "it's # not",
        "ünïcode – 🙂",
        "- x",
        "{a",
        "\\n",
        "yes",
        "a\tb",
        "\x85\u2028\ufeff",
        "\0\x07",
    ],
)
@pytest.mark.parametrize("top", ["", "---\nignore: [demand]\n---\n", "---\nignore:\n  demand: x\n---\n"])
def test_a_reason_is_read_again_as_it_was_given(top: str, reason: str) -> None:
    plain, escaped = (added(top + BODY, "a.txt", ["emoji"], reason, ascii_only=only) for only in (False, True))
    assert silences(plain) == silences(escaped)
    assert Silence("emoji", reason.strip()) in silences(plain)
    assert escaped.isascii()


@pytest.mark.parametrize(
    ("text", "path", "reason", "words"),
    [
        (BODY, "a.eml", "why", "mail has no front matter"),
        (BODY, "a.txt", "  ", "--add-ignores: say in one line"),
        (BODY, "a.txt", "two\nlines", "--add-ignores: say in one line"),
        (BODY, "a.txt", "two\rlines", "--add-ignores: say in one line"),
        ("---\nkind: check-in\n", "a.txt", "why", "a.txt:1: the front matter opened here is never closed"),
        (front("a: [b"), "a.txt", "why", "a.txt:3:1: broken YAML"),
        (front("- a"), "a.txt", "why", "front matter is made of"),
        (front("ignore:", "  demand: {x: y}"), "a.txt", "why", "'x' is not known here"),
        (front("kind: check-in", "ignore:", "  demand: {x: y}"), "a.txt", "why", "cannot be added to"),
        (front("ignore:", "- |", "  demand", "to: A"), "a.txt", "why", "cannot be added to"),
        (front("ignore: [a, a]"), "a.txt", "why", "cannot be added to"),
    ],
)
def test_what_cannot_be_done_is_refused_with_one_line(text: str, path: str, reason: str, words: str) -> None:
    with pytest.raises(Problem) as caught:
        added(text, path, ["emoji"], reason)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (b"", "utf-16-le"),
        (b"", "cp1252"),
    ],
)
def test_bytes_keep_their_encoding_and_their_mark(mark: bytes, encoding: str) -> None:
    text = "Hi José,\r\n\r\nThe kiln’s café – it was warm. Señora Núñez said so, too.\r\n\r\nBest,\r\nRené\r\n"
    new = added_to_file(mark + text.encode(encoding), "a.txt", ["emoji"], "Zoë, дома")
    assert new.startswith(mark)
    written = new[len(mark) :].decode(encoding)
    assert written.endswith("---\r\n" + text)
    assert silences(written) == {Silence("emoji", "Zoë, дома")}


def test_nothing_to_add_gives_the_same_bytes() -> None:
    data = codecs.BOM_UTF16_BE + front("ignore: demand").encode("utf-16-be")
    assert added_to_file(data, "a.txt", ["demand"], "why") == data


def test_a_reason_that_is_no_text_is_refused() -> None:
    with pytest.raises(Problem, match="no text in this system's encoding"):
        added_to_file(BODY.encode(), "a.txt", ["emoji"], "so \udcff")


NAMES = st.sampled_from(["demand", "emoji", "all-caps", "canned-phrase", "my-own"])
COMMENTS = st.sampled_from(["", "", "  # so", " # a: [b, {c", "\t# “x”"])
GAPS = st.sampled_from([[], [], [""], ["# between"], ["", "  # indented"]])
REASONS = st.sampled_from(["hers", '"a: b"', "'it''s'", "", "{reason: x}", "{until: 2026-12-01, reason: 'y # z'}"])
OTHERS = st.lists(
    st.sampled_from(
        ["kind: check-in # k", "to: [Juno, 'Bo B.']", "topics:\n- kiln\n- glaze # g", "role: >-\n  a\n  b\n", "date:"]
    ),
    unique=True,
)


@st.composite
def shapes(draw: st.DrawFn) -> list[str]:
    key, end = draw(st.sampled_from(["ignore", "disable"])), draw(COMMENTS)
    names = draw(st.lists(NAMES, unique=True, min_size=1, max_size=3))
    comma = draw(st.sampled_from([", ", ",", " ,  ", ",\n   ", ", # c\n   "]))
    trail = draw(st.sampled_from(["", " ", ",", ", ", "\n  "]))
    match draw(st.integers(0, 5)):
        case 0:
            return [f"{key}: {names[0]}{end}"]
        case 1:
            return [f"{key}: [{comma.join(names)}{trail}]{end}"]
        case 2:
            return [f"{key}: {{{comma.join(f'{name}: {draw(REASONS)}' for name in names)}{trail}}}{end}"]
        case 3:
            indent = " " * draw(st.integers(0, 4))
            return [
                f"{key}:{end}",
                *(row for name in names for row in [*draw(GAPS), f"{indent}- {name}{draw(COMMENTS)}"]),
            ]
        case 4:
            indent = " " * draw(st.integers(1, 4))
            rows = [row for name in names for row in [*draw(GAPS), f"{indent}{name}: {draw(REASONS)}{draw(COMMENTS)}"]]
            return [f"{key}:{end}", *rows]
        case _:
            return []


def facts(top: Top) -> dict[str, object]:
    return {name: fact.value for name, fact in top.facts.items() if name != "ignore"}


@st.composite
def drafts(draw: st.DrawFn) -> tuple[list[str], list[str], str]:
    """Return the rows of a draft, those of them that are about `ignore`, and the line end."""
    shape, above, below, gap = draw(shapes()), draw(OTHERS), draw(OTHERS), draw(GAPS)
    rows = ["---", *above, *gap, *shape, *gap, *(row for row in below if row not in above), "---", BODY]
    return rows, shape, draw(st.sampled_from(["\n", "\r\n"]))


@given(drafts(), st.sets(NAMES, min_size=1), st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_facts_body_and_comments_stay_whatever_the_shape(
    draft: tuple[list[str], list[str], str], rules: set[str], reason: str
) -> None:
    rows, shape, newline = draft
    before = "\n".join(rows).replace("\n", newline)
    old = read_top(before, "a.txt")
    assume(not old.problems and reason.strip() and not {"\n", "\r"} & set(reason.strip()))
    after = added(before, "a.txt", rules, reason)
    new = read_top(after, "a.txt")
    had = silences(before) if "ignore" in old.facts else set()
    held = {silence.rule for silence in had}
    assert (facts(new), new.problems) == (facts(old), ())
    assert silences(after) == had | {Silence(rule, reason.strip()) for rule in rules - held}
    assert after[new.start :] == before[old.start :]
    assert added(after, "a.txt", rules, "other") == after
    kept = iter(after.split(newline))
    assert all(row in kept for row in rows[1:-2] if row not in shape and "\n" not in row)
    assert after.count("#") >= before.count("#")
