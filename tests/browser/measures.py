"""What a browser can tell of a page by measuring it: what has the focus, what jumped, what moves, what stands there twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import CDPSession, Page

_MARK = """
() => {
    const kinds = "a[href], button, input:not([type=hidden]), textarea, select, summary, [tabindex='0']";
    const usable = [...document.querySelectorAll(kinds)]
        .filter(each => !each.disabled && each.tabIndex >= 0)
        .filter(each => each.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true}));
    usable.forEach((each, place) => each.dataset.place = place);
    return usable.length;
}
"""
# A line of text that wraps has several boxes. What lies over it is found where it is seen at all: corners may be round.
_FOCUS = """
() => {
    const focus = document.activeElement;
    const style = getComputedStyle(focus);
    const boxes = [...focus.getClientRects()].filter(box => box.width > 0 && box.height > 0);
    const seen = boxes.filter(box => box.top < innerHeight && box.bottom > 0 && box.left < innerWidth && box.right > 0);
    const within = (from, to, most) => [0.2, 0.5, 0.8].map(part => Math.min(Math.max(from + (to - from) * part, 1), most - 1));
    const points = seen.flatMap(box => within(box.left, box.right, innerWidth)
        .flatMap(x => within(box.top, box.bottom, innerHeight).map(y => [x, y])));
    return {
        place: Number(focus.dataset.place ?? -1),
        name: focus.outerHTML.slice(0, 80),
        ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        inside: seen.length > 0,
        covered: !points.some(([x, y]) => {
            const top = document.elementFromPoint(x, y);
            return top !== null && (focus.contains(top) || [...focus.labels ?? []].some(label => label.contains(top)));
        }),
    };
}
"""
_SHIFT = """
() => new Promise(tell => {
    let sum = 0;
    const add = each => { sum += each.hadRecentInput ? 0 : each.value; };
    const watcher = new PerformanceObserver(list => list.getEntries().forEach(add));
    watcher.observe({type: "layout-shift", buffered: true});
    scrollTo(0, document.documentElement.scrollHeight);
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => { watcher.disconnect(); tell(sum); }, 50)));
})
"""
_MOVING = """
() => [...document.querySelectorAll("*")].flatMap(each => [null, "::before", "::after"].map(part => getComputedStyle(each, part))
    .flatMap(style => [style.transitionDuration, style.animationDuration].flatMap(times => times.split(", ")))
    .concat(getComputedStyle(each).scrollBehavior === "auto" ? [] : ["scroll"])
    .filter(time => time !== "0s").map(time => `${each.tagName.toLowerCase()}.${each.className} ${time}`))
"""
_TWICE = """
() => {
    const ids = [...document.querySelectorAll("[id]")].map(each => each.id);
    return ids.filter((id, place) => ids.indexOf(id) !== place);
}
"""
_MOST_STOPS = 1000


@dataclass(frozen=True, slots=True)
class Stop:
    """Where the focus stands. place: its number in reading order; ring: whether a line of 2 px or more goes around it.

    inside: whether any of it is in the window; covered: whether all of that lies under something else.
    """

    place: int
    name: str
    ring: bool
    inside: bool
    covered: bool

    @property
    def seen(self) -> bool:
        """Whether somebody who looks finds the focus."""
        return self.ring and self.inside and not self.covered


def usable(page: Page) -> int:
    """Number what can take the focus, in reading order; gives how many there are."""
    found = page.evaluate(_MARK)
    assert isinstance(found, int)
    return found


def stops(page: Page, number: int) -> tuple[Stop, ...]:
    """Press Tab so many times from the top of the page."""
    found = []
    for _ in range(number):
        page.keyboard.press("Tab")
        found.append(Stop(**page.evaluate(_FOCUS)))
    return tuple(found)


def walk(page: Page) -> tuple[str, ...]:
    """Press Tab from the top of the page to its end; gives what a screen reader says at each stop: 'link "Menu"'."""
    debugger = page.context.new_cdp_session(page)
    found = tuple(_spoken(page, debugger))
    debugger.detach()
    return found


def shift(page: Page) -> float:
    """What has jumped since the page was asked for and while it is scrolled to its end: the sum of all layout shifts."""
    return float(page.evaluate(_SHIFT))


def moving(page: Page) -> tuple[str, ...]:
    """Everything that takes time to change, or would."""
    return tuple(page.evaluate(_MOVING))


def twice(page: Page) -> tuple[str, ...]:
    """Ids that more than one element has."""
    return tuple(page.evaluate(_TWICE))


def _spoken(page: Page, debugger: CDPSession) -> Iterator[str]:
    for number in range(_MOST_STOPS):
        if number or page.evaluate("document.activeElement === document.body"):  # a page may begin with its field ready
            page.keyboard.press("Tab")
        # Past the last stop the focus leaves the page, or begins again.
        if page.evaluate("document.activeElement === document.body || 'walked' in document.activeElement.dataset"):
            return
        mark = f"document.activeElement.dataset.walked = {number}, document.activeElement"
        focus = debugger.send("Runtime.evaluate", {"expression": mark})
        tree = debugger.send("Accessibility.getPartialAXTree", {"objectId": focus["result"]["objectId"], "fetchRelatives": False})
        (node, *_rest) = tree["nodes"]
        yield f'{node["role"]["value"]} "{" ".join(node["name"]["value"].split())}"'
    raise AssertionError(f"{page.url} has no end")
