"""What the project knows of people and firms is known in every draft that names them; what a draft says still wins."""

from __future__ import annotations

from pathlib import Path

import pytest

from followup_lint.config import Configs
from followup_lint.context import Context, Fact
from followup_lint.people import Company, Person
from followup_lint.reader import read_message

TEXT = """\
context: {region: fr, culture: casual}
contacts:
  - {name: Samira Haddad, aliases: [Sam], title: Dr, role: head of research, address: samira@clinic.example}
  - Ewa Nowak <ewa@mill.example>
  - {name: Ewa Nowak, address: ewa@other.example, role: buyer}
  - {name: Jo Lindt, aliases: [Jo]}
  - {name: Jo Marsh, aliases: [Jo]}
companies:
  - {name: Haddad Clinics, aliases: [Haddad, HC], culture: formal, region: de, domains: clinic.example}
  - {name: Mill Ltd, aliases: MTL, domains: [mill.example, mills.example]}
  - {name: Mound Transport, aliases: MTL}
"""


def context(folder: Path, facts: str, *, mail: bytes = b"", flags: dict[str, Fact] | None = None) -> Context:
    (folder / ".followup-lint.yaml").write_text(TEXT, encoding="utf-8")
    settings = Configs(user=folder / "nobody").for_file(folder / "note.txt")
    name = "note.eml" if mail else "note.txt"
    data = mail or f"---\n{facts}\n---\nDear all,\n\nThank you.\n".encode()
    return read_message(data, str(folder / name), flags or {}, settings.defaults).context


def test_what_is_known_of_a_firm_joins_what_a_draft_says(tmp_path: Path) -> None:
    known = context(tmp_path, "company: haddad")
    assert known.company == Company("haddad", ("Haddad Clinics", "Haddad", "HC"))
    assert (known.culture, known.region) == ("formal", "de")
    file = tmp_path / ".followup-lint.yaml"
    assert known.origins["company"] == f"front matter, line 2; {file}, line 9"
    assert known.origins["culture"] == f"{file}, line 9"


def test_the_draft_wins_and_flags_win_over_it(tmp_path: Path) -> None:
    known = context(tmp_path, "company: HC\nculture: neutral", flags={"region": Fact("uk", "--region")})
    assert (known.culture, known.region) == ("neutral", "uk")
    assert context(tmp_path, "kind: closing").region == "fr"


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ("to: Anybody <x@clinic.example>", "Haddad Clinics"),
        ("to: Anybody <x@post.clinic.example>", "Haddad Clinics"),
        ("to: Dr. Samira Haddad", "Haddad Clinics"),
        ("to: Anybody <x@myclinic.example>", ""),
        ("to: Anybody <x@clinic.example.net>", ""),
        ("to: [A <a@clinic.example>, B <b@mill.example>]", ""),
        ("company: Elsewhere\nto: A <a@clinic.example>", "Elsewhere"),
    ],
)
def test_a_draft_without_a_firm_has_the_one_its_reader_is_at(facts: str, name: str, tmp_path: Path) -> None:
    known = context(tmp_path, facts)
    assert str(known.company or "") == name
    assert known.culture == ("formal" if name == "Haddad Clinics" else "casual")


@pytest.mark.parametrize(
    ("to", "shown"),
    [
        ("Samira Haddad", Person("Samira Haddad", ("Sam",), "Dr", "head of research")),
        ("sam", Person("sam", ("Samira Haddad", "Sam"), "Dr", "head of research")),
        ("Ms. Samira HADDAD", Person("Ms. Samira HADDAD", ("Samira Haddad", "Sam"), "Ms", "head of research")),
        ("samira@clinic.example", Person("Samira Haddad", ("Sam",), "Dr", "head of research")),
        ("S. H. <samira@clinic.example>", Person("S. H.", ("Samira Haddad", "Sam"), "Dr", "head of research")),
        ("{name: Samira Haddad, role: boss, title: Prof}", Person("Samira Haddad", ("Sam",), "Prof", "boss")),
        ("Samira", Person("Samira")),
        ("Haddad", Person("Haddad")),
        ("Jo", Person("Jo")),  # two may be meant
        ("Ewa Nowak", Person("Ewa Nowak", role="buyer")),  # of two of one name the last one counts
        ("Ewa Nowak <ewa@mill.example>", Person("Ewa Nowak")),
    ],
)
def test_what_is_known_of_a_person_joins_what_a_draft_says(to: str, shown: Person, tmp_path: Path) -> None:
    for key in ("to", "cc", "interviewers"):
        (known,) = getattr(context(tmp_path, f"{key}: {to}"), key)
        assert known == shown


def test_an_address_is_known_by_the_name(tmp_path: Path) -> None:
    known = context(tmp_path, "to: Samira Haddad")
    assert known.to[0].address == "samira@clinic.example"
    assert known.origins["to"] == f"front matter, line 2; {tmp_path / '.followup-lint.yaml'}, line 3"


def test_a_firm_that_two_entries_fit_gets_nothing(tmp_path: Path) -> None:
    assert context(tmp_path, "company: MTL").company == Company("MTL")
    assert context(tmp_path, "company: Mill Ltd").company == Company("Mill Ltd", ("MTL",))


def test_mail_is_known_by_its_headers(tmp_path: Path) -> None:
    mail = b"From: A <a@b.example>\nTo: S Haddad <samira@clinic.example>\nSubject: Thanks\n\nDear Sam,\n\nThank you.\n"
    known = context(tmp_path, "", mail=mail)
    assert (known.to[0].role, str(known.company), known.region) == ("head of research", "Haddad Clinics", "de")
