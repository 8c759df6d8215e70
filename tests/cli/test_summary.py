from __future__ import annotations

from site_builder.cli.summary import summary
from site_builder.publish import Summary


def test_pages_are_counted_and_other_files_are_not() -> None:
    published = Summary(new=("a/index.html", "a/logo.svg"), changed=("index.html", "feed.xml"), gone=("old.html",), unchanged=5)
    assert summary(published, 42, "output/") == "42 pages in output/ (1 new, 1 gone, 1 changed)\n  new  /a/\n  gone /old.html\n"


def test_a_new_style_alone_changes_no_page() -> None:
    assert summary(Summary((), ("assets/a.css",), (), 1), 1, "output/") == "1 page in output/ (no page changed)\n"


def test_more_than_ten_are_counted() -> None:
    new = tuple(f"directory/c{number:02}/index.html" for number in range(12))
    lines = summary(Summary(new, (), (), 0), 12, "output/").splitlines()
    assert lines[1] == "  new  /directory/c00/"
    assert lines[11:] == ["       and 2 more"]


def test_addresses_given_to_one_person_are_never_printed() -> None:
    personal = ("client/AB12/index.html", "meet/AB12/index.html", "my/AB12/index.html", "refer/AB12/index.html")
    told = summary(Summary((*personal, "refer/index.html", "refer/thanks/index.html"), (), personal[:1], 0), 6, "output/")
    assert told == (
        "6 pages in output/ (6 new, 1 gone)\n"
        "  new  /refer/\n  new  /refer/thanks/\n  new  4 personal pages\n  gone 1 personal page\n"
    )


def test_addresses_given_to_one_person_are_printed_in_no_language() -> None:
    personal = ("de/meet/AB12/index.html", "pt-BR/refer/AB12/card/index.html", "gsw/refer/AB12/thanks/index.html")
    told = summary(Summary((*personal, "de/refer/index.html", "de/refer/thanks/index.html"), (), (), 0), 5, "output/")
    assert told == "5 pages in output/ (5 new)\n  new  /de/refer/\n  new  /de/refer/thanks/\n  new  3 personal pages\n"


def test_a_page_of_a_like_name_is_for_all() -> None:
    public = ("directory/client/index.html", "friends/index.html", "kpis/index.html", "meeting/index.html")
    assert "personal" not in summary(Summary(public, (), (), 0), 4, "output/")
