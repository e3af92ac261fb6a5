"""What a mail program's HTML leaves of an answer, once the mail that it answers is set aside."""

from __future__ import annotations

import pytest

from followup_lint.draft import BlockKind
from followup_lint.sources.mail import read_mail
from followup_lint.structure import cut

OUTLOOK = "<b>{}</b> Rosa Ono &lt;rosa@ono.example&gt;<br><b>{}</b> {}<br><b>{}</b> Tim Ash<br><b>{}</b> RE: Monday"
HEADERS = OUTLOOK.format("From:", "Sent:", "Tuesday, May 5, 2026 4:12 PM", "To:", "Subject:")
GERMAN = OUTLOOK.format("Von:", "Gesendet:", "Dienstag, 5. Mai 2026 16:12", "An:", "Betreff:")
ESTONIAN = OUTLOOK.format("Kellelt:", "Saatmisaeg:", "teisipäev, 5. mai 2026 16:12", "Kellele:", "Pealkiri:")
WROTE = "On Tue, May 5, 2026 at 4:12 PM Rosa Ono &lt;<a href='mailto:rosa@ono.example'>rosa@ono.example</a>&gt; wrote:"

REPLIES = {
    "gmail": f"""<div dir="ltr">Yes, Monday.</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr"
        class="gmail_attr">{WROTE}<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;
        border-left:1px solid rgb(204,204,204);padding-left:1ex"><div>Can you come?</div></blockquote></div>""",
    "gmail, old": f"""Yes, Monday.<br><br><div class="gmail_quote">{WROTE}<br><blockquote class="gmail_quote"
        style="margin:0 0 0 .8ex;border-left:1px #ccc solid;padding-left:1ex">Can you come?</blockquote></div><br>""",
    "gmail, forwarded": """<div>Yes, Monday.</div><div class="gmail_quote"><div class="gmail_attr">---------- Forwarded
        message ---------<br>From: <strong class="gmail_sendername">Rosa</strong> <span>&lt;rosa@ono.example&gt;</span>
        <br>Date: Tue, May 5, 2026 at 4:12 PM<br>Subject: Monday<br>To: &lt;tim@ash.example&gt;<br></div><br>
        Can you come?</div>""",
    "outlook": f"""<div class="WordSection1"><p class="MsoNormal">Yes, Monday.<o:p></o:p></p><p class="MsoNormal">
        <o:p>&nbsp;</o:p></p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in">
        <p class="MsoNormal">{HEADERS}<o:p></o:p></p></div></div><p class="MsoNormal">Can you come?</p></div>""",
    "outlook, german": f"""<p class="MsoNormal">Yes, Monday.</p><div style="border:none;border-top:solid #B5C4DF 1.0pt">
        <p class="MsoNormal">{GERMAN}</p></div><p class="MsoNormal">Kommen Sie?</p>""",
    "outlook on the web": f"""<div>Yes, Monday.</div><div id="appendonsend"></div><hr style="display:inline-block;
        width:98%"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri">{HEADERS}</font><div>&nbsp;</div></div>
        <div>Can you come?</div>""",
    "outlook on the web, estonian": f"""<div>Yes, Monday.</div><div id="appendonsend"></div><hr tabindex="-1">
        <div id="divRplyFwdMsg" dir="ltr"><font face="Calibri">{ESTONIAN}</font><div>&nbsp;</div></div>
        <div>Kas saate tulla?</div>""",
    "outlook for iphone": f"""<div>Yes, Monday.</div><div id="ms-outlook-mobile-signature"></div><hr style="display:
        inline-block;width:98%"><div id="divRplyFwdMsg"><font>{HEADERS}</font></div><div>Can you come?</div>""",
    "hotmail": """<div>Yes, Monday.</div><br><div><hr id="stopSpelling">Date: Tue, 5 May 2026 16:12:33 +0100<br>Subject:
        Monday<br>From: rosa@ono.example<br>To: tim@ash.example<br><br>Can you come?</div>""",
    "windows mail": """<div>Yes, Monday.</div><div style="padding-top: 5px; border-top-color: rgb(229, 229, 229);
        border-top-width: 1px; border-top-style: solid;"><div><font face="Calibri"><b>From:</b>&nbsp;<a>Rosa Ono</a><br>
        <b>Sent:</b>&nbsp;&lrm;Tuesday&lrm;, &lrm;May&lrm; &lrm;5&lrm;, &lrm;2026 &lrm;4&lrm;:&lrm;12&lrm; &lrm;PM<br>
        <b>To:</b>&nbsp;<a>Tim Ash</a></font></div></div><div>Can you come?</div>""",
    "yahoo": """<div>Yes, Monday.</div><div><br></div><div id="yahoo_quoted_55501" class="yahoo_quoted"><div><div>On
        Tuesday, May 5, 2026 at 04:12:33 PM GMT+1, Rosa Ono &lt;rosa@ono.example&gt; wrote: </div><div><br></div>
        <div>Can you come?</div></div></div>""",
    "yahoo, unknown language": """<div>Yes, Monday.</div><div id="yahoo_quoted_55501" class="yahoo_quoted"><div><div>
        Teisipäeval, 5. mail 2026 kirjutas Rosa Ono: </div><div><br></div><div>Kas saate tulla?</div></div></div>""",
    "apple mail": """<div>Yes, Monday.</div><br><div><blockquote type="cite"><div>On 5 May 2026, at 16:12, Rosa Ono
        &lt;rosa@ono.example&gt; wrote:</div><br class="Apple-interchange-newline"><div>Can you come?</div></blockquote>
        </div>""",
    "apple mail, old": """<div>Yes, Monday.</div><br><div><div>On 5 May 2026, at 16:12, Rosa Ono wrote:</div><br
        class="Apple-interchange-newline"><blockquote type="cite">Can you come?</blockquote></div>""",
    "iphone": """<div dir="ltr">Yes, Monday.</div><div dir="ltr"><br><blockquote type="cite">On May 5, 2026, at 4:12 PM,
        Rosa Ono &lt;rosa@ono.example&gt; wrote:<br><br></blockquote></div><blockquote type="cite"><div dir="ltr">\ufeff
        Can you come?</div></blockquote>""",
    "thunderbird": """<p>Yes, Monday.</p><div class="moz-cite-prefix">On 05/05/2026 16:12, Rosa Ono wrote:<br></div>
        <blockquote type="cite" cite="mid:55501@ono.example">Can you come?</blockquote>""",
    "proton": """<div>Yes, Monday.</div><div class="protonmail_quote">------- Original Message -------<br>On Tuesday,
        May 5th, 2026 at 16:12, Rosa Ono &lt;rosa@ono.example&gt; wrote:<br><br><blockquote class="protonmail_quote"
        type="cite">Can you come?</blockquote></div>""",
    "zimbra": """<div>Yes, Monday.</div><hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__"><b>From:
        </b>"Rosa Ono" &lt;rosa@ono.example&gt;<br><b>To: </b>"Tim Ash" &lt;tim@ash.example&gt;<br><b>Sent: </b>Tuesday,
        May 5, 2026 4:12:33 PM<br><b>Subject: </b>Monday<br></div><div>Can you come?</div>""",
    "zoho": """<div>Yes, Monday.</div><div class="zmail_extra"><div id="Zm-_Id_-Sgn1">---- On Tue, 05 May 2026 16:12:33
        +0100 <b>Rosa Ono &lt;rosa@ono.example&gt;</b> wrote ----<br></div><blockquote style="border-left: 1px solid
        #cccccc; padding-left: 6px"><div>Can you come?</div></blockquote></div>""",
    "mail.ru": """<div>Yes, Monday.</div><br><blockquote style="border-left:1px solid #0857A6;margin:10px;padding:0 0 0
        10px;">Вторник, 5 мая 2026, 16:12 +03:00 от Rosa Ono &lt;rosa@ono.example&gt;:<br><div>Можете прийти?</div>
        </blockquote>""",
    "yandex": """<div>Yes, Monday.</div><div> </div><div>05.05.2026, 16:12, "Rosa Ono" &lt;rosa@ono.example&gt;:</div>
        <blockquote><p>Можете прийти?</p></blockquote>""",
    "lotus": """<font size=2 face="sans-serif">Yes, Monday.</font><br><br><font size=1 color=#5f5f5f>From: &nbsp; &nbsp;
        </font><font size=1>Rosa Ono/MILL</font><br><font size=1 color=#5f5f5f>To: &nbsp; &nbsp;</font><font
        size=1>Tim Ash/LON@ASH</font><br><font size=1 color=#5f5f5f>Date: &nbsp; &nbsp;</font><font size=1>05/05/2026
        04:12 PM</font><br><font size=1 color=#5f5f5f>Subject: &nbsp;</font><font size=1>Monday</font><br><hr
        noshade><br><font size=2>Can you come?</font>""",
    "gmx": """<div>Yes, Monday.</div><div name="quote" style="margin:10px 5px 5px 10px; padding: 10px 0 10px 10px;
        border-left:2px solid #C3D9E5;"><div><b>Gesendet:</b> Dienstag, 05. Mai 2026 um 16:12 Uhr<br><b>Von:</b> "Rosa
        Ono" &lt;rosa@ono.example&gt;<br><b>An:</b> tim@ash.example<br><b>Betreff:</b> Montag</div><div>Kommen Sie?
        </div></div>""",
}

