"""YAML read without guessing: texts stay texts, places are physical, and what hides is refused."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.load import yamltext
from site_builder.load.yamltext import Entries, Items, Node, Parsed, Scalar, parse
from site_builder.problem import Problem, Source

MIB = 1024 * 1024


@pytest.fixture(params=["libyaml", "plain"], autouse=True)
def _parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every rule holds with libyaml and without."""
    if request.param == "plain":
        monkeypatch.setattr(yamltext, "CParser", None)


def plain(node: Node | None) -> object:
    if isinstance(node, Entries):
        return {entry.key: plain(entry.value) for entry in node.entries}
    if isinstance(node, Items):
        return [plain(item) for item in node.items]
    return node.text if node is not None else "nothing"


def only(parsed: Parsed) -> Problem:
    (found,) = parsed.problems
    return found


def test_the_fields_type_decides_and_never_the_parser() -> None:
    text = "a: no\nb: on\nc: 012\nd: 1:30\ne: 1_000\nf: 2026-10-31\ng: 1e3\nh: .inf\ni: true\nj: 0x1F\n"
    expected = {
        "a": "no",
        "b": "on",
        "c": "012",
        "d": "1:30",
        "e": "1_000",
        "f": "2026-10-31",
        "g": "1e3",
        "h": ".inf",
        "i": "true",
        "j": "0x1F",
    }
    assert plain(parse(text, "f").root) == expected


@pytest.mark.parametrize("nothing", ["", "~", "null", "Null", "NULL", '""', "''", '"  "'])
def test_nothing_and_null_mean_absent(nothing: str) -> None:
    assert plain(parse(f"a: {nothing}\n", "f").root) == {"a": None}


@pytest.mark.parametrize("word", ["none", "nil", '"null"', "'~'", "no"])
def test_a_word_that_is_not_null_stays(word: str) -> None:
    assert plain(parse(f"a: {word}\n", "f").root) == {"a": word.strip("\"'")}


def test_every_style_of_text_is_read() -> None:
    text = "a: 'it''s'\nb: \"a\\tb\"\nc: |\n  one\n  two\nd: >-\n  one\n  two\ne: one\n  two\n"
    assert plain(parse(text, "f").root) == {"a": "it's", "b": "a\tb", "c": "one\ntwo\n", "d": "one two", "e": "one two"}


def test_lists_and_groups_nest_in_both_styles() -> None:
    assert plain(parse("a:\n  - b: [1, {c: 2}]\n  - d\ne: {}\nf: []\n", "f").root) == {
        "a": [{"b": ["1", {"c": "2"}]}, "d"],
        "e": {},
        "f": [],
    }


def test_places_are_physical_lines_and_columns_from_one() -> None:
    root = parse("# a comment\r\nname:   Ünïcode\r\nlist:\r\n  - x\r\n", "data/f.yaml").root
    assert root is not None
    name, listed = root.entries
    assert (name.source, name.value.source) == (Source("data/f.yaml", 2, 1), Source("data/f.yaml", 2, 9))
    assert isinstance(listed.value, Items)
    assert listed.value.items[0].source == Source("data/f.yaml", 4, 5)


def test_front_matter_begins_on_a_later_line() -> None:
    root = parse("a: b\n", "f", first_line=2).root
    assert root is not None
    assert root.entries[0].source == Source("f", 2, 1)
    assert only(parse("a: b: c\n", "f", first_line=2)).source == Source("f", 2, 5)


@pytest.mark.parametrize("text", ["", "\n", "# nothing yet\n", "---\n", "~\n", "\ufeff"])
def test_an_empty_document_is_a_group_without_keys(text: str) -> None:
    assert plain(parse(text, "f").root) == {}


def test_a_byte_order_mark_shifts_no_column() -> None:
    root = parse("\ufeffa: b\n", "f").root
    assert root is not None
    assert root.entries[0].source == Source("f", 1, 1)


class TestRefused:
    def test_equal_keys_name_the_first_ones_line_and_the_first_counts(self) -> None:
        parsed = parse("a: 1\nb: 2\na: 3\n", "f")
        found = only(parsed)
        assert (found.code, found.source.line, found.message) == ("D402", 3, 'the key "a" stands already on line 1')
        assert plain(parsed.root) == {"a": "1", "b": "2"}

    def test_an_alias_leaves_nothing_to_read(self) -> None:
        parsed = parse("a: &x 1\nb: *x\n", "f")
        assert [(found.code, found.source.line) for found in parsed.problems] == [("D403", 1), ("D403", 2)]
        assert parsed.root is None

    def test_an_anchor_or_a_tag_is_a_problem_and_reading_goes_on(self) -> None:
        parsed = parse("a: &x 1\nb: !!str 2\nc: !python/object:os.system 3\n", "f")
        assert [found.code for found in parsed.problems] == ["D403", "D403", "D403"]
        assert plain(parsed.root) == {"a": "1", "b": "2", "c": "3"}

    def test_tags_by_directive_or_handle(self) -> None:
        assert only(parse("%TAG ! tag:x\n---\na: b\n", "f")).code == "D403"
        assert only(parse("a: !x!y z\n", "f")).code == "D403"

    def test_a_second_document(self) -> None:
        found = only(parse("a: b\n---\nc: d\n", "f"))
        assert (found.code, found.source.line, found.message) == ("D401", 2, "a second document begins here")

    def test_a_first_line_of_dashes_is_fine(self) -> None:
        assert plain(parse("---\na: b\n...\n", "f").root) == {"a": "b"}

    @pytest.mark.parametrize(("text", "what"), [("- a\n- b\n", "a list"), ("Harbour IT\n", "a text")])
    def test_a_root_without_keys(self, text: str, what: str) -> None:
        found = only(parse(text, "f"))
        assert (found.code, found.message) == ("D406", f"the file is {what} where keys with values belong")

    @pytest.mark.parametrize("text", ["? [a]\n: b\n", "{[a]: b}\n", "? {a: b}\n: c\n", "'': x\n"])
    def test_a_key_that_is_no_text(self, text: str) -> None:
        assert only(parse(text, "f")).code == "D401"

    @pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\u2028", "\u2029", "\ufeff", "\ufffe"])
    def test_an_invisible_character_at_its_place(self, sign: str) -> None:
        found = only(parse(f"a: b\r\nc: d{sign}e\n", "f"))
        assert (found.code, found.source) == ("D401", Source("f", 2, 5))
        assert f"U+{ord(sign):04X}" in found.message

    def test_all_mistakes_before_broken_syntax_are_told_too(self) -> None:
        assert [found.code for found in parse("a: 1\na: 2\nb: [\n", "f").problems] == ["D402", "D401"]


