"""The list of links fits the terminal it is read on, and a difference shows no line end."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO

from site_builder.cli.linkstext import as_text, difference
from tests.portals import PORTAL, referrer

PEOPLE = replace(
    PORTAL, referrers=(referrer("rita", link_code="7QK3M9TX"), referrer("ann", name="Ann Long Name"), referrer("al"))
)


class Terminal(StringIO):
    """A terminal that does not know its width, and is then taken for one of 80 columns."""

    def isatty(self) -> bool:
        return True


def test_where_a_line_is_too_long_each_link_has_one_of_its_own() -> None:
    assert as_text(PEOPLE, Terminal()).split("\n\n")[2] == (
        "Rita\n"
        "  their form        https://refer.harbour.example/refer/7QK3M9TX/\n"
        "  for their friend  https://refer.harbour.example/meet/7QK3M9TX/\n"
        "  card to print     https://refer.harbour.example/refer/7QK3M9TX/card/\n"
    )


def test_a_file_gets_a_line_a_person_however_long() -> None:
    first, second, *_ = as_text(PEOPLE, StringIO()).splitlines()
    assert first.split() == ["name", "their", "form", "for", "their", "friend", "card", "to", "print"]
    assert second.startswith("Al             https://refer.harbour.example/refer/al/ ")
    assert second.index("https://refer") == first.index("their form")


def test_a_difference_tells_lines_and_not_their_ends() -> None:
    former, content = "\ufeffa\r\nb\r\nc".encode(), "\ufeffa\r\nB\r\nc".encode()
    assert difference(former, content, "data/t.csv") == (
        "--- data/t.csv\n+++ data/t.csv (not written)\n@@ -1,3 +1,3 @@\n \ufeffa\n-b\n+B\n c\n"
    )
