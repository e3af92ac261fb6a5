"""Where the greeting ends."""

from __future__ import annotations

import re

from followup_lint import patterns
from followup_lint.structure.lines import EMOJI, fold
from followup_lint.structure.names import is_name
from followup_lint.structure.words import prefixes, words_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from followup_lint.structure.lines import Line

_LOOK = 200
_MOST_WORDS = 12
_MOST_NAME_WORDS = 5
_LETTERHEAD = 16
_STOP = patterns.lazy(rf"(?:\s*(?:[,:;!،，：、！…~]|{EMOJI}|:-?\)))+|\s*[—–](?=\s|$)|\s+-+(?=\s|$)|\.(?=\s|$)")
_EITHER = patterns.lazy(r"[/+]")
_WORD = patterns.lazy(r"\s*([^\s,:;!—–，：、！]+)")
_JOINING = patterns.lazy(r"(?:\s+(?:my|the|you|of|at|and|or|&))+$", re.IGNORECASE)
_PLACEHOLDER = patterns.lazy(r"\s*(?:\[[^\]]{1,60}\]|\{\{?[^}]{1,60}\}\}?|<[^<>]{1,60}>|\(name\)|_{2,}|X{2,}\b)")


def greeting_end(line: Line, *, alone: bool) -> int:
    """Return the length of the greeting at the start of a line's words; 0 if there is none.

    `alone`: no other line of the same paragraph follows, which lets a bare name stand without a comma.
    """
    words = line.words[:_LOOK]
    folded = fold(words)
    if len(folded) != len(words):
        return 0
    if folded.rstrip(" ,.:;!-–—") in words_of("whole_greetings"):
        return len(line.words)
    if opened := _salutation(folded):
        return _after_salutation(line.words, words, opened)
    return _bare_name(line.words, words, alone=alone)


def salutation_end(words: str) -> int:
    """Return how many characters of a greeting only open it ("Dear ", "Good morning, "); 0 for a bare name."""
    folded = fold(words)
    opened = _salutation(folded) if len(folded) == len(words) else 0
    rest = re.match(r"[\s,!.]*", words[opened:])
    return opened + (rest.end() if opened and rest else 0)


def find_greeting(lines: Sequence[Line]) -> tuple[int, int]:
    """Return the index of the line with the greeting and the greeting's length; (0, 0) if there is none.

    A letter may carry addresses, a date and a subject above its greeting.
    """
    if not lines:
        return 0, 0
    if end := greeting_end(lines[0], alone=_is_alone(lines, 0)):
        return 0, end
    for index, line in enumerate(lines[1:_LETTERHEAD], start=1):
        folded = fold(line.words[:_LOOK])
        whole = folded.rstrip(" ,.:;!") in words_of("whole_greetings") and folded.startswith("to whom")
        if line.gap and (whole or _salutation(folded)):
            end = greeting_end(line, alone=_is_alone(lines, index))
            if end == len(line.words) and words_of("bare_salutations").isdisjoint({folded}):
                return index, end
        if len(line.words) > _LOOK // 2:
            break
    return 0, 0


def _is_alone(lines: Sequence[Line], index: int) -> bool:
    return index + 1 < len(lines) and lines[index + 1].gap


def _salutation(folded: str) -> int:
    found = prefixes("salutations").match(folded)
    if not found or folded[found.end() : found.end() + 1] in {"-", "'", "/"}:
        return 0
    return found.end()


def _after_salutation(whole: str, words: str, opened: int) -> int:
    at, count = _addressees(words, opened)
    if stop := _STOP.match(words, at):
        more = _more_addressees(words, stop.end())
        return max(stop.end(), more)
    if at == len(words) == len(whole):
        return at
    if begun := _begun_sentence(words, opened, at):
        return begun
    # A line of its own may name people in any way: "Dear friends from the night shift,".
    if (
        whole == words
        and words[-1] in ",:!"
        and len(words.split()) <= _MOST_WORDS
        and not re.search(r"[.?!]\s", words[at:])
    ):
        return len(words) if "," not in words[at:-1] and count else 0
    return 0


