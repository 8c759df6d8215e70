"""A sealed page that is open: it locks itself, acts for nobody but its reader, and hands out its tables and words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from shutil import which

import pytest
from playwright.sync_api import Browser, Download, Page, expect

from tests.browser import chromium
from tests.browser.sealing import ALERT, KEY, OWNERS, PAGE, TITLE, Shelf, field, for_link, for_owners, opened, told, unlock
from tests.browser.serving import served
from tests.render.locking import KPIS

NOTHING_LEFT = "Locked. Nothing of the page is left in this window."
IDLE = "Locked, because nothing happened here for 15 minutes."
SOON = "Locks in a minute. Move or press anything to stay."


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with served(tmp_path) as address:
        yield Shelf(tmp_path, address)


def opened_link(page: Page, shelf: Shelf, html: str) -> None:
    """Open a page by its link, which costs nothing."""
    page.goto(shelf.link(for_link(html)))
    opened(page)


def content(body: str) -> str:
    return f"<h1>{TITLE}</h1>{body}"


# ---------------------------------------- locking


def test_locking_leaves_nothing_and_the_passphrase_opens_it_again(page: Page, shelf: Shelf) -> None:
    page.goto(shelf.owners(for_owners()))
    unlock(page)
    opened(page)
    page.get_by_role("button", name="Lock").click()
    told(page, NOTHING_LEFT)
    expect(field(page)).to_be_focused()
    assert field(page).input_value() == ""
    assert "Aldersyde" not in page.content()
    assert TITLE not in page.content()
    unlock(page)
    opened(page)


def test_an_open_page_keeps_its_neutral_title_which_a_browser_remembers(page: Page, shelf: Shelf) -> None:
    opened_link(page, shelf, PAGE)
    assert page.title() == "Private page · Harbour IT"


def test_a_locked_link_page_opens_by_its_link_alone(page: Page, shelf: Shelf) -> None:
    opened_link(page, shelf, PAGE)
    page.get_by_role("button", name="Lock").click()
    told(page, "Open your link again to come back.")
    assert KEY not in page.content()
    page.goto(f"{page.url}#{KEY}")
    opened(page)


def test_it_locks_itself_after_fifteen_idle_minutes_and_says_so_a_minute_before(page: Page, shelf: Shelf) -> None:
    page.clock.install()
    opened_link(page, shelf, PAGE)
    page.clock.run_for("13:59")
    expect(page.get_by_role("status").first).to_have_text("")
    page.clock.run_for("00:02")
    expect(page.get_by_text(SOON)).to_be_visible()
    page.clock.run_for("00:58")
    opened(page)
    page.clock.run_for("00:02")
    told(page, IDLE)
    assert "Aldersyde" not in page.content()


@pytest.mark.parametrize("sign", ["pointer", "key", "scroll"])
def test_whoever_reads_on_is_not_locked_out(page: Page, shelf: Shelf, sign: str) -> None:
    page.clock.install()
    opened_link(page, shelf, PAGE + "<p>and so on</p>" * 200)
    page.clock.run_for("14:30")
    expect(page.get_by_text(SOON)).to_be_visible()
    if sign == "pointer":
        page.mouse.move(100, 300)
    elif sign == "key":
        page.keyboard.press("Shift")
    else:
        page.evaluate("scrollBy(0, 400)")
    expect(page.get_by_text(SOON)).to_be_hidden()
    page.clock.run_for("14:30")
    opened(page)
    page.clock.run_for("00:31")
    told(page, IDLE)


@pytest.mark.parametrize("waking", ["a look", "a key"])
def test_a_machine_that_slept_finds_the_page_locked(page: Page, shelf: Shelf, waking: str) -> None:
    page.clock.install()
    opened_link(page, shelf, PAGE)
    page.evaluate("const now = Date.now; Date.now = () => now() + 16 * 60000")  # timers slept as well
    if waking == "a look":
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    else:
        page.keyboard.press("Shift")
    told(page, IDLE)


def test_a_page_that_was_left_is_locked_when_one_comes_back_to_it(browser: Browser, shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "next.html").write_text("<!doctype html><title>Next</title><h1>Next</h1>", encoding="utf-8")
    with chromium.keeping_pages(browser) as keeping, keeping.new_page() as page:
        page.goto(shelf.owners(for_owners()))
        unlock(page)
        opened(page)
        page.evaluate("window.kept = true")
        page.goto(shelf.address + "next.html")
        page.evaluate("history.back()")
        page.wait_for_url(shelf.address + KPIS, wait_until="commit")
        assert page.evaluate("window.kept") is True  # the browser kept the page whole, and it is locked all the same
        told(page, NOTHING_LEFT)
        assert "Aldersyde" not in page.content()


def test_what_is_left_while_it_opens_stays_shut(page: Page, shelf: Shelf) -> None:
    page.goto(shelf.owners(for_owners()))
    field(page).fill(OWNERS[0])
    # Asked in one breath: on a quick machine it is open before the next question.
    busy = page.evaluate("""() => {
        form.requestSubmit();
        const busy = send.textContent;
        dispatchEvent(new PageTransitionEvent("pagehide", {persisted: true}));
        return busy;
    }""")
    assert busy == "Opening …"
    expect(page.locator("#send")).to_have_text("Open")
    assert page.locator("#open").inner_html() == ""
    assert field(page).input_value() == ""


# ---------------------------------------- what got past the sanitiser

FAR = "https://far.example/"
HOSTILE = {
    "picture": '<img src="{}a.png" srcset="{}b.png 2x" onerror="document.body.remove()">',
    "style attribute": '<p style="background: url({}a.png); color: red">Red</p>',
    "style element": "<style>@import '{}a.css'; p {{ background: url({}a.png) }}</style>",
    "form": '<form action="{}take"><input name="a"></form><form></form>',
    "script": "<script>document.title = 'taken'; fetch('{}a')</script>",
    "prefetch": '<link rel="prefetch" href="{}a"><link rel="preload" as="image" href="{}a.png">',
    "style sheet": '<link rel="stylesheet" href="{}a.css">',
    "refresh": '<meta http-equiv="refresh" content="0; url={}a">',
    "base": '<base href="{}">',
    "drawing": '<svg><image href="{}a.png"/><use href="{}a.svg#b"/><image xlink:href="{}a.png"/></svg>',
    "drawing's filling": '<svg><rect fill="url({}a.svg#b)" mask="url({}a.svg#d)" width="9" height="9"/></svg>',
    "drawing's script": "<svg><script>document.title = 'taken'</script></svg>",
    "drawing's handler": "<svg onload=\"document.title = 'taken'\"><animate onbegin=\"document.title = 'taken'\"/></svg>",
    "frame": '<iframe src="{}a"></iframe><iframe srcdoc="<img src={}a>"></iframe><object data="{}a"></object><embed src="{}a">',
    "media": '<video src="{}a" poster="{}a.png"></video><audio src="{}a"></audio><picture><source srcset="{}a"></picture>',
    "old style": '<table background="{}a.png"><tr><td background="{}b.png">a</td></tr></table>',
    "input": '<input type="image" src="{}a.png"><button formaction="{}a">a</button>',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_got_past_the_sanitiser_asks_for_nothing_and_does_nothing(browser: Browser, shelf: Shelf, name: str) -> None:
    asked: list[str] = []
    hostile = HOSTILE[name].replace("{{", "{").replace("}}", "}").replace("{}", FAR)
    with browser.new_page() as page:  # which may say on the console what it blocked
        page.on("request", lambda sent: asked.append(sent.url))
        opened_link(page, shelf, hostile + content(hostile) + "<p id='last'>last</p>")
        page.wait_for_timeout(300)  # a refresh of no seconds has happened by then
        expect(page.locator("#last")).to_be_visible()
        assert asked == [page.url]
        assert page.title() == "Private page · Harbour IT"
        red = "[...document.querySelectorAll('#open *')].filter(each => getComputedStyle(each).color === 'rgb(255, 0, 0)').length"
        assert page.evaluate(red) == 0


def test_a_link_that_is_a_script_is_none(page: Page, shelf: Shelf) -> None:
    opened_link(
        page,
        shelf,
        content("<a href=\"\tjavascript:document.title='taken'\">a</a><svg><a href='data:,a'><text>b</text></a></svg>"),
    )
    assert page.evaluate("document.querySelectorAll('#open :any-link').length") == 0
    page.get_by_text("a", exact=True).click()
    assert page.title() == "Private page · Harbour IT"


# ---------------------------------------- an unsafe way


def test_over_plain_http_it_opens_nothing_and_says_why(browser: Browser, shelf: Shelf) -> None:
    link = shelf.link(for_link())
    flags = [flag for flag in chromium.FLAGS if "host-resolver" not in flag]
    rules = "--host-resolver-rules=MAP refer.harbour.example 127.0.0.1"
    with browser.browser_type.launch(executable_path=which("chromium"), args=[*flags, rules]) as other, other.new_page() as page:
        page.goto(link.replace("127.0.0.1", "refer.harbour.example"))
        told(page, "The way to this page is not safe.")
        expect(page.locator(ALERT)).to_contain_text("Write https:// instead of http://")
        expect(field(page)).to_be_hidden()
        assert "#" not in page.url


# ---------------------------------------- tables, words, files, links

TABLE = """
<table data-name="reviews"><caption>Reviews</caption>
<thead><tr><th>Client</th><th>On</th><th>Worth</th><th>Said</th></tr></thead>
<tbody>
<tr><th scope="row">Aldersyde, "Joinery"</th><td><time datetime="2026-10-01">1 Oct</time></td>
<td><data value="1200.50">£1,200.50</data></td><td>
 two
 words </td></tr>
