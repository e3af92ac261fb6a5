from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_lint.draft import BlockKind
from followup_lint.structure import cut
from followup_lint.text import Span

G, P, LI = BlockKind.GREETING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM
O, S, Q, F = BlockKind.SIGN_OFF, BlockKind.SIGNATURE, BlockKind.QUOTED, BlockKind.FORWARDED  # noqa: E741


def parts(text: str) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.span.of(text)) for block in cut(text, Span(0, len(text)))]


def kinds(text: str) -> list[BlockKind]:
    return [kind for kind, _ in parts(text)]


@pytest.mark.parametrize(
    ("first", "greeting"),
    [
        ("Dear Ms. Ono,", "Dear Ms. Ono,"),
        ("Dear Sir or Madam:", "Dear Sir or Madam:"),
        ("Dear Sir/Madam", "Dear Sir/Madam"),
        ("To Whom It May Concern", "To Whom It May Concern"),
        ("Hi all,", "Hi all,"),
        ("hey rosa!!", "hey rosa!!"),
        ("Dear Per, dear Ann-Lis, dear Bo,", "Dear Per, dear Ann-Lis, dear Bo,"),
        ("Dear Dr. March,", "Dear Dr. March,"),
        ("Dear Hiring Team at Ash & Sons,", "Dear Hiring Team at Ash & Sons,"),
        ("Dear [Hiring Manager],", "Dear [Hiring Manager],"),
        ("Sehr geehrte Frau Roth,", "Sehr geehrte Frau Roth,"),
        ("Bonjour Madame Petit,", "Bonjour Madame Petit,"),
        ("Уважаемая Анна,", "Уважаемая Анна,"),
        ("Hi Rosa 👋", "Hi Rosa 👋"),
        ("Rosa,", "Rosa,"),
        ("Rosa", "Rosa"),
        ("Mr. Stone,", "Mr. Stone,"),
        ("Dr Okoye:", "Dr Okoye:"),
        ("boss,", "boss,"),
        ("Rosa, Tim,", "Rosa, Tim,"),
        ("\ufeffDear Ms. Ono,", "\ufeffDear Ms. Ono,"),
    ],
)
def test_greeting_on_its_own_line(first: str, greeting: str) -> None:
    assert parts(f"{first}\n\nThe tour was great fun.") == [(G, greeting), (P, "The tour was great fun.")]


@pytest.mark.parametrize(
    ("greeting", "rest"),
    [
        ("Hi Rosa,", "thanks for the tour of the mill."),
        ("Hi Rosa -", "thank you for the tour."),
        ("Rosa:", "Thanks for the tour."),
        ("Rosa,", "you said I might write."),
        ("Hello Dr. Stone,", "this is Tim Ash from Monday."),
        ("Good morning Rosa,", "it's Tim."),
        ("Hi Rosa!", "Loved it."),
        ("Hi Rosa, hi Tim,", "thank you both."),
        ("Hi Rosa", "thank you for the tour."),
        ("hi", "its tim, any news?"),
        ("Hello", "my name is Tim and we met on Monday."),
        ("Hello from Oslo!", "I loved the tour."),
        ("Dear Rosa", "I am writing about the tour."),
        ("Hi Petra,", "Philippa here, from the tour."),
    ],
)
def test_greeting_inside_a_line(greeting: str, rest: str) -> None:
    assert parts(f"{greeting} {rest}") == [(G, greeting), (P, rest)]


@pytest.mark.parametrize(
    "line",
    [
        "Thanks Rosa, that was a fine tour.",
        "Yesterday, I met the crew.",
        "However, I have one question.",
        "First, thank you for the tour.",
        "Regrettably, I must withdraw.",
        "Question: would you rather talk on Monday?",
        "Hi-fi repair is what I know best.",
        "Dear colleagues often ask me why I left.",
        "Morning shifts suit me best.",
        "Thank You",
    ],
)
def test_what_is_no_greeting(line: str) -> None:
    assert kinds(f"{line}\n\nI would like the job.") == [P, P]


def test_a_second_salutation_is_prose() -> None:
    assert kinds("Dear Mrs. Obi,\n\nGood afternoon Ma. Thank you for the tour.") == [G, P]


