"""Words found whole, against a regular expression of all of them."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from followup_lint.masks import whole
from followup_lint.text import Span

LETTERS = "abé_. -(\n"


@given(st.sets(st.text(LETTERS, min_size=2, max_size=5), max_size=8), st.text(LETTERS, max_size=60))
def test_whole_words_are_found_as_a_regular_expression_finds_them(words: set[str], text: str) -> None:
    pattern = "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or r"(?!)"
    found = [Span(*match.span()) for match in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", text)]
    assert list(whole(words, text)) == found