class TestSecrets:
    @pytest.mark.parametrize(
        "key", ["password", "PASSWORD", "api_key", "api-key", "smtp_password", "private_key", "token", "client_secret"]
    )
    def test_a_key_made_for_a_secret_is_refused_without_echo(self, key: str) -> None:
        parsed = parse(f"name: x\nform:\n  {key}: hunter2\n", "f")
        found = only(parsed)
        assert (found.code, found.source) == ("D407", Source("f", 3, 3))
        assert "hunter2" not in f"{found}"
        assert plain(parsed.root) == {"name": "x", "form": {}}

    def test_such_a_key_without_a_value_gives_nothing_away(self) -> None:
        assert parse("password:\n", "f").problems == ()

    def test_the_public_key_of_web3forms_is_none(self) -> None:
        assert parse("access_key: 0000-1111\n", "f").problems == ()

    def test_a_value_in_the_form_of_a_secret_is_refused_without_echo_and_the_document_left(self) -> None:
        secret = "ghp_" + "a1B2" * 9
        parsed = parse(f"base_url: {secret}\n", "f")
        found = only(parsed)
        assert (found.code, found.source) == ("D407", Source("f", 1, 11))
        assert secret not in f"{found}"
        assert parsed.root is None

    def test_a_private_key_in_a_comment_counts(self) -> None:
        assert only(parse("a: b\n# -----BEGIN RSA PRIVATE KEY-----\n", "f")).source == Source("f", 2, 3)


class TestBounds:
    @pytest.fixture(autouse=True)
    def _parser(self) -> None:
        """The bounds are promised with libyaml, which every wheel of PyYAML has; its Python twin takes a few seconds."""

    def test_sixty_four_levels_are_read_and_one_more_is_not(self) -> None:
        assert parse("a: " + "[" * 63 + "]" * 63, "f").root is not None
        assert only(parse("a: " + "[" * 64 + "]" * 64, "f")).code == "D003"

    def test_a_file_over_a_mebibyte_is_refused(self) -> None:
        assert only(parse("#" * (MIB + 1), "f")).code == "D003"

    def test_a_hundred_problems_are_enough(self) -> None:
        assert len(parse("- &a x\n" * 5000, "f").problems) == 100

    @pytest.mark.parametrize(
        "bomb",
        [
            pytest.param("[" * MIB, id="brackets"),
            pytest.param("{a: " * (MIB // 4), id="braces"),
            pytest.param("- " * (MIB // 2), id="dashes"),
            pytest.param("? " * (MIB // 2), id="question marks"),
            pytest.param("a: [" + "[]," * (MIB // 3 - 4), id="empty lists"),
            pytest.param("a\n" * (MIB // 2), id="lines"),
            pytest.param("a:" * (MIB // 2), id="colons"),
            pytest.param('"' + "a" * (MIB - 1), id="an open quote"),
            pytest.param("".join(f"k{number}:\n" for number in range(110_000)), id="keys"),
            pytest.param("".join(" " * number + "a:\n" for number in range(1400)), id="stairs"),
            pytest.param("#ghp_" + ("a" * 36 + "\n#ghp_") * (MIB // 42 - 1), id="secrets"),
            pytest.param("# " + "eyJ" * (MIB // 3 - 1), id="half a token"),
            pytest.param("a: &a [x]\n" * (MIB // 10), id="anchors"),
        ],
    )
    def test_a_mebibyte_of_anything_ends_soon(self, bomb: str) -> None:
        assert len(bomb) <= MIB
        started = time.process_time()
        parse(bomb, "f")
        assert time.process_time() - started < 1

    def test_the_largest_tree_fits_in_little_memory(self) -> None:
        text = "".join(f"k{number}: v\n" for number in range(12_000))
        tracemalloc.start()
        parsed = parse(text, "f")
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert parsed.root is not None
        assert peak < 100 * MIB


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for inner in node.items if isinstance(node, Items) else [e.value for e in node.entries] if isinstance(node, Entries) else ():
        yield from _nodes(inner)


YAMLISH = st.text(alphabet="ab: -[]{}'\"\n\t#&*!|>%@`?,~\\\r\ufeff0é", max_size=80)


@pytest.mark.parametrize("source", [pytest.param(st.text(max_size=200), id="any text"), pytest.param(YAMLISH, id="nearly YAML")])
def test_any_text_is_a_tree_or_problems_inside_the_file(source: st.SearchStrategy[str]) -> None:
    @given(source)
    def check(text: str) -> None:
        parsed = parse(text, "f")
        assert parsed.root is not None or parsed.problems
        lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
        for found in parsed.problems:
            assert 0 <= found.source.line <= lines
            assert found.message
            assert found.hint
        for node in _nodes(parsed.root) if parsed.root is not None else ():
            assert 1 <= node.source.line <= lines
            assert isinstance(node, Scalar | Items | Entries)

    check()
