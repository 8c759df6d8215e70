"""The folder content/ and its Markdown files, from files on disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.load.content import Content, load_content
from site_builder.model.content import COLLECTIONS
from site_builder.problem import Problem, Severity, Source

CLIENTS = frozenset({"acme", "zeta"})
SPOTLIGHT = "---\nclient: acme\nmonth: 2026-10\nheadline: H\npermission_on: 2026-10-02\n---\nText\n"


def put(root: Path, path: str, text: str = "---\ntitle: T\n---\nText\n") -> None:
    file = root / "content" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode())


def told(content: Content) -> list[tuple[str, str]]:
    return [(found.code, found.source.path) for found in content.problems]


def only(content: Content) -> Problem:
    (found,) = content.problems
    return found


def test_no_content_is_no_problem(tmp_path: Path) -> None:
    content = load_content(tmp_path, None)
    assert content.problems == ()
    assert content.absent == {"pages", "spotlights", "stories", "events", "terms", "share"}


def test_each_collection_is_read_into_its_own_records(tmp_path: Path) -> None:
    put(tmp_path, "pages/about.md")
    put(tmp_path, "spotlights/2026-10-acme.md", SPOTLIGHT)
    put(tmp_path, "stories/rescue.md", "---\nkind: wow\nhappened_on: 2026-01-31\nheadline: H\n---\n")
    put(tmp_path, "events/supper.md", "---\ntitle: T\non: 2026-12-03\nwhere: here\nfor: owners\n---\n")
    put(tmp_path, "terms/2026-02.md", "---\nversion: 2026-02\neffective_on: 2026-02-01\ntitle: T\n---\n")
    put(tmp_path, "share/mail.md", "---\naudience: owner\n---\nHello\n")
    content = load_content(tmp_path, CLIENTS)
    assert content.problems == ()
    assert content.absent == frozenset()
    assert [page.slug for page in content.pages] == ["about"]
    assert [spotlight.client for spotlight in content.spotlights] == ["acme"]
    assert [story.headline for story in content.stories] == ["H"]
    assert [(event.place, event.for_) for event in content.events] == [("here", "owners")]
    assert [terms.version for terms in content.terms] == ["2026-02"]
    assert [text.body for text in content.share] == ["Hello\n"]


def test_a_document_knows_where_its_fields_and_its_text_stand(tmp_path: Path) -> None:
    put(tmp_path, "pages/about.md", "---\r\ntitle:  T\r\n---\r\n\r\nText\r\n")
    (page,) = load_content(tmp_path, CLIENTS).pages
    assert page.at("title") == Source("content/pages/about.md", 2, 9)
    assert page.at("@body") == Source("content/pages/about.md", 4, 1)
    assert page.body == "\nText\n"


def test_a_mistake_in_front_matter_is_on_its_physical_line(tmp_path: Path) -> None:
    put(tmp_path, "events/a.md", "---\ntitle: T\non: 3 December\n---\n")
    found = only(load_content(tmp_path, CLIENTS))
    assert (found.code, found.source, found.field) == ("D202", Source("content/events/a.md", 3, 5), "on")
    put(tmp_path, "events/a.md", "---\ntitle: T: U\n---\n")
    assert only(load_content(tmp_path, CLIENTS)).source == Source("content/events/a.md", 2, 9)


def test_empty_front_matter_misses_the_required_keys(tmp_path: Path) -> None:
    put(tmp_path, "pages/about.md", "---\n---\nText\n")
    found = only(load_content(tmp_path, CLIENTS))
    assert (found.code, found.field) == ("D405", "title")


@pytest.mark.parametrize("text", ["# About\n", "", "---\ntitle: T\n"])
def test_front_matter_that_is_missing_or_not_closed(tmp_path: Path, text: str) -> None:
    put(tmp_path, "pages/about.md", text)
    content = load_content(tmp_path, CLIENTS)
    assert told(content) == [("D501", "content/pages/about.md")]
    assert "pages" not in content.absent


def test_an_owner_cannot_set_what_the_reader_sets(tmp_path: Path) -> None:
    put(tmp_path, "pages/about.md", "---\ntitle: T\nslug: ../x\nbody: x\n'@lang': de\n---\n")
    assert sorted(found.code for found in load_content(tmp_path, CLIENTS).problems) == ["D404", "D404", "D404"]


class TestNames:
    @pytest.mark.parametrize(
        ("name", "hint"),
        [
            ("About Us", "rename it to about-us.md"),
            ("About", "rename it to about.md"),
            ("café", "rename it to cafe.md"),
            ("con", "choose another name"),
            ("a--b", "rename it to a-b.md"),
        ],
    )
    def test_a_name_that_cannot_be_an_address(self, tmp_path: Path, name: str, hint: str) -> None:
        put(tmp_path, f"pages/{name}.md")
        content = load_content(tmp_path, CLIENTS)
        assert (only(content).code, only(content).hint) == ("D503", hint)
        assert content.pages == ()

    @pytest.mark.parametrize("name", ["rewards", "my", "404", "static", "index", "feed"])
    def test_a_free_page_does_not_hide_one_of_the_portals_own(self, tmp_path: Path, name: str) -> None:
        put(tmp_path, f"pages/{name}.md")
        found = only(load_content(tmp_path, CLIENTS))
        assert (found.code, found.message) == ("D503", f"/{name}/ is one of the portal's own addresses")
        assert found.hint == f"choose another name, for example our-{name}.md"

    def test_other_collections_may_use_such_names(self, tmp_path: Path) -> None:
        put(tmp_path, "share/rewards.md", "---\n---\n")
        assert load_content(tmp_path, CLIENTS).problems == ()

    def test_a_free_page_does_not_hide_a_language(self, tmp_path: Path) -> None:
        put(tmp_path, "pages/de.md")
        assert load_content(tmp_path, CLIENTS).problems == ()
        put(tmp_path, "de/pages/about.md")
        assert told(load_content(tmp_path, CLIENTS)) == [("D503", "content/pages/de.md")]

    @pytest.mark.parametrize("other", ["About.md", "ABOUT.md"])
    def test_two_names_that_differ_in_case_make_one_address(self, tmp_path: Path, other: str) -> None:
        put(tmp_path, "pages/about.md")
        put(tmp_path, f"pages/{other}")
        codes = {found.code for found in load_content(tmp_path, CLIENTS).problems}
        assert "D504" in codes

    def test_two_names_that_differ_in_composition_make_one_address(self, tmp_path: Path) -> None:
        put(tmp_path, "pages/caf\u00e9.md")
        put(tmp_path, "pages/cafe\u0301.md")
        assert [found.code for found in load_content(tmp_path, CLIENTS).problems] == ["D503", "D504"]

    def test_a_spotlight_is_named_after_month_and_client(self, tmp_path: Path) -> None:
        put(tmp_path, "spotlights/acme.md", SPOTLIGHT)
        found = only(load_content(tmp_path, CLIENTS))
        assert (found.code, found.hint) == ("D502", "rename it to 2026-10-CLIENT.md, with the client's id")

    def test_a_spotlights_name_and_front_matter_agree(self, tmp_path: Path) -> None:
        put(tmp_path, "spotlights/2026-09-zeta.md", SPOTLIGHT)
        found = load_content(tmp_path, CLIENTS).problems
        assert [(each.code, each.field, each.source.line, each.hint) for each in found] == [
            ("D502", "month", 3, "write month: 2026-09, or rename the file"),
            ("D502", "client", 2, "write client: zeta, or rename the file"),
        ]

    def test_the_longest_client_id_fits_into_a_spotlights_name(self, tmp_path: Path) -> None:
        client = "x" * 64
        put(tmp_path, f"spotlights/2026-10-{client}.md", SPOTLIGHT.replace("acme", client))
        assert load_content(tmp_path, frozenset({client})).problems == ()

    def test_terms_are_named_after_their_version(self, tmp_path: Path) -> None:
        put(tmp_path, "terms/2026-02.md", "---\nversion: 2026-03\neffective_on: 2026-02-01\ntitle: T\n---\n")
        found = only(load_content(tmp_path, CLIENTS))
        assert (found.code, found.field, found.hint) == ("D502", "version", "write version: 2026-02, or rename the file")


class TestClients:
    def test_a_client_that_is_not_there_asks_back(self, tmp_path: Path) -> None:
        put(tmp_path, "spotlights/2026-10-acem.md", SPOTLIGHT.replace("acme", "acem"))
        found = only(load_content(tmp_path, CLIENTS))
        assert (found.code, found.source.line, found.hint) == ("D302", 2, 'did you mean "acme"?')
        assert found.message == 'the client "acem" is not in clients.csv'

    def test_a_client_who_did_not_agree_is_not_quoted(self, tmp_path: Path) -> None:
        text = "---\nkind: win\nclient: hidden-gem\nhappened_on: 2026-01-31\nheadline: H\n---\n"
        put(tmp_path, "stories/a.md", text)
        found = only(load_content(tmp_path, CLIENTS))
        assert (found.code, found.message) == ("D302", "this client is not in clients.csv")

    def test_an_absent_table_is_one_problem_for_all(self, tmp_path: Path) -> None:
        put(tmp_path, "spotlights/2026-10-acme.md", SPOTLIGHT)
        put(tmp_path, "stories/a.md", "---\nkind: win\nclient: zeta\nhappened_on: 2026-01-31\nheadline: H\n---\n")
        assert [code for code, _ in told(load_content(tmp_path, None))] == ["D303"]

    def test_a_story_without_a_client_needs_no_table(self, tmp_path: Path) -> None:
        put(tmp_path, "stories/a.md", "---\nkind: win\nhappened_on: 2026-01-31\nheadline: H\n---\n")
        assert load_content(tmp_path, None).problems == ()


class TestStrangers:
    @pytest.mark.parametrize(
        ("path", "hint"),
        [
            ("page/about.md", 'did you mean "pages"?'),
            ("spotlight/a.md", 'did you mean "spotlights"?'),
            (
                "drafts/a.md",
                "folders read here: pages, spotlights, stories, events, terms, share, media, static, or a language such as de",
            ),
            ("DE/pages/a.md", 'did you mean "de"?'),
            ("de_AT/pages/a.md", 'did you mean "de-AT"?'),
            ("ger/pages/a.md", 'did you mean "de"?'),
            ("german/pages/a.md", 'did you mean "de"?'),
            ("Deutsch/pages/a.md", 'did you mean "de"?'),
            ("sr-latn/pages/a.md", 'did you mean "sr-Latn"?'),
        ],
    )
    def test_an_unknown_folder(self, tmp_path: Path, path: str, hint: str) -> None:
        put(tmp_path, path)
        found = only(load_content(tmp_path, CLIENTS))
        assert (found.code, found.source.path, found.hint) == ("D006", f"content/{path.split('/', maxsplit=1)[0]}", hint)

    @pytest.mark.parametrize(
        ("path", "hint"),
        [
            ("pages/about.markdown", "did you mean about.md?"),
            ("pages/about.MD", "did you mean about.md?"),
            ("pages/about.md.txt", "did you mean about.md?"),
            ("pages/photo.jpg", "Markdown files belong into content/pages and its neighbours, pictures into content/media"),
            ("about.md", "Markdown files belong into content/pages and its neighbours, pictures into content/media"),
            ("de/about.md", "Markdown files belong into content/de/pages and its neighbours, pictures into content/media"),
            ("de/words.yml", "did you mean words.yaml?"),
            ("de/Words.yaml", "did you mean words.yaml?"),
            ("de/wrods.yaml", "did you mean words.yaml?"),
            ("words.yaml", "put it into the folder of its language, for example content/de/words.yaml"),
            ("de/pages/about.markdown", "did you mean about.md?"),
            ("pages/inner/about.md", "Markdown files belong into content/pages and its neighbours, pictures into content/media"),
        ],
    )
    def test_an_unknown_file(self, tmp_path: Path, path: str, hint: str) -> None:
        put(tmp_path, path)
        found = only(load_content(tmp_path, CLIENTS))
        assert (found.code, found.severity, found.hint) == ("D006", Severity.WARNING, hint)

    def test_pictures_and_static_files_are_read_elsewhere(self, tmp_path: Path) -> None:
        put(tmp_path, "media/logo.svg", "<svg/>")
        put(tmp_path, "static/robots.html", "x")
        assert load_content(tmp_path, CLIENTS).problems == ()

    def test_hidden_files_are_noted(self, tmp_path: Path) -> None:
        put(tmp_path, "pages/.draft.md")
        put(tmp_path, "pages/.gitkeep")
        assert told(load_content(tmp_path, CLIENTS)) == [("D007", "content/pages/.draft.md")]


class TestLanguages:
    def test_a_folder_named_by_a_language_holds_the_same_collections(self, tmp_path: Path) -> None:
        put(tmp_path, "pages/about.md")
        put(tmp_path, "pt-BR/pages/about.md", "---\ntitle: Sobre\n---\n")
        content = load_content(tmp_path, CLIENTS)
        assert content.problems == ()
        assert [(page.lang, page.slug, page.title) for page in content.pages] == [("", "about", "T"), ("pt-BR", "about", "Sobre")]

    def test_anything_else_in_it_is_unknown(self, tmp_path: Path) -> None:
        put(tmp_path, "de/media/a.svg")
        put(tmp_path, "de/a.md")
        assert told(load_content(tmp_path, CLIENTS)) == [("D006", "content/de/a.md"), ("D006", "content/de/media")]


class TestBounds:
    def test_a_file_over_256_kib_is_refused(self, tmp_path: Path) -> None:
        put(tmp_path, "pages/about.md", "---\ntitle: T\n---\n" + "a" * (256 * 1024))
        assert told(load_content(tmp_path, CLIENTS)) == [("D003", "content/pages/about.md")]

    def test_a_bracket_bomb_is_refused_at_its_line(self, tmp_path: Path) -> None:
        put(tmp_path, "pages/about.md", "---\ntitle: T\n---\n\n" + "[" * 40_000)
        content = load_content(tmp_path, CLIENTS)
        assert (only(content).code, only(content).source) == ("D003", Source("content/pages/about.md", 5, 1))
        assert content.pages == ()

    def test_a_file_that_is_not_utf_8_is_refused(self, tmp_path: Path) -> None:
        put(tmp_path, "pages/about.md")
        (tmp_path / "content/pages/about.md").write_bytes("---\ntitle: Café\n---\n".encode("cp1252"))
        assert told(load_content(tmp_path, CLIENTS)) == [("D002", "content/pages/about.md")]

    def test_a_link_that_leaves_the_portal_is_refused(self, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
        outside = tmp_path_factory.mktemp("outside")
        put(outside, "pages/about.md")
        (tmp_path / "content/pages").mkdir(parents=True)
        (tmp_path / "content/pages/about.md").symlink_to(outside / "content/pages/about.md")
        (tmp_path / "content/stories").symlink_to(outside / "content/pages")
        assert told(load_content(tmp_path, CLIENTS)) == [("D004", "content/pages/about.md"), ("D004", "content/stories")]

    def test_a_linked_content_folder_is_one_problem(self, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
        outside = tmp_path_factory.mktemp("outside")
        put(outside, "pages/about.md")
        (tmp_path / "content").symlink_to(outside / "content")
        assert told(load_content(tmp_path, CLIENTS)) == [("D004", "content")]


KEYS = st.sampled_from(
    ["title", "client", "month", "kind", "on", "version", "audience", "permission_on", "photo", "link", "@slug"]
)
FILE = st.one_of(
    st.text(max_size=200),
    st.builds(lambda front, body: f"---\n{front}\n---\n{body}", st.text(max_size=60), st.text(max_size=100)),
    st.builds(
        lambda pairs, body: "---\n" + "".join(f"{key}: {value}\n" for key, value in pairs) + f"---\n{body}",
        st.lists(st.tuples(KEYS, st.text(alphabet="ab: -[]{}'\"2026-10.", max_size=20)), max_size=5),
        st.text(alphabet="[]()*_>`<# \nab", max_size=100),
    ),
)


@pytest.mark.parametrize("kind", [kind.FOLDER for kind in COLLECTIONS])
def test_any_text_is_a_record_or_problems_and_never_a_traceback(tmp_path: Path, kind: str) -> None:
    name = "2026-10-acme" if kind == "spotlights" else "name"

    @given(FILE, st.booleans())
    def check(text: str, known: bool) -> None:  # noqa: FBT001  # Hypothesis hands arguments by place
        put(tmp_path, f"{kind}/{name}.md", text)
        content = load_content(tmp_path, CLIENTS if known else None)
        records = (*content.pages, *content.spotlights, *content.stories, *content.events, *content.terms, *content.share)
        assert records or content.problems

    check()
