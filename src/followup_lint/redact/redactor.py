"""Words and results without names: who is who is remembered for a whole run."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import PurePath

from followup_lint import patterns
from followup_lint.context import Context
from followup_lint.diagnostic import Diagnostic, Silenced
from followup_lint.draft import Draft
from followup_lint.errors import Problem
from followup_lint.linter import Result
from followup_lint.people import Company, Person, fold
from followup_lint.reader import Message
from followup_lint.records import dataclass, field, replace
from followup_lint.redact.inside import Inside
from followup_lint.redact.names import NAME, named
from followup_lint.redact.words import Piece, is_plain, kept, pieces
from followup_lint.rule import Rule

_SUFFIXES = frozenset({".txt", ".md", ".eml", ".html", ".ics", ".mbox", ".yaml", ".yml", ".toml", ".json"})
_LINE = patterns.lazy(r"\bline (\d+)")
_LONGEST = 4  # letters from which on a known name is looked for inside of longer words


@dataclass
class Redactor:
    """Puts placeholders for what tells of somebody. The same thing has the same placeholder in a whole run."""

    _known: dict[str, tuple[str, str]] = field(default_factory=dict)
    _names: Inside = field(default_factory=Inside)
    _paths: Inside = field(default_factory=Inside)
    _numbers: dict[tuple[str, str], str] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)
    _files: dict[str, str] = field(default_factory=dict)
    _shown: dict[str, str] = field(default_factory=dict)

    def learn(self, draft: Draft, context: Context) -> None:
        """Take in who is named in a draft."""
        for word, kind, whole in named(draft, context):
            if len(word) >= _LONGEST:
                self._names.add(word)
            if kind != NAME or word not in self._known:
                self._known[word] = (kind, whole)

    def original(self, path: str) -> str:
        """Return the path that a placeholder of `path` stands for."""
        return self._shown.get(path, path)

    def path(self, path: str) -> str:
        """Return what a file is called; its ending stays where it is one of the usual."""
        if path in {"", "-", "stdin.txt"}:
            return path
        if path not in self._files:
            suffix = PurePath(path).suffix.lower()
            self._files[path] = f"FILE-{len(self._files) + 1}{suffix if suffix in _SUFFIXES else ''}"
            self._shown[self._files[path]] = path
            self._paths.add(path)
        return self._files[path]

    def words(self, text: str, own: Collection[str] = (), *, fit: bool = False) -> str:
        """Return a text with placeholders. `own` are words and numbers that the program has put there itself.

        With `fit` each placeholder is as long as what it stands for, so that offsets stay what they are.
        """
        shown, last = [], 0
        for piece in pieces(text):
            if (piece.text not in own or fold(piece.text) in self._known) and (put := self._placeholder(piece)):
                shown += [text[last : piece.span.start], _fitted(put, piece.text) if fit else put]
                last = piece.span.end
        return "".join(shown) + text[last:]

    def _placeholder(self, piece: Piece) -> str:
        """Return what stands in place of a piece; empty for one that may stay."""
        if piece.kind != "word":
            return self._number(piece.kind.upper(), piece.text.lower())
        folded = fold(piece.text)
        if piece.text.islower() and kept(folded):  # as the article of a company's name
            return ""
        for part in (folded, folded.replace("'", "-").split("-")[0]):
            if part in self._known:
                return self._number(*self._known[part])
        if inner := self._names.of(folded):
            return self._number(*self._known[inner[0]])
        # A small word with a point, a slash or letters of another alphabet may be a file, a host or a name.
        return "" if kept(piece.text.lower()) or is_plain(piece.text) else self._number(NAME, folded)

    def _number(self, kind: str, whole: str) -> str:
        if (kind, whole) not in self._numbers:
            self._counts[kind] = self._counts.get(kind, 0) + 1
            self._numbers[kind, whole] = f"{kind}-{self._counts[kind]}"
        return self._numbers[kind, whole]

    def problem(self, problem: Problem) -> Problem:
        """Return a problem whose words and path tell of nobody."""
        return replace(problem, message=self.words(problem.message), path=self.path(problem.path))

    def draft(self, draft: Draft) -> Draft:
        """Return a draft of the same shape: every offset means what it meant before."""
        text = self.words(draft.text, fit=True)
        headers = tuple(replace(item, value=self.words(item.value, fit=True)) for item in draft.headers)
        names = tuple(map(self.path, draft.attachments))
        notes = tuple(map(self.words, draft.notes))
        return replace(draft, path=self.path(draft.path), text=text, headers=headers, attachments=names, notes=notes)

    def context(self, context: Context) -> Context:
        """Return the facts without names; days and kinds stay."""
        company = context.company
        return replace(
            context,
            to=tuple(map(self._person, context.to)),
            cc=tuple(map(self._person, context.cc)),
            interviewers=tuple(map(self._person, context.interviewers)),
            company=Company(self.words(company.name), tuple(map(self.words, company.aliases))) if company else None,
            role=self.words(context.role),
            topics=tuple(map(self.words, context.topics)),
            my_employers=tuple(map(self.words, context.my_employers)),
            previous=tuple(replace(item, file=self.path(item.file)) for item in context.previous),
            thread=self.words(context.thread),
            invite=self.path(context.invite),
            terms=self.words(context.terms),
            ignore=tuple(replace(item, reason=self.words(item.reason)) for item in context.ignore),
            origins={key: self._origin(origin) for key, origin in context.origins.items()},
        )

    def _person(self, person: Person) -> Person:
        names = [self.words(name) for name in (person.name, *person.aliases)]
        return Person(names[0], tuple(names[1:]), person.title, self.words(person.role), self.words(person.address))

    def _origin(self, origin: str) -> str:
        put = {path: self._files[path] for path in self._paths.of(origin)}
        for path, shown in put.items():
            origin = origin.replace(path, shown)
        shown_before = (piece.text for piece in pieces(origin) if piece.text in self._shown)
        return self.words(origin, {*shown_before, *_LINE.findall(origin)})

    def message(self, message: Message) -> Message:
        """Return a draft with its context, told without a name; what was worked out of it before is left out."""
        self.learn(message.draft, message.context)
        problems = tuple(map(self.problem, message.problems))
        return Message(self.draft(message.draft), self.context(message.context), problems)

    def result(self, result: Result) -> Result:
        """Return what was found in a draft, told without a name."""
        self.learn(result.draft, result.context)
        own = {rule.name: _own(rule) for rule in result.rules}
        silenced = tuple(
            Silenced(
                self._diagnostic(item.diagnostic, own.get(item.diagnostic.rule, frozenset())),
                replace(item.silence, reason=self.words(item.silence.reason), origin=self._origin(item.silence.origin)),
            )
            for item in result.silenced
        )
        return replace(
            result,
            draft=self.draft(result.draft),
            context=self.context(result.context),
            diagnostics=tuple(self._diagnostic(item, own.get(item.rule, frozenset())) for item in result.diagnostics),
            silenced=silenced,
        )

    def _diagnostic(self, item: Diagnostic, own: frozenset[str]) -> Diagnostic:
        finding = item.finding
        counted = {str(value) for _, value in finding.values if isinstance(value, int)}
        own = own | counted
        remedies = tuple(
            replace(
                remedy,
                title=self.words(remedy.title, own),
                edits=tuple(replace(edit, text=self.words(edit.text)) for edit in remedy.edits),
            )
            for remedy in finding.remedies
        )
        values = tuple((key, self.words(one) if isinstance(one, str) else one) for key, one in finding.values)
        elsewhere = tuple((self.path(path), line) for path, line in finding.elsewhere)
        return replace(
            item,
            message=self.words(item.message, own),
            fix=self.words(item.fix, own),
            finding=replace(finding, values=values, elsewhere=elsewhere, remedies=remedies),
        )


def _own(rule: Rule) -> frozenset[str]:
    """Return the words that a rule itself puts into its sentences."""
    texts = [text for said in (rule.file.message, rule.file.fix) for text in _texts(said)]
    return frozenset(piece.text for text in texts for piece in pieces(text))


def _texts(said: object) -> list[str]:
    return [str(text) for text in said.values()] if isinstance(said, dict) else [str(said)]


def _fitted(placeholder: str, text: str) -> str:
    """Return a placeholder as long as a text: cut to its first letter and its number, and filled up with dots."""
    if len(placeholder) > len(text):
        kind, _, number = placeholder.rpartition("-")
        placeholder = (kind[:1] + number)[: len(text)]
    return placeholder + "·" * (len(text) - len(placeholder))
