"""The two pages that are made to be printed: a sheet of ten cards, and one sheet about whom to refer. Needs poppler."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page

from tests.browser.portals import THREE_FILES, build, write
from tests.browser.serving import served
from tests.browser.test_new_pages import CARD, HOME, MEET

DOTS = 200
"""To the inch."""
MILLIMETRE = DOTS / 25.4
A4 = (210, 297)
LETTER = (215.9, 279.4)

FIRM = "Datenverarbeitungsgesellschaft Oberrheinische Tiefebene mbH"
PERSON = "Maximiliane Freifrau von Schwarzenberg-Wolkenstein zu Kranich"
PROMISE = (
    "Wir nehmen Handwerksbetrieben die Datenschutzgrundverordnung und die Telekommunikationsanlage ab, "
    "und in neun Minuten hebt jemand ab."
)

pytestmark = pytest.mark.audit
LONG = {
    "data/portal.yaml": f"""\
name: {FIRM}
base_url: https://empfehlungen.datenverarbeitung-oberrhein.example/
locale: de-DE
currency: EUR
timezone: Europe/Berlin
contact: {{email: geschaeftsfuehrung@datenverarbeitungsgesellschaft.oberrhein.example, phone: "+49 7851 4960100"}}
as_of: 2026-10-31
""",
    "data/positioning.yaml": f"""\
promise: {PROMISE}
ideal_client: {{situation: nebenbei macht einer die EDV}}
triggers: [{{phrase: Donaudampfschifffahrtselektrizitaetenhauptbetriebswerk}}]
""",
    "data/incentives.yaml": THREE_FILES["data/incentives.yaml"],
    "data/referrers.csv": f"referrer_id,name,audience,kind,named,link_code\nlong,{PERSON},owner,friend,yes,7QK3M9TX\n",
}
_CUT_OFF = """
[...document.querySelectorAll(".paper-card, .paper-card-name, .paper-card-words, .paper-card-words p, .paper-card-foot span")]
    .filter(each => each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1)
    .filter(each => each.clientWidth)
    .map(each => each.className)
"""
_INTO_THE_FOOT = """
[...document.querySelectorAll(".paper-card")].filter(card => card.clientWidth).filter(card => {
    const foot = card.querySelector(".paper-card-foot").getBoundingClientRect().top;
    const above = [...card.querySelectorAll(".paper-card-code p, .paper-card-words p")];
    return above.some(each => each.getBoundingClientRect().bottom > foot);
}).length
"""
_TOO_LONG = """
element => {
    element.style.display = "inline-block";
    element.style.maxInlineSize = "none";
    element.style.whiteSpace = "nowrap";
    const room = getComputedStyle(element.parentElement);
    const inside = element.parentElement.clientWidth - parseFloat(room.paddingInlineStart) - parseFloat(room.paddingInlineEnd);
    return element.getBoundingClientRect().width > inside - 1;
}
"""
_LINES = """
element => {
    const lines = [];
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let top = null;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        for (let at = 0; at < node.length; at += 1) {
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + 1);
            const here = range.getBoundingClientRect().top;
            if (top === null || Math.abs(here - top) > 4) { lines.push(""); top = here; }
            lines[lines.length - 1] += node.data[at];
        }
    }
    return lines;
}
"""


@pytest.fixture(scope="module")
def long_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a portal whose firm, person and addresses have the longest names one meets."""
    folder = tmp_path_factory.mktemp("paper")
    with served(build(write(folder / "portal", LONG), folder / "output")) as address:
        yield address


def printed(page: Page, folder: Path, paper: str = "A4") -> Image.Image:
    """Return the only sheet that comes out of the printer, grey, at DOTS to the inch; fails when there are more."""
    page.pdf(path=folder / "page.pdf", format=paper, prefer_css_page_size=True)
    subprocess.run(["pdftoppm", "-r", str(DOTS), "-png", "-gray", folder / "page.pdf", folder / "sheet"], timeout=60, check=True)
    (sheet,) = folder.glob("sheet-*.png")
    with Image.open(sheet) as image:
        return image.convert("L")


