"""The files that count for a folder, one over the other: what each says, what it builds on, and for which drafts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

from followup_lint import packs
from followup_lint.backtracking.globs import globs
from followup_lint.catalog import CONFIG_OF_A_PACK
from followup_lint.config.keys import IN_OVERRIDES, KEYS
from followup_lint.config.source import Source
from followup_lint.config.spot import Spot
from followup_lint.errors import Problem, hint
from followup_lint.presets import PRESETS
from followup_lint.records import dataclass, field, replace
from followup_lint.sources.decode import must_end
from followup_lint.strict_yaml import Value

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

MAX_DEPTH = 16
"""How many files may build on one another."""

MAX_OVERRIDES = 1_000
"""Each of them is compared with every draft."""

_SUFFIXES = (".yaml", ".yml", ".toml")


@dataclass(frozen=True)
class Layer:
    """One part of the settings: a file, an entry of its `overrides`, or what it extends that is no file.

    `raw` is what is written there, `values` the same as read, both by key.
    """

    spot: Spot
    raw: Mapping[str, Value]
    values: Mapping[str, object]

    def get(self, key: str) -> tuple[object, ...]:
        """Return the items of a key that holds several."""
        return cast("tuple[object, ...]", self.values.get(key, ()))

    @property
    def is_extended(self) -> bool:
        """Whether it is a preset or a pack that a file extends."""
        return "extends" in self.spot.path

    @property
    def folders(self) -> tuple[tuple[Path, Spot], ...]:
        """Return the folders of rules that are named here, and where."""
        return cast("tuple[tuple[Path, Spot], ...]", self.get("rule_dirs"))

    @cached_property
    def files(self) -> GitIgnoreSpec:
        """Return the drafts that an entry of `overrides` is for, relative to the file's folder."""
        return globs(item.text for item in self.spot.under("files").items())

    @cached_property
    def excluded(self) -> GitIgnoreSpec:
        """Return what the file leaves out, relative to its folder."""
        return globs(map(str, self.get("exclude")))


@dataclass
class Chain:
    """Files in the order in which they count, the weakest first, and all that is wrong in them."""

    read: Callable[[Path], Source | None]
    fence: Path | None = None
    layers: list[Layer] = field(default_factory=list)
    found: list[Problem] = field(default_factory=list)
    _seen: set[Path] = field(default_factory=set)

    @property
    def overrides(self) -> list[Layer]:
        """Return what is for some drafts only, the weakest first."""
        entries = [item for layer in self.layers for item in layer.get("overrides") if isinstance(item, Spot)]
        if len(entries) > MAX_OVERRIDES:
            entries[MAX_OVERRIDES].tell(f"overrides: {len(entries):,} are too many; the limit is {MAX_OVERRIDES:,}")
        return [_layer(item, ("files", *IN_OVERRIDES)) for item in entries[:MAX_OVERRIDES]]

    def add(
        self, path: Path, above: tuple[Path, ...] = (), asked: Spot | None = None, fence: Path | None = None
    ) -> None:
        """Add a file after all that it extends; `asked` is the place that names it, `above` the files that led there.

        A file that several others build on counts where it is met first. What it names must lie in the `fence`, by
        default that of all the files.
        """
        fence = fence or self.fence
        if path in above:
            round_ = " extends ".join(item.name for item in (*above[above.index(path) :], path))
            self._told(f"extends: goes round in a circle: {round_}", asked)
        elif len(above) >= MAX_DEPTH:
            self._told(f"extends: more than {MAX_DEPTH} files build on one another", asked)
        elif path not in self._seen:
            self._seen.add(path)
            if source := self._source(path, asked):
                source = replace(source, fence=fence)
                layer = _layer(Spot(source, (), source.document.value, self.found), tuple(KEYS))
                for item in layer.get("extends"):
                    if isinstance(item, Spot):
                        self._extend(item, (*above, path))
                self.layers.append(layer)

    def _source(self, path: Path, asked: Spot | None) -> Source | None:
        try:
            if asked:  # a pipe that the user himself names is read
                must_end(path)
            source = self.read(path)
        except Problem as problem:
            if asked and not problem.line:
                self._told(f"extends: {asked.text} {problem.message}", asked)
            else:
                self.found.append(problem)
            return None
        if source is None:
            self._told(f"{path.name} holds no table [tool.followup-lint]", asked)
        return source

    def _extend(self, item: Spot, above: tuple[Path, ...]) -> None:
        if item.text in PRESETS:
            self.layers.append(Layer(item, {"preset": item.text}, {"preset": item.text}))
        elif item.text.endswith(_SUFFIXES):
            try:
                self.add(item.source.resolve(item.text), above, item, item.source.fence)
            except ValueError as error:
                item.tell(f"extends: {error}")
        else:
            self._pack(item, above)

    def _pack(self, item: Spot, above: tuple[Path, ...]) -> None:
        try:
            folder = packs.folder(item.text)
        except Problem as problem:
            advice = "write a path with its ending (.yaml, .yml, .toml)" if "/" in item.text else problem.message
            item.tell(f"extends: {hint(item.text, PRESETS, advice) if advice == problem.message else advice}")
            return
        if folder in self._seen:
            return
        self._seen.add(folder)
        self.layers.append(Layer(item, {"rule_dirs": [item.text]}, {"rule_dirs": ((folder, item),)}))
        if (folder / CONFIG_OF_A_PACK).is_file():
            self.add(folder / CONFIG_OF_A_PACK, above, item, folder)

    def _told(self, message: str, asked: Spot | None) -> None:
        if asked:
            asked.tell(message)
        else:
            self.found.append(Problem(message))


def _layer(spot: Spot, known: tuple[str, ...]) -> Layer:
    """Return what is said in one place; all that is wrong there is told, and left out."""
    if not isinstance(spot.value, dict):
        spot.tell("a configuration is a list of `key: value` lines")
        return Layer(spot, {}, {})
    spot.only(known)
    # A key with nothing after it says nothing.
    said = {key: spot.under(key) for key in spot.value if key in KEYS and key in known and spot.value[key] != ""}
    values = {key: KEYS[key].parse(item) for key, item in said.items()}
    return Layer(spot, spot.value, {key: value for key, value in values.items() if value is not None})
