"""How much to ask for, by name."""

PRESETS = ("lenient", "recommended", "strict")
"""The mildest first: errors alone, what is worth a word, and all there is."""