def read(sheet: Image.Image) -> list[tuple[float, float, str]]:
    """Return left and top in millimetres, and the text, of each code on a sheet, row by row."""
    codes = (
        (code.position.top_left.x / MILLIMETRE, code.position.top_left.y / MILLIMETRE, code.text)
        for code in zxingcpp.read_barcodes(sheet)
    )
    return sorted(codes, key=lambda code: (round(code[1]), code[0]))


def dark(sheet: Image.Image, left: float, top: float, right: float, bottom: float) -> bool:
    """Say whether anything is printed in a box in millimetres."""
    box = sheet.crop((round(left * MILLIMETRE), round(top * MILLIMETRE), round(right * MILLIMETRE), round(bottom * MILLIMETRE)))
    return any(box.histogram()[:160])


@pytest.mark.parametrize(("paper", "size"), [("A4", A4), ("Letter", LETTER)])
def test_ten_cards_come_on_one_sheet_a_cards_width_and_height_apart(
    page: Page, demo_url: str, tmp_path: Path, paper: str, size: tuple[float, float]
) -> None:
    page.goto(demo_url + CARD)
    sheet = printed(page, tmp_path, paper)
    assert (sheet.width / MILLIMETRE, sheet.height / MILLIMETRE) == pytest.approx(size, abs=0.5)
    codes = read(sheet)
    assert [text for _, _, text in codes] == [MEET] * 10
    left, top, _ = codes[0]
    places = [(left + column * 85, top + row * 55) for row in range(5) for column in range(2)]
    for (x, y, _), place in zip(codes, places, strict=True):
        assert (x, y) == pytest.approx(place, abs=0.4)


def test_marks_to_cut_along_stand_outside_the_cards_and_nothing_is_printed_where_the_cut_goes(
    page: Page, demo_url: str, tmp_path: Path
) -> None:
    page.goto(demo_url + CARD)
    sheet = printed(page, tmp_path)
    left, top = (210 - 170) / 2, (297 - 275) / 2
    for x in (left, left + 85, left + 170):
        assert dark(sheet, x - 0.4, top - 5, x + 0.4, top - 2)
        assert dark(sheet, x - 0.4, top + 277, x + 0.4, top + 280)
        assert not dark(sheet, max(x - 3, left), top, min(x + 3, left + 170), top + 275)
    for y in (top + row * 55 for row in range(6)):
        assert dark(sheet, left - 5, y - 0.4, left - 2, y + 0.4)
        assert dark(sheet, left + 172, y - 0.4, left + 175, y + 0.4)
        assert not dark(sheet, left, max(y - 3, top), left + 170, min(y + 3, top + 275))


def test_the_longest_names_and_a_long_promise_stand_whole_on_a_card(page: Page, long_url: str, tmp_path: Path) -> None:
    assert len(FIRM) >= 59
    assert len(PERSON) >= 60
    page.goto(long_url + CARD)
    for media in ("screen", "print"):
        page.emulate_media(media="print" if media == "print" else "screen")
        assert page.evaluate(_CUT_OFF) == []
        assert page.evaluate(_INTO_THE_FOOT) == 0
    page.emulate_media()
    codes = read(printed(page, tmp_path))
    assert {text for _, _, text in codes} == {LONG["data/portal.yaml"].split("base_url: ")[1].split()[0] + "meet/7QK3M9TX/"}
    assert len(codes) == 10
    words = subprocess.run(["pdftotext", tmp_path / "page.pdf", "-"], capture_output=True, text=True, timeout=60, check=True)
    assert re.sub(r"[\s\u00ad\u2010-]", "", words.stdout).count(re.sub(r"[\s-]", "", PERSON)) == 10


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_whom_to_refer_is_one_sheet_with_a_code_that_opens_the_form(
    page: Page, demo_url: str, tmp_path: Path, paper: str
) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(demo_url + "who-to-refer/")
    assert [text for _, _, text in read(printed(page, tmp_path, paper))] == [HOME + "refer/"]
    run = subprocess.run(["pdftotext", tmp_path / "page.pdf", "-"], capture_output=True, text=True, timeout=60, check=True)
    text = re.sub(r"\s+", " ", run.stdout).replace("\u2011", "-")
    told = ("a person answers within nine minutes", "Only Dave knows the passwords.", "The server is older than the apprentice.")
    for words in (*told, "Home users", "hello@copperbeck.example", "+44 113 496 0100", "refer.copperbeck.example/refer"):
        assert words in text
    for words in ("In the print window", "On one sheet of paper", "Why us?", "Somebody in mind already?", "Menu"):
        assert words not in text


