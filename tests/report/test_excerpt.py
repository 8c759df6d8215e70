from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.problem import Problem, Severity, Source
from site_builder.report.excerpt import Excerpt, excerpts
from site_builder.report.shown import width


def excerpt(root: Path, path: str, content: str | bytes, line: int, column: int = 0, columns: int = 100) -> Excerpt | None:
    """Write one file and return what is shown of one line of it."""
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(content.encode() if isinstance(content, str) else content)
    problem = Problem(Source(path, line, column), "D999", Severity.ERROR, "x")
    return excerpts(root, [problem], columns=columns).get(problem)


def shown(root: Path, path: str, content: str | bytes, line: int) -> str:
    found = excerpt(root, path, content, line)
    assert found is not None
    return found.text


CLIENTS = "client_id,name,since,contact_email\nacme,Acme Ltd,2020-01-01,ann@acme.example\n"


# Tables


def test_private_cells_show_their_shape_alone(tmp_path: Path) -> None:
    assert shown(tmp_path, "data/clients.csv", CLIENTS, 2) == "xxxx,xxxx xxx,0000-00-00,xxx@xxxx.xxxxxxx"


def test_column_names_are_shown(tmp_path: Path) -> None:
    assert shown(tmp_path, "data/clients.csv", CLIENTS, 1) == "client_id,name,since,contact_email"


def test_a_header_that_looks_like_a_name_is_shown_beside_known_ones(tmp_path: Path) -> None:
    assert shown(tmp_path, "data/clients.csv", "client_id,nmae,ann@x.example\n", 1) == "client_id,nmae,xxx@x.xxxxxxx"


def test_a_first_row_that_is_no_header_is_masked(tmp_path: Path) -> None:
    assert shown(tmp_path, "data/clients.csv", "Ann Hale,Acme\n", 1) == "xxx xxxx,xxxx"


@pytest.mark.parametrize(
    ("content", "line", "expected"),
    [
        pytest.param('month,reason\n2026-10,"two\nlines Ann"\n', 2, '0000-00,"xxx', id="a line where a cell begins that goes on"),
        pytest.param('month,reason\n2026-10,"two\nlines Ann"\n', 3, 'xxxxx xxx"', id="a line inside a cell"),
        pytest.param('month,reason\n2026-10,"open Ann\nx\n', 2, '0000-00,"xxxx xxx', id="a quotation mark that is never closed"),
        pytest.param("month,reason\n2026-10,x,Ann\n", 2, "0000-00,x,xxx", id="a cell too many"),
        pytest.param("month,reason\n\uff12\uff10\uff12\uff16,漢字\n", 2, "0000,xx", id="digits and letters of other scripts"),
    ],
)
def test_a_doubtful_line_is_masked_whole(tmp_path: Path, content: str, line: int, expected: str) -> None:
    assert shown(tmp_path, "data/nominations.csv", content, line) == expected


def test_a_table_nobody_knows_is_masked(tmp_path: Path) -> None:
    assert shown(tmp_path, "data/people.csv", "name\nAnn\n", 1) == "xxxx"


# Documents


def test_public_values_are_shown_and_private_ones_masked(tmp_path: Path) -> None:
    content = 'name: Harbour IT  # Ann said so\nowners: {ann: Ann Hale}\nstaff: 14\ncontact: {email: "a@b.example"}\n'
    lines = [shown(tmp_path, "data/portal.yaml", content, number) for number in (1, 2, 3, 4)]
    assert lines == [
        "name: Harbour IT  # xxx xxxx xx",
        "owners: {xxx: xxx xxxx}",
        "staff: 00",
        'contact: {email: "a@b.example"}',
    ]


def test_private_parts_of_a_public_list_stay_masked(tmp_path: Path) -> None:
    content = "rules:\n  - {id: hamper, type: gift, cost: \"45\", what: 'a ''fine'' hamper', to_share: yes}\n"
    assert shown(tmp_path, "data/incentives.yaml", content, 2) == (
        "  - {id: hamper, type: gift, cost: \"00\", what: 'a ''fine'' hamper', to_share: yes}"
    )


def test_values_public_on_a_condition_are_masked(tmp_path: Path) -> None:
    assert shown(tmp_path, "data/trust.yaml", "team:\n  - name: Ann Hale\n    public: no\n", 2) == "  - name: xxx xxxx"


def test_where_a_document_cannot_be_parsed_only_its_keys_are_shown(tmp_path: Path) -> None:
    content = "name: Harbour: the IT\nstrange: {phone: 123\n"
    assert shown(tmp_path, "data/portal.yaml", content, 1) == "name: xxxxxxx: xxx xx"
    assert shown(tmp_path, "data/portal.yaml", content, 2) == "xxxxxxx: {phone: 000"


def test_a_secret_is_never_shown(tmp_path: Path) -> None:
    content = f"name: Harbour\ntagline: sk_live_{'a1' * 12}\n"
    assert shown(tmp_path, "data/portal.yaml", content, 2) == f"tagline: xx_xxxx_{'x0' * 12}"


