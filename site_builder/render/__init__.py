"""Pages become files: a template and a view make an artifact; the style sheet and the pictures used come with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, TemplateError

from site_builder.codes import problem
from site_builder.headers import base_path, content_security_policy, headers_file, meta_policy
from site_builder.markup import Markup
from site_builder.model.public import PublicPortal
from site_builder.page import Artifact, Page
from site_builder.problem import Problem, Source
from site_builder.render.assets import Pictures, Scripts, style_sheet
from site_builder.render.site import RELOAD, Addresses, Site, colours, menu
from site_builder.render.templates import environment, mistake
from site_builder.render.theme import Theme
from site_builder.words import CatalogueError, Words

_RAISED = (TemplateError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What a template can raise; where the template is ours it is raised again."""


@dataclass(frozen=True)
class Surroundings:
    """What rendering needs beside the portal. portal: its folder; contents: the pictures' safe bytes; cache: None for none."""

    portal: Path
    theme: Theme
    contents: Mapping[str, bytes]
    cache: Path | None = None
    preview: bool = False


def render(
    public: PublicPortal, pages: tuple[Page[object], ...], around: Surroundings
) -> tuple[tuple[Artifact, ...], tuple[Problem, ...]]:
    """Return every public file, and the mistakes in the portal's own templates; a page with a mistake has no file."""
    unreadable = around.theme.faults(around.portal)
    if unreadable:
        return (), unreadable
    settings = public.settings
    try:
        words = Words(settings.locale, settings.currency, around.theme.catalogues())
    except CatalogueError as error:
        if around.theme.own is None or not error.path.is_relative_to(around.theme.own):
            raise
        source = Source(error.path.relative_to(around.portal).as_posix())
        return (), (problem("D005", source, "the catalogue cannot be read", hint="msgfmt --check names the line"),)
    base = base_path(settings)
    addresses = Addresses(settings.base_url, base, pages)
    pictures = Pictures(public.media, around.contents, base)
    scripts = Scripts(around.theme, base)
    styles = style_sheet(around.theme, settings.brand)
    env = environment(
        around.theme,
        words=words,
        markup=Markup(_resolver(addresses, pictures)),
        functions={
            "url_for": addresses.url_for,
            "has": addresses.has,
            "absolute": addresses.absolute,
            "canonical": addresses.canonical,
            "picture": pictures.picture,
            "script": scripts.script,
        },
        cache=around.cache,
    )
    site = _site(public, pages, addresses, stylesheet=base + styles.path, preview=around.preview)
    files, problems = _files(env, site, pages, around)
    policy = content_security_policy(settings, preview=around.preview)
    headers = Artifact("_headers", headers_file(settings, policy).encode())
    return (*files, styles, *scripts.artifacts(), *pictures.artifacts(), headers), problems


def _files(
    env: Environment, site: Site, pages: tuple[Page[object], ...], around: Surroundings
) -> tuple[tuple[Artifact, ...], tuple[Problem, ...]]:
    files: list[Artifact] = []
    problems: dict[Problem, None] = {}
    for page in pages:
        try:
            content = env.get_template(page.template).render(page=page, site=site, view=page.view).encode()
        except _RAISED as error:
            found = mistake(error, around.theme, around.portal, page.template)
            if found is None:
                raise
            problems[found] = None
        else:
            files.append(Artifact(page.path, content, page.source))
    return tuple(files), tuple(problems)


def _resolver(addresses: Addresses, pictures: Pictures) -> Callable[[str, str], str]:
    def resolve(attribute: str, address: str) -> str:
        if attribute == "src" and (found := pictures.picture(address)):
            return found.url
        return addresses.resolve(address)

    return resolve


def _site(public: PublicPortal, pages: tuple[Page[object], ...], addresses: Addresses, *, stylesheet: str, preview: bool) -> Site:
    settings = public.settings
    indexed = (page for page in pages if page.indexed and page.path.endswith(".html"))
    return Site(
        name=settings.name,
        tagline=settings.tagline,
        base_url=settings.base_url,
        lang=settings.locale,
        currency=settings.currency,
        contact=settings.contact,
        legal=settings.legal,
        brand=settings.brand,
        colours=colours(settings.brand),
        demo=settings.demo,
        as_of=public.as_of,
        nav=menu(pages, addresses),
        indexed=tuple(sorted(addresses.canonical(page) for page in indexed)),
        stylesheet=stylesheet,
        csp=meta_policy(content_security_policy(settings, preview=preview)),
        preview=preview,
        reload=addresses.rooted(RELOAD),
    )
