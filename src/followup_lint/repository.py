"""What git remembers of a draft, asked so that nothing in a stranger's repository can run.

A repository's own settings may name programs: filters, converters, monitors, hooks, transports. So git is only asked
for what it has stored (names, and the bytes of blobs); files are read and compared by ourselves, and nothing that is
missing is fetched.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from followup_lint import patterns
from followup_lint.errors import Problem
from followup_lint.records import dataclass
from followup_lint.sources.decode import MAX_BYTES

_SAFE = (
    *("--no-pager", "--literal-pathspecs", "--no-optional-locks"),
    *("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}", "-c", "diff.external="),
    *("-c", "protocol.allow=never", "-c", "core.sshCommand=false", "-c", "submodule.recurse=false"),
)
# What a hook's caller sets is about the repository the hook runs in, not about the one a draft lies in.
_LOCAL = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_NAMESPACE")
_NO_FETCH = {"GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
_AT_ONCE = 200
_LONGEST = 60
_HASH = patterns.lazy(r"[0-9a-f]{40,64}")
_FILES = frozenset({b"100644", b"100755"})


@dataclass(frozen=True)
class Repository:
    """The working tree at a folder, and the commit to compare it with: empty before the first one."""

    top: str
    commit: str

    def stored(self, names: Iterable[str]) -> dict[str, bytes]:
        """Return what the commit holds of files, named by their path from the top; renamed ones under their new name.

        Left out is what it does not hold: a new file, a link, one larger than any draft, one that was never fetched.
        """
        wanted = {name: os.fsencode(name).replace(os.sep.encode(), b"/") for name in names}
        if not self.commit or not wanted:
            return {}
        try:
            blobs = dict(self._listed(wanted.values()))
            if missing := [name for name in wanted.values() if name not in blobs]:
                renamed = self._renamed()
                older = {name: renamed[name] for name in missing if name in renamed}
                held = dict(self._listed(older.values()))
                blobs |= {name: held[old] for name, old in older.items() if old in held}
            contents = self._contents(sorted(set(blobs.values())))
        except _Failed as failed:
            raise Problem(f"git: {failed.said}", self.top) from None
        return {name: contents[blobs[raw]] for name, raw in wanted.items() if blobs.get(raw) in contents}

    def _renamed(self) -> dict[bytes, bytes]:
        """Return new name to old, as the index has them: by what is stored there, without a look at the files."""
        options = ("--cached", "--find-renames", "--name-status", "--diff-filter=R", "-z", "--no-ext-diff")
        told = _git(self.top, "diff-index", *options, "--no-textconv", "--ignore-submodules=all", self.commit)
        fields = told.split(b"\0")
        return {fields[at + 2]: fields[at + 1] for at in range(0, len(fields) - 2, 3)}

    def _listed(self, names: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
        """Yield name and blob of each file that the commit has."""
        waiting = iter(sorted(set(names)))
        while batch := list(islice(waiting, _AT_ONCE)):
            told = _git(self.top, "ls-tree", "-z", "--long", "--full-tree", self.commit, "--", *map(os.fsdecode, batch))
            for row in told.split(b"\0")[:-1]:
                about, _, name = row.partition(b"\t")
                mode, _, blob, size = about.split()
                if mode in _FILES and size.isdigit() and int(size) <= MAX_BYTES:
                    yield name, blob

    def _contents(self, blobs: Sequence[bytes]) -> dict[bytes, bytes]:
        told = _git(self.top, "cat-file", "--batch", given=b"".join(blob + b"\n" for blob in blobs)) if blobs else b""
        found: dict[bytes, bytes] = {}
        here = 0
        while here < len(told):
            end = told.index(b"\n", here)
            blob, *about = told[here:end].split()
            here = end + 1
            if about[0] == b"blob":
                size = int(about[1])
                found[blob] = told[here : here + size]
                here += size + 1
        return found


def repository(folder: str, rev: str | None) -> Repository:
    """Return the repository that a folder lies in. Raises Problem where there is none, or it has no such commit.

    Without `rev`, it is compared with its last commit; `REV...` stands for where the present branched off from REV.
    """
    try:
        top = os.fsdecode(_git(folder, "rev-parse", "--show-toplevel").removesuffix(b"\n"))
    except _Failed as failed:
        if "not a git repository" in failed.said:
            raise Problem("is in no git repository; --changed has nothing to compare it with", folder) from None
        raise Problem(f"git: {failed.said}", folder) from None
    if rev is None:
        return Repository(top, _commit(top, "HEAD"))
    base = rev.removesuffix("...")
    commit = _commit(top, base) if base and not rev.startswith("-") else ""
    if commit and base != rev:
        try:
            commit = _git(top, "merge-base", commit, "HEAD").decode().split("\n")[0]
        except _Failed:
            raise Problem(f"--changed: '{base}' and the present have nothing in common", top) from None
    if not commit:
        raise Problem(f"--changed: '{rev}' is no commit here", top)
    return Repository(top, commit)


def _commit(top: str, name: str) -> str:
    try:
        told = _git(top, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").decode(errors="replace").strip()
    except (_Failed, ValueError):  # no such name, or one that no program can be given
        return ""
    return told if _HASH.fullmatch(told) else ""


class _Failed(Exception):  # noqa: N818  (it is what git said)
    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


def _git(folder: str, *args: str, given: bytes = b"") -> bytes:
    """Return what git prints. Raises Problem where there is no git, and _Failed with its words where it fails."""
    program = shutil.which("git")
    if program is None or not Path(program).is_absolute():  # not one that merely lies in the current folder
        raise Problem("--changed needs git, and there is none on the PATH")
    try:
        run = subprocess.run(  # noqa: S603  (no shell, and no word of the user's can be an option)
            [program, *_SAFE, "-C", folder, *args],
            input=given,
            capture_output=True,
            env=_environment(),
            check=False,
            timeout=_LONGEST,
        )
    except subprocess.TimeoutExpired:  # its settings may name a pipe to read
        raise Problem(f"git had no answer after {_LONGEST} seconds", folder) from None
    except OSError as error:
        raise Problem(f"git cannot be run: {error.strerror}") from None
    if run.returncode:
        said = run.stderr.decode(errors="replace").strip().split("\n")[0].removeprefix("fatal: ")
        raise _Failed(said or f"exit code {run.returncode}")
    return run.stdout


def _environment() -> Mapping[str, str]:
    return {**{name: value for name, value in os.environ.items() if name not in _LOCAL}, **_NO_FETCH}