INLINE = f"""<div class="gmail_quote"><div class="gmail_attr">{WROTE}<br></div><blockquote class="gmail_quote">Can you
    come?</blockquote><div>Yes, Monday.</div><blockquote class="gmail_quote">At nine?</blockquote><div>At nine.</div>
    </div>"""


def own(html: str) -> str:
    """Return the writer's own text of an HTML mail, without blank lines."""
    head = "From: Tim <tim@ash.example>\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n"
    mail = read_mail((head + f"<html><body>{html}</body></html>").encode(), "mail.eml")
    blocks = cut(mail.text, mail.body)
    kept = [block for block in blocks if block.kind not in {BlockKind.QUOTED, BlockKind.FORWARDED}]
    return "\n".join(block.span.of(mail.text) for block in kept)


@pytest.mark.parametrize("program", REPLIES)
def test_the_answer_is_what_stands_above(program: str) -> None:
    assert own(REPLIES[program]) == "Yes, Monday."


def test_answers_between_quotations() -> None:
    assert own(INLINE) == "Yes, Monday.\nAt nine."


@pytest.mark.parametrize(
    "html",
    [
        "<p>First the mill.</p><hr><p>Then the looms.</p>",
        "<p>First the mill.</p><div style='border-top:solid #ccc 1pt'>Then the looms.</div>",
        "<p>First the mill.</p><blockquote style='margin-left:40px;border:none'>Then the looms.</blockquote>",
    ],
)
def test_lines_and_indents_are_no_quotations(html: str) -> None:
    assert own(html) == "First the mill.\nThen the looms."
