"""Rule files to rules: each is looked through whole when it is loaded, and told with the places of its faults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from followup_lint import hazards
from followup_lint.errors import Problem, hint, problems
from followup_lint.form import adapter
from followup_lint.records import fields
from followup_lint.rule import COMMON, Check, Rule, check_class, check_names, ready
from followup_lint.rule_file import RuleFile
from followup_lint.strict_yaml import Document, Path, load

if TYPE_CHECKING:
    from pydantic import ValidationError


_KINDER = {
    "int_parsing": "is no whole number",
    "int_from_float": "is no whole number",
    "float_parsing": "is no number",
    "bool_parsing": "is neither true nor false",
}
"""What is said of a value of the wrong type, in place of pydantic's words."""


def read_rule(source: str, path: str, name: str, *, trusted: bool = False) -> Rule:
    """Read one rule file. Raises Problems with all that is wrong in it, each at its place.

    The phrases of a `trusted` file are ours, and are not judged once more.
    """
    try:
        document = load(source, path)
    except Problem as problem:
        raise problems([problem]) from None
    from pydantic import ValidationError

    try:
        file: RuleFile = adapter(RuleFile).validate_python(document.value)
    except ValidationError as error:
        raise problems(_told(document, error, ())) from None
    if file.check not in check_names():
        meant = hint(file.check, check_names(), f"expected one of {', '.join(check_names())}")
        raise problems([document.problem(f"unknown check '{file.check}'; {meant}", ("check",))])
    check = make_check(file.check, file.options, document, ("options",), trusted=trusted)
    rule = Rule(name, ready(file), ready(check), ready(document))
    found = [*holes({"message": file.message, "fix": file.fix}, check, document), *_marks(rule)]
    if not trusted and isinstance(document.value, dict):
        found += hazards.of_replacements(document.value.get("replace", ""), document, ("replace",))
    if found:
        raise problems(found)
    return rule


def make_check(
    name: str, options: Mapping[str, Any], document: Document, above: Path, *, trusted: bool = False
) -> Check:
    """Return a check with its options, which stand in `document` under `above`. Raises Problems.

    Phrases that could keep a run busy for ever are wrong, unless they are `trusted`, being ours.
    """
    kind = check_class(name)
    known = {option.name for option in fields(kind)}
    expected = f"expected one of {', '.join(sorted(known))}"
    unknown = [option for option in options if option not in known]
    if unknown:
        told = {option: f"unknown option '{option}'; {hint(option, known, expected)}" for option in unknown}
        raise problems([document.problem(words, (*above, option), key=True) for option, words in told.items()])
    from pydantic import ValidationError

    try:
        check: Check = adapter(kind).validate_python(dict(options))
    except ValidationError as error:
        raise problems(_told(document, error, above)) from None
    found = [document.problem(words, (*above, *path)) for path, words in _negative(check)]
    if not trusted:
        found += hazards.of_options(dict(options), document, above, getattr(check, "expand", None))
    if found:
        raise problems(found)
    return check


def _negative(check: Any) -> Iterator[tuple[Path, str]]:
    """Yield the options that count something and are below zero, but for the value that says "no limit"."""
    for option in fields(check):
        values: list[tuple[Path, object]] = [((option.name,), getattr(check, option.name))]
        for path, value in values:
            if isinstance(value, Mapping):
                values += [((*path, key), one) for key, one in value.items()]
            elif isinstance(value, int) and value < 0 and value != option.default:
                yield path, f"{'.'.join(map(str, path))}: '{value}' is below 0"


def _told(document: Document, error: ValidationError, above: Path) -> list[Problem]:
    """Return one problem for each place; of the ways in which a value fits none of several forms, the deepest."""
    found: dict[Path, Problem] = {}
    for item in error.errors():
        path, deep = above, item["loc"]
        for step in deep:  # a step that is nowhere in the document names one of the forms a value may have
            path = (*path, step) if (*path, step) in document.marks else path
        where = ".".join(map(str, path[len(above) :] or deep))
        if item["type"] in {"extra_forbidden", "unexpected_keyword_argument"}:
            what = "option" if above else "key"
            found[path] = document.problem(f"unknown {what} '{deep[-1]}'", path, key=True)
        elif item["type"] in {"missing", "missing_argument"}:
            found[(*above, *deep)] = document.problem(f"'{'.'.join(map(str, deep))}' is missing", path)
        else:
            said = f"'{item['input']}' {_KINDER[item['type']]}" if item["type"] in _KINDER else item["msg"].lower()
            words = f"{where}: {said}" if where else said
            found.setdefault(path, document.problem(words, path))
    above_others = {other[:size] for other in found for size in range(len(other))}
    return [problem for path, problem in found.items() if path not in above_others]


def holes(
    texts: Mapping[str, str | dict[str, str]], check: Check, document: Document, above: Path = ()
) -> Iterator[Problem]:
    """Yield a problem for each hole in a rule's words, texts or tables of them, that the check does not fill."""
    import string

    allowed = COMMON | check.VALUES
    expected = ", ".join(sorted(allowed))
    for key, table in texts.items():
        for case, words in table.items() if isinstance(table, dict) else [("", table)]:
            path = (*above, key, case) if case else (*above, key)
            try:
                found = [hole for _, hole, _, _ in string.Formatter().parse(words) if hole is not None]
            except ValueError as error:
                yield document.problem(f"{key}: {error}", path)
                continue
            for hole in found:
                if hole not in allowed:
                    yield document.problem(f"{key}: the check fills no hole {{{hole}}}; it fills {expected}", path)


def _marks(rule: Rule) -> Iterator[Problem]:
    for number, example in enumerate(rule.file.examples):
        path = ("examples", number)
        if bool(example.good) == bool(example.bad):
            yield rule.document.problem("an example is either good or bad", path)
        elif example.bad and "[[" not in example.bad:
            yield rule.document.problem("a bad example marks the words that are found with [[ ]]", path)
        elif example.fixed and not example.bad:
            yield rule.document.problem("a good example needs no mending", (*path, "fixed"))
    for kind in ("good", "bad"):
        if not any(getattr(example, kind) for example in rule.file.examples):
            yield rule.document.problem(f"at least one {kind} example is needed", ("examples",))
