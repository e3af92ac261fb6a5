"""What the names in front matter mean, in a line each: practices, kinds, channels, cultures, facts."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from followup_lint.context import Channel, Culture, Kind

PRACTICES: Mapping[int, str] = MappingProxyType(
    {
        1: "Practice 1: thank",
        2: "Practice 2: follow up",
        3: "Practice 3: be concise",
        4: "Practice 4: fit the culture",
        5: "Practice 5: be patient",
        0: "Good order",
    }
)

KINDS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.THANK_YOU: "Thanks for the interview, within a day of it.",
        Kind.CHECK_IN: "Asks where things stand, after a week of silence or once the promised day has passed.",
        Kind.SECOND_CHECK_IN: "Asks once more, a week after a check-in that nobody answered.",
        Kind.CLOSING: "The last message: thanks them, wishes them well and asks for nothing.",
        Kind.REJECTION_REPLY: "Answers a no with thanks.",
        Kind.COMPETING_OFFER: "Tells them of another offer and of the day by which you must answer it.",
        Kind.OFFER_REPLY: "Answers their offer: yes, no, or a question about it.",
        Kind.WITHDRAWAL: "Takes your name off the list.",
        Kind.CORRECTION: "Puts a slip right: a wrong figure, a file that was not attached.",
        Kind.INFORMATION: "Sends what you promised or what they asked for.",
        Kind.RECRUITER_THANKS: "Thanks a recruiter for what they did.",
        Kind.REFERRER_THANKS: "Thanks somebody who put in a word for you.",
    }
)

CHANNELS: Mapping[Channel, str] = MappingProxyType(
    {
        Channel.EMAIL: "Mail, with a subject line.",
        Channel.LETTER: "On paper or a card, without a subject or links.",
        Channel.LINKEDIN_NOTE: "The note that goes with a request to connect; a few hundred characters at most.",
        Channel.LINKEDIN_INMAIL: "A message to somebody you are not connected with.",
        Channel.LINKEDIN_MESSAGE: "A message to somebody you are connected with.",
        Channel.VOICEMAIL: "What you say after the tone.",
        Channel.PHONE_SCRIPT: "Notes for a call; lines may begin with `Me:` or `Them:`; `[this]` is not spoken.",
        Channel.SMS: "A text message.",
    }
)

CULTURES: Mapping[Culture, str] = MappingProxyType(
    {
        Culture.FORMAL: "Titles and surnames, full sentences: a bank, a court, many public offices.",
        Culture.NEUTRAL: "Nothing is known; only what would jar anywhere is told.",
        Culture.CASUAL: "First names and contractions: many young companies.",
    }
)

FACTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "kind": ("What the message is for; see [Kinds and channels](kinds.md). Inferred when absent.", "check-in"),
        "channel": ("How it travels; a file name such as `call.voicemail.txt` tells it too.", "linkedin-note"),
        "culture": ("How formal the company is: `formal`, `neutral` or `casual`.", "formal"),
        "region": ("The country, for customs and, with the `holidays` extra, public holidays.", "de-by"),
        "to": (
            "Who will read it: a name or a list of them; or `name`, `aliases`, `title`, `role`, `address` of each.",
            "Dana Li",
        ),
        "cc": ("Who gets a copy.", "[Dana Li, Mia Orr]"),
        "interviewers": ("Who interviewed you.", "[Dr. Samir Haddad <samir@clinic.example>]"),
        "company": (
            "Whom you want to work for; with other names it goes by, if there are any.",
            "{name: Northwind Robotics, aliases: [Northwind]}",
        ),
        "role": ("The job you interviewed for.", "Support Engineer"),
        "interview": ("When it was; with its end, if you know it.", "2026-05-06T10:00/11:00"),
        "decision_by": ("The day by which they promised to decide.", "2026-05-20"),
        "date": ("When you will send the message, or sent it.", "2026-05-07T09:00"),
        "topics": ("What you talked about; a word of it makes a message personal.", "[the night shift, kiln no. 4]"),
        "my_employers": ("Where you worked; these names are not taken for another company's.", "[Harbour Freight]"),
        "previous": (
            "Your earlier messages in this conversation, where they are not found by themselves.",
            "[{kind: thank-you, date: 2026-05-07, answered: false}]",
        ),
        "thread": ("A name for the conversation, for drafts that belong together.", "northwind-support"),
        "shared": ("Whether one message to several interviewers is meant.", "true"),
        "first_name_ok": ("Whether first names are fine although the company is formal.", "true"),
        "contact_prefers": ("The channel your reader asked for; it is never wrong then.", "voicemail"),
        "linkedin": ("Your account, `free` or `premium`; it sets the length of a note.", "premium"),
        "weekends": ("`skip` leaves weekends out of the 24 hours for thanks; `count` is usual.", "skip"),
        "min_wait": ("How long to wait before a check-in: days (`7d`) or business days (`5bd`).", "5bd"),
        "zone": ("Where times without a zone are meant.", "Europe/Berlin"),
        "invite": ("An invitation (`.ics`) that gives the interview's time and people.", "call.ics"),
        "terms": ("Where the terms of an offer stand, if not in the message.", "attached"),
        "ignore": (
            "Rules not to be reported here, with a reason and perhaps a last day; see [Silencing](silencing.md).",
            "{emoji: {reason: she uses them too, until: 2026-06-30}}",
        ),
    }
)
"""Each front-matter key: what it is, and an example of its value."""
