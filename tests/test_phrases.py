"""Phrases are looked for only where their words are: nothing that one large pattern would find may be lost for it."""

from __future__ import annotations

import marshal
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_lint import model, needs, phrases
from followup_lint.catalog import built_in
from followup_lint.context import Context
from followup_lint.draft import Block, BlockKind, Draft
from followup_lint.kinds.cues import lists
from followup_lint.literals import FOREIGN, Places, _parts, folded, forget, holds, stretches, want, wanted
from followup_lint.people import Person
from followup_lint.phrases import compiled, expand
from followup_lint.reading import Reading
from followup_lint.required import required
from followup_lint.text import Span
from followup_lint.vocabulary import vocabulary

LOOKALIKES = {"s": "ſ", "i": "ıİ", "k": "\u212a", "'": "’", " ": "\n\u00a0"}
"""What else stands for a letter or sign where case does not matter."""


def may_match(pattern: str, text: str) -> bool:
    """Whether a pattern would be tried on a text."""
    needs = required(pattern)
    want(needs)
    held = stretches(folded(text))
    return held is None or holds(needs, held)


# Literals, one by one


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        (r"\bkind\b", {(" kind ",)}),
        ("kind", {("kind",)}),
        (r"(?<!\w)kind(?!\w)", {(" kind ",)}),
        (r"(?:(?<!\w)|(?=['’]))kind", {("kind",)}),
        (r"\bkindn?ess\b", {("kind",), ("ess",)}),
        (r"\b(?:very|most) kind\b", {(" kind ",), (" most ", " very ")}),
        (r"\bfars?\b", {("far",)}),
        (r"\bfar(?: away)?\b", {(" far ",)}),
        (r"\bfar(?:, away)?\b", {(" far ",)}),
        (r"(?:lo){2,}ng", {("lo",), ("ng",)}),
        ("x{3,}", {("xxx",)}),
        ("ax{2}b+c", {("axxb",)}),
        ("[Xx]{2}/[Xx]{2}", {("xx",), ("/",)}),
        ("T(?:BA|K[ab]?)", {("tb", "tk")}),
        ("TB[AC]|TK", {("tb", "tk")}),
        ("t(?:b|k?)", set()),
        (r"\bhello(?: there)?,", {(",",), (" hello ",)}),
        ("[–—]", {("–", "—")}),
        ("[éè]t", {(FOREIGN,)}),
        ("caf[é-ü]s?", {("caf",), (FOREIGN,)}),
        ("ſure\u212a", {("surek",)}),
        (r"(?:(?<!\w)|(?=['’]))no(?!\w)", {(" no ",)}),
        ("Ⓐ", {(FOREIGN,)}),
        ("(?a:é)bc", {("bc",)}),
        (r"(?a)\bno\b", set()),
        ("[ea]", set()),
        ("[^é]", set()),
        (r"a?b*\w+", set()),
        ("yes|", set()),
        ("(?=yes)(?<=no)(?!maybe)", set()),
    ],
)
def test_what_a_match_needs(pattern: str, needs: set[tuple[str, ...]]) -> None:
    assert set(required(pattern)) == needs


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("interview", "INTERVİEW"),
        ("interview", "ıntervıew"),
        ("thanks", "THANKſ"),
        ("kind", "\u212aind"),
        ("ſtill", "still"),
        ("σας", "ΣΑΣ"),
        ("ΣΑΣ", "σας"),
        ("µ", "μ"),
        ("ⓐ", "Ⓐ"),
        ("\u0345", "ι"),
        ("[\u0100-\u024f]", "s"),
        ("[\u0100-\u024f]", "I"),
        ("[\u2100-\u2200]", "k"),
        (r"(?a:x\W)foo", "xéfoo"),
        (r"(?a)\bfoo", "éfoo"),
        (r"(?:foo\b)?bar", "foobar"[3:]),
        (r"\bfoo(?=['’])", "foo's"),
        (r"\bfoo(?!bar)\w+", "foobaz"),
        (r"(?:a|ab)(?:c|bcd)(d*)", "abcd"),
        (r"(?:foo|foobar)\b", "foobar"),
        (r"x(?:,)?foo", "xfoo"),
        (r"(?:,?foo)+", "foofoo"),
        (r"(foo)\1", "foofoo"),
        (r"(,)?(?(1)foo|bar)", "bar"),
        (r"(?>foo|fo)o?bar", "foobar"),
        (r"foo_bar", "foo_bar"),
        (r"\b_foo", "_foo"),
        (r"[\s_]foo", "_foo"),
        (r"\Bfoo", "xfoo"),
        (r"^foo$", "foo"),
        (r"(?s:.)foo", "\nfoo"),
        ("x" * 41, "x" * 50),
        ("abc", "x" * 50 + "abc"),
    ],
)
def test_no_match_is_lost(pattern: str, text: str) -> None:
    assert re.search(pattern, text, re.IGNORECASE)
    assert may_match(pattern, text)


