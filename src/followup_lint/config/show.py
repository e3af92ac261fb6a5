"""The settings in force for a draft, as a file of them would be written, each line with where it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from followup_lint.config.configs import Configs
from followup_lint.config.keys import KEYS, Merge
from followup_lint.config.layers import Layer
from followup_lint.config.settings import PRESET, Settings
from followup_lint.config.source import shown
from followup_lint.strict_yaml import Value

_WIDTH = 44
_FILES_ONLY = frozenset({"root", "extends", "overrides"})
"""What is said about files, not about drafts; it is told above the settings."""

_DEFAULTS = {"preset": PRESET, "fail_on": "warning", "min_severity": "suggestion"}


def show_config(path: str | Path, configs: Configs, flags: dict[str, str] | None = None) -> str:
    """Return what holds for a draft, or in a folder. `flags` are values that the command line gives, by key; they win.

    Raises Problems for a configuration that is wrong.
    """
    settings = configs.for_folder(path) if Path(path).is_dir() else configs.for_file(path)
    given = {key: value for key, value in (flags or {}).items() if value}
    lines = [f"# {path}", *(f"# {line}" for line in _files(settings, configs)), ""]
    for key in (key for key in KEYS if key not in _FILES_ONLY):
        lines += [f"{text:<{_WIDTH}} # {place}" if place else text for text, place in _rows(key, settings, given)]
    return "\n".join(lines) + "\n"


def _files(settings: Settings, configs: Configs) -> Iterator[str]:
    """Yield which files count, and why."""
    if configs.isolated:
        yield "no file counts: --isolated"
        return
    if settings.file is None:
        yield "no configuration file in its folder or above, and none of the user's own"
        return
    file = shown(settings.file)
    if configs.config:
        yield f"{file} counts: --config"
    elif any(layer.spot.source.path == settings.file for layer in settings.layers) and _is_project(settings.file):
        yield f"{file} counts: it is the closest one to the draft"
    else:
        yield f"{file} counts: it is the user's own, and there is none in the draft's folder or above"
    told = {settings.file}
    for layer in reversed(settings.layers):
        spot, where = layer.spot, layer.spot.source.path
        if layer.is_extended:
            yield f"  over {spot.text} (extends, {spot.place})"
        elif spot.path:
            yield f"  its overrides count here ({spot.place}): {_flow(layer.raw.get('files', ''))}"
        elif where not in told:
            told.add(where)
            yield f"  over {shown(where)}"
    own = [layer for layer in settings.layers if layer.spot.source.path == settings.file and not layer.spot.path]
    if any(layer.values.get("root") for layer in own):
        yield "  root: true, so the user's own file does not count"


def _is_project(file: Path) -> bool:
    from followup_lint.config.closest import NAMES

    return file.name in NAMES


def _rows(key: str, settings: Settings, flags: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the lines of one key, and where each comes from."""
    said = [layer for layer in settings.layers if layer.values.get(key)]
    if key in flags:
        yield f"{key}: {_flow(flags[key])}", f"--{key.replace('_', '-')}"
    elif not said:
        yield f"{key}: {_DEFAULTS[key]}" if key in _DEFAULTS else f"{key}:", "default"
    elif KEYS[key].merge is Merge.REPLACE:
        yield f"{key}: {_flow(said[-1].raw[key])}", _place(said[-1], key)
    else:
        many = [item for layer in said for item in _items(layer, key)] if KEYS[key].merge is Merge.ADD else None
        yield f"{key}:", ""
        yield from ((f"  {text}", place) for text, place in (_joined(said, key) if many is None else many))


def _items(layer: Layer, key: str) -> Iterator[tuple[str, str]]:
    value = layer.raw[key]
    if isinstance(value, dict):
        yield from ((f"{name}: {_flow(item)}", _place(layer, key, name)) for name, item in value.items())
    elif isinstance(value, list):
        yield from ((f"- {_flow(item)}", _place(layer, key, at)) for at, item in enumerate(value))
    else:
        yield f"- {_flow(value)}", _place(layer, key)


def _joined(said: list[Layer], key: str) -> Iterator[tuple[str, str]]:
    """Yield the entries of a mapping that several layers may write, each part from the last one that has it."""
    found: dict[tuple[str, str], tuple[Value, str]] = {}
    for layer in said:
        entries = layer.raw[key]
        for name, entry in entries.items() if isinstance(entries, dict) else ():
            if key == "rules":
                parts = entry if isinstance(entry, dict) else {"severity": entry}
                for part, value in parts.items():
                    found[name, part] = _over(found.get((name, part)), value, _place(layer, key, name, part))
            elif entry != "":
                found[name, ""] = entry, _place(layer, key, name)
    before = ""
    for (name, part), (value, place) in sorted(found.items(), key=lambda item: item[0][0]):
        if not part:
            yield f"{name}: {_flow(value)}", place
            continue
        if name != before:
            yield f"{name}:", ""
        before = name
        yield f"  {part}: {_flow(value)}", place


def _over(before: tuple[Value, str] | None, value: Value, place: str) -> tuple[Value, str]:
    """Return a value and its places; of two mappings the nearer comes first, and what only the other has, after it."""
    if before is None or not isinstance(before[0], dict) or not isinstance(value, dict):
        return value, place
    rest = {key: item for key, item in before[0].items() if key not in value}
    return {**value, **rest}, f"{place}, {before[1].removeprefix('from ')}" if rest else place


def _place(layer: Layer, *path: str | int) -> str:
    document = layer.spot.source.document
    return f"from {document.file}:{document.problem('', (*layer.spot.path, *path)).line}"


def _flow(value: Value) -> str:
    """Return a value on one line, as YAML would have it."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    is_plain = (
        value and value[0] not in "!&*?|>%@`\"'#{}[],-:" and not any(mark in value for mark in (": ", " #", "\n"))
    )
    return value if is_plain and not set(value) & set("{}[],") else "'" + value.replace("'", "''") + "'"
