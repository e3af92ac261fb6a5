"""The way in: which configuration holds for a draft. Each file is read once, each set of rules made once."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cached_property

from followup_lint import catalog
from followup_lint.config.closest import NAMES, Closest, user_file
from followup_lint.config.settings import Settings, below, settle
from followup_lint.errors import Problem, Problems, problems
from followup_lint.records import dataclass, field
from followup_lint.rule import Rule
from followup_lint.sources.fence import inside, project

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

    from followup_lint.config.layers import Layer
    from followup_lint.config.source import Source

_BRINGS_RULES = ("extends", "rule_dirs")


@dataclass(frozen=True)
class Loaded:
    """The files that count for a folder: their layers, what they say of some drafts only, and all rules there are.

    The settings for a draft are made when the first one with the same overrides is met.
    """

    file: Path | None
    layers: tuple[Layer, ...]
    overrides: tuple[Layer, ...]
    rules: tuple[Rule, ...]
    found: list[Problem]
    _made: dict[tuple[bool, ...], Settings | Problems] = field(default_factory=dict)

    def settings(self, path: str) -> Settings:
        """Return what holds for a draft; an empty path is none of those that overrides are for. Raises Problems."""
        fits = tuple(bool(path) and layer.files.match_file(below(path, layer)) for layer in self.overrides)
        if fits not in self._made:
            chosen = [layer for layer, fitting in zip(self.overrides, fits, strict=True) if fitting]
            settings = settle(self.file, self.rules, [*self.layers, *chosen])
            # Overrides that are right apart may be wrong together, for the drafts that both are for.
            told = list(dict.fromkeys(self.found))
            self.found.clear()
            self._made[fits] = problems(told) if told else settings
        made = self._made[fits]
        if isinstance(made, Problems):
            raise made
        return made


@dataclass(frozen=True)
class Configs:
    """All configuration files, as far as they have been needed; make another when a file may have changed.

    `config` names the one file that counts for every draft, and `isolated` says that none does. `user` is the user's
    own file, which lies under every project's; by default where the system keeps such files.
    """

    config: Path | None = None
    isolated: bool = False
    user: Path | None = None
    _sources: dict[Path, Source | Problem | None] = field(default_factory=dict, repr=False)
    _loaded: dict[Path | None, Loaded | Problems] = field(default_factory=dict, repr=False)

    def for_file(self, path: str | Path) -> Settings:
        """Return what holds for a draft, which need not be there; "-" or a bare name is in the working directory.

        Raises Problems with all that is wrong in the configuration.
        """
        absolute = os.path.abspath(path)
        return self._near(os.path.dirname(absolute)).settings(absolute)

    def for_folder(self, path: str | Path = ".") -> Settings:
        """Return what holds in a folder, overrides apart. Raises Problems."""
        return self._near(os.path.abspath(path)).settings("")

    @property
    def files(self) -> tuple[Path, ...]:
        """Return every file that has been read so far, for those who watch them."""
        return tuple(path for path, source in self._sources.items() if source is not None)

    @cached_property
    def _closest(self) -> Closest:
        return Closest(self._read)

    def _near(self, folder: str) -> Loaded:
        if self.isolated:
            return self._load(None)
        if self.config:
            from pathlib import Path

            return self._load(Path(os.path.abspath(self.config.expanduser())))
        try:
            return self._load(self._closest.to(folder))
        except Problem as problem:
            raise problems([problem]) from None

    def _load(self, file: Path | None) -> Loaded:
        if file not in self._loaded:
            try:
                self._loaded[file] = self._made(file)
            except Problems as group:
                self._loaded[file] = group
        loaded = self._loaded[file]
        if isinstance(loaded, Problems):
            raise loaded
        return loaded

    def _made(self, file: Path | None) -> Loaded:
        user = self._user
        if not file and not user:
            return Loaded(None, (), (), catalog.built_in(), [])
        from followup_lint.config.layers import Chain  # many runs have no file at all

        fence = project(file.parent, NAMES[:2]) if file and not self.config else None
        chain = Chain(self._read, fence)
        if file and fence and not inside(file, fence):
            from followup_lint.config.source import shown

            raise problems([Problem("is a link that leads out of its project; --config would follow it", shown(file))])
        if file:
            chain.add(file)
        if user and not any(layer.values.get("root") for layer in chain.layers[-1:]):
            base = Chain(self._read, found=chain.found)
            base.add(user)
            chain.layers[:0] = base.layers
            file = file or user
        overrides = chain.overrides
        before = len(chain.found)
        rules = _rules(chain.layers, chain.found)
        missing = len(chain.found) > before or any(item.message.startswith(_BRINGS_RULES) for item in chain.found)
        for layer in overrides:  # what is wrong in one is told even if no draft has come to it yet
            settle(file, rules, [*chain.layers, layer])
        settle(file, rules, chain.layers)
        # Of rules that could not be read, nobody can say that they are unknown.
        told = [item for item in chain.found if not (missing and "unknown rule '" in item.message)]
        if told:
            raise problems(list(dict.fromkeys(told)))
        return Loaded(file, tuple(chain.layers), tuple(overrides), rules, chain.found)

    @property
    def _user(self) -> Path | None:
        """Return the user's own file, if it is there and counts."""
        place = "" if self.config or self.isolated else self.user or user_file()
        if not place or not os.path.isfile(place):
            return None
        from pathlib import Path

        return Path(place)

    def _read(self, path: Path) -> Source | None:
        if path not in self._sources:
            from followup_lint.config.source import read

            try:
                self._sources[path] = read(path)
            except Problem as problem:
                self._sources[path] = problem
        source = self._sources[path]
        if isinstance(source, Problem):
            raise source
        return source


def _rules(layers: Sequence[Layer], found: list[Problem]) -> tuple[Rule, ...]:
    """Return the built-in rules and those in the folders that the layers name, no two of one name."""
    from pathlib import Path

    from followup_lint.config.source import shown

    rules = {rule.name: rule for rule in catalog.built_in()}
    origins = dict.fromkeys(rules, "the program brings one")
    seen: set[Path] = set()
    for layer in layers:
        for folder, spot in layer.folders:
            if folder in seen:
                continue
            seen.add(folder)
            try:
                listed = catalog.from_folder(Path(shown(folder)), spot.source.fence)
            except Problems as group:
                found += [error for error in group.exceptions if isinstance(error, Problem)]
                continue
            for rule in listed:
                if rule.name in rules:
                    spot.tell(f"{spot.name}: a second rule '{rule.name}' in {spot.text}: {origins[rule.name]} already")
                else:
                    rules[rule.name], origins[rule.name] = rule, f"{spot.text} ({spot.origin}) has one"
    return tuple(rules.values())