def test_a_run_that_is_no_word_is_not_taken_apart() -> None:
    assert stretches("a" * 41) is None
    assert stretches(f"{'a' * 40} b") is not None


def test_folding_changes_no_place() -> None:
    every = [chr(code) for code in range(sys.maxunicode + 1)]
    assert [letter for letter in every if len(folded(letter)) != 1] == []


def test_what_matches_a_letter_of_ours_is_folded_to_it() -> None:
    beyond = "".join(chr(code) for code in range(0x80, sys.maxunicode + 1))
    for letter in "abcdefghijklmnopqrstuvwxyz0123456789_'-,.?!":
        found = re.findall(re.escape(letter), beyond, re.IGNORECASE)
        assert {folded(other) for other in found} <= {letter}


# Patterns that Hypothesis makes

_LETTERS = st.sampled_from([*"abkis", *"ſıİ\u212aéÉßσςⓐ", *",'’-_?", " ", *"13"])
_ATOMS = st.one_of(
    st.text(_LETTERS, min_size=1, max_size=4).map(re.escape),
    st.lists(_LETTERS, min_size=1, max_size=3).map(lambda members: f"[{''.join(map(re.escape, members))}]"),
    st.sampled_from(
        [
            r"\w",
            r"\W",
            r"\s",
            r"\b",
            r"\B",
            ".",
            r"(?!\w)",
            r"(?<!\w)",
            "(?='|’)",
            "[^a]",
            "[a-k]",
            "[é-ƒ]",
            r"[\W_]",
            "x{45}",
        ]
    ),
)


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda branches: f"(?:{'|'.join(branches)})"),
        st.tuples(inner, st.sampled_from(["?", "*", "+", "{2}", "{1,3}", "??", "+?", "?+"])).map(
            lambda pair: f"(?:{pair[0]}){pair[1]}"
        ),
        st.tuples(st.sampled_from(["(?={})", "(?!{})", "(?>{})", "({})", "(?a:{})", "(?-i:{})"]), inner).map(
            lambda pair: pair[0].replace("{}", pair[1])
        ),
    )


PATTERNS = st.recursive(_ATOMS, _grown, max_leaves=7)


@settings(max_examples=500, deadline=None)
@given(PATTERNS, st.data())
def test_whatever_matches_holds_what_is_required(pattern: str, data: st.DataObject) -> None:
    made = re.compile(pattern, re.IGNORECASE)
    about = st.one_of(
        st.text(st.sampled_from("abkisABKISſıİ\u212aéÉσςΣⓐⒶ,'’-_? 13x"), max_size=12), st.from_regex(made)
    )
    text = data.draw(about)
    if made.search(text):
        assert may_match(pattern, text)


# Groups of phrases, ours and made up


