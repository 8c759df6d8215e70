"""A referrer's and a client's own page: how far it has come, what it earns, and words to send on."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from tests.portals import incentives, referral, referrer, rule
from tests.rules.firms import client
from tests.rules.firms import portal as firms
from tests.theme.private import Drawn, demo, drawn, owned

STEPS = ["We have it", "We are in touch", "We are talking seriously", "They are with us now"]
PEOPLE = ("sam-whitlock", "jonas-feld", "neil-sugden")
FIRMS = ("millrace-dental", "harlow-care-homes", "beckside-vets")


@cache
def mine(reader: str) -> Drawn:
    """A referrer's page of the demo."""
    return drawn(demo(), "my", reader)


@cache
def theirs(reader: str) -> Drawn:
    """A client's page of the demo."""
    return drawn(demo(), "client", reader)


def own(reader: str) -> Drawn:
    """Either's page."""
    return mine(reader) if reader in PEOPLE else theirs(reader)


def ritas(**columns: object) -> Drawn:
    """The page of somebody who sent one, for a hundred pounds when they become a client."""
    hundred = incentives(rule("thanks100"))
    rita = referrer("rita", name="Rita Moss", kickback_clause="none")
    sent = firms(referrers=[rita], referrals=[referral("r1", referrer_id="rita", **columns)])
    return drawn(owned(replace(sent, incentives=hundred)), "my", "rita")


@pytest.mark.parametrize("reader", [*PEOPLE, *FIRMS])
def test_nothing_is_taken_away_and_no_name_is_given_twice(reader: str) -> None:
    page = own(reader)
    assert page.html.count("<") == page.written.count("<")
    assert page.html.count(" class=") == page.written.count(" class=")
    ids = [each.attributes["id"] for each in page.elements if "id" in each.attributes]
    assert len(ids) == len(set(ids))
    assert len(page.all("h1")) == 1


@pytest.mark.parametrize("reader", [*PEOPLE, *FIRMS])
def test_links_are_whole_addresses(reader: str) -> None:
    page = own(reader)
    links = [each.attributes["href"] for each in page.all("a")]
    assert links
    assert all(link.startswith(("https://", "mailto:", "tel:")) for link in links)


@pytest.mark.parametrize(
    ("columns", "now"),
    [
        ({"status": "received", "won_on": ""}, 0),
        ({"status": "contacted", "status_on": "2026-09-20", "won_on": ""}, 1),
        ({"status": "qualified", "status_on": "2026-09-20", "won_on": ""}, 2),
        ({"status": "won", "won_on": "2026-10-01"}, 3),
    ],
)
def test_a_referrer_sees_how_far_it_has_come(columns: dict[str, object], now: int) -> None:
    page = ritas(**columns)
    steps = page.all("li", class_="my-step")
    assert [each.said.split(" since")[0] for each in steps] == STEPS
    assert [each.attributes.get("aria-current") for each in steps] == ["step" if at == now else None for at in range(4)]
    assert ["my-step-past" in each.classes for each in steps] == [at < now for at in range(4)]


def test_what_came_to_nothing_is_told_kindly_and_has_no_steps() -> None:
    page = ritas(status="lost", status_on="2026-09-20", won_on="")
    assert not page.with_class("my-step")
    assert [each.said for each in page.with_class("my-stage")] == ["Not this time since 20 September 2026"]
    assert "your name was in good hands" in page.html


def test_sums_say_what_is_due_first() -> None:
    page = ritas(status="won", won_on="2026-10-01")
    assert [each.said for each in page.with_class("own-sum")] == ["due to you now £100"]
    assert "£100, due to you since" in page.with_class("my-reward")[0].said


def test_who_sent_nobody_yet_reads_what_the_page_will_say() -> None:
    page = drawn(owned(firms(referrers=[referrer("rita", name="Rita Moss")])), "my", "rita")
    assert "Whoever you send us, this page tells you what became of it." in page.html
    assert not page.with_class("my-referral")


def test_the_own_link_and_the_words_to_send_can_be_copied() -> None:
    page = mine("sam-whitlock")
    (address,) = page.all("a", class_="own-link")
    first, *others = page.all("button")
    assert first.attributes["data-copy"] == address.attributes["href"]
    assert others
    assert all(each.attributes["data-copy"].endswith(f" {address.attributes['href']}") for each in others)
    assert {each.attributes["type"] for each in page.all("button")} == {"button"}


