"""Long lists in pages of fifty."""

from __future__ import annotations

import pytest

from site_builder.pages.paging import Paged, paged


def pages(count: int) -> tuple[Paged[int], ...]:
    return tuple(paged(tuple(range(count))))


def test_fifty_stand_on_one_page_and_one_more_on_a_second() -> None:
    (only,) = pages(50)
    assert (only.items, only.number, only.before, only.after, only.steps) == (tuple(range(50)), 1, "", "", ())
    first, second = pages(51)
    assert (first.items, first.number, first.before, first.after) == (tuple(range(50)), 1, "", "2")
    assert (second.items, second.number, second.before, second.after) == ((50,), 2, "1", "")
    assert first.steps == second.steps == ("1", "2")


def test_an_empty_list_is_one_empty_page() -> None:
    (only,) = pages(0)
    assert only == Paged((), 1, "", "", ())


@pytest.mark.parametrize(
    ("number", "steps"),
    [
        (1, "1 2 3 … 10"),
        (4, "1 2 3 4 5 6 … 10"),
        (5, "1 … 3 4 5 6 7 … 10"),
        (6, "1 … 4 5 6 7 8 … 10"),
        (10, "1 … 8 9 10"),
    ],
)
def test_the_first_the_last_and_the_near_pages_are_offered(number: int, steps: str) -> None:
    found = pages(500)[number - 1]
    assert " ".join(step or "…" for step in found.steps) == steps
