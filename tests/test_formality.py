from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_lint import formality, model
from followup_lint.text import Span
from followup_lint.tone import CASUAL, STIFF, Formality, Piece
from followup_lint.tone import score as score_pieces
from followup_lint.tone.features import MARKS, MEASURES, marks, word_lists
from followup_lint.tone.words import sentence
from followup_lint.vocabulary import rules_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc

    from followup_lint.language import Language

    Score = Callable[..., Formality]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return model.load()


@pytest.fixture(scope="module")
def score(nlp: Language) -> Score:
    def of(*texts: str, ignore: str = "") -> Formality:
        hidden = re.compile(re.escape(ignore)) if ignore else re.compile(r"(?!)")
        start, pieces = 0, []
        for text in texts:
            masks = [Span(*match.span()).shift(start) for match in hidden.finditer(text)]
            pieces.append(Piece(nlp(text), start, masks))
            start += len(text) + 1
        return score_pieces(pieces)

    return of


def pulls(found: Formality, *features: str) -> dict[str, float]:
    """Return the pull of each word of some features, or of those features themselves where they have no words."""
    found_words: dict[str, float] = {}
    for each in found.contributions:
        if each.feature in features:
            for mark in each.words:
                word = mark.word.lower().replace("’", "'")
                found_words[word] = found_words.get(word, 0) + mark.pull
            if not each.words:
                found_words[each.feature] = each.pull
    return found_words


@pytest.mark.parametrize(
    ("casual", "neutral", "formal"),
    [
        (
            "hey thx for showing me round, that kiln is awesome!!",
            "Thanks for showing me around the pottery; the kiln was good to see.",
            "Thank you for the tour of the pottery; the explanation of the kiln was particularly instructive.",
        ),
        (
            "So yeah, I'm kinda stoked about the ferry gig lol",
            "I would like to work on the ferries.",
            "I would be honoured to be considered for the position of deck officer.",
        ),
        (
            "any news yet?? u said monday :)",
            "Is there any news on the bakery job?",
            "May I ask whether a decision has been reached regarding the position of head baker?",
        ),
        (
            "Wow, can't believe you guys run it all on one box!",
            "It surprised me that you run everything on one machine.",
            "I was impressed to learn that the entire operation is conducted on a single machine.",
        ),
    ],
)
def test_casual_reads_less_formal_than_neutral_than_formal(
    score: Score, casual: str, neutral: str, formal: str
) -> None:
    low, middle, high = score(casual).score, score(neutral).score, score(formal).score
    assert low < middle < high
    assert low < -0.5
    assert high > 0.8


@pytest.mark.parametrize(
    ("plain", "marked", "feature"),
    [
        ("I am happy to send the plans.", "I'm happy to send the plans.", "contraction"),
        ("I am happy to send the plans.", "I’m happy to send the plans.", "contraction"),
        ("The porter is waiting outside.", "The porter's waiting outside.", "contraction"),
        ("It was good to see the mill.", "It was good to see the mill!", "exclamation"),
        ("It was good to see the mill.", "It was good to see the mill 😀.", "emoticon"),
        ("It was good to see the mill.", "It was good to see the mill :-)", "emoticon"),
        ("It was good to see the mill.", "It was sooo good to see the mill.", "stretched-word"),
        ("It was good to see the mill.", "It was good to see the mill...", "ellipsis"),
        ("The loom that you showed us was fast.", "The loom that you showed us was FAST.", "all-caps"),
        ("On Friday I saw the mill.", "On Friday i saw the mill.", "lowercase-i"),
        ("The mill was good to see.", "The mill was awesome to see.", "slang"),
        ("You may keep the samples.", "u may keep the samples.", "text-speak"),
        ("The mill was good to see.", "Oh, the mill was good to see.", "interjection"),
        ("The mill is full of tools.", "The mill is full of stuff.", "colloquial"),
    ],
)
def test_a_casual_mark_pulls_down_and_is_named(score: Score, plain: str, marked: str, feature: str) -> None:
    before, after = score(plain), score(marked)
    assert after.score < before.score
    assert not pulls(before, feature)
    assert all(pull < 0 for pull in pulls(after, feature).values())
    assert pulls(after, feature)


