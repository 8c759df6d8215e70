"""Charts: what stands where, worked by hand; and for any numbers nothing leaves the frame and no label lies over another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations, pairwise
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.pages.private.charts import (
    DIGIT_WIDTH,
    GRID_WIDTH,
    LABEL_HEIGHT,
    MONTH_WIDTH,
    PERCENT_WIDTH,
    Anchor,
    Frame,
    Gridline,
    Spot,
)
from site_builder.pages.private.plots import (
    LINE_LABEL_NARROW,
    LINE_LABEL_WIDE,
    NARROW,
    SPARK,
    STACK_NARROW,
    STACK_WIDE,
    WIDE,
    month_bars,
    spark,
    standing_bar,
    trend_lines,
)
from site_builder.rules.calendar import plus_months
from site_builder.rules.kpis import MonthReviewed, Share, Snapshot
from site_builder.rules.standing import Standing

LAST = date(2026, 10, 31)
Box = tuple[Decimal, Decimal, Decimal, Decimal]


def months(*counts: tuple[int, int]) -> list[MonthReviewed]:
    """Months up to October 2026, each with its reviews and its target."""
    firsts = [plus_months(LAST, place - len(counts) + 1).isoformat()[:7] for place in range(len(counts))]
    return [MonthReviewed(month, target, reviewed, (), False) for month, (reviewed, target) in zip(firsts, counts, strict=True)]  # noqa: FBT003  # the record, whole


def day(healthy: int | None, at_risk: int = 0, blocked: int = 0, *, on: date = LAST) -> Snapshot:
    """A day with a hundred active clients, so that a count is a percent; None: nobody is active."""
    counts = (healthy, at_risk, blocked, 100 - healthy - at_risk - blocked) if healthy is not None else (0, 0, 0, 0)
    health, risk, stuck, unknown = (Share(each, None if healthy is None else Decimal(f"{each}.0"), ()) for each in counts)
    return Snapshot(on, (), MappingProxyType({}), unknown, health, risk, stuck, unknown)


def ends(*days: Snapshot) -> list[Snapshot]:
    """The days as month ends up to October 2026."""
    found = []
    for place, each in enumerate(days):
        on = plus_months(LAST, place - len(days) + 1)
        found.append(Snapshot(on, each.active, each.standing, each.reviewed, each.health, each.risk, each.blocked, each.unknown))
    return found


def box(spot: Spot, width: int) -> Box:
    """The room of a text: left, top, right, bottom."""
    left = {Anchor.START: spot.x, Anchor.MIDDLE: spot.x - Decimal(width) / 2, Anchor.END: spot.x - width}[spot.anchor]
    return left, spot.y - LABEL_HEIGHT + 4, left + width, spot.y + 4


def overlaps(boxes: Iterable[Box]) -> list[tuple[Box, Box]]:
    # A tenth is forgiven: each label is rounded by itself.
    slack = Decimal("0.1")
    return [
        (one, other)
        for one, other in combinations(list(boxes), 2)
        if one[0] < other[2] - slack and other[0] < one[2] - slack and one[1] < other[3] - slack and other[1] < one[3] - slack
    ]


def is_inside(each: Box, frame: Frame) -> bool:
    return each[0] >= 0 and each[1] >= 0 and each[2] <= frame.width and each[3] <= frame.height


def grid_boxes(grid: Sequence[Gridline]) -> list[Box]:
    return [box(line.label, GRID_WIDTH - 4) for line in grid]


def points(run: str) -> list[tuple[Decimal, Decimal]]:
    pairs = [pair.split(",") for pair in run.split(" ")]
    return [(Decimal(x), Decimal(y)) for x, y in pairs]


# ------------------------------------------------------------------------------------------------------ reviews a month


def test_a_bar_is_as_high_as_its_reviews_and_its_target_a_stroke_across() -> None:
    # 672 wide and 212 high between the margins; two months, four reviews at the top: 336 and 53 each.
    chart = month_bars(months((1, 3), (4, 2)), WIDE, 24)
    assert chart is not None
    assert [(line.value, str(line.y)) for line in chart.grid] == [
        (0, "232.0"),
        (1, "179.0"),
        (2, "126.0"),
        (3, "73.0"),
        (4, "20.0"),
    ]
    first, second = chart.bars
    assert (first.month, first.reviewed, first.target) == (date(2026, 9, 1), 1, 3)
    assert [str(each) for each in (first.x, first.y, first.width, first.height)] == ["107.2", "179.0", "201.6", "53.0"]
    assert [str(each) for each in (first.target_x1, first.target_x2, first.target_y)] == ["56.8", "359.2", "73.0"]
    assert first.value_label == Spot(Decimal("208.0"), Decimal("175.0"), Anchor.MIDDLE)
    assert first.month_label == Spot(Decimal("208.0"), Decimal("252.0"), Anchor.MIDDLE)
    assert [str(each) for each in (second.x, second.y, second.height)] == ["443.2", "20.0", "212.0"]
    assert (str(chart.base_y), chart.frame.view_box) == ("232.0", "0 0 720 260")


@pytest.mark.parametrize(("highest", "values"), [(1, [0, 1]), (5, [0, 2, 4, 6]), (9, [0, 5, 10]), (167, [0, 50, 100, 150, 200])])
def test_the_grid_has_at_most_five_round_numbers(highest: int, values: list[int]) -> None:
    chart = month_bars(months((highest, 0)), NARROW, 12)
    assert chart is not None
    assert [line.value for line in chart.grid] == values


def test_only_the_latest_months_of_a_long_cycle_are_drawn() -> None:
    chart = month_bars(months((9, 9), (1, 1), (2, 1)), NARROW, 2)
    assert chart is not None
    assert [bar.reviewed for bar in chart.bars] == [1, 2]
    assert chart.grid[-1].value == 2  # the month that is not drawn does not squeeze the others


def test_a_number_wider_than_its_month_is_left_to_the_table() -> None:
    # Twelve months on 292: 24.3 each, room for three digits of 7.
    chart = month_bars(months(*[(999, 1)] * 11, (1000, 1)), NARROW, 12)
    assert chart is not None
    assert [bar.value_label is None for bar in chart.bars] == [False] * 11 + [True]


def test_without_reviews_and_targets_there_is_no_bar_chart() -> None:
    assert month_bars(months((0, 0), (0, 0)), WIDE, 24) is None


@given(
    st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 3000)), min_size=1, max_size=40).filter(
        lambda counts: any(max(pair) for pair in counts[-12:])
    ),
    st.sampled_from([(WIDE, 24), (NARROW, 12)]),
)
def test_bars_stay_in_the_frame_and_their_labels_apart(counts: list[tuple[int, int]], size: tuple[Frame, int]) -> None:
    frame, most = size
    chart = month_bars(months(*counts), frame, most)
    assert chart is not None
    assert len(chart.bars) == min(most, len(counts))
    for bar in chart.bars:
        assert 0 <= bar.x <= bar.x + bar.width <= frame.width
        assert 0 <= bar.y <= bar.y + bar.height <= chart.base_y + Decimal("0.1")
        assert 0 <= bar.target_x1 < bar.target_x2 <= frame.width
        assert 0 <= bar.target_y <= chart.base_y
    named = [box(bar.month_label, MONTH_WIDTH) for bar in chart.bars if bar.month_label]
    told = [box(bar.value_label, len(str(bar.reviewed)) * DIGIT_WIDTH) for bar in chart.bars if bar.value_label]
    assert chart.bars[-1].month_label is not None
    assert overlaps([*named, *told]) == []
    assert overlaps([*grid_boxes(chart.grid), *named]) == []
    assert all(is_inside(each, frame) for each in (*named, *told))


# -------------------------------------------------------------------------------------------------------- standings


def test_the_bar_is_divided_by_percent() -> None:
    chart = standing_bar(day(20, 20, 20), STACK_WIDE, 4)
    assert chart is not None
    found = [(each.standing, each.count, str(each.x), str(each.width)) for each in chart.segments]
    assert found == [
        (Standing.HEALTHY, 20, "0.0", "144.0"),
        (Standing.AT_RISK, 20, "144.0", "144.0"),
        (Standing.BLOCKED, 20, "288.0", "144.0"),
        (Standing.UNKNOWN, 40, "432.0", "288.0"),
    ]
    assert chart.segments[0].inside == Spot(Decimal("72.0"), Decimal("24.0"), Anchor.MIDDLE)
    assert [(str(each.key_x), str(each.key_y)) for each in chart.segments] == [
        ("0.0", "58.0"),
        ("180.0", "58.0"),
        ("360.0", "58.0"),
        ("540.0", "58.0"),
    ]
    assert chart.segments[1].label == Spot(Decimal("196.0"), Decimal("68.0"), Anchor.START)


def test_where_there_is_little_room_the_labels_stand_in_two_rows() -> None:
    chart = standing_bar(day(100), STACK_NARROW, 2)
    assert chart is not None
    assert [(str(each.label.x), str(each.label.y)) for each in chart.segments] == [
        ("16.0", "68.0"),
        ("186.0", "68.0"),
        ("16.0", "88.0"),
        ("186.0", "88.0"),
    ]
    assert [each.inside is None for each in chart.segments] == [False, True, True, True]
    assert [str(each.width) for each in chart.segments] == ["340.0", "0.0", "0.0", "0.0"]


def test_nobody_active_is_no_bar() -> None:
    assert standing_bar(day(None), STACK_WIDE, 4) is None


@given(st.integers(0, 100), st.data(), st.sampled_from([(STACK_WIDE, 4), (STACK_NARROW, 2)]))
def test_the_parts_of_the_bar_fill_it_without_gaps(healthy: int, data: st.DataObject, size: tuple[Frame, int]) -> None:
    at_risk = data.draw(st.integers(0, 100 - healthy))
    blocked = data.draw(st.integers(0, 100 - healthy - at_risk))
    chart = standing_bar(day(healthy, at_risk, blocked), *size)
    assert chart is not None
    assert sum(each.percent for each in chart.segments) == 100
    assert chart.segments[0].x == 0
    assert all(one.x + one.width == other.x for one, other in pairwise(chart.segments))
    assert chart.segments[-1].x + chart.segments[-1].width == chart.frame.width
    inside = [box(each.inside, PERCENT_WIDTH) for each in chart.segments if each.inside]
    assert overlaps(inside) == []
    room = chart.frame.width // size[1] - 20
    labels = [box(each.label, room) for each in chart.segments]
    assert overlaps(labels) == []
    assert all(is_inside(each, chart.frame) for each in (*inside, *labels))


# ------------------------------------------------------------------------------------------------------------ the trend


def test_a_line_runs_from_the_first_day_to_the_last() -> None:
    # 212 high: 2.12 a point. From 31 August over 30 September to 31 October: 30 of 61 days, 524 wide from 40 to 564.
    chart = trend_lines(ends(day(0), day(50), day(75, 25)), WIDE, LINE_LABEL_WIDE)
    assert chart is not None
    health, risk, unknown = chart.lines
    assert (health.standing, risk.standing, unknown.standing) == (Standing.HEALTHY, Standing.AT_RISK, Standing.UNKNOWN)
    assert health.runs == ("40.0,232.0 297.7,126.0 564.0,73.0",)
    assert (str(health.first.percent), str(health.last.percent), health.last.on) == ("0.0", "75.0", LAST)
    assert [(line.value, str(line.y)) for line in chart.grid] == [
        (0, "232.0"),
        (25, "179.0"),
        (50, "126.0"),
        (75, "73.0"),
        (100, "20.0"),
    ]
    assert str(chart.base_y) == "232.0"
    # At risk ends at 25 %, unknown at 0 %: far enough apart to stand beside their ends.
    assert [str(line.label.y) for line in chart.lines] == ["77.0", "183.0", "232.0"]
    assert health.leader == "564.0,73.0 576.0,73.0"


def test_labels_of_lines_that_end_together_stand_under_each_other() -> None:
    chart = trend_lines(ends(day(30, 30, 10), day(30, 30, 10)), NARROW, LINE_LABEL_NARROW)
    assert chart is not None
    # All would stand at 232 - 63.6 + 4 = 172.4; 16 apart, health first.
    assert [str(line.label.y) for line in chart.lines] == ["172.4", "188.4", "204.4"]
    assert chart.lines[2].leader == "228.0,168.4 240.0,200.4"


def test_labels_at_the_foot_move_up() -> None:
    chart = trend_lines([day(0, 0, 100)], WIDE, LINE_LABEL_WIDE)
    assert chart is not None
    assert [str(line.label.y) for line in chart.lines] == ["200.0", "216.0", "232.0"]
    assert chart.lines[0].runs == ("564.0,232.0",)  # a single day stands at the right


def test_a_line_breaks_where_nobody_was_active() -> None:
    chart = trend_lines(ends(day(100), day(None), day(100)), WIDE, LINE_LABEL_WIDE)
    assert chart is not None
    assert chart.lines[0].runs == ("40.0,20.0", "564.0,20.0")


def test_nobody_ever_active_is_no_trend() -> None:
    assert trend_lines(ends(day(None), day(None)), WIDE, LINE_LABEL_WIDE) is None


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 40)) | st.none(), min_size=1, max_size=25).filter(any),
    st.sampled_from([(WIDE, LINE_LABEL_WIDE), (NARROW, LINE_LABEL_NARROW)]),
)
def test_lines_stay_in_the_frame_and_their_labels_apart(days: list[tuple[int, int] | None], size: tuple[Frame, int]) -> None:
    frame, room = size
    trend = ends(*(day(None) if each is None else day(*each) for each in days))
    chart = trend_lines(trend, frame, room)
    assert chart is not None
    for line in chart.lines:
        for x, y in (point for run in line.runs for point in points(run)):
            assert GRID_WIDTH <= x <= frame.width - room
            assert 20 <= y <= chart.base_y
        assert sum(len(points(run)) for run in line.runs) == sum(each is not None for each in days)
    labels = [box(line.label, room - 16) for line in chart.lines]
    under = [box(each.label, MONTH_WIDTH) for each in chart.days]
    assert chart.days[-1].on == LAST
    assert overlaps([*labels, *under]) == []
    assert overlaps([*grid_boxes(chart.grid), *under]) == []
    assert all(is_inside(each, frame) for each in (*labels, *under))


# ------------------------------------------------------------------------------------------------------------ sparklines


def test_a_sparkline_has_a_scale_of_its_own() -> None:
    # 112 wide from 4, 24 high from 28: 20 points, 1.2 each.
    found = spark(
        [(date(2026, 10, 1), Decimal("40.0")), (date(2026, 10, 11), Decimal("60.0")), (date(2026, 10, 21), Decimal("50.0"))]
    )
    assert found is not None
    assert found.runs == ("4.0,28.0 60.0,4.0 116.0,16.0",)
    assert [str(each) for each in (found.low, found.high, found.first.percent, found.last.percent)] == [
        "40.0",
        "60.0",
        "40.0",
        "50.0",
    ]


def test_a_sparkline_does_not_make_a_mountain_of_a_point() -> None:
    found = spark([(date(2026, 10, 1), Decimal("40.0")), (date(2026, 10, 11), Decimal("41.0"))])
    assert found is not None
    assert found.runs == ("4.0,28.0 116.0,25.6",)


@pytest.mark.parametrize("values", [[], [(LAST, Decimal(1))], [(date(2026, 9, 30), None), (LAST, Decimal(1))]])
def test_a_sparkline_needs_two_values(values: list[tuple[date, Decimal | None]]) -> None:
    assert spark(values) is None


@given(st.lists(st.decimals(0, 100, places=1) | st.none(), min_size=2, max_size=25))
def test_a_sparkline_stays_in_its_frame(values: list[Decimal | None]) -> None:
    dated = [(plus_months(LAST, place - len(values)), value) for place, value in enumerate(values)]
    found = spark(dated)
    known = [value for value in values if value is not None]
    assert (found is None) == (len(known) < 2)
    if found is not None:
        drawn = [point for run in found.runs for point in points(run)]
        assert len(drawn) == len(known)
        assert all(0 <= x <= SPARK.width and 0 <= y <= SPARK.height for x, y in drawn)