<tr><td>=HYPERLINK("x")</td><td><data value="">–</data></td><td><data value="-5">−5</data></td><td>+44 20</td></tr>
<tr><td>@sum</td><td>-5</td><td><data value="0012">No. 12</data></td><td>Åsa <svg><title>up</title></svg></td></tr>
</tbody></table>
"""


def text(download: Download) -> bytes:
    return Path(download.path()).read_bytes()


def test_a_table_is_taken_along_for_a_spreadsheet(page: Page, shelf: Shelf) -> None:
    opened_link(page, shelf, content(TABLE))
    with page.expect_download() as taken:
        page.get_by_role("button", name="CSV: Reviews").click()
    assert taken.value.suggested_filename == "reviews.csv"
    rows = [
        "Client,On,Worth,Said",
        '"Aldersyde, ""Joinery""",2026-10-01,1200.50,two words',
        '"\'=HYPERLINK(""x"")",,-5,\'+44 20',
        "'@sum,-5,0012,Åsa",
    ]
    assert text(taken.value) == b"\xef\xbb\xbf" + "".join(f"{row}\r\n" for row in rows).encode()


def test_a_table_is_taken_along_for_a_program(page: Page, shelf: Shelf) -> None:
    opened_link(page, shelf, content(TABLE))
    with page.expect_download() as taken:
        page.get_by_role("button", name="JSON: Reviews").click()
    assert taken.value.suggested_filename == "reviews.json"
    assert json.loads(text(taken.value)) == [
        {"Client": 'Aldersyde, "Joinery"', "On": "2026-10-01", "Worth": 1200.5, "Said": "two words"},
        {"Client": '=HYPERLINK("x")', "On": None, "Worth": -5, "Said": "+44 20"},
        {"Client": "@sum", "On": "-5", "Worth": "0012", "Said": "Åsa"},
    ]


