"""The pages become a site without a warning, without the network; links to headings hold on a code host, too."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from consoles import blocks

DOCS = Path(__file__).parents[1] / "docs"
_LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\((?P<to>[^)\s]+)\)")


def test_sphinx_makes_a_site_of_them(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-n", "-q", "-b", "html", str(DOCS), str(tmp_path)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    assert (tmp_path / "rules" / "demand.html").is_file()
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    loaded = re.findall(r'<(?:script|link|img)[^>]*(?:src|href)="(https?:[^"]*)"', page)
    assert not loaded, "a reader's browser should ask nobody else"


def prose(text: str) -> str:
    """Return a page without its fenced blocks."""
    for block in reversed(blocks(text)):
        text = text[: block.start] + text[block.end :]
    return text


def headings(path: Path) -> set[str]:
    titles = re.findall(r"^#+ (.*)$", prose(path.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("path", [*sorted(DOCS.rglob("*.md")), DOCS.parent / "README.md"], ids=lambda path: path.stem)
def test_links_lead_somewhere(path: Path) -> None:
    for match in _LINK.finditer(prose(path.read_text(encoding="utf-8"))):
        page, _, heading = match["to"].partition("#")
        if not page.startswith(("http:", "https:")):
            there = path.parent / page if page else path
            assert there.is_file(), match["to"]
            assert not heading or heading in headings(there), match["to"]
