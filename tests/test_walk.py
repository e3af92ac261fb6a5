from __future__ import annotations

import os
from pathlib import Path

import pytest

from followup_lint.sources.walk import find


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(*names: str, text: str = "Hi") -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text)


def found(*paths: str, exclude: tuple[str, ...] = ()) -> list[str]:
    drafts, problems = find(paths, exclude)
    assert not problems
    return [Path(draft).as_posix() for draft in drafts]


@pytest.mark.usefixtures("folder")
class TestFolders:
    def test_drafts_at_every_depth_sorted(self) -> None:
        write("out/b.txt", "out/a/x.MD", "out/a/y.Eml", "out/c.pdf", "out/d.txt~", "out/noext")
        assert found("out") == ["out/a/x.MD", "out/a/y.Eml", "out/b.txt"]

    def test_sorted_part_by_part_as_paths_are(self) -> None:
        write("a/x.txt", "a b/x.txt", "a-b.txt", "a/b/x.txt", "-a/x.txt", "a.txt", "a!/x.txt")
        names = [path.as_posix() for path in sorted(Path().rglob("*.txt"))]
        assert found(".") == names
        root = Path.cwd().as_posix()
        both = sorted([Path("-a/x.txt"), Path(root, "a/x.txt"), Path(root, "a b/x.txt"), Path("a.txt")])
        assert found(*(str(path) for path in reversed(both))) == [path.as_posix() for path in both]

    def test_the_current_folder(self) -> None:
        write("b.txt", "a/c.md")
        assert found(".") == ["a/c.md", "b.txt"]

    def test_absolute_stays_absolute(self) -> None:
        write("out/b.txt")
        assert found(str(Path("out").resolve())) == [Path("out/b.txt").resolve().as_posix()]

    def test_other_peoples_folders_are_skipped(self) -> None:
        write("a.txt", ".git/x.txt", ".hidden/x.txt", "node_modules/x.md", "__pycache__/x.txt", "._a.txt")
        write("env/lib/x.txt", "env/pyvenv.cfg", "conda/x.txt", "conda/conda-meta/history")
        assert found(".") == ["a.txt"]

    def test_a_hidden_folder_is_walked_when_named(self) -> None:
        write(".drafts/a.txt")
        assert found(".drafts") == [".drafts/a.txt"]

    def test_each_file_once(self) -> None:
        write("out/a.txt", "out/b.txt")
        Path("out/z.txt").symlink_to("a.txt")
        assert found("out/b.txt", "out", "./out/b.txt", "out/../out") == ["out/a.txt", "out/b.txt"]

    def test_linked_folders_are_not_followed_and_dead_links_left_alone(self) -> None:
        write("out/a.txt")
        Path("out/loop").symlink_to("..")
        Path("out/dead.txt").symlink_to("gone.txt")
        assert found("out") == ["out/a.txt"]

    def test_a_link_to_a_folder_is_followed_when_named(self) -> None:
        write("out/a.txt")
        Path("link").symlink_to("out")
        assert found("link") == ["link/a.txt"]


@pytest.mark.usefixtures("folder")
class TestIgnoring:
    def test_gitignore_at_every_level(self) -> None:
        write(".gitignore", text="old/\n*.bak.txt\n/top.txt\n")
        write("sub/.gitignore", text="!keep.bak.txt\nlocal.md\n")
        write("a.txt", "a.bak.txt", "old/a.txt", "sub/old/a.txt", "top.txt", "sub/top.txt")
        write("sub/keep.bak.txt", "sub/b.bak.txt", "sub/local.md", "local.md", "sub/deep/local.md")
        assert found(".") == ["a.txt", "local.md", "sub/keep.bak.txt", "sub/top.txt"]

    def test_what_a_left_out_folder_holds_cannot_be_brought_back(self) -> None:
        write(".gitignore", text="old/\n!old/a.txt\n")
        write("old/a.txt", "b.txt")
        assert found(".") == ["b.txt"]

    def test_parents_up_to_the_repository(self) -> None:
        write("repo/.git/HEAD")
        write(".gitignore", text="*\n")
        write("repo/.gitignore", text="private-*\n/mail/sent/\n")
        write("repo/mail/a.txt", "repo/mail/private-b.txt", "repo/mail/sent/c.txt", "repo/sent/c.txt")
        assert found("repo/mail") == ["repo/mail/a.txt"]
        assert found("repo") == ["repo/mail/a.txt", "repo/sent/c.txt"]

    def test_parents_do_not_count_outside_a_repository(self) -> None:
        write(".gitignore", text="*.txt\n")
        write("mail/a.txt")
        assert found("mail") == ["mail/a.txt"]

    def test_an_ignored_folder_is_walked_when_named(self) -> None:
        write(".git/HEAD")
        write(".gitignore", text="drafts/\n")
        write("drafts/a.txt", "drafts/b.txt")
        write("drafts/.gitignore", text="b.txt\n")
        assert found("drafts") == ["drafts/a.txt"]

    def test_an_ignored_file_is_taken_when_named(self) -> None:
        write(".gitignore", text="*.txt\n")
        write("a.txt", "b.log")
        assert found("a.txt", "b.log") == ["a.txt", "b.log"]

    def test_exclude_is_relative_to_the_folder(self) -> None:
        write("out/sent/a.txt", "out/b.txt", "out/in/sent/c.txt", "out/in/d.md")
        assert found("out", exclude=("/sent/", "*.md")) == ["out/b.txt", "out/in/sent/c.txt"]

    def test_exclude_never_brings_back_what_git_ignores(self) -> None:
        write("out/.gitignore", text="b.txt\n")
        write("out/a.txt", "out/b.txt")
        assert found("out", exclude=("!b.txt",)) == ["out/a.txt"]

    def test_broken_lines_of_a_gitignore_file_count_for_nothing(self) -> None:
        write("a.txt", "b.txt")
        Path(".gitignore").write_bytes(
            b"\xef\xbb\xbfb.txt\r\n!\n\xff\xfe[\n/\n[tool.followup-lint]\n[p-a]*\n[[:alpha:]].md\n"
        )
        assert found(".") == ["a.txt"]


