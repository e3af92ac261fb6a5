"""A pipeline put together from the files of a model: the same classes and weights as `spacy.load` would take."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from followup_lint import patterns
from followup_lint.quick.exceptions import Cutter
from followup_lint.quick.pipeline import Quick
from followup_lint.quick.shape import Shape
from followup_lint.quick.words import Words

_NOT_VOCAB = ["vocab"]


def build(folder: Path, shape: Shape) -> Quick:
    """Return the pipeline. Raises OSError or ValueError where a file is missing or of another form."""
    from spacy.lang.en import English
    from spacy.pipeline.tok2vec import Tok2Vec
    from spacy.vocab import create_vocab
    from thinc.api import use_ops

    vocab: Any = create_vocab("en", English.Defaults)
    # Strings are known as they are met, and the small model has no vectors; norms are what the tagger looks at.
    vocab.from_disk(folder / "vocab", exclude=["strings", "vectors"])
    tokenizer = _tokenizer(vocab, folder / "tokenizer")
    # OpenBLAS multiplies matrices of this size a third faster than BLIS; tags, heads and labels are the same.
    with use_ops("numpy", use_blis=False):
        tok2vec = Tok2Vec(vocab, _tok2vec(shape)).from_disk(folder / "tok2vec", exclude=_NOT_VOCAB)
        parts = [tok2vec, _tagger(vocab, shape, folder / "tagger"), _parser(vocab, shape, folder / "parser")]
    return Quick(vocab, tokenizer, parts, Words(vocab, folder))


def _tokenizer(vocab: Any, path: Path) -> Cutter:
    """Return the tokenizer, built once; `spacy.load` makes the language's own first and then that of the model."""
    import srsly
    from spacy.attrs import NORM, ORTH
    from spacy.tokenizer import Tokenizer

    data: Any = srsly.msgpack_loads(path.read_bytes())
    exceptions = data["exceptions"]
    if any(token.keys() - {NORM, ORTH} for tokens in exceptions.values() for token in tokens):
        raise ValueError("an exception sets more than a norm")  # what is set here would go before what is predicted

    def compiled(name: str) -> Any:
        return data[name] and patterns.compile(data[name])

    prefix, suffix, infix = compiled("prefix_search"), compiled("suffix_search"), compiled("infix_finditer")
    whole, url = compiled("token_match"), compiled("url_match")
    tokenizer = Tokenizer(
        vocab,
        prefix_search=prefix and prefix.search,
        suffix_search=suffix and suffix.search,
        infix_finditer=infix and infix.finditer,
        token_match=whole and whole.match,
        url_match=url and url.match,
        faster_heuristics=data["faster_heuristics"],
    )
    return Cutter(tokenizer, exceptions)


def _tok2vec(shape: Shape) -> Any:
    from spacy.ml.models.tok2vec import MaxoutWindowEncoder, MultiHashEmbed, build_Tok2Vec_model

    return build_Tok2Vec_model(
        MultiHashEmbed(shape.width, list(shape.attrs), list(shape.rows), include_static_vectors=False),
        MaxoutWindowEncoder(shape.width, shape.window, shape.pieces, shape.depth),
    )


def _listener(shape: Shape) -> Any:
    from spacy.ml.models.tok2vec import tok2vec_listener_v1

    return tok2vec_listener_v1(shape.width, "tok2vec")


def _tagger(vocab: Any, shape: Shape, folder: Path) -> Any:
    from spacy.ml.models.tagger import build_tagger_model
    from spacy.pipeline import Tagger

    tagger = Tagger(vocab, build_tagger_model(_listener(shape)))
    tagger.cfg.update(json.loads((folder / "cfg").read_bytes()))
    for label in tagger.labels:
        vocab.strings.add(label)
    tagger.model.from_bytes((folder / "model").read_bytes())
    return tagger


def _parser(vocab: Any, shape: Shape, folder: Path) -> Any:
    from spacy.ml.models.parser import build_tb_parser_model
    from spacy.pipeline import DependencyParser

    model = build_tb_parser_model(
        _listener(shape),
        "parser",
        extra_state_tokens=False,
        hidden_width=shape.hidden,
        maxout_pieces=shape.parser_pieces,
        use_upper=shape.has_upper,
    )
    return DependencyParser(vocab, model).from_disk(folder, exclude=_NOT_VOCAB)
