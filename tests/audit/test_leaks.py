"""The last look: private e-mail addresses, phone numbers, full names and long texts that stand in a public file."""

from __future__ import annotations

from dataclasses import replace

import pytest

from site_builder.audit.leaks import leaks
from site_builder.model.content import Story
from site_builder.model.portal import Portal
from site_builder.model.tables import Introduction, Lead, Review
from site_builder.page import Artifact
from site_builder.problem import Problem, Severity, Source
from tests.portals import PORTAL, client, free_page, referrer, settings, spotlight, trust, typed

NOTE = "They sell the practice in spring, and nobody at the desk knows it."
PLACE = Source("data/clients.csv", 2, 1)


def page(text: str, path: str = "about/index.html", source: str = "content/pages/about.md") -> Artifact:
    return Artifact(path, f"<html>\n<p>{text}</p>\n</html>\n".encode(), Source(source))


def found(portal: Portal, *artifacts: Artifact) -> list[str]:
    """The fields that are told, by name."""
    return sorted(each.field for each in leaks(portal, artifacts))


def noted(**values: object) -> Portal:
    """A portal with one private note of a review."""
    review = {"client_id": "acme", "reviewed_on": "2026-03-11", "outcome": "asked", "note": NOTE, **values}
    return replace(PORTAL, clients=(client(),), reviews=(typed(Review, review, Source("data/reviews.csv", 7, 1)),))


ALMA = replace(PORTAL, clients=(client(contact_name="Alma Acheson", contact_email="Alma@acme.example", listed="yes"),))

# ------------------------------------------------------------------------------------------------ what is told


def test_a_private_address_is_told_at_its_cell_with_the_page_and_without_what_it_is() -> None:
    (problem,) = leaks(ALMA, [page("ask alma@ACME.example")])
    assert problem == Problem(
        PLACE,
        "A301",
        Severity.ERROR,
        "contact_email of acme in data/clients.csv is private, and /about/ shows it",
        "take it out of content/pages/about.md; if it may be public, say so under leaks in portal.yaml, with the reason",
        "contact_email",
        "acme",
    )


def test_a_page_that_is_no_prose_sends_its_owner_to_the_theme() -> None:
    (problem,) = leaks(ALMA, [page("ask alma@acme.example", "wins/index.html", "data/referrals.csv")])
    assert problem.hint.startswith("look for it in the theme and in what that page is made of; ")


def test_several_pages_are_counted_and_a_document_goes_before_its_folder() -> None:
    shown = [page("Alma Acheson", f"events/{name}", source) for name, source in FILES]
    (problem,) = leaks(ALMA, shown)
    assert problem.message.endswith("is private, and /events/ and 2 more files show it")
    assert problem.hint.startswith("take it out of content/events/supper.md;")


FILES = (("index.html", "content/events"), ("supper.ics", "content/events/supper.md"), ("x.html", "data/portal.yaml"))


def test_the_address_of_a_personal_page_is_not_printed() -> None:
    for path in ("refer/7QK3M9TX/index.html", "refer/7QK3M9TX/card/index.html", "meet/alma/index.html"):
        (problem,) = leaks(ALMA, [page("Alma Acheson", path, "data/referrers.csv")])
        assert problem.message.endswith("is private, and a personal page shows it")
    (problem,) = leaks(ALMA, [page("Alma Acheson", "refer/thanks/index.html", "data/portal.yaml")])
    assert problem.message.endswith("and /refer/thanks/ shows it")


def test_one_value_in_several_cells_is_told_once() -> None:
    people = (client(contact_name="Alma Acheson"), client("best", contact_name="Alma Acheson"), client("cid"))
    (problem,) = leaks(replace(PORTAL, clients=people), [page("Alma Acheson")])
    assert problem.message == "contact_name of acme in data/clients.csv is private (as 1 more cell does), and /about/ shows it"
    more = (*people, client("dora", contact_name="ALMA ACHESON"))
    (problem,) = leaks(replace(PORTAL, clients=more), [page("Alma Acheson")])
    assert "(as 2 more cells do)" in problem.message


