"""How well signatures and quoted mail are told from the writer's words, on mails that say it line by line."""

from __future__ import annotations

import pytest
from marked import QUOTED, SIGN_OFF, SIGNATURE, Mail, cut_marks, f1, mails, own

SIGNATURES, REPLIES, LOOKALIKES = mails("signatures.txt"), mails("replies.txt"), mails("lookalikes.txt")

NOT_FOUND = frozenset({"initials", "no signature: an exclamation"})
"""Mails whose signature is not told right: three small letters are no name, and one word with its mark may be one."""


@pytest.mark.parametrize("wanted", [{SIGNATURE}, {SIGN_OFF, SIGNATURE}])
def test_lines_of_signatures_are_found(wanted: set[str]) -> None:
    precision, recall, both = f1(SIGNATURES, frozenset(wanted))
    assert min(precision, recall, both) >= 0.98


@pytest.mark.parametrize("mail", SIGNATURES, ids=lambda mail: mail.title)
def test_a_signature_is_told_from_the_rest(mail: Mail) -> None:
    leave = [mark in {SIGN_OFF, SIGNATURE} for mark in mail.marks]
    found = [mark in {SIGN_OFF, SIGNATURE} for mark in cut_marks(mail.text)]
    assert (found == leave) is (mail.title not in NOT_FOUND)


@pytest.mark.parametrize("mail", REPLIES, ids=lambda mail: mail.title)
def test_what_is_quoted_is_told_from_the_answer(mail: Mail) -> None:
    assert own(cut_marks(mail.text)) == own(mail.marks)


@pytest.mark.parametrize("mail", LOOKALIKES, ids=lambda mail: mail.title)
def test_nothing_of_the_writers_is_cut_off(mail: Mail) -> None:
    assert QUOTED not in cut_marks(mail.text)


def test_there_are_enough_of_each() -> None:
    assert len(SIGNATURES) >= 100
    assert len(REPLIES) >= 240
    assert len(LOOKALIKES) >= 48
    assert len({mail.title for mail in REPLIES}) == len(REPLIES)
