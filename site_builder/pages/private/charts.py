"""The geometry of the KPI page's charts: numbers for SVG, worked out here so that a template only writes them down.

Every chart comes wide and narrow. Coordinates are Decimals with one decimal, in the units of the chart's frame. Words are the
template's, and are given room, by the constants below.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from site_builder.rules.standing import Standing

LABEL_HEIGHT = 16
"""The room from one line of text to the next."""
GRID_WIDTH = 40
"""The room of a number beside a gridline: "100 %"."""
MONTH_WIDTH = 48
"""The room of a month or day under the axis: "Oct 26"."""
DIGIT_WIDTH = 7
"""The room of one digit over a bar."""
PERCENT_WIDTH = 50
"""The room of a percentage in a part of the bar: "66.7 %"."""
KEY_SIZE = 10
"""The side of the small square beside a standing's label."""


class Anchor(StrEnum):
    """SVG's text-anchor: which end of a text stands at its spot."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Frame:
    """The size of a drawing, in pixels where it is shown at its own size."""

    width: int
    height: int

    @property
    def view_box(self) -> str:
        """The viewBox of the svg element: "0 0 720 260"."""
        return f"0 0 {self.width} {self.height}"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a text stands. y: of its baseline."""

    x: Decimal
    y: Decimal
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Gridline:
    """A level line from x1 to x2 and the number beside it. value: reviews, or percent."""

    value: int
    x1: Decimal
    x2: Decimal
    y: Decimal
    label: Spot


@dataclass(frozen=True, slots=True)
class Bar:
    """A month's reviews as a rectangle, and its target as a level stroke from target_x1 to target_x2 at target_y.

    month: its first day. is_running: to be drawn otherwise, not by colour alone. value_label, month_label: None where there is no
    room for one.
    """

    month: date
    reviewed: int
    target: int
    is_running: bool
    x: Decimal
    y: Decimal
    width: Decimal
    height: Decimal
    target_x1: Decimal
    target_x2: Decimal
    target_y: Decimal
    value_label: Spot | None
    month_label: Spot | None


@dataclass(frozen=True, slots=True)
class BarChart:
    """Reviews a month. bars: oldest first; of a long cycle the latest months, the table beside it has all. base_y: the axis."""

    frame: Frame
    grid: tuple[Gridline, ...]
    bars: tuple[Bar, ...]
    base_y: Decimal


@dataclass(frozen=True, slots=True)
class Segment:
    """One standing's part of the bar. Drawn from x to x + width; width is 0.0 where nobody stands so.

    inside: where its percent stands in it, None where there is no room. label: where its words and numbers stand below.
    key_x, key_y: the upper left corner of a small square of KEY_SIZE beside the label, drawn like the part.
    """

    standing: Standing
    count: int
    percent: Decimal
    x: Decimal
    y: Decimal
    width: Decimal
    height: Decimal
    inside: Spot | None
    label: Spot
    key_x: Decimal
    key_y: Decimal


@dataclass(frozen=True, slots=True)
class StackChart:
    """The standings of all active clients as one bar: healthy, at risk, blocked, unknown; parts without anybody too."""

    frame: Frame
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A day and its percent."""

    on: date
    percent: Decimal
    x: Decimal
    y: Decimal


@dataclass(frozen=True, slots=True)
class Line:
    """A share over time. runs: the points of one polyline each, broken where nobody was active; a run may have one point only.

    standing: healthy, at_risk or unknown. first, last: its ends, for the description and the mark at its end. label: its direct
    label at the right, never over another one's. leader: the points of a polyline from the last point to the label.
    """

    standing: Standing
    runs: tuple[str, ...]
    first: Point
    last: Point
    label: Spot
    leader: str


@dataclass(frozen=True, slots=True)
class DayTick:
    """A day named under the axis."""

    on: date
    label: Spot


@dataclass(frozen=True, slots=True)
class LineChart:
    """Health, risk and unknown in percent of the active clients. base_y: the axis, 0 %."""

    frame: Frame
    grid: tuple[Gridline, ...]
    days: tuple[DayTick, ...]
    lines: tuple[Line, ...]
    base_y: Decimal


@dataclass(frozen=True, slots=True)
class Spark:
    """A small line without axes, on a scale of its own. low, high: of its values, for its description. last: for a dot."""

    frame: Frame
    runs: tuple[str, ...]
    first: Point
    last: Point
    low: Decimal
    high: Decimal