def test_a_row_without_an_id_is_told_by_its_line() -> None:
    (problem,) = leaks(noted(), [page(NOTE)])
    assert (problem.source, problem.row_id) == (Source("data/reviews.csv", 7, 1), "")
    assert problem.message.startswith("note in data/reviews.csv is private")


def test_what_stands_deep_in_a_document_is_named_by_its_way() -> None:
    portal = replace(PORTAL, trust=trust(team=[{"name": "Ann Hale", "public": "yes"}, {"name": "Carla Vance"}]))
    assert found(portal, page("Ann Hale and Carla Vance")) == ["team[1].name"]
    owners = replace(PORTAL, settings=settings(owners={"zoe": "Zoe Quill"}))
    assert found(owners, page("Zoe Quill")) == ["owners.zoe"]


# ------------------------------------------------------------------------------------------------ what is looked for


@pytest.mark.parametrize(
    "shown",
    [
        "alma@acme.example",
        "<a href='mailto:alma%40acme.example?subject=x'>mail</a>",
        "alma&#64;acme.example",
        "alma&#x40;acme&period;example",
        '{"email": "alma\\u0040acme.example"}',
        "write to alma@acme.example.",
        "<b>alma</b>@acme.example",
        "mailto:?body=alma%40acme.example%2C%20please",
    ],
)
def test_an_address_is_found_as_a_reader_or_a_program_reads_it(shown: str) -> None:
    assert found(ALMA, page(shown)) == ["contact_email"]


@pytest.mark.parametrize("shown", ["palma@acme.example", "alma@acme.example.org", "alma at acme.example", "Alma, acme example"])
def test_another_address_is_another(shown: str) -> None:
    assert found(ALMA, page(shown)) == []


@pytest.mark.parametrize(
    "shown",
    [
        "Alma Acheson",
        "Alma\n  Acheson",
        "Alma <b>Acheson</b>",
        "Alma&nbsp;Acheson",
        "ALMA ACHESON",
        '<img alt="Alma Acheson">',
        "Alma%20Acheson",
    ],
)
def test_a_name_is_found_however_it_is_set(shown: str) -> None:
    assert found(ALMA, page(shown)) == ["contact_name"]


@pytest.mark.parametrize("shown", ["Alma", "Acheson", "Acheson, Alma", "alma acheson", "Alma Achesons", "Palma Acheson"])
def test_half_a_name_or_a_common_word_is_none(shown: str) -> None:
    assert found(ALMA, page(shown)) == []


def test_a_name_of_one_word_or_of_few_letters_is_not_looked_for() -> None:
    portal = replace(PORTAL, clients=(client(contact_name="Alma"), client("best", contact_name="J B")))
    assert found(portal, page("Alma and J B")) == []


def test_an_id_among_names_is_not_looked_for() -> None:
    row = {"introduced_on": "2026-01-01", "client_id": "acme", "introduced": "bright-river"}
    portal = replace(PORTAL, introductions=(typed(Introduction, row),))
    assert found(portal, page("Bright River")) == []


@pytest.mark.parametrize(
    ("typed_number", "shown"),
    [
        ("0113 496 0999", "+44 113 496 0999"),
        ("0113 496 0999", "tel:+441134960999"),
        ("+44 (0)113 496-0999", "(0113) 496 0999"),
        ("ring 555 867 5309 after six", "555.867.5309"),
    ],
)
def test_a_phone_number_is_found_however_it_is_written(typed_number: str, shown: str) -> None:
    lead = typed(Lead, {"lead_key": "k", "contact": typed_number}, Source("data/leads.csv", 2, 1))
    assert found(replace(PORTAL, leads=(lead,)), page(shown)) == ["contact"]


