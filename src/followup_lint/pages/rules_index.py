"""The page that lists all rules, by practice."""

from __future__ import annotations

from collections.abc import Sequence

from followup_lint.pages.known import PRACTICES
from followup_lint.pages.markdown import filled, plain, table
from followup_lint.pages.remedies import short
from followup_lint.pages.rule_page import severity
from followup_lint.pages.samples import Samples

_WHAT = {
    0: "What belongs to no practice: that nothing of the tools or templates you used is left in the message.",
    1: "Within a day: thanks, interest, and something that only this interview could have given.",
    2: "After a week of silence, ask where things stand, and offer something new.",
    3: "Little to read, few questions: their time is short.",
    4: "As formal as the company, on a channel it uses.",
    5: "A week between messages, no pressure, and an end.",
}
_HEAD = ("rule", "severity", "preset", "fix", "why")


def page(rules: Sequence[Samples]) -> str:
    """Return the page."""
    made = "<!-- Made from the rule files by `python -m followup_lint.pages`; change those instead. -->"
    intro = (
        f"{len(rules)} rules, by the practice they serve. The `recommended` preset runs the rules marked so, `strict` "
        "runs all of them, `lenient` reports only the errors of `recommended`. `followup-lint --explain RULE` tells "
        "much the same in your terminal."
    )
    parts = [f"{made}\n\n# Rules\n\n{filled(intro)}"]
    for number, name in PRACTICES.items():
        here = [item for item in rules if item.rule.file.practice == number]
        if here:
            parts.append(f"## {name}\n\n{_WHAT[number]}\n\n{table(_HEAD, map(_row, here))}")
    return "\n\n".join(parts) + "\n"


def _row(samples: Samples) -> tuple[str, ...]:
    rule = samples.rule
    link = f"[{rule.name}]({rule.name}.md)"
    return link, severity(rule), rule.file.preset, short(samples) or "–", plain(rule.file.why)