def test_lines_of_a_cell_stay_apart(page: Page, shelf: Shelf) -> None:
    table = (
        '<table data-name="due"><tr><th>Why</th></tr><tr><td>Month 4: due on 10 May<br>Month 5: due on 10 June</td></tr></table>'
    )
    opened_link(page, shelf, content(table))
    with page.expect_download() as taken:
        page.get_by_role("button", name="CSV: due").click()
    assert text(taken.value).decode() == "\ufeffWhy\r\nMonth 4: due on 10 May; Month 5: due on 10 June\r\n"


def test_a_table_without_a_name_is_only_looked_at(page: Page, shelf: Shelf) -> None:
    opened_link(page, shelf, content("<table><tr><td>a</td></tr></table>"))
    expect(page.locator(".download")).to_have_count(0)


def test_words_are_copied_and_it_is_said(page: Page, shelf: Shelf) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.clock.install()
    opened_link(page, shelf, content('<button data-copy="Hello Åsa,\nwho else?">Copy the words</button>'))
    page.get_by_role("button", name="Copy the words").click()
    expect(page.locator("#told")).to_have_text("Copied")
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "Hello Åsa,\nwho else?"
    page.clock.run_for(3000)
    expect(page.get_by_role("button", name="Copy the words")).to_be_visible()
    expect(page.locator("#told")).to_have_text("")


