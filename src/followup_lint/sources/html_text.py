"""An HTML mail as the text its reader sees, line by line, with quoted mail marked `> ` as in plain mail."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from followup_lint import patterns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inscriptis.model.config import ParserConfig
    from lxml.html import HtmlElement

# Private-use characters: they pass through the renderer untouched and are taken out of the input first.
_OPEN, _CLOSE, _BREAK, _BLANK = "\ue000", "\ue001", "\ue002", "\ue003"
# An element that holds only a no-break space is how mail programs write a blank line; the renderer would drop it.
_ON_ENTRY = str.maketrans(dict.fromkeys((_OPEN, _CLOSE, _BREAK, _BLANK), "") | {"\xa0": _BLANK})
# Character references smuggle these in; the tree refuses them.
_ON_ENTRY |= dict.fromkeys({*range(32), 0xFFFE, 0xFFFF} - set(map(ord, "\t\n\r")), "")
_ON_EXIT = str.maketrans({_OPEN: None, _CLOSE: None, _BLANK: " "})
_FORBIDDEN = patterns.lazy(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_TAG = patterns.lazy(r"<[^<>]*>")
_BLANKS = patterns.lazy(r" {2,}")
_XML_DECLARATION = patterns.lazy(r"^\s*<\?xml[^>]*>")

_HIDDEN = patterns.lazy(r"display:none|visibility:hidden|mso-hide:all|max-height:0(?![.\d])|opacity:0(?![.\d])")
_KEEPS_LINES = patterns.lazy(r"white-space:(?:pre|break-spaces)")
_NO_MARGIN = patterns.lazy(r"margin(?:-(?:top|bottom))?:0(?![.\d])")
_PARAGRAPH_RULE = patterns.lazy(r"(?:^|[\s,>/])p(?:\.mso\w+)?\s*[,{].*margin(?:-bottom)?:\s*0(?![.\d])", re.DOTALL)
# What mail programs' "indent more" button writes: not quoted mail, though the same element.
_INDENT = patterns.lazy(r"border(?:-left)?:(?:none|0)(?!.*border-left:[^;]*solid)")
_OLDER_MAIL = patterns.lazy(r"(?:x_)*divRplyFwdMsg")
_OUTLOOK_QUOTE = patterns.lazy(r"border-left:solidblue")

_TABLES = frozenset({"table", "tbody", "thead", "tfoot", "tr", "td", "th"})
_PREFORMATTED = frozenset({"pre", "xmp", "listing", "plaintext"})
_BLOCKS = ("hr", "center", "section", "form", "fieldset", "dl", "dt", "dd", "details", "summary")
_UNSEEN = " \t\r\n\xa0\xad\u034f\u2007\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_LONGEST_EMOJI = 8
_LONGEST_SHEET = 20_000
_MOST_MARKS = 30  # `>` before a line; more would make a small file of deep quotes and short lines a huge text
_MOST_TABLES = 20  # in one another; each is laid out anew for every one around it


def html_to_text(html: str) -> str:
    """Return the visible text; blank lines part paragraphs, never two in a row.

    Total: markup too deep or too broken to lay out gives its words without their layout.
    """
    from inscriptis.html_engine import Inscriptis  # loads lxml: only HTML mail pays for it
    from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]  (compiled, without stubs)
    from lxml.html import HTMLParser, document_fromstring

    source = _XML_DECLARATION.sub("", _FORBIDDEN.sub("", html))
    try:
        parser = HTMLParser(huge_tree=True)
        tree = document_fromstring(source, parser=parser)
    except (etree.LxmlError, ValueError):
        return ""
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        # Deeper than the parser goes: it drops the words below.
        return "\n".join(_lines(unescape(_TAG.sub("\n", source)).translate(_ON_ENTRY)))
    sheet = "".join(style.text_content() for style in tree.iter("style"))[:_LONGEST_SHEET].lower()
    etree.strip_elements(tree, etree.Comment, etree.ProcessingInstruction, "script", "style", with_tail=False)
    _prepare(tree, margins=not any(map(_PARAGRAPH_RULE.search, sheet.split("}"))))
    try:
        rendered = Inscriptis(tree, _layout()).get_text()
    except RecursionError:
        rendered = "\n".join(tree.itertext())
    return "\n".join(_lines(rendered))


def _layout() -> ParserConfig:
    """Return the renderer's settings, made anew each time because the renderer writes into them."""
    from inscriptis.css_profiles import STRICT_CSS_PROFILE
    from inscriptis.html_properties import Display
    from inscriptis.model.config import ParserConfig
    from inscriptis.model.html_element import HtmlElement
    from inscriptis.model.tag import CustomHtmlTagHandlerMapping

    css = {**STRICT_CSS_PROFILE, "body": HtmlElement()}
    css |= {tag: HtmlElement(display=Display.block) for tag in (*_BLOCKS, "ul", "ol")}
    css["blockquote"] = HtmlElement(display=Display.block, margin_before=1, margin_after=1)
    bullets = CustomHtmlTagHandlerMapping({"ul": lambda state, _: state.li_counter.append("- ")}, {})
    return ParserConfig(css=css, custom_html_tag_handler_mapping=bullets)


