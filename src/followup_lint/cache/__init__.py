"""What was found before, kept so that it need not be found again: results by content, and whole runs.

`seal`, `store`, `stamp`, `observe` and `replay` are what a hit is made of. They import nothing that Python has not
loaded already but digests, and so they hold neither dataclasses nor names from `typing`: those would take longer to
load than a hit takes. `canonical`, `plain` and `results` keep the result of one draft, `recording` a whole run.
"""
