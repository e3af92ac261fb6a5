"""How Sphinx makes a site of these pages: `sphinx-build -W -n -b html docs OUT`. It needs no network.

The pages are plain Markdown, so that they read as well on a code host. That is why the table of contents is not written
into them: it is taken from the links of `index.md` and `rules/index.md`.
"""

from __future__ import annotations

import re
from importlib.metadata import version as installed
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "followup-lint"
author = "the followup-lint authors"
version = release = installed("followup-lint")
extensions = ["myst_parser"]
html_theme = "furo"
html_title = f"followup-lint {release}"
html_copy_source = False
html_show_copyright = False
myst_heading_anchors = 3
nitpicky = True
smartquotes = False  # what the program prints is quoted here, sign for sign

_LINK = re.compile(r"\]\((?P<page>[\w./-]+)\.md\)")
_CONTENTS = frozenset({"index", "rules/index"})


def add_contents(_app: Sphinx, name: str, source: list[str]) -> None:
    """Add to a page of contents a hidden toctree of the pages that it links to, in its order."""
    if name in _CONTENTS:
        pages = dict.fromkeys(match["page"] for match in _LINK.finditer(source[0]))
        below = [page for page in pages if PurePosixPath(page).parts[0] != ".."]
        source[0] += "\n".join(["\n\n```{toctree}", ":hidden:", "", *below, "```", ""])


def setup(app: Sphinx) -> dict[str, bool]:
    """Tell Sphinx of `add_contents`."""
    app.connect("source-read", add_contents)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
