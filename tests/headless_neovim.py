"""A Neovim without a screen, with our configuration in it and nothing else."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from drafts import Mark

T = TypeVar("T")
CONFIG = Path(__file__).parents[1] / "editors" / "neovim"
SERVER = [sys.executable, "-m", "followup_lint.lsp"]


def programs() -> dict[str, str]:
    """Return the Neovims there are: that of the package index, beside our Python, and the system's."""
    beside = str(Path(sys.executable).parent)
    elsewhere = os.pathsep.join(item for item in os.get_exec_path() if item != beside)
    places = {"index": shutil.which("nvim", path=beside), "system": shutil.which("nvim", path=elsewhere)}
    return {name: program for name, program in places.items() if program}


def until(look: Callable[[], T], seconds: float = 30) -> T:
    """Return the first thing seen that counts as true."""
    end = time.monotonic() + seconds
    while not (seen := look()):
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)
    return seen


class Neovim:
    """One Neovim, `program`, that keeps what it writes in `home`."""

    def __init__(self, program: str, home: Path) -> None:
        import pynvim

        os.environ |= {name: str(home) for name in ("XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
        self.vim: Any = pynvim.attach("child", argv=[program, "--embed", "--headless", "--clean", "-n"])
        self.vim.command("filetype on")
        self.vim.exec_lua("vim.opt.runtimepath:prepend(...)", str(CONFIG))
        self.vim.command("runtime! ftdetect/followup_lint.vim")
        if self.lua("return vim.fn.has('nvim-0.11')"):
            self.lua("vim.lsp.config('followup_lint', {cmd = ...}); vim.lsp.enable('followup_lint')", SERVER)
        else:
            self.lua("require('followup_lint').setup{cmd = ...}", SERVER)

    def lua(self, code: str, *given: Any) -> Any:
        return self.vim.exec_lua(code, *given)

    def edit(self, path: Path) -> None:
        self.vim.command(f"edit! {path}")
        until(lambda: self.lua("return #vim.diagnostic.get(0)"))

    @property
    def text(self) -> str:
        return "\n".join([*self.vim.current.buffer, ""])

    def marks(self) -> list[Mark]:
        """Return the diagnostics as they stand in the buffer; Neovim counts in bytes."""
        lines = [line.encode() for line in self.vim.current.buffer]

        def column(line: int, byte: int) -> int:
            return len(lines[line][:byte].decode()) + 1

        return sorted(
            Mark(
                item["lnum"] + 1,
                column(item["lnum"], item["col"]),
                item["end_lnum"] + 1,
                column(item["end_lnum"], item["end_col"]),
                item["code"],
            )
            for item in self.lua("return vim.diagnostic.get(0)")
        )

    def go(self, words: str) -> None:
        """Put the cursor on the first of some words."""
        for number, line in enumerate(self.vim.current.buffer):
            if words in line:
                self.vim.current.window.cursor = (number + 1, len(line[: line.index(words)].encode()))
                return
        raise AssertionError(words)

    def set(self, wishes: dict[str, Any]) -> None:
        """Change the settings of the server that runs."""
        change = """
            local wishes = ...
            local settings = { followupLint = next(wishes) and wishes or vim.empty_dict() }
            for _, client in pairs(vim.lsp.get_active_clients()) do
              client.config.settings = settings
              if vim.fn.has('nvim-0.11') == 1 then client.settings = settings end
              client.notify('workspace/didChangeConfiguration', { settings = settings })
            end
        """
        self.lua(change, wishes)

    def hover(self) -> str:
        """Return what the floating window says."""
        self.lua("vim.lsp.buf.hover()")
        shown = """
            for _, window in ipairs(vim.api.nvim_list_wins()) do
              if vim.api.nvim_win_get_config(window).relative ~= '' then
                local lines = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, true)
                vim.api.nvim_win_close(window, true)
                return table.concat(lines, '\\n')
              end
            end
        """
        return str(until(lambda: self.lua(shown)))

    def act(self, title: str) -> None:
        """Do the code action of a title, as if it were chosen from the list, and save."""
        before = self.text
        choose = """
            local title = ...
            vim.ui.select = function(items, options, done)
              for number, item in ipairs(items) do
                if options.format_item(item):find(title, 1, true) then return done(item, number) end
              end
            end
            vim.lsp.buf.code_action()
        """
        self.lua(choose, title)
        until(lambda: self.text != before)
        self.vim.command("write")

    def close(self) -> str:
        """End it, and return what it complained of."""
        said = str(self.vim.command_output("messages"))
        self.vim.close()
        return said