@pytest.mark.parametrize("note", ["2026-10-31", "1200", "12 34 56"])
def test_days_and_sums_are_no_phone_numbers(note: str) -> None:
    assert found(noted(note=f"see {note}"), page(f"{note} and 2026-10-31 12:00")) == []


@pytest.mark.parametrize(
    "shown",
    [
        NOTE,
        NOTE.upper(),
        NOTE.replace("the practice", "<em>the practice</em>").replace(",", " &ndash;"),
        NOTE.replace(" and ", "\n   and\n"),
        f"Before. {NOTE} After.",
    ],
)
def test_a_long_text_is_found_by_its_words(shown: str) -> None:
    assert found(noted(), page(shown)) == ["note"]


def test_a_text_is_long_from_twenty_five_characters_and_three_words_on() -> None:
    assert found(noted(note="They sell it all in spring"), page("They sell it all in spring")) == ["note"]
    assert found(noted(note="They sell it in spring"), page("They sell it in spring")) == []
    assert found(noted(note="confidentiality undertakings"), page("confidentiality undertakings")) == []
    assert found(noted(note="! ! ! - - - They sell - - - ! ! !"), page("They sell")) == []


def test_each_paragraph_of_a_text_is_looked_for() -> None:
    assert found(noted(note=f"Good talk.\n\n{NOTE}"), page(NOTE)) == ["note"]


def test_a_folded_calendar_is_read_whole() -> None:
    folded = f"DESCRIPTION:{NOTE[:30]}\r\n {NOTE[30:]}\r\n".encode()
    assert found(noted(), Artifact("events/supper.ics", folded)) == ["note"]


def test_a_text_may_go_on_in_lines_that_other_pages_have_as_well() -> None:
    first, second = "<p>They sell the practice in spring,\n", "and nobody at the desk knows it.</p>\n"
    pages = [Artifact("a.html", f"{second}x".encode()), Artifact("b.html", f"{first}{second}x".encode())]
    assert [each.message[-15:] for each in leaks(noted(), pages)] == ["/b.html shows it"[-15:]]


def test_pictures_are_not_read() -> None:
    assert found(noted(), Artifact("a.png", b"\x89PNG\0" + NOTE.encode())) == []


def test_what_every_page_has_is_read_once_and_told_all_the_same() -> None:
    same = [page("Alma Acheson", f"{name}/index.html") for name in "abc"]
    (problem,) = leaks(ALMA, same)
    assert "/a/ and 2 more files" in problem.message


# ------------------------------------------------------------------------------------------------ what may be seen


def test_what_also_stands_in_a_public_field_is_fine() -> None:
    portal = replace(
        noted(),
        clients=(client(), client("bolt", name="Bolt Haulage", offers=NOTE, listed="yes")),
        settings=settings(contact={"email": "ann@harbour.example", "name": "Ann Hale, at the desk", "phone": "0113 496 0999"}),
        referrers=(referrer("ann", name="Ann Hale", email="ann@harbour.example"), referrer("bo", name="Bolt Haulage")),
        leads=(typed(Lead, {"lead_key": "k", "contact": "+44 113 496 0999"}),),
    )
    assert found(portal, page(f"Ann Hale, ann@harbour.example, 0113 496 0999, Bolt Haulage. {NOTE}")) == []


def test_a_page_of_the_owners_own_makes_nothing_public() -> None:
    portal = replace(ALMA, pages=(free_page("about", **{"@body": "Alma Acheson opened it."}),))
    assert found(portal, page("Alma Acheson opened it.")) == ["contact_name"]


@pytest.mark.parametrize(("listed", "told"), [("yes", []), ("no", ["name"])])
def test_a_firm_is_named_where_it_is_listed(listed: str, told: list[str]) -> None:
    assert found(replace(PORTAL, clients=(client(name="Bolt Haulage", listed=listed),)), page("Bolt Haulage")) == told