def _begun_sentence(words: str, opened: int, at: int) -> int:
    """Return where a greeting ends before a sentence without a comma: "hi its me", "Hi Dana thank you for"."""
    bare = " ".join(fold(words[:opened]).split()) in words_of("bare_salutations")
    # "Hello my name is": what only joins words for people is the sentence's own.
    at = opened + len(_JOINING.sub("", words[opened:at]))
    for end in (at, opened):
        rest = fold(words[end:]).split()
        named = any(word[0].isupper() for word in words[opened:end].split())
        if not rest or not (bare or named):
            continue
        if rest[0] in words_of("closing_tails"):
            # "Hello from Lagos!"
            far = re.match(r"[^.!?,;:]{1,40}[!,]", words[end:])
            return end + far.end() if far else 0
        if rest[0].strip(",.!") in words_of("openers"):
            return end
    return 0


def _addressees(words: str, at: int) -> tuple[int, int]:
    """Return where a run of names, titles and words for people ends, and how many words it has."""
    count, titled = 0, False
    while count < _MOST_WORDS:
        if blank := _PLACEHOLDER.match(words, at):
            at, count = blank.end(), count + 1
            continue
        word = _WORD.match(words, at)
        if not word:
            return at, count
        last = word.end() == len(words) or bool(_STOP.match(words, word.end()))
        # Right after "Dear" or "Dr." even "Per," and "March," are people.
        called = last and at and (titled or not count) and word[1][0].isupper() and word[1].isalpha()
        if not called and not _is_addressee(word[1], last=last):
            return at, count
        at, count = word.end(), count + 1
        titled = fold(word[1]).strip(".") in words_of("titles")
        if word[1].endswith(".") and fold(word[1]).strip(".") not in words_of("titles") and len(word[1]) > len("J."):
            return at - 1, count
    return at, count


def _is_addressee(word: str, *, last: bool) -> bool:
    if word == "I":
        return False
    small = fold(word).strip('.()"“”/')
    if all(part.strip(".") in words_of("addressees") | words_of("titles") for part in _EITHER.split(small)):
        return True
    if is_name(word.strip("()/")) or (word[-1] == "." and is_name(word[:-1].strip("()/"))):
        return True
    # "hey marcus!!": a name without its capital, if the greeting ends there.
    return last and word.isalpha() and small not in words_of("openers")


def _more_addressees(words: str, at: int) -> int:
    """Return the end of further greetings: "Hi Wei, hi Marcus,", or names up to the end of the line."""
    end = 0
    while at < len(words):
        folded = fold(words[at:])
        lead = len(folded) - len(folded.lstrip())
        opened = _salutation(folded[lead:])
        run, count = _addressees(words, at + lead + opened)
        stop = _STOP.match(words, run)
        if not count or not (stop or run == len(words)):
            return end
        at = stop.end() if stop else run
        if opened or at == len(words):
            end = at
    return end


def _bare_name(whole: str, words: str, *, alone: bool) -> int:
    """Return the end of a name that stands for a greeting: "Vince,", "Mr. Kessler:", "Michael: Thanks for ..."."""
    at, count = _addressees(words, 0)
    name = words[:at]
    titled = fold(name).split()[:1] != [] and fold(name).split()[0].strip(".") in words_of("titles")
    if not 1 <= count <= _MOST_NAME_WORDS or not (titled or is_name(name) or (name.islower() and count == 1)):
        return 0
    stop = _STOP.match(words, at)
    end = stop.end() if stop else at
    if stop and end < len(whole) == _more_addressees(words, end):
        return len(whole)
    if end == len(whole):
        return (
            end
            if (stop and words[at] != ".")
            or (alone and (titled or count == 1) and name[0].isalpha() and not name.islower())
            else 0
        )
    if not stop or words[at] in ".!" or name.islower():
        return 0
    rest = fold(words[end:]).split()
    # "Regrettably, I" is an adverb; the names in -ly are short.
    adverb = count == 1 and fold(name).endswith("ly") and len(name) > len("Beverly")
    return end if rest and rest[0].strip(",.!") in words_of("openers") and not adverb else 0
