"""Where bars, lines and labels stand: exact fractions inside, one decimal outside, no label over another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from site_builder.pages.private.charts import (
    DIGIT_WIDTH,
    GRID_WIDTH,
    KEY_SIZE,
    LABEL_HEIGHT,
    MONTH_WIDTH,
    PERCENT_WIDTH,
    Anchor,
    Bar,
    BarChart,
    DayTick,
    Frame,
    Gridline,
    Line,
    LineChart,
    Point,
    Segment,
    Spark,
    Spot,
    StackChart,
)
from site_builder.rules.calendar import first_of_month
from site_builder.rules.kpis import MonthReviewed, Share, Snapshot
from site_builder.rules.standing import Standing

WIDE, NARROW = Frame(720, 260), Frame(340, 260)
"""The frames of bars and lines."""
STACK_WIDE, STACK_NARROW = Frame(720, 84), Frame(340, 108)
"""The frames of the standings' bar."""
SPARK = Frame(120, 32)
MOST_BARS_WIDE, MOST_BARS_NARROW = 24, 12
LINE_LABEL_WIDE, LINE_LABEL_NARROW = 156, 112
"""The room to the right of the lines."""
_TOP, _FOOT, _RIGHT = 20, 28, 8
_STACK_HEIGHT, _PAD = 40, 4
_MOST_GRIDLINES = 4
_LEAST_SPAN = Decimal(10)
_HUNDRED = 100
Value = int | Fraction | Decimal
Dated = Sequence[tuple[date, Decimal | None]]


def month_bars(months: Sequence[MonthReviewed], frame: Frame, most: int) -> BarChart | None:
    """Draw reviews a month with each month's target; None where no month has either. most: how many months, the latest."""
    drawn = months[-most:]
    highest = max((max(month.reviewed, month.target) for month in drawn), default=0)
    if not highest:
        return None
    values = _grid_values(highest)
    base = Fraction(frame.height - _FOOT)
    slot = Fraction(frame.width - GRID_WIDTH - _RIGHT, len(drawn))
    rise = (base - _TOP) / values[-1]
    named = _named([GRID_WIDTH + slot * (place + Fraction(1, 2)) for place in range(len(drawn))], frame)
    bars = tuple(_bar(month, GRID_WIDTH + slot * place, slot, base, rise, named[place]) for place, month in enumerate(drawn))
    return BarChart(frame, _grid(values, base, rise, frame.width - _RIGHT), bars, _tenth(base))


def standing_bar(present: Snapshot, frame: Frame, columns: int) -> StackChart | None:
    """Draw the standings as one bar with labels below in columns; None where nobody is active."""
    shares = _shares(present)
    room = Fraction(frame.width, columns)
    segments, x = [], Fraction(0)
    for place, (standing, share) in enumerate(shares):
        if share.percent is None:
            return None
        width = frame.width * Fraction(share.percent) / _HUNDRED
        row, column = divmod(place, columns)
        left, bottom = room * column, Fraction(_STACK_HEIGHT + (row + 1) * (LABEL_HEIGHT + _PAD) + 2 * _PAD)
        inside = _spot(x + width / 2, Fraction(_STACK_HEIGHT, 2) + _PAD, Anchor.MIDDLE) if width >= PERCENT_WIDTH else None
        segments.append(
            Segment(
                standing=standing,
                count=share.count,
                percent=share.percent,
                x=_tenth(x),
                y=_tenth(0),
                # From rounded end to rounded end, so that parts meet and the last one ends with the frame.
                width=_tenth(x + width) - _tenth(x),
                height=_tenth(_STACK_HEIGHT),
                inside=inside,
                label=_spot(left + KEY_SIZE + _PAD + 2, bottom, Anchor.START),
                key_x=_tenth(left),
                key_y=_tenth(bottom - KEY_SIZE),
            )
        )
        x += width
    return StackChart(frame, tuple(segments))


def trend_lines(trend: Sequence[Snapshot], frame: Frame, label_width: int) -> LineChart | None:
    """Draw health, risk and unknown; None where nobody was active on any day. label_width: the room for direct labels."""
    right = Fraction(frame.width - label_width)
    base = Fraction(frame.height - _FOOT)
    across = _across([day.on for day in trend], Fraction(GRID_WIDTH), right)
    rise = (base - _TOP) / _HUNDRED

    def drawn(standing: Standing) -> list[Point | None]:
        shares = [(day.on, dict(_shares(day))[standing].percent) for day in trend]
        return [
            _point(on, percent, across(on), base - Fraction(percent) * rise) if percent is not None else None
            for on, percent in shares
        ]

    points = {standing: drawn(standing) for standing in (Standing.HEALTHY, Standing.AT_RISK, Standing.UNKNOWN)}
    known = {standing: [point for point in found if point is not None] for standing, found in points.items()}
    if not all(known.values()):
        return None
    heights = _spread([Fraction(found[-1].y) + _PAD for found in known.values()], LABEL_HEIGHT, _TOP + _PAD, base)
    lines = tuple(
        _line(standing, points[standing], found, right, height)
        for (standing, found), height in zip(known.items(), heights, strict=True)
    )
    named = _named([across(day.on) for day in trend], Frame(int(right), frame.height))
    days = tuple(DayTick(day.on, label) for day, label in zip(trend, named, strict=True) if label is not None)
    return LineChart(frame, _grid(range(0, 101, 25), base, rise, int(right)), days, lines, _tenth(base))


