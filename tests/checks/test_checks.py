"""What is checked of a whole portal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from site_builder.checks import Subject, check
from site_builder.checks.absent import ADDS, absent_parts
from site_builder.checks.pictures import missing_pictures, wordless_pictures
from site_builder.model.content import COLLECTIONS
from site_builder.model.portal import Media
from site_builder.model.tables import TABLES
from site_builder.problem import Severity, Source
from tests.portals import PORTAL, settings, spotlight, trust

LOGO = Media("logo.svg", 24, 12, "svg")


def test_a_small_portal_has_nothing_to_check() -> None:
    assert check(Subject(PORTAL)) == ()


def test_every_check_is_asked() -> None:
    portal = replace(PORTAL, settings=settings(brand={"logo": "logo.svg"}), absent=frozenset({"data/trust.yaml"}))
    assert [found.code for found in check(Subject(portal))] == ["D601", "D507"]


def test_each_absent_part_is_one_note_that_says_what_it_would_add() -> None:
    portal = replace(PORTAL, absent=frozenset({"data/clients.csv", "content/events", "data/something.else"}))
    clients, events = absent_parts(Subject(portal))
    assert (clients.code, clients.severity, clients.source) == ("D601", Severity.NOTE, Source("data/clients.csv"))
    assert clients.hint == "it would add: the directory, and the firms that spotlights and testimonials name"
    assert (events.source.path, events.hint) == ("content/events", "it would add: a list of events to come")


def test_everything_optional_has_its_note_but_the_inboxs_own_table() -> None:
    tables = {f"data/{row.TABLE.file}" for row in TABLES} - {"data/leads.csv"}
    documents = {"data/trust.yaml", "data/rewards.yaml", "data/nurture.yaml"}
    assert ADDS.keys() == tables | documents | {f"content/{kind.FOLDER}" for kind in COLLECTIONS}
    assert all(adds and not adds.endswith(".") for adds in ADDS.values())


def test_pictures_that_are_there_are_no_problem() -> None:
    portal = replace(
        PORTAL,
        settings=settings(brand={"logo": "logo.svg"}),
        trust=trust(team=[{"name": "Ann"}, {"name": "Bob", "photo": "logo.svg"}]),
        spotlights=(spotlight(photo="logo.svg"), spotlight("best")),
        media=(LOGO,),
    )
    assert list(missing_pictures(Subject(portal))) == []


@pytest.mark.parametrize(
    ("media", "hint"),
    [
        ((), "put the picture into content/media/"),
        ((LOGO,), 'did you mean "logo.svg"?'),
        ((Media("z.png", 1, 1),), "put the picture into content/media/"),
    ],
    ids=["none there", "a near one", "another"],
)
def test_a_missing_logo_is_told_with_the_nearest_picture(media: tuple[Media, ...], hint: str) -> None:
    portal = replace(PORTAL, settings=settings(brand={"logo": "logo2.svg"}), media=media)
    (found,) = missing_pictures(Subject(portal))
    assert (found.code, found.field, found.hint) == ("D507", "brand.logo", hint)
    assert found.message == 'there is no picture "logo2.svg" in content/media/'


def test_every_missing_picture_is_told_at_its_field() -> None:
    portal = replace(
        PORTAL,
        trust=trust(team=[{"name": "Ann"}, {"name": "Bob", "photo": "bob.png"}]),
        spotlights=(spotlight(photo="acme.png"),),
    )
    assert [(found.field, found.source.path) for found in missing_pictures(Subject(portal))] == [
        ("team[1].photo", ""),
        ("photo", "content/spotlights/2026-09-acme.md"),
    ]


def test_a_spotlights_picture_without_words_is_told_and_others_are_not() -> None:
    portal = replace(
        PORTAL,
        settings=settings(brand={"logo": "logo.svg"}),
        trust=trust(team=[{"name": "Bob", "photo": "logo.svg"}]),
        spotlights=(
            spotlight(photo="logo.svg"),
            spotlight("said", photo="logo.svg", photo_alt="A logo"),
            spotlight("none"),
        ),
    )
    (found,) = wordless_pictures(Subject(portal))
    assert (found.code, found.severity, found.field) == ("D506", Severity.WARNING, "photo_alt")
    assert found.source.path == "content/spotlights/2026-09-acme.md"
    assert found.message == "the picture logo.svg has no words"
