"""The page of one rule, the same headings in the same order for every rule."""

from __future__ import annotations

from collections.abc import Mapping

from followup_lint.accuracy import figures
from followup_lint.context import Context, Kind
from followup_lint.diagnostic import Severity
from followup_lint.pages.known import PRACTICES
from followup_lint.pages.markdown import bullets, code, fence, filled, plain, sections, table
from followup_lint.pages.options import default, described, form, options, shown
from followup_lint.pages.remedies import section, short
from followup_lint.pages.samples import Sample, Samples, underlined
from followup_lint.rule import Rule

_OTHERWISE = "otherwise"


def page(samples: Samples) -> str:
    """Return the Markdown page of a rule."""
    return f"{_head(samples)}{sections(*_parts(samples))}"


def _head(samples: Samples) -> str:
    rule = samples.rule
    made = f"<!-- Made from rules/{rule.name}.yaml by `python -m followup_lint.pages`; change that file instead. -->"
    fix = f"fix: {short(samples)}" if samples.sorts else "no automatic fix"
    facts = f"{severity(rule)} · {rule.file.preset} preset · {PRACTICES[rule.file.practice].lower()} · {fix}"
    return f"{made}\n\n# {rule.name}\n\n{facts}\n"


def _parts(samples: Samples) -> list[tuple[str, str]]:
    rule = samples.rule
    return [
        ("What it finds", _finds(rule)),
        ("Why it matters", filled(plain(rule.file.why))),
        ("How to mend it", _said(rule.file.fix)),
        ("Examples", _examples(samples)),
        ("Options", _options(rule)),
        ("When it applies", _applies(rule)),
        ("Severity", _severities(rule)),
        ("Automatic fix", section(samples)),
        ("How to silence it", _silence(rule)),
        ("Measured accuracy", _accuracy(rule)),
        ("Source", filled(plain(f"{rule.file.source[:1].upper()}{rule.file.source[1:]}."))),
    ]


def severity(rule: Rule) -> str:
    """Return the one severity of a rule, or the range of them."""
    given = rule.file.severity
    if not isinstance(given, dict):
        return given.value
    levels = sorted(set(given.values()), key=lambda level: level.rank)
    return levels[0].value if len(levels) == 1 else f"{levels[0].value} to {levels[-1].value}"


def _said(words: str | Mapping[str, str]) -> str:
    """Return words that may differ from case to case."""
    if isinstance(words, str):
        return filled(plain(words))
    merged: dict[str, list[str]] = {}
    for case, text in words.items():
        merged.setdefault(text, []).append(case)
    if len(merged) == 1:
        return filled(plain(next(iter(merged))))
    return "\n".join(filled(f"- {_cases(cases)}: {plain(text)}", more="  ") for text, cases in merged.items())


def _cases(cases: list[str]) -> str:
    return ", ".join(_OTHERWISE if case == "default" else code(case) for case in cases)


def _finds(rule: Rule) -> str:
    note = "Words in braces are filled in from the message." if "{" in str(rule.file.message) else ""
    return f"{_said(rule.file.message)}\n\n{note}"


def _examples(samples: Samples) -> str:
    rule, bad, good = samples.rule, samples.shown, samples.good
    shown = [_bad(item) for item in bad]
    shown += ["Nothing is found in these:" if len(good) > 1 else "Nothing is found in this one:"]
    shown += [fence(underlined(item), "text") for item in good]
    total = len(rule.file.examples)
    if total > len(bad) + len(good):
        shown.append(f"The rule file, `rules/{rule.name}.yaml`, holds all {total} examples; they are its tests.")
    return "\n\n".join(shown)


def _bad(sample: Sample) -> str:
    said: dict[str, None] = {}
    for item in sample.found:
        said[f"{item.severity}: {plain(item.message)}"] = None
        said |= {f"{remedy.applicability} remedy: {plain(remedy.title)}": None for remedy in item.remedies}
    files = [f"`{name}` lies beside it:\n\n{fence(text, 'text')}" for name, text in sample.example.beside.items()]
    return "\n\n".join([fence(underlined(sample), "text"), bullets(said), *files])


def _options(rule: Rule) -> str:
    check = rule.file.check
    link = f"[{check}](../check-types.md#{check})"
    rows = [(code(name), shown(value), form(check, name)) for name, value in rule.file.options.items()]
    if not rows:
        return f"The check is {link}; this rule sets none of its options."
    head = ("option", "value in this rule", "what it may be")
    left = [item for item in options(check) if item.name not in rule.file.options]
    defaults = ", ".join(f"{code(item.name)} ({default(item)})" for item in left)
    parts = [f"The check is {link}.", table(head, rows)]
    parts += [filled(f"Left as they are: {defaults}.")] if left else []
    return "\n\n".join([*parts, described(check)])


def _applies(rule: Rule) -> str:
    applies = rule.file.applies
    rows = []
    for one, many in (("kind", "kinds"), ("channel", "channels"), ("culture", "cultures")):
        wanted, unwanted = getattr(applies, many), getattr(applies, f"not_{many}")
        if wanted or unwanted:
            names = ", ".join(map(code, wanted or unwanted))
            rows.append(f"{one}: {names}" if wanted else f"{one}: any but {names}")
    parts = [bullets(rows) if rows else "To every message."]
    if lacks := _lacks(rule):
        parts.append(
            filled(f"It needs to know {plain(lacks)}; without that it is skipped (`--show-skipped` names it).")
        )
    parts.append("What these names mean: [Kinds and channels](../kinds.md).")
    return "\n\n".join(parts)


def _lacks(rule: Rule) -> str:
    """Return the fact that the rule cannot do without in the first message it is about."""
    applies = rule.file.applies
    kinds = [kind for kind in Kind if kind not in applies.not_kinds and (not applies.kinds or kind in applies.kinds)]
    return rule.check.lacks(Context(kind=kinds[0])) if kinds else ""


def _severities(rule: Rule) -> str:
    plain_rule, strict = rule.file.severity, rule.strictly().file.severity
    tables = [level if isinstance(level, dict) else {"default": level} for level in (plain_rule, strict)]
    cases = list(dict.fromkeys(case for levels in tables for case in levels if case != "default"))
    rows = []
    for case in [*cases, "default"]:
        usual, strictly = (levels.get(case, levels.get("default")) for levels in tables)
        runs = rule.file.preset == "recommended"
        lenient = usual if runs and usual is Severity.ERROR else None
        rows.append((_cases([case]), *(_level(item) for item in (lenient, usual if runs else None, strictly))))
    if len(rows) == 1:
        rows = [("always", *rows[0][1:])]
    silent = "\n\n–: not reported." if any("–" in row for row in rows) else ""
    return table(("case", "lenient", "recommended", "strict"), rows) + silent


def _level(level: Severity | None) -> str:
    return level.value if level else "–"


def _silence(rule: Rule) -> str:
    front = fence(f"---\nignore: {{{rule.name}: why it is right here}}\n---", "yaml")
    others = f"For all drafts of a folder: `ignore: [{rule.name}]` in `.followup-lint.yaml`."
    once = f"For one run: `--ignore {rule.name}`."
    more = "More in [Silencing](../silencing.md)."
    return f"In one draft, on top of it, with the reason:\n\n{front}\n\n{others}\n{once}\n\n{more}"


def _accuracy(rule: Rule) -> str:
    measured = figures().get(rule.name)
    if measured is None:
        return "No labelled message is about this rule yet."
    told = str(measured)
    return filled(f"{told[:1].upper()}{told[1:]}. [All figures](../accuracy.md), and how far to trust them.")
