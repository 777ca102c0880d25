from __future__ import annotations

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.people.company_import import ROWS_AT_MOST, Colleague, Line, Preview, Problem, Reason, preview_of
from comptoir.people.enterprise_number import check_digits, enterprise_number

NATHALIE = Colleague(uuid4(), "Nathalie Verhulst", "nathalie@talmont.be")
JULIEN = Colleague(uuid4(), "Julien Moreau", "julien@talmont.be")
NUMBER = "0712458367"
OTHER_NUMBER = check_digits("04420915")


def read(text: str, *, known: set[str] = frozenset(), encoding: str = "utf-8") -> Preview:
    return preview_of(text.encode(encoding), known_numbers=known, colleagues=[NATHALIE, JULIEN])


def test_reads_a_french_list_from_excel() -> None:
    preview = read(
        "Numéro d’entreprise;Nom;Régime TVA;Langue;Gestionnaire\r\n"
        'BE 0712.458.367;"Boulangerie ""Pain; Levain""";Mensuel;FR;Nathalie VERHULST\r\n',
        encoding="utf-8-sig",
    )
    assert preview == Preview(
        new=[Line(2, 'Boulangerie "Pain; Levain"', NUMBER, "monthly", "fr", NATHALIE.id)]
    )


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("Naam,Ondernemingsnummer,BTW-regime,Taal,Dossierbeheerder", "Moulin,{n},kwartaal,nl,julien@talmont.be"),
        ("Name\tEnterprise number\tVAT regime\tLanguage\tManager", "Moulin\t{n}\tquarterly\tnl\tJulien Moreau"),
        ("Bezeichnung;Unternehmensnummer;MwSt-Regelung;Sprache;Verwalter", "Moulin;{n};Vierteljährlich;Niederländisch;julien moreau"),
        ("nom,N° TVA,périodicité,langue,collaborateur", "Moulin,BE{n},trimestrielle,néerlandais,JULIEN@TALMONT.BE"),
    ],
)  # fmt: skip
def test_reads_the_headers_and_values_of_four_languages(header: str, row: str) -> None:
    preview = read(f"{header}\n{row.format(n=NUMBER)}\n")
    assert preview == Preview(new=[Line(2, "Moulin", NUMBER, "quarterly", "nl", JULIEN.id)])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_reads_what_windows_writes(encoding: str) -> None:
    preview = read(f"Société;Numéro de TVA\nÉlectricité Noël;{NUMBER}\n", encoding=encoding)
    assert [line.name for line in preview.new] == ["Électricité Noël"]


def test_reads_a_first_line_that_names_the_delimiter() -> None:
    assert read(f"sep=;\nNom;Numéro BCE\nMoulin;{NUMBER}\n").new == [
        Line(3, "Moulin", NUMBER, None, None, None)
    ]


def test_names_each_bad_row_and_takes_the_good_ones() -> None:
    preview = read(
        "Nom;Numéro d'entreprise;Régime;Langue;Gestionnaire\n"
        f"Bonne;{NUMBER};;;\n"
        f";{OTHER_NUMBER};;;\n"
        "Mauvais numéro;0712458368;;;\n"
        f"Deux fois;BE{NUMBER};;;\n"
        "\n"
        f"Régime;{OTHER_NUMBER};hebdomadaire;;\n"
        f"Langue;{OTHER_NUMBER};;italien;\n"
        f"Gestionnaire;{OTHER_NUMBER};;;Personne\n"
        f"Bonne aussi;{OTHER_NUMBER};exempt;de;\n"
    )
    assert [line.name for line in preview.new] == ["Bonne", "Bonne aussi"]
    assert preview.problems == [
        Problem(3, Reason.NO_NAME),
        Problem(4, Reason.BAD_NUMBER, "0712458368"),
        Problem(5, Reason.TWICE_IN_FILE, "2"),
        Problem(7, Reason.UNKNOWN_REGIME, "hebdomadaire"),
        Problem(8, Reason.UNKNOWN_LANGUAGE, "italien"),
        Problem(9, Reason.UNKNOWN_MANAGER, "Personne"),
    ]


def test_tells_new_from_known() -> None:
    preview = read(f"Nom;BCE\nMoulin;{NUMBER}\nVélos;{OTHER_NUMBER}\n", known={NUMBER})
    assert [line.name for line in preview.known] == ["Moulin"]
    assert [line.name for line in preview.new] == ["Vélos"]


def test_a_name_that_two_colleagues_have_is_no_answer() -> None:
    twins = [Colleague(uuid4(), "An Peeters", "an1@x.be"), Colleague(uuid4(), "An Peeters", "an2@x.be")]
    data = f"Nom;BCE;Gestionnaire\nA;{NUMBER};An Peeters\nB;{OTHER_NUMBER};an2@x.be\n".encode()
    preview = preview_of(data, known_numbers=set(), colleagues=twins)
    assert preview.problems == [Problem(2, Reason.UNKNOWN_MANAGER, "An Peeters")]
    assert preview.new[0].manager_id == twins[1].id


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.NO_HEADERS),
        (b"\n\n", Reason.NO_HEADERS),
        (b"Nom;Adresse\nMoulin;Huy\n", Reason.NO_HEADERS),
        (b"PK\x03\x04\x14\x00\x06\x00", Reason.UNREADABLE),  # an .xlsx
        (b"Nom;BCE\n\x81\x8d;1\n", Reason.UNREADABLE),
        (b"Nom;BCE\n" + b"x;1\n" * (ROWS_AT_MOST + 1), Reason.TOO_LONG),
    ],
)
def test_says_why_a_file_cannot_be_read(data: bytes, reason: Reason) -> None:
    preview = preview_of(data, known_numbers=set(), colleagues=[])
    assert [(problem.row, problem.reason) for problem in preview.problems] == [(0, reason)]
    assert not preview.new


@given(st.binary(max_size=400))
def test_no_file_makes_it_fall_over(data: bytes) -> None:
    preview_of(b"Nom;BCE\n" + data, known_numbers=set(), colleagues=[NATHALIE])
    preview_of(data, known_numbers=set(), colleagues=[NATHALIE])


@given(st.integers(min_value=1, max_value=19_999_999))
def test_a_number_with_one_digit_changed_is_refused(first_eight: int) -> None:
    good = check_digits(f"{first_eight:08}")
    assert enterprise_number(good) == good
    bad = f"{good[:-1]}{(int(good[-1]) + 1) % 10}"
    assert enterprise_number(bad) is None


@pytest.mark.parametrize("text", ["", "x" * 50, "٠٧١٢٤٥٨٣٦٧", "0712458367 0712458367", "BE", "2712458367"])
def test_what_is_no_number_is_refused(text: str) -> None:
    assert enterprise_number(text) is None