def test_a_letter_has_addresses_above_its_greeting() -> None:
    letter = "Tim Ash\n4 Mill Lane\nLeeds\n\n5 May 2026\n\nDear Ms. Ono:\n\nThank you.\n\nSincerely,\n\nTim Ash"
    assert kinds(letter) == [S, S, G, P, O, S]


@pytest.mark.parametrize(
    ("closing", "name"),
    [
        ("Best regards,", "Tim Ash"),
        ("Kind regards", "Tim Ash"),
        ("Kind regards.", "Tim"),
        ("Sincerely yours,", "Tim Ash, RN"),
        ("Many thanks again,", "Tim"),
        ("With best wishes to you and the crew,", "Tim Ash"),
        ("All the best with the launch,", "Tim"),
        ("Thanks to you both,", "Tim Wei"),
        ("Thank you.", "Tim Ash"),
        ("Talk soon,", "Tim"),
        ("Looking forward,", "Tim"),
        ("I remain, yours faithfully,", "Tim Ash"),
        ("Hugs from the night shift,", "Tim 🌸"),
        ("Med vänliga hälsningar", "Tim Öberg"),
        ("Mit freundlichen Grüßen", "i.A. Tim Voss"),
        ("Best regards / Cordialement", "Tim"),
        ("С уважением,", "Тим Орлов"),
        ("Sincerely,", "[Your Name]"),
        ("cheers,", "tim"),
        ("BR,", "Tim"),
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n\n"])
def test_sign_off_and_name(closing: str, name: str, gap: str) -> None:
    text = f"Hi Rosa,\n\nThe tour was great fun.\n\n{closing}{gap}{name}\n"
    assert parts(text)[2:] == [(O, closing), (S, name)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I loved the tour.\n\nThanks, Tim", [(P, "I loved the tour."), (O, "Thanks,"), (S, "Tim")]),
        ("I loved the tour.\n\nXx Tim Ash", [(P, "I loved the tour."), (O, "Xx"), (S, "Tim Ash")]),
        ("I loved the tour. Best, Tim", [(P, "I loved the tour."), (O, "Best,"), (S, "Tim")]),
        ("I loved the tour. Thanks. Tim", [(P, "I loved the tour."), (O, "Thanks."), (S, "Tim")]),
        ("I loved the tour. Tim Ash", [(P, "I loved the tour."), (S, "Tim Ash")]),
        ("Send it. Best regards,\nTim Ash", [(P, "Send it."), (O, "Best regards,"), (S, "Tim Ash")]),
        ("I loved it.\n\nCon cariño\nTim", [(P, "I loved it."), (O, "Con cariño"), (S, "Tim")]),
        ("lmk!!\ntim", [(P, "lmk!!"), (S, "tim")]),
        ("I loved it.\n\nTim Ash\n07700 900123", [(P, "I loved it."), (S, "Tim Ash\n07700 900123")]),
        ("I loved it.\n\n-Tim", [(P, "I loved it."), (S, "-Tim")]),
        ("I loved it.\n\nRegards,", [(P, "I loved it."), (O, "Regards,")]),
    ],
)
def test_ways_to_leave(text: str, expected: list[tuple[BlockKind, str]]) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    "last",
    [
        "Hope to hear from you soon!",
        "I look forward to hearing from you.",
        "Thank you for your time and patience.",
        "Good luck with the new mill.",
        "No rush",
        "https://tim.example/work",
    ],
)
def test_a_last_sentence_is_prose(last: str) -> None:
    assert parts(f"Hi Rosa,\n\nI loved it.\n\n{last}")[-1] == (P, last)


def test_the_reader_does_not_sign() -> None:
    assert kinds("Hi Rosa, it was fun. Thanks again, Rosa") == [G, P]


def test_a_thanking_paragraph_is_not_the_sign_off() -> None:
    assert kinds("Hi Rosa,\n\nThanks!\n\nMonday works\n\nTim") == [G, P, P, S]
    assert kinds("Hi Rosa,\n\nThank you.\n\nYours truly,\nTim") == [G, P, O, S]


