"""What changed between two texts, paragraph by paragraph."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.rules.changes import Change, ChangeKind, changes

CASES = {
    "the same": ("One.\n\nTwo.", "One.\n\nTwo.", []),
    "wrapped otherwise": ("One and\ntwo.\n\n\n  Three.", "One  and two.\n \nThree.\n", []),
    "nothing at all": ("", " \n\n ", []),
    "a paragraph more": ("One.", "One.\n\nTwo.", ["+Two."]),
    "a paragraph less": ("One.\n\nTwo.", "Two.", ["-One."]),
    "a word other": ("One.\n\nTwo.\n\nThree.", "One.\n\n2.\n\nThree.", ["-Two.", "+2."]),
    "two for one": ("One.", "1.\n\n2.", ["-One.", "+1.", "+2."]),
    "moved": ("One.\n\nTwo.", "Two.\n\nOne.", ["+Two.", "-Two."]),
    "all new": ("", "One.\n\nTwo.", ["+One.", "+Two."]),
    "two places": ("A.\n\nB.\n\nC.", "a.\n\nB.\n\nc.", ["-A.", "+a.", "-C.", "+c."]),
    "as its owner wrapped it": ("One.", "Two and\nthree.", ["-One.", "+Two and\nthree."]),
    "Windows line ends": ("One.\r\n\r\nTwo.", "One.\n\nTwo.", []),
}


def short(change: Change) -> str:
    return {ChangeKind.ADDED: "+", ChangeKind.REMOVED: "-"}[change.kind] + change.text


@pytest.mark.parametrize(("before", "after", "expected"), CASES.values(), ids=CASES)
def test_what_came_and_went_is_told_in_reading_order(before: str, after: str, expected: list[str]) -> None:
    assert [short(change) for change in changes(before, after)] == expected


PARAGRAPHS = st.lists(st.sampled_from(["One.", "Two.", "Three.", "Four."]), max_size=6)


@given(PARAGRAPHS, PARAGRAPHS)
def test_what_went_and_what_came_make_up_the_difference(before: list[str], after: list[str]) -> None:
    found = changes("\n\n".join(before), "\n\n".join(after))
    went = [change.text for change in found if change.kind is ChangeKind.REMOVED]
    came = [change.text for change in found if change.kind is ChangeKind.ADDED]
    assert sorted([*before, *came]) == sorted([*after, *went])
    assert bool(found) is (before != after)
