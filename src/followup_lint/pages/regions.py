"""Parts of hand-written pages that are made: what stands between two comments."""

from __future__ import annotations

import re

from followup_lint import patterns
from followup_lint.errors import Problem

_REGION = patterns.lazy(r"(<!-- made: (?P<name>[a-z-]+) [^\n]*-->\n)(?P<old>.*?)(?P<end><!-- end -->)", re.DOTALL)


def filled_in(text: str, made: dict[str, str], path: str) -> str:
    """Return a page with its regions made anew. Raises Problem for a region that nobody makes."""

    def anew(match: re.Match[str]) -> str:
        if match["name"] not in made:
            raise Problem(f"nobody makes a part called '{match['name']}'", path)
        return f"{match[1]}\n{made[match['name']]}\n\n{match['end']}"

    return _REGION.sub(anew, text)
