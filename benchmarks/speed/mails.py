"""Made-up mails, so that anybody can run the comparison: a quarter follow-ups, the rest the mail of any office.

Each mail is a function of the seed and its number alone: mail 17 is the same whether ten or a million are made. Lengths
are log-normal around 134 words, from 20 to 600, as mail is; 40 % are hard-wrapped, half have a signature, a quarter
quotes what it answers.
"""

from __future__ import annotations

import math
import random
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

SHORTEST, LONGEST = 20, 600
FOLLOW_UPS = 0.25
_MEAN, _SPREAD = 128, 0.62  # of the text itself; greeting, signature and quotes bring the rest
_GAP = re.compile(r"\{(\w+)\}")
_FILE = Path(__file__).with_name("sentences.yaml")


@dataclass(frozen=True)
class Stock:
    """The sentences of `sentences.yaml`, and the words for the gaps in them."""

    words: dict[str, list[str]]
    office: list[str]
    after: list[str]
    subjects: dict[str, list[str]]
    greetings: list[str]
    signoffs: list[str]


@cache
def stock() -> Stock:
    """Return what mails are made from."""
    return Stock(**yaml.safe_load(_FILE.read_text(encoding="utf-8")))


def mails(number: int, seed: int) -> Iterator[str]:
    """Yield so many mails."""
    return (mail(place, seed) for place in range(number))


def mail(place: int, seed: int) -> str:
    """Return one mail, by its number."""
    dice = random.Random(f"{seed} {place}")  # noqa: S311  (nothing is kept secret by it)
    is_follow_up = dice.random() < FOLLOW_UPS
    kind = "after" if is_follow_up else "office"
    wanted = dice.lognormvariate(math.log(_MEAN) - _SPREAD**2 / 2, _SPREAD)
    parts = _frame(dice, kind)
    room = int(min(max(wanted, SHORTEST), LONGEST)) - sum(len(part.split()) for part in parts.values())
    paragraphs = _paragraphs(dice, kind, max(room, 8))
    if dice.random() < 0.4:
        paragraphs = [textwrap.fill(text, 72) for text in paragraphs]
    return "\n\n".join(filter(None, (parts["subject"], parts["greeting"], *paragraphs, parts["close"], parts["quote"])))


def _frame(dice: random.Random, kind: str) -> dict[str, str]:
    """Return what stands around the text; what a mail does without is empty."""
    name = _filled(dice, "{first} {last}")
    signed = f"\n-- \n{name}\n{_filled(dice, '{role}, {firm}')}\n+44 20 7946 0{dice.randrange(100, 999)}"
    close = f"{dice.choice(stock().signoffs)}\n{name.split()[0]}"
    close = close if dice.random() < 0.9 else ""
    close += signed if dice.random() < 0.5 else ""
    asked = textwrap.fill(_filled(dice, dice.choice(stock().office)), 70, initial_indent="> ", subsequent_indent="> ")
    quoted = f"On {_filled(dice, '{day}')} {_filled(dice, '{first} {last}')} wrote:\n{asked}"
    subject = "Subject: " + _filled(dice, dice.choice(stock().subjects[kind]))
    return {
        "subject": subject if dice.random() < 0.5 else "",
        "greeting": _filled(dice, dice.choice(stock().greetings)) if dice.random() < 0.85 else "",
        "close": close.strip("\n"),
        "quote": quoted if dice.random() < 0.25 else "",
    }


def _paragraphs(dice: random.Random, kind: str, room: int) -> list[str]:
    """Return paragraphs of one to five sentences, about `room` words together."""
    paragraphs: list[str] = []
    fresh: list[str] = []
    while room > 0:
        sentences = []
        for _ in range(dice.randint(1, 5)):
            if not fresh:  # no sentence comes twice before each came once
                fresh = dice.sample(getattr(stock(), kind), len(getattr(stock(), kind)))
            sentences.append(_filled(dice, fresh.pop()))
            room -= len(sentences[-1].split())
            if room <= 0:
                break
        paragraphs.append(" ".join(sentences))
    return paragraphs


def _filled(dice: random.Random, sentence: str) -> str:
    """Return a sentence with a word in each gap, and a capital first."""
    text = _GAP.sub(lambda gap: dice.choice(stock().words[gap[1]]), sentence)
    return text[:1].upper() + text[1:]