def test_a_client_sees_their_tier_and_what_was_missing_for_the_next() -> None:
    page = theirs("millrace-dental")
    assert page.with_class("own-number")[0].said == "13 tickets on a hundred devices"
    assert [each.said for each in page.with_class("ladder-name")] == ["gold", "silver yours", "bronze"]
    assert "3 tickets on 23 devices, from July 2026 to September 2026. With 1 ticket fewer it would have been gold." in " ".join(
        each.said for each in page.all("p")
    )


def test_months_without_a_count_are_named_and_the_tiers_shown_all_the_same() -> None:
    page = theirs("harlow-care-homes")
    assert "We have not counted every month from July 2026 to September 2026 yet." in page.html
    assert not page.with_class("ladder-reached")
    assert len(page.with_class("ladder-rung")) == 3


def test_a_practice_is_done_or_not_in_words() -> None:
    states = {each.said for each in theirs("beckside-vets").with_class("standard-state")}
    assert states == {"Done", "Not yet"}
    assert {each.said for each in theirs("millrace-dental").with_class("standard-state")} == {"Done"}


def test_the_next_practices_are_listed_one_by_one() -> None:
    page = theirs("beckside-vets")
    (missing,) = page.with_class("own-next")
    assert len([each for each in page.all("li") if each.within(missing)]) == 2
    assert "2 things more, and it is silver, with 10% off" in page.html


def test_practices_that_nobody_looked_at_are_an_outlook_and_no_reproach() -> None:
    page = theirs("harlow-care-homes")
    assert "We have not looked at these together yet." in page.html
    assert not page.with_class("standard-state")
    assert "Not yet" not in page.html


def test_a_client_without_any_programme_still_has_a_page() -> None:
    page = drawn(owned(firms(clients=[client("acme", since="2026-05-01")])), "client", "acme")
    assert "Your first year with us." in page.html
    assert "Together since 1 May 2026" in page.html
    assert not page.with_class("ladder")
    assert not page.with_class("standards")
    assert "Good to have you." in page.html
    assert "working well together" not in page.html
    assert "Tell us who your best customers are." in page.html


def steps(page: Drawn) -> list[str]:
    """What the years together come to, from the first day on."""
    return [each.said for each in page.with_class("own-year")]


def test_the_years_together_lead_to_the_next_milestone_and_say_nothing_of_the_gift() -> None:
    """Millrace came on 9 November 2019; trees are for year 5, an evening out for year 10. The demo speaks for 31 October 2026."""
    assert steps(theirs("millrace-dental")) == [
        "You came to us 9 November 2019",
        "6 years today",
        "7 years 9 November 2026",
        "10 years 9 November 2029. A milestone: what comes with it stays our secret.",
    ]


def test_a_milestone_on_the_next_anniversary_is_told_once() -> None:
    """Lantern Pensions came on 10 October 2022: year 5 is next, and the next milestone."""
    assert steps(theirs("lantern-pensions")) == [
        "You came to us 10 October 2022",
        "4 years today",
        "5 years 10 October 2027. A milestone: what comes with it stays our secret.",
    ]


def test_on_the_anniversary_itself_today_is_not_told_twice() -> None:
    page = drawn(owned(firms(clients=[client("acme", since="2024-10-31")])), "client", "acme")
    assert steps(page) == ["You came to us 31 October 2024", "2 years today"]


def test_a_client_reads_who_looks_after_them() -> None:
    page = theirs("lantern-pensions")
    assert page.all("h2", id="team")[0].said == "Who looks after you"
    assert "Moira Thackray Founder" in [each.said for each in page.all("p")]
    assert page.all("a", href="mailto:moira@copperbeck.example")
    assert page.all("a", href="tel:+441134960100")


def test_without_a_team_the_firms_own_address_stands_there() -> None:
    page = drawn(owned(firms(clients=[client("acme")])), "client", "acme")
    (who,) = page.all("section", **{"aria-labelledby": "team"})
    assert [each.attributes["href"] for each in page.all("a") if each.within(who)] == ["mailto:hello@harbour.example"]
    assert not [each for each in page.all("ul") if each.within(who)]