@pytest.mark.parametrize(
    ("text", "feature"),
    [
        ("The dyer's notebook lay open.", "contraction"),
        ("O'Brien showed me the notebook.", "contraction"),
        ("We mixed it in a ratio of 3:1 (see page 8).", "emoticon"),
        ("The notes (see note 8) are attached.", "emoticon"),
        ("The file is at http://example.org/a.", "emoticon"),
        ("I used SQL, HTML and NASA data.", "all-caps"),
        ("The i.e. was missing.", "lowercase-i"),
        ("Chapter III and www.example.org helped.", "stretched-word"),
        ("The follow-up was well-planned.", "dash"),
        ("I met Guy Tremblay at the weir.", "colloquial"),
        ("In January we cut LOL by a third.", "text-speak"),
    ],
)
def test_what_only_looks_like_a_casual_mark_is_none(score: Score, text: str, feature: str) -> None:
    assert not pulls(score(text), feature)


@pytest.mark.parametrize("word", ["sincerely", "kindly", "herewith", "furthermore", "grateful", "thank"])
def test_formal_words_pull_up(score: Score, word: str) -> None:
    assert pulls(score(f"I {word} wrote to the yard."), "polite", "ceremonious", "formal", f"word: {word}")[word] > 0


MESSAGES = [
    ("Thanks for today!", "I can't wait to see the boats, lol.", "Kindly let me know."),
    ("Thank you.",),
    ("lol omg thx!!! u guys are awesome :D :D :D",),
    ("We hereby acknowledge your esteemed consideration; furthermore, we respectfully express sincere gratitude.",),
    ("", "Thank you for the tea.", "…", "42"),
]


@pytest.mark.parametrize("texts", MESSAGES)
def test_contributions_sum_to_the_score_and_stand_in_order(score: Score, texts: tuple[str, ...]) -> None:
    found = score(*texts)
    assert sum(each.pull for each in found.contributions) == pytest.approx(found.score)
    strengths = [abs(each.pull) for each in found.contributions]
    assert strengths == sorted(strengths, reverse=True)
    assert -3 <= found.score <= 3


@pytest.mark.parametrize("texts", MESSAGES)
def test_spans_hold_the_word_that_pulls(score: Score, texts: tuple[str, ...]) -> None:
    for each in score(*texts).contributions:
        assert sum(mark.pull for mark in each.words) == pytest.approx(each.pull if each.words else 0)
        for mark in each.words:
            assert mark.span.of("\n".join(texts)) == mark.word


def test_spans_are_offsets_into_the_whole_text(score: Score) -> None:
    found = score("The yard was quiet.", "Honestly, it was awesome.", "Awesome tools too.")
    (slang,) = [each for each in found.contributions if each.feature == "slang"]
    assert {mark.span for mark in slang.words} == {Span(37, 44), Span(46, 53)}
    assert slang.pull == pytest.approx(slang.weight * slang.value)


def test_the_ends_of_the_scale_hold(score: Score) -> None:
    low = score("lol omg thx u guys are sooo awesome!!! :D")
    assert low.score == -3
    assert [each for each in low.contributions if each.feature == "end-of-scale"]


def test_a_message_is_no_more_formal_for_being_long(score: Score) -> None:
    texts = ("Thank you for the tour of the lock.", "I'd love to work there!", "My notes on the sluice are below.")
    assert score(*texts * 4).score == pytest.approx(score(*texts).score)


def test_a_message_lies_between_its_sentences(score: Score) -> None:
    low, high = "Wow, what a cool barge!", "I am grateful for the consideration of my application."
    assert score(low).score < score(low, high).score < score(high).score


@pytest.mark.parametrize("name", ["Sir Awesome", "THE GUYS", "Sincere Regards", "Hey", "lol", "Yahoo!"])
def test_masked_names_do_not_pull(score: Score, name: str) -> None:
    masked = score(f"I talked to {name} about the canal.", ignore=name)
    other = score("I talked to Ann about the canal.", ignore="Ann")
    features = {each.feature for each in (*masked.contributions, *other.contributions) if each.words}
    assert pulls(masked, *features) == pytest.approx(pulls(other, *features))


def test_a_masked_name_in_small_letters_opens_no_sentence_in_small_letters(score: Score) -> None:
    found = score("iRent was kind to us.", ignore="iRent")
    assert pulls(found, "lower-case-start")["lower-case-start"] >= 0


