"""Sealed pages in a real browser: they open for their readers, for nobody else, and say clearly what keeps them shut."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.browser import sealing
from tests.browser.judges import axe, html_validate
from tests.browser.sealing import FEWEST, KEY, OWNERS, TITLE, Shelf, field, for_link, for_owners, opened, told, unlock
from tests.browser.serving import served
from tests.render.locking import KPIS, MY

WRONG = "This passphrase does not open the page."
OLD = "This link is old, or not complete."
KEYLESS = "The key is no longer in the address."
DAMAGED = "This page is damaged."
PARAMETERS = "This page is not sealed as ours are."
MOVED = "This page was moved."

COUNTING = """
window.derivations = [];
for (const name of ["deriveKey", "deriveBits"]) {
    const usual = SubtleCrypto.prototype[name];
    SubtleCrypto.prototype[name] = function (...given) {
        derivations.push(given[0].name);
        return usual.apply(this, given);
    };
}
"""


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with served(tmp_path) as address:
        yield Shelf(tmp_path, address)


@pytest.fixture(autouse=True)
def quiet(request: pytest.FixtureRequest) -> Iterator[None]:
    """Nothing is said on the console, and nothing is asked for but pages themselves."""
    page: Page = request.getfixturevalue("page")
    said: list[str] = []
    page.context.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.context.on("request", lambda sent: None if sent.is_navigation_request() else said.append(sent.url))
    yield
    assert said == []


# ---------------------------------------- owners


@pytest.mark.parametrize("phrase", OWNERS)
def test_every_owner_opens_the_page_with_their_own_passphrase(page: Page, shelf: Shelf, phrase: str) -> None:
    page.goto(shelf.owners(for_owners(phrases=OWNERS)))
    unlock(page, phrase)
    opened(page)
    expect(page.get_by_text("Aldersyde Joinery is due a review.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    assert page.title() == "Private page · Harbour IT"
    assert field(page).input_value() == ""


def test_an_owner_who_was_removed_opens_it_no_longer(page: Page, shelf: Shelf) -> None:
    page.goto(shelf.owners(for_owners(phrases=OWNERS[:2])))
    unlock(page, OWNERS[2])
    told(page, WRONG)


def test_after_a_wrong_passphrase_it_stands_there_to_be_mended(page: Page, shelf: Shelf) -> None:
    page.goto(shelf.owners(for_owners()))
    expect(field(page)).to_be_focused()
    unlock(page, "correct horse battery stable")
    told(page, WRONG)
    expect(field(page)).to_be_focused()
    expect(field(page)).to_have_value("correct horse battery stable")
    expect(field(page)).to_have_attribute("aria-invalid", "true")
    unlock(page)
    opened(page)


@pytest.mark.parametrize(
    "typed",
    [
        "  Grüße an Åsa ﬁnally  ",
        "Gru\u0308ße\u00a0an A\u030asa finally",
        "Grüße \t an\u2003\u202f\u3000Åsa\u2028ﬁnally",
        "\uff27rüße an Åsa finally",
    ],
    ids=["blanks around", "in parts", "odd blanks", "wide letters"],
)
def test_a_passphrase_is_the_same_however_a_keyboard_writes_it(page: Page, shelf: Shelf, typed: str) -> None:
    page.goto(shelf.owners(for_owners(phrases=OWNERS)))
    field(page).evaluate("(field, typed) => { field.value = typed; }", typed)
    field(page).press("Enter")
    opened(page)


@pytest.mark.parametrize(
    "typed", ["Correct-Horse Battery Staple…", "CORRECT.HORSE,BATTERY_STAPLE", "correct horse  battery-staple "]
)
def test_what_a_phones_keyboard_adds_does_not_keep_an_owner_out(page: Page, shelf: Shelf, typed: str) -> None:
    page.add_init_script(COUNTING)
    page.goto(shelf.owners(for_owners()))
    unlock(page, typed)
    opened(page)
    assert page.evaluate("derivations") == ["PBKDF2", "PBKDF2"]


def test_capitals_of_ones_own_count_and_are_tried_first(page: Page, shelf: Shelf) -> None:
    page.add_init_script(COUNTING)
    page.goto(shelf.owners(for_owners(phrases=OWNERS)))
    unlock(page, OWNERS[1].lower())
    told(page, WRONG)
    assert page.evaluate("derivations.splice(0)") == ["PBKDF2"]
    unlock(page, OWNERS[1])
    opened(page)
    assert page.evaluate("derivations") == ["PBKDF2"]


def test_it_says_that_it_works_on_it_until_both_ways_were_tried(page: Page, shelf: Shelf) -> None:
    page.add_init_script("""
    window.states = [];
    const usual = SubtleCrypto.prototype.deriveKey;
    SubtleCrypto.prototype.deriveKey = function (...given) {
        states.push([send.textContent, send.ariaDisabled, typed.readOnly, said.textContent]);
        return usual.apply(this, given);
    };""")
    page.goto(shelf.owners(for_owners()))
    unlock(page, "Correct Horse Battery Stable")
    told(page, WRONG)
    assert page.evaluate("states") == [["Opening …", "true", True, ""]] * 2
    expect(page.locator("#send")).to_have_text("Open")


def test_nothing_typed_is_asked_for(page: Page, shelf: Shelf) -> None:
    page.add_init_script(COUNTING)
    page.goto(shelf.owners(for_owners()))
    for typed in ("", " \u00a0 "):
        unlock(page, typed)
        told(page, "Type your passphrase first.")
    assert page.evaluate("derivations") == []


def test_what_is_typed_can_be_shown_and_is_hidden_again_afterwards(page: Page, shelf: Shelf) -> None:
    page.goto(shelf.owners(for_owners()))
    page.get_by_label("Show what I type").check()
    expect(field(page)).to_have_attribute("type", "text")
    unlock(page)
    opened(page)
    page.get_by_role("button", name="Lock").click()
    expect(field(page)).to_have_attribute("type", "password")
    expect(page.get_by_label("Show what I type")).not_to_be_checked()


def test_the_field_is_one_that_password_managers_know(page: Page, shelf: Shelf) -> None:
    page.goto(shelf.owners(for_owners()))
    assert field(page).get_attribute("autocomplete") == "current-password"
    field(page).evaluate("""field => {
        const pasted = new ClipboardEvent("paste", {clipboardData: new DataTransfer(), cancelable: true, bubbles: true});
        if (!field.dispatchEvent(pasted)) throw new Error("pasting is forbidden");
    }""")


def test_it_opens_once_however_often_it_is_pressed_and_says_that_it_works_on_it(page: Page, shelf: Shelf) -> None:
    page.add_init_script(COUNTING)
    page.goto(shelf.owners(for_owners()))
    field(page).fill(OWNERS[0])
    button = page.locator("#send")
    said = page.evaluate("""() => {
        for (let press = 0; press < 3; press++) form.requestSubmit();
        return [send.textContent, send.ariaDisabled, wait.textContent];
    }""")
    assert said == ["Opening …", "true", "This takes a moment on purpose: it makes guessing slow."]
    opened(page)
    assert page.evaluate("derivations") == ["PBKDF2"]
    page.get_by_role("button", name="Lock").click()
    expect(button).to_have_text("Open")


def test_no_key_can_be_taken_out_of_the_browser(page: Page, shelf: Shelf) -> None:
    page.add_init_script("""
    window.keys = [];
    for (const name of ["importKey", "deriveKey", "unwrapKey"]) {
        const usual = SubtleCrypto.prototype[name];
        SubtleCrypto.prototype[name] = function (...given) {
            return usual.apply(this, given).then(key => { keys.push([name, key.extractable]); return key; });
        };
    }""")
    page.goto(shelf.owners(for_owners()))
    unlock(page)
    opened(page)
    assert page.evaluate("keys") == [["importKey", False], ["deriveKey", False], ["unwrapKey", False]]


def test_nothing_of_it_is_stored_or_stays_in_the_history(page: Page, shelf: Shelf) -> None:
    page.goto(shelf.owners(for_owners()))
    entries = page.evaluate("history.length")
    unlock(page)
    opened(page)
    kept = "[localStorage.length, sessionStorage.length, document.cookie, history.state, history.length, location.hash]"
    assert page.evaluate(kept) == [0, 0, "", None, entries, ""]
    assert page.evaluate("indexedDB.databases()") == []


def test_a_demonstration_opens_with_a_click(page: Page, shelf: Shelf) -> None:
    page.goto(shelf.owners(for_owners(phrases=OWNERS), phrases=OWNERS, demo=True))
    page.get_by_role("button", name=OWNERS[2]).click()
    opened(page)


# ---------------------------------------- pages that are not as they were made


@pytest.mark.parametrize("part", ["header", "slots", "nonce", "text", "sum"])
def test_a_page_that_lost_a_bit_on_its_way_is_found_out_before_anything_is_typed(page: Page, shelf: Shelf, part: str) -> None:
    found = sealing.parts(for_owners())
    middle = len(found[part]) // 2
    found[part] = found[part][:middle] + bytes([found[part][middle] ^ 1]) + found[part][middle + 1 :]
    page.goto(shelf.owners(sealing.put_together(found)))
    told(page, DAMAGED)
    expect(field(page)).to_be_hidden()


@pytest.mark.parametrize("part", ["nonce", "text"])
def test_a_page_that_somebody_changed_does_not_open_though_its_sum_is_right(page: Page, shelf: Shelf, part: str) -> None:
    found = sealing.parts(for_owners())
    found[part] = bytes([found[part][0] ^ 1]) + found[part][1:]
    page.goto(shelf.owners(sealing.with_sum(found)))
    unlock(page)
    told(page, DAMAGED)


def test_slots_in_another_order_are_found_out(page: Page, shelf: Shelf) -> None:
    found = sealing.parts(for_owners())
    found["slots"] = found["slots"][40:] + found["slots"][:40]
    page.goto(shelf.owners(sealing.with_sum(found)))
    unlock(page)
    told(page, DAMAGED)


def test_a_page_that_is_cut_off_is_damaged(page: Page, shelf: Shelf) -> None:
    page.goto(shelf.owners(for_owners()[:-40]))
    told(page, DAMAGED)


@pytest.mark.parametrize("part", ["slots", "nonce", "text"])
def test_parts_of_another_length_are_damage(page: Page, shelf: Shelf, part: str) -> None:
    found = sealing.parts(for_owners())
    found[part] = b"" if part == "text" else found[part] + bytes(40)
    page.goto(shelf.owners(sealing.with_sum(found)))
    told(page, DAMAGED)


@pytest.mark.parametrize(
    "values",
    [
        {"iterations": FEWEST - 1},
        {"iterations": 1},
        {"iterations": 20_000_001},
        {"iterations": 4_000_000_000},
        {"iterations": "1000000"},
        {"iterations": 1_000_000.5},
        {"iterations": None},
        {"v": 2},
        {"for": "link"},
        {"salt": "AAAA"},
    ],
    ids=str,
)
def test_what_asks_to_be_opened_otherwise_than_ours_gets_no_passphrase(
    page: Page, shelf: Shelf, values: dict[str, object]
) -> None:
    page.add_init_script(COUNTING)
    page.goto(shelf.owners(sealing.asking(for_owners(), **values)))
    told(page, PARAMETERS)
    expect(field(page)).to_be_hidden()
    page.evaluate("typed.value = 'correct horse battery staple'; form.requestSubmit()")
    told(page, PARAMETERS)
    assert page.evaluate("derivations") == []


@pytest.mark.parametrize("path", ["other/", "kpis/copy/", "xkpis/"])
def test_a_page_that_stands_elsewhere_is_not_typed_into(page: Page, shelf: Shelf, path: str) -> None:
    page.goto(shelf.owners(for_owners(), path=path))
    told(page, MOVED)
    expect(field(page)).to_be_hidden()


@pytest.mark.parametrize("ending", ["", "index.html", "?from=mail"])
def test_a_page_in_its_place_opens_however_the_place_is_written(page: Page, shelf: Shelf, ending: str) -> None:
    page.goto(shelf.owners(for_owners(), path="portal/kpis/") + ending)
    unlock(page)
    opened(page)


# ---------------------------------------- links


def test_a_link_opens_its_page_by_itself_and_leaves_the_address_bar(page: Page, shelf: Shelf) -> None:
    link = shelf.link(for_link())
    page.goto(link)
    opened(page)
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    assert page.url == link.split("#")[0]
    assert page.evaluate("history.length") == 2  # the empty tab and this page


@pytest.mark.parametrize("key", ["", KEY[:-1], KEY + "0", "u" + KEY[1:], KEY[:-1] + "z", "0" * 26, "%E0%A4%A"])
def test_a_link_that_lost_its_key_or_has_another_says_whom_to_ask(page: Page, shelf: Shelf, key: str) -> None:
    page.goto(shelf.link(for_link(), key=key))
    told(page, OLD if key else KEYLESS)
    expect(page.locator("[role=alert]")).to_contain_text("Ada Byron can send you a new one:")
    assert "#" not in page.url


def test_a_revoked_link_opens_nothing_even_where_the_page_stays(page: Page, shelf: Shelf) -> None:
    page.goto(shelf.link(for_link(secret=bytes(16))))
    told(page, OLD)


@pytest.mark.parametrize(
    "pasted",
    [
        "https://refer.harbour.example/my/7qk3m9txw2c4d6fh/#{}",
        "{}",
        " {} ",
        "{upper}",
        "{spaced}",
        "<https://refer.harbour.example/my/7qk3m9txw2c4d6fh/#{}>.",
        "https://refer.harbour.example/my/7qk3m9txw2c4d6fh/#%20{}",
    ],
)
def test_a_pasted_link_opens_the_page_however_it_was_copied(page: Page, shelf: Shelf, pasted: str) -> None:
    page.goto(shelf.link(for_link(), key=""))
    told(page, KEYLESS)
    confused = KEY.upper().replace("0", "O").replace("1", "I")
    spaced = "-".join(KEY[at : at + 5] for at in range(0, 26, 5))
    field(page).fill(pasted.format(KEY, upper=confused, spaced=spaced))
    field(page).press("Enter")
    opened(page)


def test_the_right_link_opened_over_a_wrong_one_in_the_same_window_works(page: Page, shelf: Shelf) -> None:
    link = shelf.link(for_link(), key="")
    page.goto(link)
    told(page, KEYLESS)
    page.goto(f"{link}#{KEY}")  # loads nothing: only what stands behind the # is new
    opened(page)
    assert page.url == link
    page.goto(f"{link}#{KEY[::-1]}")
    told(page, OLD)


# ---------------------------------------- surroundings


def test_it_opens_from_a_file(page: Page, tmp_path: Path, shelf: Shelf) -> None:
    shelf.owners(for_owners('<h1>Where we stand</h1><a href="/rewards/">Rewards</a>'))
    mailed = tmp_path / "Mailed page.html"
    (tmp_path / KPIS / "index.html").rename(mailed)
    page.goto(mailed.as_uri())
    unlock(page)
    opened(page)
    expect(page.get_by_role("link", name="Rewards")).to_have_attribute("href", "https://refer.harbour.example/rewards/")


def test_a_link_page_opens_from_a_file(page: Page, tmp_path: Path, shelf: Shelf) -> None:
    shelf.link(for_link())
    page.goto(f"{(tmp_path / MY / 'index.html').as_uri()}#{KEY}")
    opened(page)
    assert "#" not in page.url


def test_inside_another_sites_page_it_does_nothing(page: Page, shelf: Shelf, tmp_path: Path) -> None:
    link = shelf.link(for_link())
    (tmp_path / "frame.html").write_text(
        f'<!doctype html><link rel="icon" href="data:,"><iframe src="{link}"></iframe>', encoding="utf-8"
    )
    page.goto(shelf.address + "frame.html")
    inner = page.frame_locator("iframe")
    expect(inner.locator("[role=alert]")).to_contain_text("Another site shows this page inside its own.")
    expect(inner.locator("#typed")).to_be_hidden()
    assert inner.locator("#open").inner_html() == ""


def test_without_scripts_it_says_what_it_needs(page_without_scripts: Page, shelf: Shelf) -> None:
    page = page_without_scripts
    page.goto(shelf.owners(for_owners()))
    expect(page.locator("[role=alert]")).to_contain_text("This page opens with JavaScript")
    expect(page.locator("#typed")).to_be_hidden()
    expect(page.get_by_role("button")).to_have_count(0)
    assert axe(page) == ()


@pytest.mark.parametrize("missing", ["delete window.DecompressionStream", "delete Element.prototype.replaceChildren"])
def test_a_browser_that_is_too_old_is_told_so(page: Page, shelf: Shelf, missing: str) -> None:
    page.add_init_script(missing)
    page.goto(shelf.owners(for_owners()))
    told(page, "This browser is too old to open the page.")
    expect(field(page)).to_be_hidden()


# ---------------------------------------- judged


def test_html_validate_finds_nothing(shelf: Shelf, tmp_path: Path, page: Page) -> None:
    shelf.owners(for_owners(phrases=OWNERS), phrases=OWNERS, demo=True)
    shelf.link(for_link())
    assert html_validate([tmp_path]) == ()
    assert page.url == "about:blank"


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_axe_finds_nothing_before_and_after_opening(
    page: Page, shelf: Shelf, scheme: Literal["light", "dark"], width: int
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(shelf.owners(for_owners(phrases=OWNERS), phrases=OWNERS, demo=True))
    expect(field(page)).to_be_visible()
    assert axe(page) == ()
    unlock(page, "no")
    told(page, WRONG)
    assert axe(page) == ()
    unlock(page)
    opened(page)
    assert axe(page) == ()
    page.goto(shelf.link(for_link(), key=""))
    told(page, KEYLESS)
    assert axe(page) == ()


def test_nothing_is_scrolled_sideways_on_the_narrowest_phone(page: Page, shelf: Shelf) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(shelf.owners(for_owners(phrases=OWNERS), phrases=OWNERS, demo=True))
    expect(field(page)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    unlock(page)
    opened(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_keyboard_alone_opens_and_locks_it(page: Page, shelf: Shelf) -> None:
    page.goto(shelf.owners(for_owners(phrases=OWNERS)))
    expect(field(page)).to_be_focused()
    page.keyboard.type(OWNERS[0])
    page.keyboard.press("Tab")
    expect(page.get_by_label("Show what I type")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Open", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    opened(page)
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Lock")).to_be_focused()
    page.keyboard.press("Space")
    told(page, "Locked.")
    expect(field(page)).to_be_focused()


def test_what_is_printed_is_the_page_and_nothing_around_it(page: Page, shelf: Shelf) -> None:
    page.goto(shelf.owners(for_owners(phrases=OWNERS), demo=True))
    unlock(page)
    opened(page)
    page.emulate_media(media="print")
    assert page.locator("body").inner_text().split("\n\n") == [TITLE, "Aldersyde Joinery is due a review."]


def test_the_envelope_in_the_page_is_the_one_that_was_sealed(page: Page, shelf: Shelf) -> None:
    envelope = for_owners()
    page.goto(shelf.owners(envelope))
    assert json.loads(page.evaluate("sealed.content.textContent")) == json.loads(envelope)
