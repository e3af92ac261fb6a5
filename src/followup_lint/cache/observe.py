"""What a run depends on, as questions about the disk; and their answers, all in one digest.

A question is a word and a path:

    above   the settings and ignore files right in a folder, and whether a repository begins there
    drafts  what lies beside a draft: the drafts and invitations right in a folder
    file    what a file holds, or that it is not there
    real    where a folder really lies
    rules   the rule files right in a folder
    there   whether anything of that name is there
    tree    the drafts of a whole tree, as far as it is not too large to be a tree of drafts
    walk    the drafts of a whole tree, however large

Contents are always read: a file may change and keep its size and its time.
"""

import os
import stat

from followup_lint.cache.vault import blake2b

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

Question = tuple[str, str]

SETTINGS = (".followup-lint.yaml", ".followup-lint.yml", "pyproject.toml", ".gitignore", ".followup-lintignore")
DRAFTS, INVITATIONS, RULES = (".txt", ".md", ".eml"), ".ics", (".yaml", ".yml")

MAX_ENTRIES, MAX_DRAFTS = 20_000, 4_000
"""As `thread.tree` has them: a larger tree is no place of drafts."""

MAX_BESIDE, MAX_INVITATIONS = 400, 50
"""As `thread.tree` and `invite` have them: more in one folder are not looked into."""

MAX_WALK, MAX_BYTES = 20_000, 256_000_000
"""What takes longer to look at than it is worth."""

_NEVER = frozenset({"node_modules", "__pycache__"})
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)


class TooMuch(Exception):  # noqa: N818  (no error: such a run is not kept)
    """There is more than can be looked at in good time, or it has only just changed."""


class Look:
    """One look at the disk. With `since`, in nanoseconds, it may see nothing that has changed from then on.

    Of each file, `notice` is given the path and what it holds.
    """

    def __init__(self, since: int = 0, notice: "Callable[[str, bytes], None] | None" = None) -> None:
        """Begin."""
        self.since = since
        self.notice = notice
        self._seen: set[str] = set()
        self._made = blake2b(digest_size=64)
        self._left = MAX_BYTES

    def answers(self, questions: list[Question]) -> tuple[bytes, bytes]:
        """Return two digests of all answers: one to compare, and one that only who has seen the same can know.

        Raises TooMuch.
        """
        for kind, path in questions:
            self._tell(f"{kind} {path}")
            getattr(self, kind)(path)
        made = self._made.digest()
        return made[:32], made[32:]

    def above(self, folder: str) -> None:
        """Look at settings and ignore files."""
        for name in SETTINGS:
            self.file(f"{folder.rstrip('/')}/{name}")
        self.there(f"{folder.rstrip('/')}/.git")

    def there(self, path: str) -> None:
        """Look whether a name is taken."""
        self._tell("+" if os.path.lexists(path) else "-")

    def real(self, folder: str) -> None:
        """Look where a folder lies."""
        self._tell(os.path.realpath(folder))

    def file(self, path: str) -> None:
        """Look into a file."""
        if path in self._seen:
            return
        try:
            found = os.lstat(path)
            if stat.S_ISLNK(found.st_mode):
                self._tell(os.path.realpath(path))
                found = os.stat(path)
        except (OSError, ValueError):
            self._tell("-")
            return
        if stat.S_ISREG(found.st_mode):
            self._content(path)
        else:
            self._tell("folder" if stat.S_ISDIR(found.st_mode) else "device")

    def drafts(self, folder: str) -> None:
        """Look at what lies beside a draft."""
        files = [(name, path) for name, path, is_folder in self._listed(folder) if not is_folder]
        self._several([path for name, path in files if is_draft(name)], MAX_BESIDE)
        self._several([path for name, path in files if name.lower().endswith(INVITATIONS)], MAX_INVITATIONS)

    def rules(self, folder: str) -> None:
        """Look at the rule files of a folder."""
        self._several([path for name, path, _ in self._listed(folder) if name.endswith(RULES)], MAX_WALK)

    def walk(self, root: str) -> None:
        """Look at a tree. Raises TooMuch."""
        if not self._planted(root, MAX_WALK, MAX_WALK):
            raise TooMuch(root)

    def tree(self, root: str) -> None:
        """Look at a tree of drafts; of one that is too large, that it is."""
        if not self._planted(root, MAX_ENTRIES, MAX_DRAFTS):
            self._tell("too large")

    def _planted(self, root: str, most: int, most_drafts: int) -> bool:
        """Take in all that matters of a tree, or nothing if it holds more than that."""
        told: list[str] = []
        files: list[str] = []
        seen = drafts = 0
        pending = [root]
        while pending:
            for name, path, is_folder in self._listed(pending.pop()):
                if is_folder:
                    if name[0] == "." or name in _NEVER:
                        continue
                    is_place = not os.path.exists(f"{path}/pyvenv.cfg")
                    told.append(f"{path} {is_place}")
                    if is_place and not os.path.islink(path):
                        pending.append(path)
                    seen += is_place
                    continue
                seen += 1
                drafts += is_draft(name)
                if is_draft(name) or name.lower().endswith(INVITATIONS) or name in SETTINGS:
                    files.append(path)
            if seen > most or drafts > most_drafts:
                return False
        self._tell("\n".join(told))
        self._several(files, len(files))
        return True

    def _several(self, paths: list[str], most: int) -> None:
        if len(paths) > most:
            self._tell("too many")
            return
        for path in paths:
            self._tell(path)
            self.file(path)

    def _listed(self, folder: str) -> list[tuple[str, str, bool]]:
        """Return name, path and whether it is a folder of all in a folder, in order; nothing where it is closed."""
        top = folder.rstrip("/")
        try:
            with os.scandir(folder) as entries:
                found = sorted((entry.name, f"{top}/{entry.name}", entry.is_dir()) for entry in entries)
            if self.since:
                self._old(os.stat(folder))
        except (OSError, ValueError):
            return []
        return found

    def _content(self, path: str) -> None:
        self._seen.add(path)
        try:
            handle = os.open(path, _FLAGS)
        except OSError:
            self._tell("closed")
            return
        try:
            if self.since:
                self._old(os.fstat(handle))
            data = os.read(handle, 1 << 16)
            while piece := os.read(handle, 1 << 20):
                data += piece
                if len(data) > self._left:
                    raise TooMuch(path)
        except OSError:
            data = b"unreadable"
        finally:
            os.close(handle)
        self._left -= len(data)
        if self._left < 0:
            raise TooMuch(path)
        if self.notice:
            self.notice(path, data)
        self._made.update(b"%d:" % len(data))
        self._made.update(data)

    def _old(self, found: os.stat_result) -> None:
        if max(found.st_mtime_ns, found.st_ctime_ns) >= self.since:
            raise TooMuch("has just changed")

    def _tell(self, words: str) -> None:
        data = words.encode("utf-8", "surrogateescape")
        self._made.update(b"%d;" % len(data))
        self._made.update(data)


def is_draft(name: str) -> bool:
    """Whether a file of this name may be a draft."""
    return name[0] != "." and name.lower().endswith(DRAFTS)