@pytest.mark.usefixtures("folder")
class TestProblems:
    @pytest.mark.parametrize("name", ["gone.txt", "a.txt/b", "nul\0.txt"])
    def test_missing(self, name: str) -> None:
        write("a.txt")
        drafts, problems = find([name, "a.txt"])
        assert [str(problem) for problem in problems] == [f"{name}: no such file or folder"]
        assert drafts == ["a.txt"]

    def test_a_link_to_itself(self) -> None:
        Path("self").symlink_to("self")
        _, problems = find(["self"])
        assert "cannot be read: " in str(problems[0])

    def test_a_folder_without_drafts(self) -> None:
        Path("empty").mkdir()
        write("a.txt")
        drafts, problems = find(["empty", "."])
        assert [str(problem) for problem in problems] == ["empty: no .txt, .md or .eml drafts in this folder"]
        assert drafts == ["a.txt"]

    def test_a_folder_that_cannot_be_opened(self, monkeypatch: pytest.MonkeyPatch) -> None:
        write("out/a.txt", "out/shut/b.txt")
        scan = os.scandir

        def guarded(path: str) -> os._ScandirIterator[str]:
            if Path(path).name == "shut":
                raise PermissionError(13, "Permission denied")
            return scan(path)

        monkeypatch.setattr("os.scandir", guarded)
        drafts, problems = find(["out"])
        assert drafts == ["out/a.txt"]
        assert [problem.message for problem in problems] == ["cannot open this folder: permission denied"]

    def test_an_exclude_pattern_that_is_none(self) -> None:
        write("a.txt")
        drafts, problems = find(["."], ["!"])
        assert drafts == ["a.txt"]
        assert [problem.message for problem in problems] == ["not a pattern that can exclude anything: '!'"]


@pytest.mark.usefixtures("folder")
class TestNamedFiles:
    def forced(self, *paths: str, exclude: tuple[str, ...] = ()) -> list[str]:
        drafts, problems = find(paths, exclude, forced=True)
        assert not problems
        return [Path(draft).as_posix() for draft in drafts]

    def test_a_named_file_is_taken_unless_exclusion_is_forced(self) -> None:
        write("old/a.txt", "new/b.txt")
        assert found("old/a.txt", "new/b.txt", exclude=("old",)) == ["new/b.txt", "old/a.txt"]
        assert self.forced("old/a.txt", "new/b.txt", exclude=("old",)) == ["new/b.txt"]

    def test_forced_exclusion_heeds_ignore_files_above(self) -> None:
        write("out/a.txt", "out/b.txt", "out/deep/c.txt")
        Path(".git").mkdir()
        Path(".gitignore").write_text("deep/\n")
        Path("out/.followup-lintignore").write_text("b.*\n")
        assert self.forced("out/a.txt", "out/b.txt", "out/deep/c.txt") == ["out/a.txt"]

    def test_our_own_ignore_file_has_the_last_word(self) -> None:
        write("a.txt", "b.txt", "c.txt")
        Path(".gitignore").write_text("*.txt\n")
        Path(".followup-lintignore").write_text("!a.txt\nc.txt\n")
        assert found(".") == ["a.txt"]
