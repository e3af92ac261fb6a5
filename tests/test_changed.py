"""`--changed`: what git does not know yet, asked without running anything that a repository names."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from followup_lint import catalog
from followup_lint.changed import ALL, LOCAL, Changes, changed, difference, keep
from followup_lint.context import Fact, Kind
from followup_lint.errors import Problem
from followup_lint.linter import Linter, Result
from followup_lint.reader import read_message
from followup_lint.rule import check_names

WHOLE = {
    *("count", "kind", "length", "mention", "part", "presence", "readability"),
    *("reference", "resume", "setting", "silence", "thread", "timing", "tone"),
}
THREE = "one\ntwo\nthree\n"


def git(*args: str, folder: Path | str = ".") -> str:
    who = ("-c", "user.name=Rafi", "-c", "user.email=rafi@kiln.example", "-c", "protocol.file.allow=always")
    done = subprocess.run(["git", *who, *args], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def commit(folder: Path | str = ".") -> str:
    git("add", "--all", folder=folder)
    git("commit", "--quiet", "--message", "x", folder=folder)
    return git("rev-parse", "HEAD", folder=folder)


def write(path: str | Path, text: str = THREE, encoding: str = "utf-8") -> Path:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_bytes(text.encode(encoding))
    return Path(path)


def lines(*numbers: int, gaps: tuple[int, ...] = ()) -> Changes:
    return Changes(frozenset(numbers), frozenset(gaps))


@pytest.fixture(autouse=True)
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    top = tmp_path / "repo"
    top.mkdir()
    monkeypatch.chdir(top)
    git("init", "--quiet", "--initial-branch=main")
    return top


class TestWorkingTree:
    def test_nothing_changed_is_nothing(self) -> None:
        path = write("a.txt")
        commit()
        assert changed([path]) == {}

    @pytest.mark.parametrize("staged", [False, True])
    def test_lines_against_the_last_commit_staged_or_not(self, *, staged: bool) -> None:
        path = write("a.txt")
        commit()
        write("a.txt", "zero\none\ntwo\n3\n")
        if staged:
            git("add", ".")
        assert changed([path]) == {path: lines(1, 4)}

    def test_staged_and_unstaged_together(self) -> None:
        path = write("a.txt")
        commit()
        write("a.txt", "1\ntwo\nthree\n")
        git("add", ".")
        write("a.txt", "1\ntwo\n3\n")
        assert changed([path]) == {path: lines(1, 3)}

    @pytest.mark.parametrize("how", ["untracked", "staged", "ignored"])
    def test_a_new_file_is_new_altogether(self, how: str) -> None:
        write(".gitignore", "b.txt\n" if how == "ignored" else "")
        commit()
        path = write("b.txt")
        if how == "staged":
            git("add", ".")
        assert changed([path]) == {path: ALL}

    def test_before_the_first_commit_all_is_new(self) -> None:
        path = write("a.txt")
        git("add", ".")
        assert changed([path]) == {path: ALL}

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
    def test_line_ends_do_not_count(self, encoding: str) -> None:
        path = write("a.txt", encoding=encoding)
        commit()
        write("a.txt", THREE.replace("\n", "\r\n"), encoding)
        assert changed([path]) == {}
        write("a.txt", THREE.replace("\n", "\r\n").replace("two", "zwei"), encoding)
        assert changed([path]) == {path: lines(2)}

    def test_line_ends_that_git_turns_do_not_count(self) -> None:
        write(".gitattributes", "* text eol=crlf\n")
        path = write("a.txt", THREE.replace("\n", "\r\n"))
        commit()
        assert "\r" not in git("cat-file", "blob", "HEAD:a.txt")
        assert changed([path]) == {}

    @pytest.mark.parametrize("edit", [False, True])
    def test_a_file_that_git_was_told_is_renamed(self, *, edit: bool) -> None:
        text = "".join(f"line {number}\n" for number in range(20))
        write("old name.txt", text)
        commit()
        git("mv", "old name.txt", "new.txt")
        path = Path("new.txt")
        if edit:
            write(path, text.replace("line 7\n", "7\n"))
        assert changed([path]) == ({path: lines(8)} if edit else {})

    @pytest.mark.parametrize(
        "name",
        ["a b.txt", "a\nb.txt", 'a"b.txt', "ünï – 🙂.txt", ":(glob)*.txt", ":a.txt", "-x.txt", "*.txt", "tab\t.txt"],
    )
    def test_any_name(self, name: str) -> None:
        path = write(f"sub folder/{name}")
        write("sub folder/other.txt")
        commit()
        assert changed([path]) == {}
        write(path, "one\n2\nthree\n")
        assert changed([path]) == {path: lines(2)}

    @pytest.mark.skipif(sys.platform != "linux", reason="file names there are text")
    def test_a_name_that_is_no_text(self) -> None:
        path = write(os.fsdecode(b"caf\xe9.txt"))
        commit()
        write(path, "one\n2\nthree\n")
        assert changed([path]) == {path: lines(2)}

    def test_many_files_and_folders(self) -> None:
        paths = [write(f"{number % 7}/{number}.txt") for number in range(450)]
        commit()
        write(paths[3], "1\ntwo\nthree\n")
        write(paths[444], "one\ntwo\n")
        assert changed(paths) == {paths[3]: lines(1), paths[444]: lines(gaps=(2,))}

    def test_from_a_folder_below_above_and_elsewhere(self, repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        write("sub/a.txt")
        commit()
        write("sub/a.txt", "one\n2\nthree\n")
        for folder, name in (
            (repo / "sub", "a.txt"),
            (repo.parent, "repo/sub/../sub/a.txt"),
            (Path("/"), repo / "sub/a.txt"),
        ):
            monkeypatch.chdir(folder)
            assert changed([Path(name)]) == {Path(name): lines(2)}

    def test_a_link_is_what_it_leads_to(self) -> None:
        write("a.txt")
        Path("link.txt").symlink_to("a.txt")
        commit()
        write("a.txt", "one\n2\nthree\n")
        assert changed([Path("link.txt")]) == {Path("link.txt"): lines(2)}

    def test_what_was_a_link_is_new(self) -> None:
        path = Path("a.txt")
        path.symlink_to("one")
        commit()
        path.unlink()
        write(path)
        assert changed([path]) == {path: ALL}

    def test_a_second_working_tree(self, repo: Path) -> None:
        write("a.txt")
        commit()
        git("worktree", "add", "--quiet", "../other")
        path = write(repo.parent / "other" / "a.txt", "one\n2\nthree\n")
        assert changed([path, Path("a.txt")]) == {path: lines(2)}

    def test_a_submodule_is_a_repository_of_its_own(self, repo: Path) -> None:
        inner = repo.parent / "inner"
        inner.mkdir()
        git("init", "--quiet", folder=inner)
        write(inner / "a.txt")
        commit(inner)
        git("submodule", "--quiet", "add", str(inner), "inner")
        outer = write("b.txt")
        commit()
        path = write("inner/a.txt", "one\n2\nthree\n")
        assert changed([path, outer]) == {path: lines(2)}

    def test_a_hook_of_another_repository_does_not_mislead(self, repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = write("a.txt")
        commit()
        write("a.txt", "one\n2\nthree\n")
        monkeypatch.setenv("GIT_DIR", str(repo.parent / "none"))
        monkeypatch.setenv("GIT_INDEX_FILE", "none")
        assert changed([path]) == {path: lines(2)}


class TestRevision:
    def test_against_a_commit_a_branch_and_where_a_branch_left(self) -> None:
        path = write("a.txt")
        first = commit()
        git("checkout", "--quiet", "-b", "mine")
        write("a.txt", "one\n2\nthree\n")
        commit()
        git("checkout", "--quiet", "main")
        write("a.txt", "1\ntwo\nthree\n")
        commit()
        git("checkout", "--quiet", "mine")
        assert changed([path]) == {}
        assert changed([path], first) == changed([path], "HEAD~1") == changed([path], "main...") == {path: lines(2)}
        assert changed([path], "main") == {path: lines(1, 2)}

    def test_a_file_renamed_since_then(self) -> None:
        text = "".join(f"line {number}\n" for number in range(20))
        write("a.txt", text)
        commit()
        git("mv", "a.txt", "b.txt")
        path = write("b.txt", text + "more\n")
        commit()
        assert changed([path], "HEAD~1") == {path: lines(21)}

    @pytest.mark.parametrize(
        "rev",
        [
            "nothing",
            "--output=pwned",
            "-p",
            "",
            "...",
            "^HEAD",
            "HEAD..HEAD",
            "HEAD:a.txt",
            "HEAD^{tree}",
            "a b",
            "x\0",
        ],
    )
    def test_what_is_no_commit_is_told(self, rev: str) -> None:
        path = write("a.txt")
        commit()
        with pytest.raises(Problem, match="is no commit here"):
            changed([path], rev)
        assert not Path("pwned").exists()

    def test_a_commit_with_nothing_in_common_is_told(self) -> None:
        path = write("a.txt")
        commit()
        git("checkout", "--quiet", "--orphan", "other")
        write("b.txt")
        commit()
        with pytest.raises(Problem, match="have nothing in common"):
            changed([path], "main...")


class TestTrouble:
    def test_no_repository(self, tmp_path: Path) -> None:
        path = write(tmp_path / "a.txt")
        with pytest.raises(Problem) as caught:
            changed([path])
        assert str(caught.value) == f"{tmp_path}: is in no git repository; --changed has nothing to compare it with"

    def test_no_git(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", "")
        with pytest.raises(Problem, match="needs git"):
            changed([write("a.txt")])

    def test_a_git_that_merely_lies_here_is_not_run(self, monkeypatch: pytest.MonkeyPatch) -> None:
        write("git", "#!/bin/sh\ntouch pwned\n").chmod(0o755)
        monkeypatch.setenv("PATH", ".")
        with pytest.raises(Problem, match="needs git"):
            changed([write("a.txt")])
        assert not Path("pwned").exists()

    def test_a_folder_that_is_gone(self) -> None:
        with pytest.raises(Problem, match="no such file"):
            changed([Path("/none/a.txt")])

    def test_a_broken_repository(self) -> None:
        path = write("a.txt")
        tree = git("rev-parse", commit() + "^{tree}")
        write("a.txt", "one\n")
        Path(".git/objects", tree[:2], tree[2:]).unlink()
        with pytest.raises(Problem, match="git: "):
            changed([path])


class TestHostile:
    """A draft in a repository somebody else made: to look at it must not run what its settings name."""

    def test_a_git_that_waits_for_ever_is_given_up(self, repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = write("a.txt")
        commit()
        os.mkfifo(repo / "pipe")
        with Path(".git/config").open("a", encoding="utf-8") as settings:
            settings.write(f"[include]\n\tpath = {repo}/pipe\n")
        monkeypatch.setattr("followup_lint.repository._LONGEST", 1)
        with pytest.raises(Problem, match="git had no answer after 1 seconds"):
            changed([path])

    def test_nothing_that_the_repository_names_is_run(self, repo: Path) -> None:
        marker, script = repo.parent / "pwned", repo.parent / "evil.sh"
        write(script, f'#!/bin/sh\necho "$0 $@" >> {marker}\ncat\n').chmod(0o755)
        text = "".join(f"line {number}\n" for number in range(20))
        path, moved = write("a.txt", text), write("old.txt", text + "old\n")
        commit()
        write(".gitattributes", "*.txt filter=evil diff=evil merge=evil text working-tree-encoding=UTF-8\n")
        for key in (
            *("core.fsmonitor", "diff.external", "core.pager", "core.sshCommand", "core.askPass", "core.editor"),
            *("core.alternateRefsCommand", "filter.evil.clean", "filter.evil.smudge", "filter.evil.process"),
            *("diff.evil.textconv", "diff.evil.command", "gpg.program", "credential.helper", "interactive.diffFilter"),
        ):
            git("config", key, str(script))
        git("config", "filter.evil.required", "true")
        git("config", "alias.rev-parse", f"!{script}")
        hooks = repo.parent / "hooks"
        for hook in ("post-index-change", "fsmonitor-watchman", "reference-transaction", "pre-auto-gc"):
            write(hooks / hook, f"#!/bin/sh\necho {hook} >> {marker}\n").chmod(0o755)
        git("config", "core.hooksPath", str(hooks))
        moved.rename("new.txt")
        write("a.txt", text.replace("line 3\n", "3\n"))
        os.utime(".git/index", (0, 0))  # git would read every file again
        assert changed([path, Path("new.txt")]) == {path: lines(4), Path("new.txt"): ALL}
        assert not marker.exists()
        subprocess.run(["git", "status"], capture_output=True, check=False)
        assert marker.exists(), "the trap is set: git on its own falls into it"

    def test_nothing_that_is_missing_is_fetched(self, repo: Path) -> None:
        marker = repo.parent / "pwned"
        path = write("a.txt")
        commit()
        blob = git("rev-parse", "HEAD:a.txt")
        Path(".git/objects", blob[:2], blob[2:]).unlink()
        for key, value in (
            ("core.repositoryFormatVersion", "1"),
            ("extensions.partialClone", "origin"),
            ("remote.origin.promisor", "true"),
            ("remote.origin.url", f"ext::sh -c touch% {marker}"),
            ("remote.origin.uploadpack", f"touch {marker}"),
            ("protocol.ext.allow", "always"),
        ):
            git("config", key, value)
        write("a.txt", "one\n")
        try:
            found = changed([path])
        except Problem as problem:
            assert str(problem).count("\n") == 0  # noqa: PT017  (either answer is right)
        else:
            assert found == {path: ALL}
        assert not marker.exists()
        subprocess.run(["git", "cat-file", "blob", blob], capture_output=True, check=False)
        assert marker.exists(), "the trap is set: git on its own falls into it"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("abc", "abc", lines()),
        ("", "abc", lines(1, 2, 3)),
        ("abc", "", lines(gaps=(0,))),
        ("abc", "xabc", lines(1)),
        ("abc", "abcx", lines(4)),
        ("abc", "axc", lines(2)),
        ("abc", "ac", lines(gaps=(1,))),
        ("abc", "bc", lines(gaps=(0,))),
        ("abc", "ab", lines(gaps=(2,))),
        ("aaaa", "aaa", lines(gaps=(3,))),
        ("abcdef", "xbcef", lines(1, gaps=(3,))),
    ],
)
def test_difference(before: str, after: str, expected: Changes) -> None:
    assert difference(list(before), list(after)) == expected


def test_difference_of_what_is_long_is_bounded() -> None:
    before, after = ([str(number % rest) for number in range(40_000)] for rest in (2, 3))
    assert difference(before, after).lines == set(range(3, 40_001))


@pytest.mark.parametrize(
    ("changes", "first", "last", "expected"),
    [
        (ALL, 1, 1, True),
        (lines(3), 1, 2, False),
        (lines(3), 3, 3, True),
        (lines(3), 2, 4, True),
        (lines(gaps=(2,)), 2, 2, False),
        (lines(gaps=(2,)), 3, 3, False),
        (lines(gaps=(2,)), 2, 3, True),
        (lines(gaps=(0,)), 1, 9, False),
    ],
)
def test_touch(changes: Changes, first: int, last: int, expected: bool) -> None:  # noqa: FBT001
    assert changes.touch(first, last) is expected


def test_every_check_is_about_words_or_about_the_message() -> None:
    assert set(check_names()) == LOCAL | WHOLE, "put it into LOCAL in changed.py, or into WHOLE here"
    assert not LOCAL & WHOLE


class TestKeep:
    TEXT = "Subject: thank you\n\nHi Juno,\n\nYour kiln is warm 😊 today.\n\nIt is big 😊 too.\n\nBest,\nRafi\n"

    def lint(self, data: bytes, path: str) -> Result:
        rules = [rule for rule in catalog.built_in() if rule.name in {"emoji", "gratitude-missing"}]
        message = read_message(data, path, {"kind": Fact(Kind.THANK_YOU, "a test")})
        return Linter(rules, others=lambda _: (), history=lambda message: message).lint(message)

    def rules(self, changes: Changes, text: str = TEXT, path: str = "a.txt") -> list[str]:
        result = self.lint(text.encode(), path)
        return [f"{item.rule} {result.draft.place(item.span.start).line}" for item in keep(result, changes).diagnostics]

    def test_words_stay_where_they_are_new_and_what_is_missing_stays(self) -> None:
        assert self.rules(ALL) == ["gratitude-missing 5", "emoji 5", "emoji 7"]
        assert self.rules(lines(7)) == ["gratitude-missing 5", "emoji 7"]
        assert self.rules(lines(9)) == ["gratitude-missing 5"]
        assert self.rules(lines(gaps=(4,))) == ["gratitude-missing 5"]

    def test_what_is_related_to_something_new_stays(self) -> None:
        result = self.lint(self.TEXT.encode(), "a.txt")
        _, first, second = result.diagnostics
        told = replace(first, finding=replace(first.finding, related=(second.span,)))
        result = replace(result, diagnostics=(told,))
        assert keep(result, lines(7)).diagnostics == (told,)
        assert keep(result, lines(1)).diagnostics == ()

    def test_a_rule_that_is_not_known_is_about_the_message(self) -> None:
        result = replace(self.lint(self.TEXT.encode(), "a.txt"), rules=())
        assert keep(result, lines(1)) == result

    MAIL = (
        "From: Rafi <rafi@kiln.example>\nTo: Juno <juno@kiln.example>\nSubject: thank you\n 😊\nMIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
        "Hi Juno,\n\nThank you: your kiln was=\n warm =F0=9F=98=8A=\n today.\n\n"
        "It is big =F0=9F=98=8A too.\n\nBest,\nRafi\n"
    )

    @pytest.mark.parametrize(
        ("line", "expected"),
        [(11, ["emoji 3"]), (13, ["emoji 3"]), (14, []), (15, ["emoji 5"]), (9, []), (2, []), (3, [])],
    )
    def test_the_lines_of_a_mail_are_those_of_its_file(self, line: int, expected: list[str]) -> None:
        found = self.rules(lines(line), self.MAIL.replace(" 😊", " so"), "a.eml")
        assert found == expected

    def test_a_mail_without_lines_is_new_as_a_whole(self) -> None:
        page = self.MAIL.replace("text/plain", "text/html").replace(" 😊", " so")
        assert self.rules(lines(1), page, "a.eml") == ["emoji 1", "emoji 1"]
