"""What a sentence says of attachments: "I have attached", "please find enclosed", "the file is attached"."""

from __future__ import annotations

from followup_lint.vocabulary import vocabulary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

TRIGGERS = ("attach", "enclos")
"""Without one of these a sentence promises no attachment."""

_DONE = frozenset({"attached", "enclosed"})
_ACTS = frozenset({"attach", "attached", "enclose", "enclosed"})
_THINGS = frozenset({"attachment", "attachments", "enclosure", "enclosures"})
_SELF = frozenset({"i", "we"})
_NO_THINGS = frozenset({"importance", "value", "weight", "significance", "myself", "ourselves"})
_UNREAL = frozenset({"MD", "TO"})
_BE_NOW = frozenset({"is", "are", "'s", "’s", "'re", "’re"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})


def promised(doc: Doc) -> Token | None:
    """Return the word by which the writer says that something comes with this very message, if there is one."""
    for token in doc:
        small = token.lower_
        if small in _THINGS and _is_shown(token):
            return token
        if not (small in _ACTS or small in {"attaching", "enclosing"}) or _is_denied(token):
            continue
        if _is_found(token) or _is_mine(token) or _is_opening(token) or _is_attached_now(token) or _is_document(token):
            return token
    return None


def _is_denied(token: Token) -> bool:
    near = (token, token.head) if token.dep_ in {"xcomp", "acomp", "attr", "oprd", "amod", "acl"} else (token,)
    return any(child.dep_ == "neg" or child.lower_ in {"no", "never"} for part in near for child in part.children)


def _preposition_fits(token: Token) -> bool:
    """Whether nothing says that it hangs elsewhere: "attached to the wall", "the form attached to your email"."""
    for child in token.children:
        if child.dep_ in {"advmod", "prep", "agent", "mark", "npadvmod"} and not _is_paper(child):
            here = child.lower_ in {"to", "with", "in"} and any(_is_message(leaf) for leaf in child.children)
            if not here and child.lower_ not in vocabulary("parts")["attached_how"]:
                return False
    return True


def _subject(token: Token) -> Token | None:
    while True:
        for child in token.children:
            if child.dep_ in _SUBJECTS:
                return child
        if token.dep_ != "conj":
            return None
        token = token.head


def _is_mine(token: Token) -> bool:
    """Whether the writer does it: "I have attached", "I enclose", "I've updated my CV and attached it"."""
    subject = _subject(token)
    if subject is None or subject.lower_ not in _SELF or token.tag_ not in {"VB", "VBP", "VBD", "VBN", "VBG"}:
        return False
    helpers = [child for part in _chain(token) for child in part.children if child.dep_ in {"aux", "auxpass"}]
    if any(child.tag_ in _UNREAL or child.lower_ in {"did", "had", "was", "were"} for child in helpers):
        return False
    if any(child.dep_ == "auxpass" or (child.lemma_ == "be" and token.tag_ != "VBG") for child in token.children):
        return False  # "I am attached to this team"
    objects = [child for child in token.children if child.dep_ == "dobj"]
    if not objects or objects[0].lower_ in _NO_THINGS or _goes_elsewhere(token) or _goes_elsewhere(objects[0]):
        return False
    # "I attached the file" may be of last week: only a document, and nothing else said of when and how.
    told = token.tag_ in {"VBD", "VBN"} and not helpers
    return not told or (_is_paper(objects[0]) and _preposition_fits(token))


def _goes_elsewhere(token: Token) -> bool:
    """Whether a thing is attached to something that is no message: to a crate, on the wall."""
    ways = [child for child in token.children if child.dep_ == "prep" and child.lower_ in {"to", "onto", "into"}]
    return any(_is_message(leaf) is False for way in ways for leaf in way.children)


def _is_message(leaf: Token) -> bool:
    owned = any(own.lower_ in {"your", "her", "his", "their"} for own in leaf.children)
    return leaf.lower_ in vocabulary("parts")["messages"] and not owned


def _chain(token: Token) -> list[Token]:
    found = [token]
    while token.dep_ == "conj" and not any(child.dep_ in _SUBJECTS for child in token.children):
        token = token.head
        found.append(token)
    return found


def _is_opening(token: Token) -> bool:
    """Whether it opens a clause: "Attached is ...", "Attached please find ...", "Attaching my CV as promised"."""
    before = token.nbor(-1) if token.i else None
    if before is not None and not before.is_punct and before.lower_ not in {"also", "and"}:
        return False
    following = token.nbor() if token.i + 1 < len(token.doc) else None
    if token.lower_ in {"attaching", "enclosing"}:
        return token.i == 0 and token.dep_ == "ROOT" and any(child.dep_ == "dobj" for child in token.children)
    if token.lower_ not in _DONE or following is None:
        return False
    if following.lower_ in _BE_NOW | {"please", "find", "herewith"}:
        return True
    return token.i == 0 and (following.lower_ in {"you", "my", "a", "the", "here"} or following.is_punct)