def test_where_copying_is_forbidden_it_is_said(page: Page, shelf: Shelf) -> None:
    page.add_init_script("Clipboard.prototype.writeText = () => Promise.reject(new DOMException('', 'NotAllowedError'))")
    opened_link(page, shelf, content('<button data-copy="Hello">Copy the words</button>'))
    page.get_by_role("button", name="Copy the words").click()
    expect(page.locator("#told")).to_contain_text("Mark it and copy it by hand.")


def test_a_calendar_is_downloaded_as_its_standard_wants_it(page: Page, shelf: Shelf) -> None:
    calendar = (
        '<pre data-file="reviews.ics" data-type="text/calendar">BEGIN:VCALENDAR\nSUMMARY:Åsa &amp; Bo\nEND:VCALENDAR\n</pre>'
    )
    opened_link(page, shelf, content(calendar))
    expect(page.get_by_text("BEGIN:VCALENDAR")).to_be_hidden()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Download reviews.ics").click()
    assert taken.value.suggested_filename == "reviews.ics"
    assert text(taken.value).decode() == "BEGIN:VCALENDAR\r\nSUMMARY:Åsa & Bo\r\nEND:VCALENDAR\r\n"


def test_a_link_within_the_page_opens_what_it_leads_into_and_leaves_no_trace(page: Page, shelf: Shelf) -> None:
    inner = "<details><summary>Inner</summary><p id='row 1'>The row</p></details>"
    opened_link(page, shelf, content(f'<a href="#row%201">See the row</a><details><summary>Outer</summary>{inner}</details>'))
    entries = page.evaluate("history.length")
    page.get_by_role("link", name="See the row").click()
    expect(page.get_by_text("The row", exact=True)).to_be_visible()
    expect(page.get_by_text("The row", exact=True)).to_be_focused()
    assert "#" not in page.url
    assert page.evaluate("history.length") == entries


def test_links_to_other_pages_leave_this_one_open_and_tell_nobody_where_they_stood(page: Page, shelf: Shelf) -> None:
    (shelf.folder / "next.html").write_text("<!doctype html><title>Next</title>", encoding="utf-8")
    opened_link(page, shelf, content('<a href="/next.html">Next</a> <a href="mailto:ann@x.example">Ann</a>'))
    with page.expect_popup() as other:
        page.get_by_role("link", name="Next").click()
    assert other.value.evaluate("[document.referrer, opener]") == ["", None]
    opened(page)
    expect(page.get_by_role("link", name="Ann")).not_to_have_attribute("target", "_blank")