@pytest.mark.parametrize(("named", "told"), [("yes", []), ("no", ["name"])])
def test_a_referrer_is_named_where_they_agreed(named: str, told: list[str]) -> None:
    assert found(replace(PORTAL, referrers=(referrer(name="Rita Moss", named=named),)), page("Rita Moss")) == told


STORY = {"kind": "wow", "client": "acme", "happened_on": "2026-05-04", "headline": "A server in a taxi", "@slug": "taxi"}


@pytest.mark.parametrize(
    ("given", "elsewhere", "beside"),
    [(None, 1, 1), ("2026-11-01", 1, 1), ("2026-10-31", 1, 0)],
    ids=["never", "tomorrow", "today"],
)
def test_an_unlisted_client_is_named_beside_what_was_agreed_to_and_nowhere_else(
    given: str | None, elsewhere: int, beside: int
) -> None:
    firm = client(name="Bolt Haulage", contact_name="Bo Lindqvist")
    words = {"words": "They saved our Monday.", "who": "Bo Lindqvist", "client": "acme", "consent_on": given}
    for headline, portal in {
        "A server in a taxi": replace(PORTAL, clients=(firm,), stories=(typed(Story, {**STORY, "permission_on": given}),)),
        "acme shines": replace(PORTAL, clients=(firm,), spotlights=(spotlight(permission_on=given),)),
        "They saved our Monday": replace(PORTAL, clients=(firm,), trust=trust(testimonials=[words])),
    }.items():
        there = found(portal, page(f"{headline}. Bolt Haulage"))
        assert there.count("name") == beside, headline
        assert found(portal, page("Bolt Haulage")).count("name") == elsewhere


def test_a_story_may_name_whom_it_tells_of_where_it_is_told() -> None:
    body = "Alma Acheson carried it; ring 0113 496 0999."
    portal = replace(
        noted(note="0113 496 0999"),
        clients=ALMA.clients,
        stories=(typed(Story, {**STORY, "@body": body, "permission_on": "2026-06-01"}),),
    )
    assert found(portal, page(f"<h1>A server in a taxi</h1> {body}")) == []
    assert found(portal, page(body)) == ["contact_name", "note"]


def test_a_story_without_permission_is_private_whole() -> None:
    portal = replace(PORTAL, stories=(typed(Story, {**STORY, "client": None, "headline": NOTE, "@body": f"So it was, {NOTE}"}),))
    assert found(portal, page(NOTE)) == ["headline"]
    assert found(portal, page(f"So it was, {NOTE}")) == ["body", "headline"]


# ------------------------------------------------------------------------------------------------ what is accepted


def accepting(*values: str) -> Portal:
    entries = [{"value": value, "reason": "she opened our office"} for value in values]
    return replace(ALMA, settings=settings(leaks=entries))


@pytest.mark.parametrize("value", ["Alma Acheson", "alma  acheson", "Dr Alma Acheson of Acme"])
def test_an_accepted_leak_is_no_problem(value: str) -> None:
    assert leaks(accepting(value), [page("Alma Acheson")]) == ()


def test_an_accepted_phone_number_may_be_written_otherwise() -> None:
    portal = replace(accepting("+44 113 496 0999"), leads=(typed(Lead, {"lead_key": "k", "contact": "0113 496 0999"}),))
    assert leaks(portal, [page("(0113) 496 0999")]) == ()


def test_one_accepted_value_accepts_no_other() -> None:
    problems = leaks(accepting("Alma Acheson"), [page("Alma Acheson, alma@acme.example")])
    assert [(each.code, each.field) for each in problems] == [("A301", "contact_email")]


def test_an_entry_that_accepts_nothing_is_noted_without_its_value() -> None:
    (problem,) = leaks(accepting("Alma Acheson"), [page("nobody")])
    assert (problem.code, problem.severity, problem.field) == ("A302", Severity.NOTE, "leaks.value")
    assert "Alma" not in problem.message + problem.hint


def test_a_small_portal_leaks_nothing() -> None:
    assert leaks(PORTAL, [page("We answer in nine minutes.")]) == ()