@pytest.mark.parametrize("path", [CARD, "who-to-refer/"])
def test_one_is_told_on_the_screen_how_to_print_it_and_not_on_paper(page: Page, demo_url: str, path: str) -> None:
    page.goto(demo_url + path)
    advice = page.locator(".print-advice")
    assert "switch off headers and footers" in advice.inner_text()
    assert advice.is_visible()
    page.emulate_media(media="print")
    assert advice.is_hidden()


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (8, ""),
        (9, "And one more at refer.harbour.example/who-to-refer"),
        (30, "And 22 more at refer.harbour.example/who-to-refer"),
    ],
)
def test_the_sheet_has_eight_of_many_phrases_and_says_where_the_others_are(
    page: Page, tmp_path: Path, count: int, said: str
) -> None:
    phrases = "".join(
        f'\n  - {{phrase: "They said thing number {each} to me, and more than once.", say: "Say {each}."}}'
        for each in range(1, count + 1)
    )
    positioning = f"promise: {PROMISE}\nideal_client: {{situation: one overworked person does IT}}\ntriggers:{phrases}\n"
    portal = write(tmp_path / "portal", {**THREE_FILES, "data/positioning.yaml": positioning})
    with served(build(portal, tmp_path / "output")) as address:
        page.goto(address + "who-to-refer/")
        if said:
            assert page.get_by_text(said).is_hidden()
        assert len(read(printed(page, tmp_path))) == 1
    run = subprocess.run(["pdftotext", tmp_path / "page.pdf", "-"], capture_output=True, text=True, timeout=60, check=True)
    text = re.sub(r"\s+", " ", run.stdout)
    assert "thing number 8 to me" in text
    assert "thing number 9 to me" not in text
    assert said in text
    assert ("more at" in text) == bool(said)


def test_the_small_portals_sheet_is_one_as_well(page: Page, small_url: str, tmp_path: Path) -> None:
    page.goto(small_url + "who-to-refer/")
    assert [text for _, _, text in read(printed(page, tmp_path))] == ["https://refer.harbour.example/refer/"]


# ----------------------------------------------------------------------------------------------------------- addresses


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("path", ["", "refer/", "refer/7QK3M9TX/", CARD, "share/", "introduce/", "privacy/"])
def test_an_address_that_fits_is_never_broken(page: Page, demo_url: str, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(demo_url + path)
    addresses = page.locator(".address:visible").all()
    assert addresses
    broken = [(each, lines) for each in addresses if len(lines := each.evaluate(_LINES)) > 1]
    assert [lines for each, lines in broken if not each.evaluate(_TOO_LONG)] == []


@pytest.mark.parametrize("path", ["refer/7QK3M9TX/", CARD, "introduce/", "who-to-refer/"])
def test_a_linked_address_too_long_for_its_line_is_broken_at_its_joints(page: Page, long_url: str, path: str) -> None:
    page.set_viewport_size({"width": 320, "height": 844})
    page.goto(long_url + path)
    broken = [lines for each in page.locator("a.address:visible").all() if len(lines := each.evaluate(_LINES)) > 1]
    assert broken
    for lines in broken:
        for before, after in pairwise(lines):
            assert before.endswith(("/", "-")) or after.startswith((".", "@"))
