"""The pages of `docs/` that are made from rule files, checks, schemas and the command: `python -m followup_lint.pages`.

Rule pages are made whole; in the other pages only what stands between `<!-- made: NAME -->` and `<!-- end -->` is.
"""

from __future__ import annotations

from pathlib import Path

from followup_lint.catalog import built_in, named
from followup_lint.pages import check_types, command_line, configuration, front_matter, rule_page, rules_index
from followup_lint.pages.regions import filled_in
from followup_lint.pages.samples import samples


def regions() -> dict[str, str]:
    """Return the parts of hand-written pages that are made, by name."""
    rules = built_in()
    return {
        "check-types": check_types.region(rules),
        "command-line": command_line.region(),
        "configuration": configuration.keys(),
        "configuration-rules": configuration.of_rules(),
        "configuration-companies": configuration.of_companies(),
        "front-matter": front_matter.keys(),
        "kinds": front_matter.kinds(named(rules, "body-too-long")),
        "channels": front_matter.channels(),
        "cultures": front_matter.cultures(),
    }


def pages(docs: Path) -> dict[str, str]:
    """Return every page that is made, or has a part that is: its path below `docs` to its text."""
    judged = [samples(rule) for rule in built_in()]
    made = {f"rules/{item.rule.name}.md": rule_page.page(item) for item in judged}
    made["rules/index.md"] = rules_index.page(judged)
    parts = regions()
    for file in sorted(docs.glob("*.md")):
        text = file.read_text(encoding="utf-8")
        if "<!-- made: " in text:
            made[file.name] = filled_in(text, parts, str(file))
    return made


def stale(docs: Path, made: dict[str, str]) -> list[Path]:
    """Return the rule pages of rules that are no more."""
    return [file for file in sorted((docs / "rules").glob("*.md")) if f"rules/{file.name}" not in made]
