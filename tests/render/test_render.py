"""Pages become files: addresses, pictures, style sheet and headers, the same bytes every time."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from site_builder.model.portal import Media, Portal
from site_builder.page import Artifact
from site_builder.pages import plan
from site_builder.problem import Problem, Source
from site_builder.render import Surroundings
from site_builder.render.assets import named
from site_builder.rules.consent import public_portal
from tests.portals import PORTAL, free_page, settings
from tests.render.rendering import render
from tests.render.themes import put, theme

KINDS = {"home", "page", "robots", "sitemap"}
PICTURES = {"ann.svg": b"<svg>Ann</svg>", "logo.svg": b"<svg/>", "secret.png": b"nobody agreed", "cut.png": b"\x89PNG"}
MEDIA = (
    Media("ann.svg", 40, 30, "svg"),
    Media("logo.svg", 24, 12, "svg"),
    *(Media(f"{name}.png", 1, 1, "png") for name in ("secret", "cut")),
)


def rendered(
    folder: Path,
    portal: Portal = PORTAL,
    own: Mapping[str, str] | None = None,
    *,
    preview: bool = False,
    cache: Path | None = None,
) -> tuple[dict[str, Artifact], tuple[Problem, ...]]:
    """The files by path, and the problems, of a portal in the tiny theme."""
    public = public_portal(replace(portal, media=MEDIA))
    pages = tuple(page for page in plan(public) if page.kind in KINDS)
    artifacts, problems = render(public, pages, Surroundings(folder, theme(folder, own), PICTURES, cache, preview=preview))
    assert len({artifact.path for artifact in artifacts}) == len(artifacts)
    return {artifact.path: artifact for artifact in artifacts}, problems


def text(files: Mapping[str, Artifact], path: str = "index.html") -> str:
    return files[path].content.decode()


def below(path: str, **values: object) -> Portal:
    return replace(PORTAL, settings=settings(base_url=f"https://x.example{path}", **values))


def hashed(stem: str, ending: str, content: bytes) -> str:
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:10]}.{ending}"


def test_each_page_is_a_file_with_the_style_sheet_and_the_headers(tmp_path: Path) -> None:
    files, problems = rendered(tmp_path / "portal")
    (style,) = [path for path in files if path.startswith("assets/portal.")]
    assert set(files) == {"index.html", "robots.txt", "sitemap.xml", "_headers", "staticwebapp.config.json", style}
    assert problems == ()
    assert "We answer in nine minutes." in text(files)
    assert f'href="/{style}"' in text(files)
    assert files["index.html"].source == Source("data/positioning.yaml")


def test_the_same_input_gives_the_same_bytes_with_and_without_compiled_templates(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    first, _ = rendered(tmp_path / "portal")
    assert rendered(tmp_path / "portal", cache=cache) == (first, ())
    assert list(cache.iterdir())
    assert rendered(tmp_path / "portal", cache=cache) == (first, ())
    assert rendered(tmp_path / "elsewhere") == (first, ())


@pytest.mark.parametrize(("path", "base"), [("", "/"), ("/", "/"), ("/portal/", "/portal/"), ("/portal", "/portal/")])
def test_addresses_begin_with_the_base_path(tmp_path: Path, path: str, base: str) -> None:
    portal = replace(
        below(path), pages=(free_page("faq", nav_order="1", **{"@body": "[r](/rewards/) [x](//h.example/) [y](z) [q](#q)"}),)
    )
    files, _ = rendered(tmp_path / "portal", portal)
    assert f'<a href="{base}faq/">Faq</a>' in text(files)
    prose = text(files, "faq/index.html")
    for address in (f"{base}rewards/", "//h.example/", "z", "#q"):
        assert f'<a href="{address}" rel="noopener">' in prose
    assert text(files, "robots.txt") == f"Sitemap: https://x.example{base}sitemap.xml\n"
    assert text(files, "sitemap.xml") == f"https://x.example{base}\nhttps://x.example{base}faq/\n"
    assert text(files, "_headers").startswith(f"{base}*\n")


def test_an_assets_name_carries_its_contents_hash(tmp_path: Path) -> None:
    files, _ = rendered(tmp_path / "portal")
    (style,) = [path for path in files if path.startswith("assets/portal.")]
    assert style == hashed("assets/portal", "css", files[style].content)
    assert named("assets/a.b.png", b"x") == hashed("assets/a.b", "png", b"x")


def test_only_pictures_a_page_asked_for_are_published(tmp_path: Path) -> None:
    body = '![Ann](ann.svg "Ann herself")\n\n![gone](gone.png)'
    template = '{% set logo = picture("logo.svg") %}<img alt="" src="{{ logo.url }}">{{ logo.width }}{{ picture(none) }}'
    own = {"templates/home.html": template}
    files, problems = rendered(tmp_path / "portal", replace(below("/p"), pages=(free_page("faq", **{"@body": body}),)), own)
    assert problems == ()
    ann = hashed("assets/ann", "svg", PICTURES["ann.svg"])
    logo = hashed("assets/logo", "svg", PICTURES["logo.svg"])
    pictures = {path for path in files if path.startswith("assets/") and not path.endswith(".css")}
    assert pictures == {ann, logo}
    assert files[ann].content == PICTURES["ann.svg"]
    assert files[ann].source == Source("content/media/ann.svg")
    prose = text(files, "faq/index.html")
    assert f'<img src="/p/{ann}" alt="Ann" title="Ann herself" width="40" height="30"' in prose
    assert 'src="gone.png"' in prose  # the audit tells
    assert text(files) == f'<img alt="" src="/p/{logo}">24None'


def test_a_picture_that_cannot_be_shown_is_told_beside_the_templates_mistakes(tmp_path: Path) -> None:
    own = {"templates/home.html": '{{ picture("cut.png") }}{{ 1 / 0 }}'}
    _, problems = rendered(tmp_path / "portal", PORTAL, own)
    assert [found.code for found in problems] == ["A202", "D005"]
    assert problems[1].source == Source("content/media/cut.png")


def style_of(files: Mapping[str, Artifact]) -> str:
    return next(artifact.content.decode() for path, artifact in files.items() if path.startswith("assets/portal."))


def test_the_style_sheet_holds_its_parts_in_order_with_the_brand_behind_the_tokens(tmp_path: Path) -> None:
    plain, _ = rendered(tmp_path / "portal")
    assert style_of(plain) == (
        "@layer reset, tokens, base, layout, paper, components, directory, utilities, print;\n"
        "@layer tokens { :root { --brand: green; } }\n"
        "@layer base { body { margin: 0; } }\n"
    )
    branded, _ = rendered(tmp_path / "portal", below("/", brand={"primary": "#0b5d52"}))
    tokens = next(line for line in style_of(branded).splitlines() if "--on-brand" in line)
    assert tokens.startswith("@layer tokens{:root{--brand:#0b5d52;--on-brand:#ffffff;--brand-text:light-dark(#0b5d52, #")
    assert style_of(branded).index("green") < style_of(branded).index(tokens) < style_of(branded).index("@layer base {")


def test_values_are_escaped_and_braces_in_data_are_plain(tmp_path: Path) -> None:
    portal = replace(below("/", name='<b>"Harbour" & {{ 7 * 7 }}'), pages=(free_page("faq", **{"@body": "{{ 7 * 7 }}"}),))
    files, _ = rendered(tmp_path / "portal", portal)
    assert "<title>&lt;b&gt;&#34;Harbour&#34; &amp; {{ 7 * 7 }}</title>" in text(files)
    assert "<p>{{ 7 * 7 }}</p>" in text(files, "faq/index.html")


def test_templates_write_in_the_portals_language(tmp_path: Path) -> None:
    own = {
        "templates/home.html": (
            '{{ _("Rewards") }}|{{ ngettext("%(num)s client", "%(num)s clients", 2) }}|{{ site.as_of|date }}'
            "|{{ site.as_of|month }}|{{ 1234|number }}|{{ 10|percent }}|{{ 100|money }}"
        ),
        "words/de.po": 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Rewards"\nmsgstr "Prämien"\n',
    }
    files, problems = rendered(tmp_path / "portal", below("/", locale="de-DE", currency="EUR"), own)
    assert problems == ()
    assert text(files) == "Prämien|2 clients|31. Oktober 2026|Oktober 2026|1.234|10\u00a0%|100\u00a0€"


def test_what_a_template_asks_about_pages_and_colours(tmp_path: Path) -> None:
    own = {
        "templates/home.html": (
            '{{ has("page") }}{{ has("trust") }}|{{ url_for("directory_entry", client="acme") }}|{{ site.colours.brand }}'
            "{{ site.colours.on_brand }}|{{ site.preview }}|{{ site.csp }}"
        )
    }
    files, _ = rendered(tmp_path / "portal", replace(below("/p"), pages=(free_page(),)), own)
    start, entry, colours, preview, csp = text(files).split("|")
    assert (start, entry, colours, preview) == ("TrueFalse", "/p/directory/acme/", "#0b5d52#ffffff", "False")
    assert "form-action &#39;self&#39; mailto:" in csp
    assert "frame-ancestors" not in csp
    assert "frame-ancestors 'none'" in text(files, "_headers")


def test_the_preview_may_ask_its_server_for_news(tmp_path: Path) -> None:
    own = {"templates/home.html": "{{ site.preview }} {{ site.reload }} {{ site.csp }}"}
    files, _ = rendered(tmp_path / "portal", below("/p"), own, preview=True)
    assert text(files).startswith("True /p/__portal/reload.js ")
    assert "connect-src &#39;self&#39;" in text(files)


def test_the_menu_is_in_order(tmp_path: Path) -> None:
    pages = (free_page("b", nav_order="2"), free_page("c", nav_order="1"), free_page("a", nav_order="2"), free_page("d"))
    files, _ = rendered(tmp_path / "portal", replace(PORTAL, pages=pages))
    menu = text(files).split("<main")[0]
    assert [part.split("</a>")[0] for part in menu.split('/">')[1:]] == ["C", "A", "B"]


def test_a_mistake_in_the_default_theme_is_ours(tmp_path: Path) -> None:
    portal = tmp_path / "portal"
    broken = theme(portal)
    put(broken.default, {"templates/home.html": "{{ view.nothing }}"})
    public = public_portal(PORTAL)
    pages = tuple(page for page in plan(public) if page.kind == "home")
    with pytest.raises(Exception, match="nothing"):
        render(public, pages, Surroundings(portal, broken, {}))
