"""The page: nothing of a draft is ever more than text on it, and everybody can read it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from chromium import Browser, browser, program
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followup_lint import catalog
from followup_lint.context import Context
from followup_lint.draft import Draft, Header
from followup_lint.errors import Problem
from followup_lint.explain.finding import explainer
from followup_lint.linter import Linter, Result
from followup_lint.reader import Message, read_message
from followup_lint.reports import html
from followup_lint.reports.html.letter import Mark, letter
from followup_lint.reports.html.markup import escaped, private, shown, tag
from followup_lint.reports.report import Report
from followup_lint.structure import cut
from followup_lint.text import Span

ROOT = Path(__file__).parents[1]
STRICT = Linter(catalog.choose(catalog.built_in(), "strict", (), ()))
# Rules that look at every sort of place, and never ask for a parse.
NAMES = (
    "template-placeholder",
    "exclamation-excess",
    "emoji",
    "all-caps",
    "canned-phrase",
    "body-too-long",
    "subject-*",
)
FAST = Linter(catalog.choose(catalog.built_in(), "strict", (*NAMES, "signoff-missing", "late-thank-you"), ()))

HOSTILE = """---
kind: thank-you
to: "</style><script>document.title='to'</script>"
company: "javascript:alert(1)"
ignore: {canned-phrase: "<b onclick=alert(1)>house style</b>", emoji: "</p><script>document.title='ignore'</script>"}
---
Subject: <script>document.title='subject'</script> "quoted" & 'quoted'

Hi [Name]<script>document.title='hi'</script>,

I hope this email finds you well 🎉. </style></textarea>
<img src=https://evil.example/x.png onerror="document.title='img'">
Please answer by tomorrow noon or, when I start, I will ask\u202e REVERSED \u202c again!!! [Company] asap
<a href="javascript:document.title='link'">me</a> <!-- <script>document.title='comment'</script> --> &lt;b&gt; ]]>

Who else is applying? What do you pay? When will you decide?

Best,
Rui <style>body{display:none}</style>

On Mon, 4 May 2026 at 16:02, Ingrid Vale <ingrid@vale-optics.example> wrote:

