"""Long lists in pages of fifty."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

T = TypeVar("T")

A_PAGE = 50
_NEAR = 2


@dataclass(frozen=True)
class Paged(Generic[T]):
    """One page of a list. number: of this page, from 1; before, after: of those beside it, "" where there is none.

    steps: the numbers to offer, "" for those left out between two; empty where everything stands on one page.
    """

    items: tuple[T, ...]
    number: int
    before: str
    after: str
    steps: tuple[str, ...]


def paged(items: tuple[T, ...]) -> Iterator[Paged[T]]:
    """Yield the pages of a list, one that is empty for an empty list."""
    last = max(1, -(-len(items) // A_PAGE))
    for number in range(1, last + 1):
        yield Paged(
            items=items[(number - 1) * A_PAGE : number * A_PAGE],
            number=number,
            before=str(number - 1) if number > 1 else "",
            after=str(number + 1) if number < last else "",
            steps=_steps(number, last) if last > 1 else (),
        )


def _steps(number: int, last: int) -> tuple[str, ...]:
    """Return the first page, the last and those near this one."""
    near = sorted({1, last, *range(max(1, number - _NEAR), min(last, number + _NEAR) + 1)})
    gaps = {after for before, after in pairwise(near) if after - before > 1}
    return tuple(text for each in near for text in (("", str(each)) if each in gaps else (str(each),)))