def test_a_value_that_goes_on_below_is_shown_on_its_first_line(tmp_path: Path) -> None:
    content = "promise: We keep firms\n  at work.\n"
    assert shown(tmp_path, "data/positioning.yaml", content, 1) == "promise: We keep firms"
    assert shown(tmp_path, "data/positioning.yaml", content, 2) == "  xx xxxx."


# Content


def test_a_page_is_shown_and_a_story_that_needs_permission_is_not(tmp_path: Path) -> None:
    page = "---\ntitle: About us\n---\nWe are here.\n"
    story = "---\nkind: wow\nheadline: Ann's day\n---\nAnn was glad.\n"
    assert [shown(tmp_path, "content/pages/about.md", page, number) for number in (1, 2, 4)] == [
        "---",
        "title: About us",
        "We are here.",
    ]
    assert [shown(tmp_path, "content/de/stories/a.md", story, number) for number in (3, 5)] == [
        "headline: xxx'x xxx",
        "xxx xxx xxxx.",
    ]


def test_a_template_is_shown_as_it_is(tmp_path: Path) -> None:
    assert shown(tmp_path, "themes/mine/templates/home.html", "{{ view.nmae }}", 1) == "{{ view.nmae }}"


@pytest.mark.parametrize("path", ["content/elsewhere/a.md", "content/pages/open.md", "data/other.yaml", "notes.txt"])
def test_files_of_an_unknown_kind_are_masked(tmp_path: Path, path: str) -> None:
    assert shown(tmp_path, path, "Ann Hale\n", 1) == "xxx xxxx"


# Whatever the file


@pytest.mark.parametrize(
    ("content", "line"),
    [
        pytest.param(b"one\n", 9, id="a line that is not there"),
        pytest.param(b"na\0me", 1, id="a file with NUL bytes"),
        pytest.param("name".encode("utf-16"), 1, id="UTF-16"),
        pytest.param(b"x" * (8 * 1024 * 1024 + 1), 1, id="a file too large to look into"),
    ],
)
def test_what_cannot_be_shown_is_left_out(tmp_path: Path, content: bytes, line: int) -> None:
    assert excerpt(tmp_path, "data/portal.yaml", content, line) is None


def test_a_file_that_is_not_there_or_elsewhere_has_no_excerpt(tmp_path: Path) -> None:
    portal = tmp_path / "portal"
    portal.mkdir()
    (tmp_path / "secret.yaml").write_text("name: x\n")
    (portal / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    problems = [Problem(Source(path, 1), "D004", Severity.ERROR, "x") for path in ("link.yaml", "none.yaml", "../secret.yaml")]
    assert excerpts(portal, problems, columns=80) == {}


def test_another_encoding_is_masked_and_keeps_the_caret(tmp_path: Path) -> None:
    found = excerpt(tmp_path, "data/clients.csv", b"client_id,name\na,Caf\xe9\n", 2, 6)
    assert found == Excerpt(2, "x,xxxx", 5)


def test_line_ends_and_a_byte_order_mark_do_not_shift_the_lines(tmp_path: Path) -> None:
    assert excerpt(tmp_path, "themes/a.css", b"\xef\xbb\xbfone\rtwo\r\nthree\n", 3, 2) == Excerpt(3, "three", 1)


@pytest.mark.parametrize(
    ("line", "column", "caret"),
    [
        pytest.param("漢字: x", 3, 4, id="wide letters take two columns"),
        pytest.param("\tx", 2, 4, id="a tab takes four"),
        pytest.param("e\u0301x", 3, 1, id="a combining mark takes none"),
        pytest.param("\x1b[x", 3, 5, id="an escape takes its own length"),
        pytest.param("ab", 3, 2, id="behind the end"),
        pytest.param("ab", 99, 2, id="far behind the end"),
    ],
)
def test_the_caret_stands_below_its_character(tmp_path: Path, line: str, column: int, caret: int) -> None:
    found = excerpt(tmp_path, "themes/a.css", line, 1, column)
    assert found is not None
    assert found.caret == caret


def test_a_long_line_is_cut_around_its_column(tmp_path: Path) -> None:
    found = excerpt(tmp_path, "themes/a.css", "a" * 100 + "B" + "c" * 100, 1, 101, columns=32)
    # 32 columns less two ellipses: twenty before the column, ten from it on.
    assert found == Excerpt(1, "…" + "a" * 20 + "B" + "c" * 9 + "…", 21)


def test_a_line_of_a_million_letters_is_cut_at_once(tmp_path: Path) -> None:
    found = excerpt(tmp_path, "themes/a.css", "a" * 1_000_000, 1, 500_000, columns=40)
    assert found is not None
    assert found.text[0] == found.text[-1] == "…"
    assert width(found.text) == 40


@given(st.binary(max_size=200), st.integers(1, 6), st.integers(0, 60), st.sampled_from(["clients.csv", "portal.yaml", "x.md"]))
def test_no_file_breaks_an_excerpt_or_emits_anything_raw(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, line: int, column: int, name: str
) -> None:
    root = tmp_path_factory.mktemp("portal")
    path = f"content/pages/{name}" if name.endswith(".md") else f"data/{name}"
    found = excerpt(root, path, content, line, column, columns=40)
    assert found is None or (found.text.isprintable() and width(found.text) <= 40)