def _prepare(tree: HtmlElement, *, margins: bool) -> None:
    """Drop what is hidden, mark quotes and kept line ends, and forget every other style."""
    for element in tree.iter():
        element.text = element.text and element.text.translate(_ON_ENTRY)
        element.tail = element.tail and element.tail.translate(_ON_ENTRY)
    _flatten(tree)
    _mark_older_mail(tree)
    kept: set[HtmlElement] = set()
    for element in list(tree.iter()):
        if not isinstance(element.tag, str):
            continue
        style = re.sub(r"\s", "", element.get("style", "").lower())
        if element.getparent() is not None and (_HIDDEN.search(style) or element.get("hidden") is not None):
            element.drop_tree()
            continue
        if _is_quote(element, style):
            _wrap(element)
        if element.tag in _PREFORMATTED or _KEEPS_LINES.search(style):
            _keep_lines(element, kept)
        if element.tag == "p" and (not margins or _NO_MARGIN.search(style) or "MsoNormal" in element.get("class", "")):
            element.tag = "div"
        if element.tag == "img" and _is_emoji(alt := element.get("alt", "")):
            element.tail = alt.translate(_ON_ENTRY) + (element.tail or "")
    for element in tree.iter():
        element.attrib.clear()


def _flatten(tree: HtmlElement) -> None:
    """Take tables for plain blocks where they stand in too many others."""
    depth: dict[HtmlElement | None, int] = {None: 0}
    for element in tree.iter():
        depth[element] = depth.get(element.getparent(), 0) + (element.tag == "table")
        if depth[element] > _MOST_TABLES and element.tag in _TABLES:
            element.tag = "div"


def _is_quote(element: HtmlElement, style: str) -> bool:
    if element.tag == "blockquote":
        cited = element.get("type") == "cite" or "quote" in element.get("class", "") or element.get("cite") is not None
        return cited or not _INDENT.search(style)
    quoting = "yahoo_quoted" in element.get("class", "").split() or bool(_OUTLOOK_QUOTE.search(style))
    return element.tag == "div" and quoting


def _wrap(element: HtmlElement) -> None:
    opening, closing = element.makeelement("div"), element.makeelement("div")
    opening.text, closing.text = _OPEN, _CLOSE
    opening.tail, element.text = element.text, None
    element.insert(0, opening)
    element.append(closing)


def _mark_older_mail(tree: HtmlElement) -> None:
    """Mark as quoted what Outlook on the web puts under an answer: the older mail's headers, and all beside them."""
    older = next((element for element in tree.iter("div") if _OLDER_MAIL.fullmatch(element.get("id", ""))), None)
    if older is None or (parent := older.getparent()) is None:
        return
    opening, closing = older.makeelement("div"), older.makeelement("div")
    opening.text, closing.text = _OPEN, _CLOSE
    older.addprevious(opening)
    parent.append(closing)


def _keep_lines(element: HtmlElement, kept: set[HtmlElement]) -> None:
    """Keep the line ends in an element; what stands in one that is `kept` has been looked at with it."""
    if element not in kept:
        for inner in element.iter():
            inner.text = inner.text and inner.text.replace("\n", _BREAK)
            if inner is not element:
                inner.tail = inner.tail and inner.tail.replace("\n", _BREAK)
            kept.add(inner)
    if element.tag in _PREFORMATTED:
        element.tag = "div"


def _is_emoji(alt: str) -> bool:
    """Whether a picture's description is the sign it stands for, as webmail writes emoji."""
    return 0 < len(alt) <= _LONGEST_EMOJI and not any(char.isascii() or char.isalnum() for char in alt)


def _lines(rendered: str) -> Iterator[str]:
    depth, blank, last = 0, False, -1
    for line in rendered.replace(_BREAK, "\n").split("\n"):
        depth += line.count(_OPEN)
        words = _BLANKS.sub(" ", line.translate(_ON_EXIT)).strip(_UNSEEN)
        if words:
            if blank and last >= 0:
                yield ">" * min(last, depth, _MOST_MARKS)
            mark = ">" * min(depth, _MOST_MARKS)
            # The signature's separator is two dashes and a blank, which the renderer takes away.
            yield f"{mark} {words}" if mark else "-- " if words == "--" else words
            blank, last = False, depth
        elif _OPEN not in line and _CLOSE not in line:
            blank = True
        depth = max(0, depth - line.count(_CLOSE))
