"""The words that a statement or an order asks with, and what stands around them where it does.

Each group is what one module looks at in a parse, as far as that shows in words; what a group leaves out, its module
takes for no ask either. Reaches are longer than in the modules, for a token may be several pieces ("e-mail").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from functools import cache

from followup_lint.asks.sign import Sign, of
from followup_lint.asks.words import WH
from followup_lint.inflect import NO_ORDER, forms, signs
from followup_lint.vocabulary import vocabulary

OPENERS = frozenset({"if", "perhaps", "maybe", "possibly"})
PLEASE = frozenset({"please", "pls", "plz", "plse", "kindly"})
_CLAUSAL = WH | {"if", "whether"}
_MODAL = frozenset({"could", "can", "would", "will", "might", "may", "d", "ll", "ca", "wo", "won", "cannot"})
_WOULD = frozenset({"would", "d"})
_ME = frozenset({"me", "us"})
_YOU = frozenset({"you", "u"})
_TO = frozenset({"to"})
_FOR = frozenset({"for"})
_ON = frozenset({"about", "regarding", "on", "concerning", "for"})
_PREPOSITIONS = _ON | {"as", "at", "with", "in", "of", "to", "by", "from", "into", "than", "like"}
_GOVERNING = frozenset({"to", "of", "from", "with", "at", "into"})
"""Prepositions, and nothing else: behind them nothing is asked for, as in "I need you to send the update"."""
_HANDED = frozenset({"keeping", "telling", "informing", "updating", "notifying", "sharing", "sending"})
_NOT_OPENING = frozenset([
    "have", "has", "had", "if", "you", "for", "with", "of", "to", "in", "without", "not", "t", "there", "are", "is",
    "need", "answer", "by", "at", "on", "get", "know", "from", "about", "as",
])  # fmt: skip
_UNORDERED = NO_ORDER | {"for", "of", "with", "from", "as", "than", "who", "which", "whether", "look", "looking"}
"""Words right behind which no clause opens, and so no order."""


def _bare(*names: str) -> frozenset[str]:
    """Return the words on some lists as an order has them."""
    words = vocabulary("asks")
    return frozenset(word for name in names for word in words[name])


def _now(verbs: Iterable[str]) -> frozenset[str]:
    """Return the pieces of some verbs but for their past forms."""
    return frozenset(
        form for verb in verbs for form in forms(verb) if form == verb or not (form.endswith("ed") or form == "sought")
    )


def _wondering() -> Iterator[Sign]:
    lists, perform, question = vocabulary("asks"), of("perform"), frozenset({"question", "questions"})
    now = _now(lists["perform"])
    handed_over = _WOULD | {"am", "m", "is"} | signs(["let", "allow"])  # "I am asked", "let me ask", "I thought I'd"
    yield Sign(signs(["wonder", "curious"]), _CLAUSAL | {"about"}, 7, mine=True)
    yield Sign(now, mine=True)
    yield Sign(perform - now, also=(handed_over,), mine=True)
    yield Sign(question, next=_ON - _FOR, also=(frozenset({"have", "ve"}), frozenset({"i", "we"})))
    yield Sign(question, _CLAUSAL, 8, also=(frozenset({"my", "one", "only"}), frozenset({"is", "concerns"})))


def _learning() -> Iterator[Sign]:
    information, state, reader, perform = of("information"), of("state"), of("reader"), of("perform")
    touched = reader | information | of("process")
    narrow, learn = signs(["see", "find"]), of("learn") - perform
    loose = of("learn-loosely") - narrow
    known = learn - signs(["see", "learn", "understand", "check"])
    wish = frozenset({"to", "would", "d", "and", "or"})
    glad = frozenset({"in", "of", "about", "for"})
    checking = frozenset({"checking", "seeing", "confirming", "clarifying", "verifying"})
    yield Sign(learn - loose - narrow, _CLAUSAL, 8, led=wish | glad, wished=True, governed=True)
    yield Sign(loose, _CLAUSAL, 8, also=(reader,), led=wish | glad, wished=True, governed=True)
    yield Sign(narrow, _CLAUSAL, 8, also=(touched,), led=wish | glad, wished=True, governed=True)
    # What an -ing form hangs on may be any adjective: "interested in learning who".
    yield Sign(frozenset(word for word in learn - narrow if word.endswith("ing")), _CLAUSAL, 8, led=glad, wished=True)
    yield Sign(checking, _CLAUSAL, 8, also=(touched,), mine=True)
    yield Sign(of("checking") - checking, _CLAUSAL, 8, led=wish | glad, mine=True, governed=True)
    yield Sign(known, information, 14, led=wish | glad, wished=True, governed=True)
    yield Sign(signs(["check"]), state, 14, led=wish | glad, wished=True, governed=True)
    yield Sign(of("get") - perform, information, 14, led=wish - _WOULD, wished=True, governed=True)
    supposed = frozenset({"if", "should", "case"})
    yield Sign(learn, next=frozenset({"it"}), also=(supposed,), led=wish | glad, governed=True)
    yield Sign(of("touching"), state, 18, also=(_ON,), mine=True)


def _welcoming() -> Iterator[Sign]:
    information, appreciate, adjective = of("information"), of("appreciate"), of("glad", "helpful")
    verb = appreciate | signs(["help"])
    someone = _YOU | {"someone", "anyone", "somebody", "i", "we"}
    yield Sign(verb, frozenset({"if"}), 20, pair=someone)
    yield Sign(adjective, frozenset({"if"}), 18, pair=someone, wished=True)
    yield Sign(appreciate, information, 14, stops=_GOVERNING, supposed=True)
    yield Sign(appreciate, _PREPOSITIONS, 14, pair=WH, supposed=True)
    yield Sign(appreciate, _HANDED | {"letting"}, 20, next=_YOU | {"your", "ur"}, supposed=True)
    yield Sign(appreciate, _CLAUSAL | information, 20, next=of("hearing"), supposed=True)
    yield Sign(adjective, information, 14, stops=_GOVERNING, next=_FOR, supposed=True)
    yield Sign(adjective, _PREPOSITIONS, 14, pair=WH, next=_FOR, supposed=True)
    yet_to_come = frozenset({"would", "will", "d", "ll", "wo", "any", "an", "some"})
    yield Sign(information, adjective | verb, 20, also=(yet_to_come,))  # "any update would be appreciated"


def _demanding() -> Iterator[Sign]:
    information, told = of("information"), _bare("tell", "give") | {"let", "keep", "share", "mail"}
    sought = signs(["look", "hope", "hoping"])
    fond = _now(["like", "love"])
    need = _now(word for word in vocabulary("asks")["demand"] if word not in fond | sought)
    for cue, also in ((need, ()), (fond, (_WOULD,))):
        yield Sign(cue, information, 14, stops=_GOVERNING, not_next=_TO, also=also, mine=True)
        yield Sign(cue, _PREPOSITIONS, 14, pair=WH, not_next=_TO, also=also, mine=True)
        yield Sign(cue, _TO, 9, next=_YOU, also=also, mine=True)
    yield Sign(signs(["expect"]), signs(["decision", "answer"]), 12, next=_TO, mine=True)
    yield Sign(sought, information, 14, next=_FOR, mine=True)
    yield Sign(sought, _PREPOSITIONS, 14, pair=WH, next=_FOR, mine=True)
    yield Sign(of("hope"), _YOU, 3, also=(_MODAL, told), mine=True)
    yield Sign(OPENERS, told, 14, next=_YOU, also=(_MODAL,), early=6)


def _ordering() -> Iterator[Sign]:
    information = of("information")
    known = PLEASE | {"know", "also", "just", "back"}  # "let me please know"
    telling_me = frozenset({"tell", "remind", "describe", "specify", "state"})
    yield Sign(frozenset({"let"}), _ME, 3, pair=known, not_led=_UNORDERED)
    yield Sign(frozenset({"letting"}), _ME, 3, pair=known, not_led=_UNORDERED | {"by"})
    yield Sign(frozenset({"keep"}), _ME, 3, also=(_bare("kept-so"),), not_led=_UNORDERED)
    yield Sign(_HANDED, _ME, 3, led=PLEASE)
    yield Sign(telling_me, _ME | _CLAUSAL, 10, not_led=_UNORDERED)
    yield Sign(_bare("tell") - telling_me, _ME | information | _CLAUSAL, 12, not_led=_UNORDERED)
    yield Sign(_bare("tell"), led=PLEASE)
    yield Sign(_bare("give"), information, 16, not_led=_UNORDERED)
    yield Sign(frozenset({"share"}), _CLAUSAL, 5, not_led=_UNORDERED)
    yield Sign(frozenset({"revert", "clarify", "elaborate", "explain", "advise"}), not_led=_UNORDERED)


def _without_verb() -> Iterator[Sign]:
    information = of("information")
    yield Sign(frozenset({"any"}), information | of("state", "trouble"), 8, not_led=_NOT_OPENING)
    before = frozenset({"still", "so", "and", "just", "hi", "yet", "with"})
    yield Sign(frozenset({"no"}), information, 10, early=5, led=before)  # "Still no news."


@cache
def by_cue() -> dict[str, tuple[Sign, ...]]:
    """Return the signs that each cue may give."""
    alike: dict[AbstractSet[str], tuple[Sign, ...]] = {}
    for group in (_wondering, _learning, _welcoming, _demanding, _ordering, _without_verb):
        for sign in group():
            alike[sign.cue] = (*alike.get(sign.cue, ()), sign)
    found: dict[str, tuple[Sign, ...]] = {}
    for cue, listed in alike.items():
        for word in cue:
            found[word] = found[word] + listed if word in found else listed
    return found
