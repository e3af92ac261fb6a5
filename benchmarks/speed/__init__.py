"""How fast followup-lint is, side by side with other tools on the same mails: run by `python benchmarks/compare.py`."""