> <iframe src="https://evil.example"></iframe>
"""


def report(*texts: tuple[str, str], linter: Linter = STRICT, **more: Any) -> Report:
    results = [linter.lint(read_message(text.encode(), path, {})) for path, text in texts]
    return Report(results, read=lambda item: linter.read(Message(item.draft, item.context)), **more)


def tree(page: str) -> Element:
    """Parse as browsers do; the parser raises at the first fault they would mend in silence."""
    parsed: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    return parsed


def words(element: Element) -> str:
    return "".join(element.itertext())


def letters(root: Element) -> list[str]:
    """Return the text of each message on the page, line by line as it stands, folded parts too."""
    found = [item for item in root.iter("div") if item.get("class") == "letter"]
    return ["".join(words(line) for line in item.iter("div") if "line" in str(item_class(line))) for item in found]


def item_class(element: Element) -> list[str]:
    return (element.get("class") or "").split()


@pytest.fixture(scope="module")
def examples() -> str:
    paths = sorted((ROOT / "examples").iterdir())
    return html.render(report(*((f"examples/{path.name}", path.read_text(encoding="utf-8")) for path in paths)))


@pytest.fixture(scope="module")
def hostile() -> str:
    return html.render(report(("<script>x</script>.txt", HOSTILE)))


@pytest.fixture(params=["examples", "hostile"], scope="module")
def page(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(request.param))


def test_a_page_loads_nothing_and_runs_nothing(page: str) -> None:
    root = tree(page)
    elements = list(root.iter())
    forbidden = {"script", "iframe", "img", "link", "object", "embed", "form", "base", "svg", "input", "button"}
    assert {str(item.tag) for item in elements} & forbidden == set()
    assert [
        name for item in elements for name in item.attrib if name.startswith("on") or name in {"src", "action"}
    ] == []
    assert [item.get("href") for item in root.iter("a") if not str(item.get("href")).startswith("#")] == []
    assert [item.get("style") for item in elements if not _is_number_only(item.get("style"))] == []
    (policy,) = [item for item in root.iter("meta") if item.get("http-equiv") == "Content-Security-Policy"]
    assert policy.get("content") == "default-src 'none'; style-src 'unsafe-inline'"
    style = words(next(root.iter("style")))
    assert not re.search(r"url\(|@import|expression", style)


def _is_number_only(style: str | None) -> bool:
    return style is None or re.fullmatch(r"(?:(?:grid-row|width|left):[\d /%]+;?)+", style) is not None


def test_every_link_arrives_and_every_id_is_the_only_one(page: str) -> None:
    root = tree(page)
    ids = [item.get("id") for item in root.iter() if item.get("id")]
    assert len(ids) == len(set(ids))
    wanted = [str(item.get("href"))[1:] for item in root.iter("a")]
    for item in root.iter():
        for name in ("aria-describedby", "aria-labelledby"):
            wanted += (item.get(name) or "").split()
    assert set(wanted) - set(ids) == set()


def test_marks_and_notes_point_at_each_other(page: str) -> None:
    root = tree(page)
    notes = [item for item in root.iter("li") if "note" in item_class(item)]
    assert notes
    badges = {item.get("href"): item for item in root.iter("a") if "badge" in item_class(item)}
    described = {name for item in root.iter("mark") for name in str(item.get("aria-describedby")).split()}
    pinned = {str(item.get("href"))[1:] for item in badges.values() if "pin" in item_class(item)}
    for note in notes:
        (back,) = [item for item in note.iter("a") if "badge" in item_class(item)]
        assert badges[f"#{note.get('id')}"].get("id") == str(back.get("href"))[1:]
        assert note.get("id") in described | pinned
        assert back.get("aria-label")
    assert described & pinned == set()


def test_headings_go_down_one_step_at_a_time_under_one_title(page: str) -> None:
    root = tree(page)
    levels = [int(str(item.tag)[1]) for item in root.iter() if re.fullmatch(r"h[1-6]", str(item.tag))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert root.get("lang") == "en"
    assert words(next(root.iter("title"))).strip()
    assert {"header", "main", "footer"} <= {str(item.tag) for item in root.iter()}
    skip = next(root.iter("a"))
    assert (skip.get("class"), skip.get("href")) == ("skip", "#main")


def test_what_is_drawn_is_also_said(page: str) -> None:
    root = tree(page)
    for item in root.iter():
        names = item_class(item)
        if "scale" in names:
            assert item.get("role") == "img"
            assert re.match(
                r"Tone: [+-]\d\.\d from −3, casual, to \+3, formal; within|outside", str(item.get("aria-label"))
            )
        if "sign" in names or "bar" in names:
            assert item.get("aria-hidden") == "true"
        if "badge" in names:
            assert item.get("aria-label")


def test_the_message_stands_there_to_the_letter(hostile: str) -> None:
    (letter,) = letters(tree(hostile))
    assert letter == shown(HOSTILE)
    assert "\ufffd REVERSED \ufffd" in letter


def test_mail_shows_its_envelope_and_folds_the_rest() -> None:
    text = (ROOT / "examples" / "reply.eml").read_text(encoding="utf-8")
    built = report(("reply.eml", text))
    root = tree(html.render(built))
    assert letters(root) == [shown(built.results[0].draft.text)]
    zones = {item_class(item)[1]: words(item) for item in root.iter("div") if "zone" in item_class(item)}
    assert set(zones) == {"envelope", "route", "body", "thread"}
    assert "Subject: Re: Lens technician, Tuesday" in zones["envelope"]
    assert "In-Reply-To" in zones["route"]
    assert "Can you come at ten?" in zones["thread"]
    assert "I would love to join you" in zones["body"]


def test_facts_are_folded_and_not_part_of_the_message() -> None:
    root = tree(html.render(report(("a.txt", "---\nkind: thank-you\n---\nDear Bo,\n\nThank you.\n\nTom\n"))))
    folds = [item for item in root.iter("details") if "kind: thank-you" in words(item)]
    assert [item.get("open") for item in folds] == [None]
    assert words(next(folds[0].iter("summary"))) == "Facts for the check, not part of the message"


def test_one_message_has_no_contents_and_several_have() -> None:
    one, two = "Dear Bo,\n\nThank you for Monday.\n\nTom\n", "Dear Bo,\n\nHi [Name]!!!\n\nTom\n"
    assert not list(tree(html.render(report(("a.txt", one)))).iter("nav"))
    built = report(("a.txt", one), ("b.txt", two))
    (nav,) = tree(html.render(built)).iter("nav")
    rows = [[words(cell).strip() for cell in row] for row in nav.iter("tr")]
    assert rows[0] == ["Message", "Kind", "Verdict", "Errors", "Warnings", "Suggestions"]
    for row, result in zip(rows[1:], built.results, strict=True):
        counts = [
            sum(item.severity == level for item in result.diagnostics) for level in ("error", "warning", "suggestion")
        ]
        assert row[0] == result.draft.path
        assert row[3:] == [str(count) for count in counts]
    assert [item.get("href") for item in nav.iter("a")] == ["#d1", "#d2"]


def test_what_is_let_be_and_what_could_not_be_judged_is_told(hostile: str) -> None:
    told = words(tree(hostile))
    assert "Your reason: </p><script>document.title='ignore'</script>" in told
    assert "What could not be judged" in told
    assert "The day you will send it (late-thank-you" in told


def test_without_a_reading_there_is_no_checklist() -> None:
    result = STRICT.lint(read_message(b"Dear Bo,\n\nHi [Name].\n\nTom\n", "a.txt", {}))
    told = words(tree(html.render(Report([result]))))
    assert "Keep it short" not in told
    assert "is a slot that was never filled" in told


def test_all_that_led_to_a_finding_is_there_when_asked() -> None:
    built = report(("a.txt", "Dear Bo,\n\nHi [Name].\n\nTom\n"))
    explained = Report(built.results, explained=lambda item: explainer(STRICT, item, "strict"), read=built.read)
    told = words(tree(html.render(explained)))
    assert "All that led to this" in told
    assert "All that led to this" not in words(tree(html.render(built)))


def test_what_could_not_be_read_is_told_without_the_folders_of_this_machine() -> None:
    built = report(problems=[Problem("is a binary <b>file</b>", "/home/someone/drafts/x.txt", 3)])
    page = html.render(built)
    told = words(tree(page))
    assert "x.txt: is a binary <b>file</b>" in told
    assert "There is no message to look at." in told
    assert "someone" not in page


@pytest.mark.parametrize(
    ("path", "as_shown"),
    [
        ("drafts/a.txt", "drafts/a.txt"),
        ("../a.txt", "../a.txt"),
        ("/home/someone/a.txt", "a.txt"),
        ("C:\\Users\\someone\\a.txt", "a.txt"),
        ("-", "-"),
        ("", ""),
    ],
)
def test_a_path_is_shown_as_given_unless_it_tells_of_this_machine(path: str, as_shown: str) -> None:
    assert private(path) == as_shown


def test_text_is_escaped_once_and_html_not_again() -> None:
    assert tag("p", "<a>", tag("b", "&"), title='"') == '<p title="&quot;">&lt;a&gt;<b>&amp;</b></p>'
    assert escaped(escaped("<")) == "&lt;"
    assert shown("a\0b\x1bc\u202ed\ud800e\r\nf\rg") == "a␀b␛c\ufffdd\ufffde\nf\ng"


TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=80)
LINES = st.lists(
    st.one_of(
        TEXT,
        st.sampled_from(
            ["Dear [Name],", "> quoted", "", "Best,", "Tom", "HELLO THERE ALL!!!", "I hope this finds you well."]
        ),
        st.sampled_from(["<script>", "</style>", "]]>", "<!--", "&#0;", "\r", "\0", "\u2028", "🎉!!"]),
    ),
    max_size=12,
)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(TEXT, LINES, st.sampled_from(["\n", "\r\n", "\r"]))
def test_any_draft_comes_out_as_the_same_text_on_a_faultless_page(subject: str, lines: list[str], end: str) -> None:
    subject = re.sub(r"[\r\n]", " ", subject)
    text = end.join([f"Subject: {subject}", "", *lines])
    header = Header("Subject", subject, Span(9, 9 + len(subject)))
    start = 9 + len(subject)
    draft = Draft("a.txt", text, cut(text, Span(start, len(text))), (header,))
    result: Result = FAST.lint(Message(draft, Context()))
    page = html.render(Report([result], read=lambda item: FAST.read(Message(item.draft, item.context))))
    page.encode("utf-8")
    assert letters(tree(page)) == [shown(text)]


MARKS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 12), st.booleans()), max_size=6)


@settings(deadline=None)
@given(st.lists(st.sampled_from(["ab ", "c", "\r\n", "\n", "\r", "> ", "Best,"]), max_size=12).map("".join), MARKS)
def test_marks_may_cross_nest_and_end_anywhere(text: str, places: list[tuple[int, int, bool]]) -> None:
    draft = Draft("a.txt", text, cut(text, Span(0, len(text))))
    ends = [(min(start, len(text)), min(start + long, len(text)), pinned) for start, long, pinned in places]
    marks = [
        Mark(Span(first, last), f"m{number}", "error", f"n{number}", str(number), "Note", pinned)
        for number, (first, last, pinned) in enumerate(ends)
    ]
    drawn, rows = letter(draft, marks)
    root = tree(f'<!DOCTYPE html><title>x</title><div class="letter">{drawn}</div>')
    assert letters(root) == [shown(text)]
    told = ["".join(words(item)) for item in root.iter("mark")]
    covered = {at for first, last, pinned in ends if not pinned for at in range(first, last)}
    assert shown("".join(text[at] for at in sorted(covered))).replace("\n", "") == "".join(told).replace("\n", "")
    badges = [item.get("id") for item in root.iter("a")]
    assert len(badges) == len(set(badges))
    wanted = {mark.id for mark in marks if mark.pinned or mark.span.of(text).strip()}
    assert wanted <= set(badges)
    assert wanted <= set(rows)


# Colours.


def _schemes() -> dict[str, dict[str, str]]:
    style = resources.files("followup_lint.reports.html").joinpath("page.css").read_text(encoding="utf-8")
    found = [
        dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))
        for block in re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    ]
    return dict(zip(("light", "dark", "print"), found, strict=True))


def _contrast(one: str, two: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    bright, dim = sorted((light(one), light(two)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def test_the_measure_of_contrast_is_that_of_the_guidelines() -> None:
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)
    assert _contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_every_pair_of_colours_can_be_read(scheme: str) -> None:
    colours = _schemes()[scheme]
    grounds = ("desk", "sheet", "card")
    pairs = [
        (ink, ground) for ink in ("ink", "soft", "link", "error", "warning", "suggestion", "good") for ground in grounds
    ]
    pairs += [("ink", f"{name}-tint") for name in ("error", "warning", "suggestion", "good")]
    pairs += [("soft", f"{name}-tint") for name in ("error", "warning", "suggestion")]  # quoted and folded lines
    pairs += [(name, f"{name}-tint") for name in ("error", "warning", "good")]  # verdicts
    pairs += [("on", "error"), ("desk", "ink")]
    faint = {pair: round(_contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < 4.5} == {}


def test_dark_is_dark() -> None:
    schemes = _schemes()
    assert set(schemes["dark"]) == set(schemes["light"]) == set(schemes["print"])
    assert schemes["dark"]["desk"] < "#333333" < schemes["light"]["desk"]


# A real browser.

needs_chromium = pytest.mark.skipif(not program(), reason="no Chromium is installed here")
COLOURS = """(() => {
  const style = (selector) => getComputedStyle(document.querySelector(selector));
  return {desk: style("body").backgroundColor, ink: style("body").color, mark: style("mark").textDecorationLine,
          wave: style("mark").textDecorationStyle, tint: style("mark").backgroundColor};
})()"""
BOXES = """(() => {
  const boxes = (selector) => [...document.querySelectorAll(selector)].map((item) => item.getBoundingClientRect());
  const seen = boxes("mark, .badge").every((box) => box.width > 0 && box.height > 0);
  const notes = boxes(".note"), letter = boxes(".letter")[0];
  return {seen, wide: notes.every((box) => box.left > letter.right),
          below: notes.every((box) => box.top >= letter.bottom),
          inside: document.documentElement.scrollWidth <= innerWidth,
          apart: notes.every((box, at) => !at || box.top >= notes[at - 1].bottom - 1)};
})()"""
LEVEL = """(() => {
  const top = (id) => document.getElementById(id).getBoundingClientRect().top;
  return Math.abs(top("d1-n1") - top("d1-m1"));
})()"""


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.mark.chromium
@needs_chromium
def test_a_browser_shows_the_hostile_page_and_runs_none_of_it(tab: Browser, hostile: str, tmp_path: Path) -> None:
    tab.events.clear()
    file = tmp_path / "page.html"
    file.write_text(hostile, encoding="utf-8")
    tab.open(file)
    assert tab.evaluate("document.title") == "A look at your thank-you message"
    assert (
        tab.evaluate("document.scripts.length + document.images.length + document.querySelectorAll('iframe').length")
        == 0
    )
    assert tab.evaluate("document.querySelectorAll('style').length") == 1
    sent = [event["params"]["request"]["url"] for event in tab.events if event["method"] == "Network.requestWillBeSent"]
    assert sent == [file.as_uri()]
    told = [
        event
        for event in tab.events
        if event["method"] in {"Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown"}
    ]
    assert told == [], json.dumps(told)


@pytest.mark.chromium
@needs_chromium
def test_marks_are_seen_and_notes_stand_beside_or_below(tab: Browser, hostile: str, tmp_path: Path) -> None:
    tab.events.clear()
    file = tmp_path / "page.html"
    file.write_text(hostile, encoding="utf-8")
    for width, is_wide in ((1280, True), (420, False)):
        tab.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        tab.events.clear()
        tab.open(file)
        boxes = tab.evaluate(BOXES)
        assert boxes == {"seen": True, "wide": is_wide, "below": not is_wide, "inside": True, "apart": True}, width
    tab.call("Emulation.setDeviceMetricsOverride", width=1280, height=900, deviceScaleFactor=1, mobile=False)
    assert tab.evaluate(LEVEL) < 30


@pytest.mark.chromium
@needs_chromium
def test_dark_and_light_differ_and_paper_is_white(tab: Browser, hostile: str, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(hostile, encoding="utf-8")
    found = {}
    for scheme in ("light", "dark"):
        tab.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        tab.events.clear()
        tab.open(file)
        found[scheme] = tab.evaluate(COLOURS)
    assert all(found["light"][name] != found["dark"][name] for name in ("desk", "ink", "tint"))
    assert found["light"]["mark"] == "underline"
    assert found["light"]["wave"] == "wavy"
    tab.call("Emulation.setEmulatedMedia", media="print", features=[{"name": "prefers-color-scheme", "value": "dark"}])
    assert tab.evaluate(COLOURS)["desk"] == "rgb(255, 255, 255)"
    assert len(tab.call("Page.printToPDF")["data"]) > 10_000
    tab.call("Emulation.setEmulatedMedia", media="", features=[])


@pytest.mark.chromium
@needs_chromium
def test_the_keyboard_goes_from_a_mark_to_its_note_and_back(tab: Browser, hostile: str, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(hostile, encoding="utf-8")
    tab.events.clear()
    tab.open(file)
    follow = (
        "(() => {{ document.querySelector('{0}').focus(); document.activeElement.click(); return location.hash; }})()"
    )
    assert tab.evaluate(follow.format("#d1-m1")) == "#d1-n1"
    assert tab.evaluate("document.querySelector(':target').id") == "d1-n1"
    assert tab.evaluate(follow.format("#d1-n1 .badge")) == "#d1-m1"
    assert tab.evaluate("document.querySelector('#d1-m1').matches(':focus, :target')")
