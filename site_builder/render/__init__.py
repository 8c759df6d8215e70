"""Pages become files: a template and a view make an artifact; the style sheet and the pictures used come with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from jinja2 import Environment, TemplateError
from markupsafe import Markup as SafeMarkup

from site_builder.codes import problem
from site_builder.headers import base_path, content_security_policy, meta_policy, server_files
from site_builder.markup import Markup
from site_builder.model.public import PublicEvent, PublicPortal
from site_builder.page import Artifact, Page
from site_builder.pages import KINDS
from site_builder.problem import Problem, Source
from site_builder.render.assets import Scripts, style_sheet
from site_builder.render.brandicons import Icons
from site_builder.render.contract import unkept
from site_builder.render.drawings import Drawings
from site_builder.render.pictures import Pictures
from site_builder.render.plaintext import plain_text
from site_builder.render.site import RELOAD, Addresses, Site, colours, menu
from site_builder.render.templates import environment, mistake
from site_builder.render.theme import Theme
from site_builder.words import CatalogueError, Words

_RAISED = (TemplateError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What a template can raise; where the template is ours it is raised again."""


@dataclass(frozen=True)
class Surroundings:
    """What rendering needs beside the portal. portal: its folder; cache: None for none.

    contents: the pictures by name; drawings are safe to publish, others are made anew before they are.
    """

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
    pictures = Pictures(public.media, around.contents, settings.brand, base=base, cache=around.cache)
    scripts = Scripts(around.theme, base)
    drawings = Drawings(around.cache)
    icons = Icons(settings.name[:1].upper(), colours(settings.brand), base, drawings)
    markup = Markup(addresses.resolve, pictures.in_prose)
    styles = style_sheet(around.theme, settings.brand)
    env = environment(
        around.theme,
        words=words,
        markup=markup,
        functions={
            "url_for": addresses.url_for,
            "has": addresses.has,
            "absolute": addresses.absolute,
            "canonical": addresses.canonical,
            "picture": pictures.picture,
            "portrait_of": pictures.portrait,
            "script": scripts.script,
            "plain": partial(_plain, markup),
            "qr": partial(_qr, drawings),
            "calendar": partial(_calendar, public, markup, drawings),
            "icon_png": icons.icon,
        },
        cache=around.cache,
    )
    if nameless := unkept(env, KINDS, around.theme, portal=around.portal, cache=around.cache):
        return (), nameless
    site = _site(public, pages, addresses, stylesheet=base + styles.path, preview=around.preview)
    files, mistakes = _files(env, site, pages, around)
    drawings.forget_others()
    problems = (*mistakes, *pictures.problems)
    policy = content_security_policy(settings, preview=around.preview)
    behind = Source("data/portal.yaml")
    told = (Artifact(path, text.encode(), behind) for path, text in server_files(public, policy).items())
    return (*files, styles, *scripts.artifacts(), *icons.artifacts(), *pictures.artifacts(), *told), problems


def _plain(markup: Markup, text: str) -> str:
    """Return an owner's prose as plain text."""
    return plain_text(markup.clean(text).html)


def _qr(drawings: Drawings, address: str, title: str) -> SafeMarkup:
    # What gettext put together is escaped already, and what is drawn escapes it.
    plain = title.unescape() if isinstance(title, SafeMarkup) else title
    return SafeMarkup(drawings.code(address, plain))  # noqa: S704  # drawn by us, its title escaped


def _calendar(public: PublicPortal, markup: Markup, drawings: Drawings, event: PublicEvent, url: str) -> SafeMarkup:
    """Return the calendar of an event that stands at url; a calendar has escapes of its own, those of HTML would be shown."""
    words = _plain(markup, "\n\n".join(part for part in (event.for_, event.body) if part))
    return SafeMarkup(  # noqa: S704  # no HTML
        drawings.calendar(event, words=words, url=url, name=public.settings.name, as_of=public.as_of)
    )


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
