"""The face of headlines, the looks, and the pictures that stand beside links: published when used, and as what they are."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from site_builder.load.documentrules import FONTS
from site_builder.model.portal import Portal
from site_builder.pages import plan
from site_builder.render import Surroundings, Workshop, workshop
from site_builder.render.assets import face, style_sheet
from site_builder.render.locks import shell
from site_builder.render.theme import Theme, default_folder
from site_builder.rules.colour import DARK_PAGE, LIGHT_PAGE, contrast
from site_builder.rules.consent import public_portal
from tests.portals import PORTAL, settings
from tests.render.rendering import render

THEME = Theme(default_folder())
LOOKS = sorted((default_folder() / "looks").iterdir())
FRAUNCES = replace(PORTAL, settings=settings(brand={"display_font": "fraunces"}))
_SHIPPED = "fraunces"


def files(folder: Path, portal: Portal) -> dict[str, bytes]:
    public = public_portal(portal)
    found, problems = render(public, plan(public), Surroundings(folder, THEME, {}))
    assert problems == ()
    return {file.path: file.content for file in found}


def test_a_face_that_comes_with_the_theme_is_preloaded_and_published_once(tmp_path: Path) -> None:
    found = files(tmp_path, FRAUNCES)
    (path,) = [path for path in found if path.endswith(".woff2")]
    assert re.fullmatch(r"assets/fraunces\.[0-9a-f]{10}\.woff2", path)
    assert found[path][:4] == b"wOF2"
    home = found["index.html"].decode()
    assert f'<link rel="preload" href="/{path}" as="font" type="font/woff2" crossorigin>' in home
    assert 'class="face-fraunces"' in home
    (sheet,) = [content.decode() for path, content in found.items() if path.startswith("assets/portal.")]
    assert f'url("{path.removeprefix("assets/")}")' in sheet
    assert "font-display: optional" in sheet


@pytest.mark.parametrize("name", [None, *FONTS])
def test_no_other_face_asks_for_a_file(name: str | None) -> None:
    brand = settings(brand={"display_font": name} if name else {}).brand
    shipped = face(THEME, brand)
    assert (shipped is not None) == (name == _SHIPPED)
    assert ("@font-face" in style_sheet(THEME, brand, shipped).content.decode()) == (name == _SHIPPED)


def test_sealed_pages_load_no_face(tmp_path: Path) -> None:
    public = public_portal(FRAUNCES)
    shop = workshop(public, plan(public), Surroundings(tmp_path, THEME, {}))
    assert isinstance(shop, Workshop)
    assert "@font-face" in shop.styles.content.decode()
    common = shell(shop)
    assert not re.search("@font-face|woff2", common.owners.element + common.link.element)


def test_every_indexed_page_has_a_picture_for_those_who_share_it(tmp_path: Path) -> None:
    found = files(tmp_path, PORTAL)
    home = found["index.html"].decode()
    (path,) = re.findall(r'<meta property="og:image" content="https?://[^/"]+/([^"]+)">', home)
    assert found[path][:4] == b"\x89PNG"
    assert '<meta property="og:image:width" content="1200">\n<meta property="og:image:height" content="630">' in home
    assert '<meta name="twitter:card" content="summary_large_image">' in home
    assert re.search(r'<meta property="og:image:alt" content="[^"]+">', home)
    thanks = found["refer/thanks/index.html"].decode()
    assert "og:image" not in thanks


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_a_look_is_a_brand_and_tokens_alone(look: Path) -> None:
    assert sorted(path.relative_to(look).as_posix() for path in look.rglob("*") if path.is_file()) == [
        "portal.yaml",
        "styles/extra.css",
    ]
    css = (look / "styles" / "extra.css").read_text(encoding="utf-8")
    declared = re.fullmatch(r"@layer tokens \{\n  :root \{\n((?:    --[a-z-]+: [^;{}]+;\n)+)  \}\n\}\n", css)
    assert declared is not None
    known = set(re.findall(r"--([a-z-]+):", THEME.style("tokens.css")))
    assert set(re.findall(r"^    --([a-z-]+):", declared[1], re.MULTILINE)) <= known


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_a_look_can_be_read(look: Path) -> None:
    brand = settings(brand=yaml.safe_load((look / "portal.yaml").read_text(encoding="utf-8"))["brand"]).brand
    assert brand.primary is not None
    assert brand.accent is not None
    assert brand.display_font in FONTS
    assert contrast(brand.accent, brand.primary) >= 3
    css = (look / "styles" / "extra.css").read_text(encoding="utf-8")
    six = {name: values for name, *values in re.findall(r"--([a-z-]+): light-dark\((#[0-9a-f]+), (#[0-9a-f]+)\)", css)}
    shades = {name: [_six(value) for value in values] for name, values in six.items()}
    base = {"ink": ["#1a1f22", "#f1eee8"], "ink-soft": ["#555d62", "#b4bbbf"], "line-strong": ["#757c81", "#8b949a"]}
    for mode in (0, 1):
        for surface in ("page", "surface", "sunken"):
            ground = shades[surface][mode]
            limit, end = ((LIGHT_PAGE, "#000000"), (DARK_PAGE, "#ffffff"))[mode]
            assert contrast(ground, end) >= contrast(limit, end)
            for text, least in (("ink", 4.5), ("ink-soft", 4.5), ("line-strong", 3)):
                assert contrast({**base, **shades}[text][mode], ground) >= least, (text, surface, mode)


def test_there_are_three_looks() -> None:
    assert [look.name for look in LOOKS] == ["counsel", "neighbour", "workshop"]


def _six(shade: str) -> str:
    return shade if len(shade) == 7 else "#" + "".join(digit * 2 for digit in shade[1:])