def _is_found(token: Token) -> bool:
    """Whether the reader is to find it: "Please find attached", "see the attached"."""
    if token.lower_ not in _DONE or not _preposition_fits(token):
        return False
    if token.i and token.nbor(-1).lower_ in {"find", "see"} and token.nbor(-1).tag_ == "VB":
        return True  # the parser takes "find enclosed" for one verb
    for verb in (token.head, token.head.head, token.head.head.head):
        if verb.lemma_.lower() in vocabulary("parts")["finding"] and verb.tag_ in {"VB", "VBP"} and verb.i != token.i:
            subject = next((child for child in verb.children if child.dep_ in _SUBJECTS), None)
            helpers = {child.lower_ for child in verb.children if child.dep_ == "aux"}
            if subject is None:
                return not helpers & {"to", "n't", "not"}
            return subject.lower_ == "you" and bool(helpers & {"will", "can", "'ll", "’ll", "may"})
    return False


def _is_attached_now(token: Token) -> bool:
    """Whether a document is so: "The file is attached", "which are enclosed"."""
    if token.lower_ not in _DONE:
        return False
    subject, helpers = None, set()
    for part in (token, token.head) if token.dep_ in {"acomp", "attr", "oprd"} else (token,):
        subject = subject or next((child for child in part.children if child.dep_ in _SUBJECTS), None)
        helpers |= {child.lower_ for child in part.children if child.dep_ in {"aux", "auxpass"}} | {part.lower_}
        if not _preposition_fits(part):
            return False
    if subject is None or not helpers & _BE_NOW or subject.lower_ in {"i", "you", "we", "he", "she", "they", "it"}:
        return False
    return subject.tag_ in {"WDT", "WP"} or _is_paper(subject) or subject.lower_ in {"both", "these", "those", "all"}


def _is_document(token: Token) -> bool:
    """Whether it marks a document of the writer's: "CV attached.", "the attached list"; not "the attached garage"."""
    if token.lower_ not in _DONE or token.dep_ not in {"amod", "acl", "ROOT", "advcl", "acomp"}:
        return False
    noun = token.head if token.dep_ in {"amod", "acl"} else _subject(token) or _before(token)
    if noun is None or not _is_paper(noun) or not _preposition_fits(token):
        return False
    theirs = noun.subtree if token.dep_ != "amod" else noun.doc
    if any(word.lower_ in {"you", "your", "they", "he", "she"} for word in theirs):
        return False
    if token.dep_ in {"acl", "ROOT", "acomp"}:
        return noun.dep_ == "ROOT" or (
            token.dep_ != "acl" and not any(c.dep_ in {"aux", "auxpass"} for c in token.children)
        )
    verb = noun.head
    known = any(child.lower_ in {"the", "my", "our", "this", "these", "both"} for child in noun.children)
    return known and verb.lemma_ not in vocabulary("parts")["read"]


def _before(token: Token) -> Token | None:
    return next((child for child in token.lefts if child.dep_ == "npadvmod"), None)


def _is_paper(noun: Token) -> bool:
    parts = [noun, *(child for child in noun.children if child.dep_ in {"conj", "compound"})]
    return any({part.lemma_.lower(), part.lower_} & set(vocabulary("parts")["documents"]) for part in parts)


def _is_shown(token: Token) -> bool:
    """Whether it is where the thing comes: "See the attachment", "as an attachment", "in the attachments"."""
    if any(child.dep_ in {"compound", "amod", "prep", "relcl"} for child in token.children):
        return False
    head = token.head
    if head.lemma_.lower() in {"see", "find", "open", "check"} and head.tag_ == "VB":
        return not any(child.dep_ in {*_SUBJECTS, "aux", "neg"} for child in head.children)
    owned = any(child.lower_ in {"your", "his", "her", "their"} for child in token.children)
    return head.lower_ in {"as", "in"} and head.dep_ == "prep" and not owned and _sends_now(head.head)


def _sends_now(verb: Token) -> bool:
    if verb.lemma_ == "find":
        return verb.tag_ == "VB"
    past = {child.lower_ for child in verb.children if child.dep_ == "aux"} & {"did", "had", "would", "could"}
    return not past and not any(child.lower_ == "you" for child in verb.children)
