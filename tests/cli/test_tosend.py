"""Who has a new page has a link to be sent; the command that prints it is told, and never the link."""

from __future__ import annotations

from site_builder.cli.tosend import to_send

FORMS = {"refer/7QK3M9TX/index.html": "rita", "refer/5NW8T3Q7/index.html": "sam"}
PAGES = {
    "my/0000000000000001/index.html": "rita",
    "my/0000000000000002/index.html": "sam",
    "client/0000000000000003/index.html": "acme",
}
PERSONAL = {**FORMS, **PAGES}


def test_where_nobodys_page_is_new_there_is_nothing_to_send() -> None:
    assert to_send(("index.html", "kpis/index.html"), PERSONAL, named=True) == ""


def test_a_person_or_firm_is_named_once() -> None:
    new = ("client/0000000000000003/index.html", "my/0000000000000002/index.html", "refer/5NW8T3Q7/index.html")
    assert to_send(new, PERSONAL, named=True) == "Send the new links out: portal links acme sam prints them.\n"


def test_nobody_is_named_where_others_read_along_nor_where_all_are_new() -> None:
    all_of_them = "Send the new links out: portal links prints everybody's.\n"
    assert to_send(("refer/5NW8T3Q7/index.html",), PERSONAL, named=False) == all_of_them
    assert to_send(tuple(PERSONAL), PERSONAL, named=True) == all_of_them


def test_more_than_ten_are_not_named_one_by_one() -> None:
    many = {f"my/{number:016}/index.html": f"r{number:02}" for number in range(12)}
    assert to_send(tuple(many)[:10], many, named=True).count(" r") == 10
    assert " r0" not in to_send(tuple(many)[:11], many, named=True)