@pytest.mark.parametrize("texts", [(), ("",), ("…", "!!!"), ("555 0142",), ("Maria",)])
def test_without_a_word_there_is_nothing_to_judge(score: Score, texts: tuple[str, ...]) -> None:
    assert score(*texts, ignore="Maria") == Formality(0.0, ())


def test_pull_sums_up_a_group_of_features(score: Score) -> None:
    casual, stiff = score("Hey, that's so cool!"), score("Kindly find herewith the map.")
    assert casual.pull(CASUAL) == pytest.approx(sum(pulls(casual, *CASUAL).values()))
    assert casual.pull(CASUAL) < -1
    assert stiff.pull(CASUAL) == 0
    assert stiff.pull(STIFF) > 1


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="aiI'’ .!?:)(-–…😀\n7éLOlol", max_size=25), max_size=4))
def test_no_text_upsets_it(texts: list[str]) -> None:
    docs: list[Doc] = [model.load().tokenizer(text) for text in texts]
    starts = [sum(len(text) + 1 for text in texts[:index]) for index in range(len(texts))]
    found = score_pieces(Piece(doc, start) for doc, start in zip(docs, starts, strict=True))
    assert sum(each.pull for each in found.contributions) == pytest.approx(found.score)
    whole = "\n".join(texts)
    assert all(mark.span.of(whole) == mark.word for each in found.contributions for mark in each.words)


MESSAGE = """\
Hi Dana,

Thx for the tour! It's a fine yard, and I'm grateful for your time.

Cheers,
Tom

On Monday, Dana wrote:
> Kindly find herewith the aforementioned rota, lol.
"""


def test_a_whole_message_is_cut_up_and_its_quoted_mail_left_out() -> None:
    found = formality(MESSAGE)
    words = {mark.word for each in found.contributions for mark in each.words}
    assert {"Hi", "Thx", "!", "It's", "I'm", "grateful", "Cheers"} <= words
    assert not {"Kindly", "herewith", "lol"} & words
    assert all(mark.span.of(MESSAGE) == mark.word for each in found.contributions for mark in each.words)
    assert sum(each.pull for each in found.contributions) == pytest.approx(found.score)


@pytest.mark.parametrize("text", ["", " \n\n", "…", "> ", "555 0142"])
def test_a_text_without_words_scores_nothing(text: str) -> None:
    assert formality(text) == Formality(0.0, ())


def test_one_sentence_and_the_same_in_two_lines_score_alike() -> None:
    assert formality("I would be glad\r\nto join your crew.").score == pytest.approx(
        formality("I would be glad to join your crew.").score
    )


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet="aiI'’ .!?:>)(-–…😀\n\r\t7éLOlol,", max_size=60))
def test_any_text_can_be_judged(text: str) -> None:
    found = formality(text)
    assert -3 <= found.score <= 3
    assert all(mark.span.of(text) == mark.word for each in found.contributions for mark in each.words)


def test_importing_the_package_loads_neither_spacy_nor_the_score() -> None:
    code = "import sys; from followup_lint import formality; print('spacy' in sys.modules, callable(formality))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]


def test_ten_of_a_kind_count_for_four(nlp: Language) -> None:
    found = [mark.feature for mark in marks(sentence(nlp("lol " * 10)))]
    assert found.count("text-speak") == 4


def test_no_word_stands_in_two_lists() -> None:
    lists = word_lists()
    words = [word for entries in lists.values() for word in entries]
    assert len(words) == len(set(words))
    assert all(word == word.lower() and "’" not in word for word in words)


def test_the_stored_weights_know_every_feature_and_no_listed_word() -> None:
    stored = json.loads(rules_folder().joinpath("vocabulary", "formality.json").read_text(encoding="utf-8"))
    assert set(stored["measures"]) == set(stored["centre"]) == set(MEASURES)
    assert set(stored["marks"]) == {*MARKS, *word_lists()}
    assert not set(stored["words"]) & frozenset().union(*word_lists().values())
    assert stored["provenance"]["spearman, cross-validated"]["email"] >= 0.72
    assert set(stored["marks"]) >= CASUAL | STIFF
    assert all(stored["marks"][name] < 0 for name in CASUAL)
    assert all(stored["marks"][name] > 0 for name in STIFF)
