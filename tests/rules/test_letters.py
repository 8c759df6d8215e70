"""Names in the order of a list that people read."""

from __future__ import annotations

import pytest

from site_builder.rules.letters import alphabetical, folded


def test_accents_and_case_do_not_move_a_name_to_the_end() -> None:
    names = ["Vale", "Übelacker", "Zeller", "Çelik", "tiller", "Dorn", "Ørsted", "Łuczak", "Lund"]
    assert sorted(names, key=lambda name: alphabetical(name, "")) == [
        "Çelik",
        "Dorn",
        "Łuczak",
        "Lund",
        "Ørsted",
        "tiller",
        "Übelacker",
        "Vale",
        "Zeller",
    ]


def test_names_that_differ_in_an_accent_alone_keep_one_order() -> None:
    assert alphabetical("Muller", "b") < alphabetical("Müller", "a")
    assert alphabetical("Müller", "a") < alphabetical("Müller", "b")


@pytest.mark.parametrize(("words", "plain"), [("Weißenböck", "weissenbock"), ("\u0130zmir", "izmir"), ("Ærø", "aero")])
def test_a_letter_counts_as_what_one_types_for_it(words: str, plain: str) -> None:
    assert folded(words) == plain