def spark(values: Dated) -> Spark | None:
    """Draw a small line on a scale of its own, ten points high at the least; None without two values."""
    known = [(on, value) for on, value in values if value is not None]
    if len(known) < 2:  # noqa: PLR2004  # a line has two ends
        return None
    low, high = (found(value for _on, value in known) for found in (min, max))
    span = Fraction(max(high - low, _LEAST_SPAN))
    across = _across([on for on, _value in values], Fraction(_PAD), Fraction(SPARK.width - _PAD))
    base = Fraction(SPARK.height - _PAD)
    rise = (base - _PAD) / span
    points = [
        _point(on, value, across(on), base - Fraction(value - low) * rise) if value is not None else None for on, value in values
    ]
    drawn = [point for point in points if point is not None]
    return Spark(SPARK, _runs(points), drawn[0], drawn[-1], low, high)


def _shares(day: Snapshot) -> tuple[tuple[Standing, Share], ...]:
    return (
        (Standing.HEALTHY, day.health),
        (Standing.AT_RISK, day.risk),
        (Standing.BLOCKED, day.blocked),
        (Standing.UNKNOWN, day.unknown),
    )


def _bar(month: MonthReviewed, left: Fraction, slot: Fraction, base: Fraction, rise: Fraction, label: Spot | None) -> Bar:
    height = month.reviewed * rise
    fits = len(str(month.reviewed)) * DIGIT_WIDTH <= slot
    return Bar(
        month=first_of_month(month.month),
        reviewed=month.reviewed,
        target=month.target,
        is_running=month.is_running,
        x=_tenth(left + slot / 5),
        y=_tenth(base - height),
        width=_tenth(slot * 3 / 5),
        height=_tenth(height),
        target_x1=_tenth(left + slot / 20),
        target_x2=_tenth(left + slot * 19 / 20),
        target_y=_tenth(base - month.target * rise),
        value_label=_spot(left + slot / 2, base - height - _PAD, Anchor.MIDDLE) if fits else None,
        month_label=label,
    )


def _line(standing: Standing, points: Sequence[Point | None], known: Sequence[Point], right: Fraction, height: Fraction) -> Line:
    last = known[-1]
    label = _spot(right + 4 * _PAD, height, Anchor.START)
    leader = f"{last.x},{last.y} {_tenth(right + 3 * _PAD)},{_tenth(height - _PAD)}"
    return Line(standing, _runs(points), known[0], last, label, leader)


def _runs(points: Sequence[Point | None]) -> tuple[str, ...]:
    """Return each unbroken run of points as SVG writes it: "40.0,20.0 52.5,31.2"."""
    return tuple(
        " ".join(f"{point.x},{point.y}" for point in run if point is not None)
        for is_known, run in groupby(points, key=lambda point: point is not None)
        if is_known
    )


def _across(days: Sequence[date], left: Fraction, right: Fraction) -> Callable[[date], Fraction]:
    """Return what finds a day's place between the first and the last; a single day stands at the right."""
    first, last = days[0].toordinal(), days[-1].toordinal()
    return lambda day: right - (right - left) * Fraction(last - day.toordinal(), max(1, last - first))


def _grid_values(highest: int) -> range:
    """Return up to five round numbers from 0 to at least the highest: steps of 1, 2, 5, 10, 20 and so on."""
    step, factors = 1, (2, Fraction(5, 2), 2)
    place = 0
    while step * _MOST_GRIDLINES < highest:
        step = int(step * factors[place % len(factors)])
        place += 1
    return range(0, -(-highest // step) * step + 1, step)


def _grid(values: Sequence[int], base: Fraction, rise: Fraction, right: int) -> tuple[Gridline, ...]:
    return tuple(
        Gridline(
            value,
            _tenth(GRID_WIDTH),
            _tenth(right),
            _tenth(base - value * rise),
            _spot(Fraction(GRID_WIDTH - _PAD), base - value * rise + _PAD, Anchor.END),
        )
        for value in values
    )


def _named(centres: Sequence[Fraction], frame: Frame) -> list[Spot | None]:
    """Name the last place and as many before it as there is room for; a name that would leave the frame stands at its edge."""
    spots: list[Spot | None] = []
    free_until = Fraction(frame.width)
    for centre in reversed(centres):
        at_edge = centre + Fraction(MONTH_WIDTH, 2) > frame.width
        right = Fraction(frame.width) if at_edge else centre + Fraction(MONTH_WIDTH, 2)
        fits = right <= free_until and right - MONTH_WIDTH >= 0
        baseline = Fraction(frame.height - _FOOT + LABEL_HEIGHT + _PAD)
        where = (right, Anchor.END) if at_edge else (centre, Anchor.MIDDLE)
        spots.append(_spot(where[0], baseline, where[1]) if fits else None)
        if fits:
            free_until = right - MONTH_WIDTH - _PAD
    return spots[::-1]


def _spread(wanted: Sequence[Fraction], gap: int, low: int, high: Fraction) -> list[Fraction]:
    """Return heights as near to the wanted ones as they can be with a gap between them; the room must be enough for all."""
    order = sorted(range(len(wanted)), key=lambda place: (wanted[place], place))
    found = dict.fromkeys(order, Fraction(0))
    least = Fraction(low)
    for place in order:
        found[place] = max(wanted[place], least)
        least = found[place] + gap
    most = high
    for place in reversed(order):
        found[place] = min(found[place], most)
        most = found[place] - gap
    return [found[place] for place in range(len(wanted))]


def _point(on: date, percent: Decimal, x: Fraction, y: Fraction) -> Point:
    return Point(on, percent, _tenth(x), _tenth(y))


def _spot(x: Value, y: Value, anchor: Anchor) -> Spot:
    return Spot(_tenth(x), _tenth(y), anchor)


def _tenth(value: Value) -> Decimal:
    """Return a number with one decimal; never "-0.0"."""
    return Decimal(round(Fraction(value) * 10)).scaleb(-1)
