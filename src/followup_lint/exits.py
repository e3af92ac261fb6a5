"""Exit codes, as linters have them."""

CLEAN, FINDINGS, TROUBLE = 0, 1, 2