def _all_phrases(value: Any) -> Iterator[tuple[str, ...]]:
    """Yield every tuple of strings in a check, however deep."""
    if isinstance(value, tuple) and value and all(isinstance(one, str) for one in value):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _all_phrases(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _all_phrases(one)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from _all_phrases(getattr(value, name))


@cache
def groups() -> tuple[tuple[str, ...], ...]:
    """Return the groups of phrases of all rules, and those of the cues that give a message's kind away."""
    found = {group: None for rule in built_in() for group in _all_phrases(rule.check)}
    known = lists()
    cues = [*(cue.words for cue in known.cues), *(cue.unless for cue in known.cues), known.asks, known.courtesies]
    limits = vocabulary("clauses")["limits"]
    made = []
    for group in (*found, *(group for group in cues if group), limits):
        try:
            compiled(group)
        except (re.error, KeyError):
            continue  # slots of an exact pattern, and names of lists of other kinds
        made.append(group)
    return tuple(made)


def test_there_are_groups_to_look_at() -> None:
    assert len(groups()) > 200


@cache
def words_of(group: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words and signs that stand in the phrases of a group."""
    source = " ".join(expand(phrase) for phrase in group[:40])
    return tuple(dict.fromkeys(re.findall(r"[^\W\d_]+|[,.?!'’–-]", source)))[:300]


def reading(text: str, *names: str) -> Reading:
    """Return a draft of one paragraph, whose facts name some people."""
    draft = Draft("", text, (Block(BlockKind.PARAGRAPH, Span(0, len(text))),))
    return Reading(draft, Context(to=tuple(map(Person, names))), model.load)


def compare(group: tuple[str, ...], seen: Reading, within: Span) -> None:
    """Compare what is found in a stretch, and in each sentence, with what one pattern of all phrases finds."""
    pattern = compiled(group)
    for stretch in (within, *(sentence.span for sentence in seen.sentences)):
        wanted = [Span(*match.span()) for match in pattern.finditer(seen.masked, stretch.start, stretch.end)]
        assert seen.find(group, stretch) == wanted
        assert seen.search(group, stretch) == (wanted[0] if wanted else None)


@st.composite
def spelled(draw: st.DrawFn, words: tuple[str, ...]) -> str:
    """Return a text made of some words, some of its letters replaced by what looks alike."""
    chosen = draw(st.lists(st.sampled_from(words), min_size=1, max_size=12))
    text = "".join(word + draw(st.sampled_from([" ", " ", " ", "", "_", ", ", "\n"])) for word in chosen)
    cases: list[Callable[[str], str]] = [str, str.lower, str.upper, str.title]
    text = draw(st.sampled_from(cases))(text)
    if draw(st.booleans()):
        swapped = draw(st.sampled_from(sorted(LOOKALIKES)))
        text = text.replace(swapped, draw(st.sampled_from(LOOKALIKES[swapped])))
    return text


@pytest.mark.parametrize("part", range(4))
def test_all_that_the_words_of_our_phrases_make_is_found(part: int) -> None:
    @settings(max_examples=60, deadline=None)
    @given(st.data())
    def compared(data: st.DataObject) -> None:
        group = data.draw(st.sampled_from(groups()[part::4]))
        text = data.draw(spelled(words_of(group)))
        seen = reading(text, data.draw(st.sampled_from(words_of(group))))
        compare(group, seen, seen.whole)
        start = data.draw(st.integers(0, len(text)))
        compare(group, seen, Span(start, data.draw(st.integers(start, len(text)))))

    compared()


def test_every_group_finds_in_the_examples_what_one_pattern_finds() -> None:
    drafts = [(example.good or example.bad)[:600] for rule in built_in() for example in rule.file.examples[::6]]
    for number, group in enumerate(groups()):
        for text in drafts[number % 97 :: 97]:
            seen = reading(text, "Dana")
            compare(group, seen, seen.whole)
            for sentence in seen.sentences[:2]:
                compare(group, seen, sentence.span)


_PHRASE = st.one_of(
    st.sampled_from(["<numbers>", "can't", "(a|an) (ask|skip)", r"\w+ ask", "asks?", "'s", "i", "ask it", "k"]),
    st.lists(
        st.sampled_from(["ask", "a", "is", "(is|kiss)", "(, a)?", "(ask)?", "sk", "[éia]", "ß", "'", "_", r"\d+"]),
        min_size=1,
        max_size=3,
    ).map(" ".join),
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(_PHRASE, min_size=1, max_size=5).map(tuple),
    st.lists(st.sampled_from([*"aisk'’_ ,éßİıſ\u212aA", " ask ", "is", " kiss"]), max_size=14).map("".join),
    st.data(),
)
def test_all_that_made_up_phrases_make_is_found(group: tuple[str, ...], text: str, data: st.DataObject) -> None:
    seen = reading(text, "Ask it", "kiss")
    compare(group, seen, seen.whole)
    start = data.draw(st.integers(0, len(text)))
    compare(group, seen, Span(start, data.draw(st.integers(start, len(text)))))


def test_a_phrase_is_found_at_the_cut_end_of_a_word() -> None:
    seen = reading("asks and asking")
    for within in (Span(0, 3), Span(9, 12), Span(0, 12)):
        compare(("ask",), seen, within)
    assert seen.find(("ask",), Span(0, 3)) == [Span(0, 3)]


@pytest.mark.parametrize("phrases", [(), ("ask",), ("ask it", "it"), ("a", "ask it", "ask")])
def test_what_is_masked_is_not_found(phrases: tuple[str, ...]) -> None:
    seen = reading("Ask It said: ask it, “ask it”, ask_it.", "Ask It")
    compare(phrases, seen, seen.whole)
    assert all(span.start in {13, 17} for span in seen.find(phrases, seen.whole))


@pytest.mark.parametrize("phrases", [("(ask)?",), ("(ask)?", "it"), ("it", "(ask)?"), ("(?=it)", "it", "ask")])
@pytest.mark.parametrize("text", ["", "ask it, ask", "it it", "ask", "it!", "it, "])
def test_a_phrase_that_takes_up_nothing_comes_to_an_end(phrases: tuple[str, ...], text: str) -> None:
    seen = reading(text)
    compare(phrases, seen, seen.whole)


# What is wanted of texts


def test_a_phrase_is_found_in_a_text_that_was_looked_at_before_anybody_wanted_it() -> None:
    seen = reading("Nobody has said zyzzogeton, zyzzogetons or zyzzx before.")
    assert seen.find(("nobody",), seen.whole)
    assert "zyzzogeton" not in wanted()
    assert [span.start for span in seen.find(("zyzzogetons?",), seen.whole)] == [16, 28]
    assert seen.find((r"\w+zzx", "zyzzx"), seen.whole) == [Span(43, 48)]


def test_of_a_text_only_what_is_wanted_is_kept() -> None:
    want(required(r"\bqwertz\b"))
    held = stretches("a qwertz and a qwerty") or frozenset()
    assert " qwertz " in held
    assert held.isdisjoint({"qwer", " qwerty ", "tz"})


@given(st.lists(st.sampled_from(["ask", "asks", "a", "is it", "ask is", "sk", r"\w+"]), min_size=1, max_size=40))
def test_many_phrases_are_looked_up_as_few_are_looked_through(sources: list[str]) -> None:
    whole = phrases.group(tuple(f"{source} {number}" for number, source in enumerate(sources)))
    texts = ["ask 1", "is it 12", "a 3 sk 5 ask is 7", "none", "a" * 41]
    for count in (4, 5):
        places = whole.places(Places.of((text, 1 << number) for number, text in enumerate(texts[:count])))
        for number, text in enumerate(texts[:count]):
            held = stretches(text)
            one_by_one = [phrase for phrase in whole.phrases if held is None or holds(phrase.needs, held)]
            looked_up = whole.living(held)
            assert list(looked_up.phrases if looked_up else ()) == one_by_one
            assert [phrase for phrase, bits in places if bits >> number & 1] == one_by_one


def test_a_word_wanted_later_is_told_of_words_that_were_met_before() -> None:
    assert stretches("a plugh") is not None
    want(((" plugh ",),))
    assert stretches("a plugh") == stretches("plugh a")
    assert " plugh " in (stretches("a plugh") or ())


def test_no_more_words_are_remembered_than_a_program_has_room_for() -> None:
    forget()
    for number in range(20_000):
        assert stretches(f"ask {number}") is not None
    assert len(_parts()) < 10_000


def test_what_another_process_was_told_is_looked_for_here() -> None:
    word = "zyzzyvas"  # on no list
    needs.store().take({b"\0" * 32: marshal.dumps([("", ((f" {word} ",),))])})
    try:
        assert f" {word} " in wanted()
    finally:
        needs.store().new.pop(b"\0" * 32)
