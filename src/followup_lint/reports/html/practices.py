"""The five practices as a checklist: each thing with a sign, the words it rests on, and its measure as a bar."""

from __future__ import annotations

from collections.abc import Iterator

from followup_lint.checklist import Band, Budget, Checklist, Element, Practice, State
from followup_lint.context import Culture
from followup_lint.reading import Reading
from followup_lint.reports.checklist import sign
from followup_lint.reports.html.letter import Mark
from followup_lint.reports.html.markup import Html, joined, tag
from followup_lint.reports.quotes import quotes

TITLES = {1: "Say thank you", 2: "Follow up", 3: "Keep it short", 4: "Fit their tone", 5: "Be patient"}
SPOKEN = {"✓": "In order", "✗": "To mend", "~": "Could be better", "–": "Not judged"}
_CLASSES = {"✓": "good", "✗": "poor", "~": "fair", "–": "open"}
_QUOTED, _SHOWN = 72, 4


def evidence(found: Checklist, key: str) -> list[Mark]:
    """Return the words that the checklist points at, as marks to go to."""
    return [
        Mark(span, f"{key}-e{number}.{place}", "evidence")
        for number, item in enumerate(found.elements)
        if item.state is State.PRESENT
        for place, span in enumerate(item.evidence)
    ]


def pills(practices: tuple[Practice, ...]) -> Html:
    """Return the five practices in one line, each with its sign."""
    items = [
        tag("li", signed(sign(item.state, item.severity)), " ", TITLES[item.number], class_="pill")
        for item in practices
    ]
    return tag("ul", *items, class_="pills", aria_label="The five practices")


def signed(mark: str) -> Html:
    """Return a sign with its meaning for those who hear the page."""
    return joined(
        [
            tag("span", mark, class_=f"sign {_CLASSES[mark]}", aria_hidden="true"),
            tag("span", f"{SPOKEN[mark]}:", class_="unseen"),
        ]
    )


def practices(found: Checklist, reading: Reading, key: str) -> Html:
    """Return the checklist of one draft."""
    number = {id(item): place for place, item in enumerate(found.elements)}
    cards = []
    for practice in found.practices:
        rows = [
            _row(item, reading, f"{key}-e{number[id(item)]}")
            for item in practice.elements
            if item.state is not State.NOT_APPLICABLE and (item.state is not State.NOT_JUDGED or item.said)
        ]
        if rows:
            title = tag("h4", signed(sign(practice.state, practice.severity)), " ", TITLES[practice.number])
            cards.append(tag("section", title, tag("ul", *rows), class_="card"))
    left_out = [item.name for item in found.elements if item.state is State.NOT_JUDGED and not item.said]
    rest = tag("p", f"Not looked at this time: {', '.join(left_out)}.", class_="aside") if left_out else ""
    return joined([tag("div", *cards, class_="cards"), rest])


def _row(item: Element, reading: Reading, key: str) -> Html:
    mark = sign(item.state, item.severity)
    name = tag("span", item.name, class_="name")
    return tag("li", signed(mark), " ", tag("div", name, *_told(item, reading, key), class_="thing"))


def _told(item: Element, reading: Reading, key: str) -> Iterator[Html]:
    if item.state is State.LET_BE:
        yield tag("p", f"Left as it is: {item.said}" if item.said else "Left as it is", class_="said")
        return
    if item.budget:
        yield _bar(item.budget)
    if item.band:
        yield _scale(item.band, reading.context.culture)
    if item.said and not (item.budget and item.budget.over):
        yield tag("p", item.said, class_="said")
    if item.state is State.PRESENT and not item.budget:
        words = list(_words(item, reading, key))
        if words:
            yield tag("p", *words, class_="words")


def _words(item: Element, reading: Reading, key: str) -> Iterator[str]:
    at = {span.start: f"{key}.{place}" for place, span in enumerate(item.evidence)}
    for place, (words, span) in enumerate(quotes(reading, item.evidence, _QUOTED)[:_SHOWN]):
        near = min(at, key=lambda start, here=span.start: abs(start - here))  # type: ignore[misc]
        yield " · " if place else ""
        yield tag("a", f"“{words}”", href=f"#{at[near]}")


def _bar(budget: Budget) -> Html:
    fill = tag("span", style=f"width:{budget.share * 100:.0f}%")
    kind = "bar over" if budget.over else "bar"
    return joined([tag("span", fill, class_=kind, aria_hidden="true"), tag("p", str(budget), class_="said")])


def _scale(band: Band, culture: Culture) -> Html:
    def place(score: float) -> float:
        return (3 - max(-3.0, min(3.0, score))) / 6 * 100

    left, right = place(band.high), place(band.low)
    inside = band.low <= band.score <= band.high
    told = "within" if inside else "outside"
    words = f"Tone: {band.score:+.1f} from −3, casual, to +3, formal; {told} what a {culture} company is used to"
    drawn = tag(
        "span",
        tag("span", class_="band", style=f"left:{left:.0f}%;width:{right - left:.0f}%"),
        tag("span", class_="dot" if inside else "dot out", style=f"left:{place(band.score):.0f}%"),
        class_="track",
    )
    ends = (tag("span", "formal", aria_hidden="true"), tag("span", "casual", aria_hidden="true"))
    return tag("div", ends[0], drawn, ends[1], class_="scale", role="img", aria_label=words)
