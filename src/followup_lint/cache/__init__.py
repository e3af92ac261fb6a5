"""What was found before, kept so that it need not be found again: results by content, and whole runs.

`vault` and `observe` are what a hit is made of. They import nothing that Python has not loaded already but digests, and
so they hold neither dataclasses nor names from `typing`: those take longer to load than a hit takes. `canonical`,
`plain` and `results` keep the result of one draft, `recording` a whole run; `sweep` keeps the folder small.
"""
