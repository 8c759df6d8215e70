"""The table of codes: one severity, a title, a reason and a source each."""

from __future__ import annotations

import re

import pytest

from site_builder.codes import CODES, PROGRAMME, problem
from site_builder.problem import Problem, Severity, Source

PLACE = Source("data/clients.csv", 3, 5)


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_a_letter_and_a_number_in_order(code: str) -> None:
    assert re.fullmatch("[DABPTILFSKNRH][1-9][0-9]{2}|D00[1-9]", code)


@pytest.mark.parametrize("code", CODES)
def test_why_is_one_sentence_and_the_title_a_few_words(code: str) -> None:
    entry = CODES[code]
    assert re.fullmatch(r"[A-Z][^.]*(?:\.[a-z-][^.]*)*\.", entry.why), entry.why
    assert re.fullmatch(r"[a-zA-Z][^.]*[^.\s]", entry.title.replace("portal.yaml", "portal")), entry.title
    assert len(entry.title.split()) <= 12
    assert entry.source


def test_no_two_codes_mean_the_same() -> None:
    assert len({entry.title for entry in CODES.values()}) == len(CODES)


def test_a_problem_has_the_severity_of_its_code() -> None:
    assert problem("D302", PLACE, "no such client", hint="did you mean", field="client_id", row_id="r1") == Problem(
        PLACE, "D302", Severity.ERROR, "no such client", "did you mean", "client_id", "r1"
    )
    assert problem("D212", PLACE, "spaces").severity is Severity.WARNING
    assert problem("D601", PLACE, "not started").severity is Severity.NOTE


def test_only_what_cannot_be_a_mistake_is_a_note() -> None:
    assert {code for code, entry in CODES.items() if entry.severity is Severity.NOTE} == {
        "A302",
        "D007",
        "D101",
        "D109",
        "D509",
        "D601",
        "D705",
        "D707",
    }


def test_what_visitors_could_not_see_is_a_warning() -> None:
    warnings = {code for code, entry in CODES.items() if entry.severity is Severity.WARNING and code not in PROGRAMME}
    assert warnings == {"A104", "A105", "A106", "A107", "D006", "D212", "D213", "D218", "D219", "D505", "D506", "D508", "D706"}


def test_the_programmes_checks_weigh_what_the_domain_says() -> None:
    by_weight = {weight: " ".join(sorted(code for code in PROGRAMME if CODES[code].severity is weight)) for weight in Severity}
    assert by_weight == {
        Severity.ERROR: "F101 F103 L101 L102 S102",
        Severity.WARNING: (
            "F102 I101 I102 I104 I106 I109 I110 K103 L103 L104 L105 L107 L108 L109 N101 N102 N105 "
            "P101 P102 P104 P105 P106 P108 S101 S103 S104 S105 T101 T102 T103 T104 T106"
        ),
        Severity.ADVICE: (
            "H101 I103 I105 I107 I108 K101 K102 L106 L201 N103 N104 N106 N107 P103 P107 P109 R101 R102 S106 T105 T107 T108"
        ),
        Severity.NOTE: "",
    }


def test_an_unknown_code_is_our_mistake() -> None:
    with pytest.raises(KeyError):
        problem("D999", PLACE, "what?")