@pytest.mark.parametrize(
    "tail",
    [
        "Tim Ash\nMill Hand\nTel 01632 960 123 | tim@ash.example\nOffice days Mon and Tue, do not mind the hour",
        "Tim\n\nTim Ash | +44 1632 960123",
        "Tim\n-- \nSome firm, some street",
        "Tim\n\nSent from my Nokia",
        "Tim\n\nThis e-mail is confidential. If you are not the intended recipient please delete it.",
        "Tim\n\nPlease consider the environment before printing.",
        'Tim\n"We mill what we can." -- Somebody',
    ],
)
def test_signature_goes_to_the_end(tail: str) -> None:
    assert parts(f"Hi Rosa,\n\nI loved it.\n\nBest,\n{tail}")[-1] == (S, tail)


def test_afterthoughts_are_prose() -> None:
    text = "I loved it.\n\nBest,\nTim\n\nP.S. The key is under the mat.\n\nSent from my Nokia"
    assert kinds(text) == [P, O, S, P, S]
    assert kinds("I loved it.\n\nTim\n\nPS the key is under the mat.") == [P, S, P]


@pytest.mark.parametrize(
    "line",
    [
        "On Wed, 6 May 2026 at 16:12, Rosa Ono <rosa@ono.example> wrote:",
        "On Wed, 6 May 2026 at 16:12, Rosa Ono <\nrosa@ono.example> wrote:",
        "On Wed, 6 May 2026 at 16:12, Rosa Ono\n<rosa@ono.example>\nwrote:",
        "Am Mi., 6. Mai 2026 um 16:12 Uhr schrieb Rosa Ono <rosa@ono.example>:",
        "Le mer. 6 mai 2026 à 16:12, Rosa Ono <rosa@ono.example> a\nécrit :",
        "El mié, 6 may 2026 a las 16:12, Rosa Ono (<rosa@ono.example>) escribió:",
        "Op wo 6 mei 2026 om 16:12 schreef Rosa Ono <rosa@ono.example>:",
        "Den ons 6 maj 2026 kl 16:12 skrev Rosa Ono <rosa@ono.example>:",
        "ср, 6 мая 2026 г. в 16:12, Rosa Ono <rosa@ono.example>:",
        "2026年5月6日(水) 16:12 Rosa Ono <rosa@ono.example>:",
        "--- Rosa Ono <rosa@ono.example> wrote:",
        "rosa@ono.example (Rosa Ono) writes:",
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_attribution_belongs_to_the_quotation(line: str, gap: str) -> None:
    quoted = f"{line}{gap}> Can you come?\n>> No."
    assert parts(f"I can.\n\nTim\n\n{quoted}\n") == [(P, "I can."), (S, "Tim"), (Q, quoted)]


def test_own_words_between_and_below_quotations() -> None:
    text = "> Monday?\n\nYes, Monday works.\n\n> Nine?\n\nNine is fine.\n\nTim"
    assert kinds(text) == [Q, P, Q, P, S]


def test_wrote_in_prose_is_prose() -> None:
    assert kinds("Hi Rosa,\n\nOn Monday you wrote that I need:\n\n- a pen\n- the form\n\nStill so?") == [
        G,
        P,
        LI,
        LI,
        P,
    ]
    assert kinds('Hi Rosa,\n\nOn 5 May 2026 at 9:00 you wrote:\n\n"Come."\n\nI came.') == [G, P, P, P]


@pytest.mark.parametrize(
    "thread",
    [
        "-----Original Message-----\nFrom: Rosa\nSent: Monday\n\nHi Tim,\n\nBest,\nRosa",
        " -----Ursprüngliche Nachricht-----\nVon: Rosa\n\nHallo",
        "________________________________\nFrom: Rosa <r@ono.example>\nSent: Monday\nTo: Tim\nSubject: Mill\n\nHi",
        "Von: Rosa\nGesendet: Montag\nAn: Tim\nBetreff: Mühle\n\nHallo",
        "*De :* Rosa\n*Envoyé :* lundi\n*À :* Tim\n*Objet :* moulin\n\nBonjour",
        "Rosa Ono@ABC\n05/12/2000 03:12 PM\nTo: Tim Ash/LON/ABC@ABC\ncc: \nSubject: Re: Mill\n\nFine.",
        'On 5/6/26, 4:12 PM, "Rosa Ono" <rosa@ono.example> wrote:\n\n    Come on Monday.',
        ">>> Rosa Ono 05/06/01 03:12PM >>>\nCome on Monday.",
    ],
)
def test_older_mail_goes_to_the_end(thread: str) -> None:
    assert parts(f"I can.\n\nTim\n\n{thread}") == [(P, "I can."), (S, "Tim"), (Q, thread.strip())]


@pytest.mark.parametrize(
    "thread",
    [
        "---------- Forwarded message ---------\nFrom: Rosa <r@ono.example>\n\nHi",
        "Begin forwarded message:\n\n> From: Rosa\n\nHi",
        "-------- Weitergeleitete Nachricht --------\nVon: Rosa\n\nHallo",
        "---------------------- Forwarded by Tim Ash/LON/ABC on 03/02/2001 09:11 \nAM ----------------------\n\nHi",
    ],
)
def test_forwarded_mail_goes_to_the_end(thread: str) -> None:
    assert parts(f"I can.\n\nTim\n{thread}") == [(P, "I can."), (S, "Tim"), (F, thread)]


def test_dates_are_not_headers() -> None:
    assert kinds("Hi Rosa,\n\nMy stay:\nFrom: 9 May\nTo: 12 May\n\nIs that fine?") == [G, P, P]


def test_list_items() -> None:
    text = "Hi Rosa,\n\nI ask:\n1) Pay?\n2) Start?\n   In May?\n\n- one\n- two\n\nThe mill\n- as I said - is fine."
    assert parts(text)[1:] == [
        (P, "I ask:"),
        (LI, "1) Pay?"),
        (LI, "2) Start?\n   In May?"),
        (LI, "- one"),
        (LI, "- two"),
        (P, "The mill\n- as I said - is fine."),
    ]


def test_line_ends_and_hard_wraps_stay_exact() -> None:
    text = "Dear Ms. Ono,\r\n\r\n\tI came\r\nand left.  \r\n\r\nBest,\r\nTim\r\n"
    assert parts(text) == [(G, "Dear Ms. Ono,"), (P, "I came\r\nand left."), (O, "Best,"), (S, "Tim")]


def test_only_the_given_stretch_is_cut() -> None:
    text = "Subject: mill\n\nHi Rosa,\n\nFine.\n\nignored"
    blocks = cut(text, Span(text.index("Hi"), text.index("ignored")))
    assert [block.span.of(text) for block in blocks] == ["Hi Rosa,", "Fine."]


PIECES = st.sampled_from(
    [
        *("Hi Rosa,", "Dear all", "Rosa", "Best,", "Thanks, Tim", "Tim Ash", "-- ", "---", "> old", "P.S. One more."),
        *(
            "On 5 May 2026 at 9:00 R <r@o.example> wrote:",
            "-----Original Message-----",
            "From: R",
            "Sent: now",
            "To: T",
        ),
        *(
            "- item",
            "1. item",
            "Sent from my Nokia",
            "I came. I saw. Tim",
            "\ufeff",
            "\u200b x",
            "İ Best, Tim",
            "😀",
            "_____",
        ),
        *("\n", "\r\n", "\r", "\n\n", " ", "\t", "\x0c", "\u2028", "\x1c"),
    ],
)
MESSAGES = st.one_of(
    st.lists(st.one_of(PIECES, st.just("\n")), max_size=25).map("".join),
    st.lists(PIECES, max_size=12).map("\n".join),
    st.text(max_size=120),
)


@settings(max_examples=400, deadline=None)
@given(MESSAGES, st.integers(0, 8), st.integers(0, 8))
def test_every_word_is_in_exactly_one_block(message: str, before: int, after: int) -> None:
    text = "x" * before + message + "y" * after
    within = Span(before, before + len(message))
    covered = [0] * len(text)
    end = within.start
    for block in cut(text, within):
        assert end <= block.span.start < block.span.end <= within.end
        assert block.span.of(text) == block.span.of(text).strip()
        end = block.span.end
        for offset in range(block.span.start, block.span.end):
            covered[offset] += 1
    expected = range(within.start, within.end)
    assert all(covered[offset] == 1 for offset in expected if not text[offset].isspace())
