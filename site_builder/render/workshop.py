"""What it takes to render one portal, set up once: templates, words, pictures, drawings, styles, and what every template sees."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from jinja2 import Environment, TemplateError
from markupsafe import Markup as SafeMarkup

from site_builder.calendars import reminder_calendar
from site_builder.codes import problem
from site_builder.headers import base_path, content_security_policy, meta_policy
from site_builder.markup import Markup
from site_builder.model.public import PublicEvent, PublicPortal
from site_builder.page import Artifact, Page, Sheet
from site_builder.pages import KINDS
from site_builder.pages.private import PRIVATE_KINDS
from site_builder.problem import Problem, Source
from site_builder.reasons import Speaker, reason, said
from site_builder.render.assets import Scripts, face, style_sheet
from site_builder.render.brandicons import Icons
from site_builder.render.contract import Filled, public_page, unkept
from site_builder.render.drawings import Drawings
from site_builder.render.languages import Languages
from site_builder.render.pictures import Pictures
from site_builder.render.plaintext import plain_text
from site_builder.render.site import RELOAD, Addresses, LockView, Site, colours, menu
from site_builder.render.socialimages import SocialImages
from site_builder.render.templates import environment, mistake
from site_builder.render.theme import Theme
from site_builder.rules.reminders import Reminder
from site_builder.words import CatalogueError, Words, direction

_RAISED = (TemplateError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What a template can raise; where the template is ours it is raised again."""

LOCK = "private/lock.html"
"""The template around every sealed page."""
_FILLED = (
    *map(public_page, KINDS),
    *(Filled(kind.name, kind.template, {"sheet": Sheet, "view": kind.view}) for kind in PRIVATE_KINDS),
    Filled("lock", LOCK, {"lock": LockView}),
)
"""Every template that is filled by name, and what it sees."""


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


@dataclass(frozen=True)
class Voice:
    """One language: the templates with its words, and what they see as `site`."""

    env: Environment
    site: Site
    words: Words


@dataclass(frozen=True)
class Workshop:
    """Everything set up. voices: by language, "" for the portal's own.

    Pictures, scripts, icons and drawings remember what pages asked for, and only that is published.
    """

    public: PublicPortal
    around: Surroundings
    styles: Artifact
    face: Artifact | None
    pictures: Pictures
    scripts: Scripts
    icons: Icons
    social: SocialImages
    drawings: Drawings
    voices: Mapping[str, Voice]

    @property
    def site(self) -> Site:
        """What templates see as `site` in the portal's own language."""
        return self.voices[""].site

    def filled(self, template: str, lang: str = "", **sees: object) -> str | Problem:
        """Return a template filled with what it sees; a mistake in the portal's own theme is a problem, one of ours is raised.

        lang: the language it speaks, "" for the portal's own.
        """
        voice = self.voices[lang]
        try:
            return voice.env.get_template(template).render(site=voice.site, **sees)
        except _RAISED as error:
            found = mistake(error, self.around.theme, self.around.portal, template)
            if found is None:
                raise
            return found


def workshop(
    public: PublicPortal, pages: tuple[Page[object], ...], around: Surroundings, translations: Iterable[PublicPortal] = ()
) -> Workshop | tuple[Problem, ...]:
    """Set everything up; problems where the portal's own theme cannot be used.

    pages: those that may be linked to; translations: the portal in each further language.
    """
    unreadable = around.theme.faults(around.portal)
    if unreadable:
        return unreadable
    settings = public.settings
    base = base_path(settings)
    pictures = Pictures(public.media, around.contents, settings.brand, base=base, cache=around.cache)
    scripts = Scripts(around.theme, base)
    drawings = Drawings(around.cache)
    icons = Icons(settings.name[:1].upper(), colours(settings.brand), base, drawings)
    social = SocialImages(settings.name, colours(settings.brand), base, drawings, around.theme.words_face)
    shipped = face(around.theme, settings.brand)
    styles = style_sheet(around.theme, settings.brand, shipped)
    functions: dict[str, Callable[..., object]] = {
        "picture": pictures.picture,
        "portrait_of": pictures.portrait,
        "script": scripts.script,
        "style": scripts.style,
        "qr": partial(_qr, drawings),
        "icon_png": icons.icon,
        "social_image": social.picture,
    }
    told = (public, *translations)
    locales = {each.lang: each.settings.locale for each in told}
    voices: dict[str, Voice] = {}
    for each in told:
        words = _words(each, around)
        if isinstance(words, Problem):
            return (words,)
        addresses = Addresses(settings.base_url, base, pages, each.lang)
        languages = Languages(locales, pages, addresses, public.drafts)
        markup = Markup(addresses.resolve, pictures.in_prose)
        spoken: dict[str, Callable[..., object]] = {
            "url_for": addresses.url_for,
            "has": addresses.has,
            "absolute": addresses.absolute,
            "canonical": addresses.canonical,
            "alternates": languages.alternates,
            "choices": languages.choices,
            "plain": partial(_plain, markup),
            "calendar": partial(_calendar, each, markup, drawings),
            "reminder_calendar": partial(_reminders, each, words),
            **_reasons(each.settings.locale, settings.currency, words),
        }
        env = environment(around.theme, words=words, markup=markup, functions={**functions, **spoken}, cache=around.cache)
        site = _site(each, pages, addresses, stylesheet=base + styles.path, preview=around.preview)
        voices[each.lang] = Voice(env, replace(site, face=base + shipped.path) if shipped is not None else site, words)
    if nameless := unkept(voices[""].env, _FILLED, around.theme, portal=around.portal, cache=around.cache):
        return nameless
    return Workshop(public, around, styles, shipped, pictures, scripts, icons, social, drawings, voices)


def _words(public: PublicPortal, around: Surroundings) -> Words | Problem:
    """Return the theme's words in the portal's language; a problem where the portal's own catalogue cannot be read."""
    settings = public.settings
    try:
        return Words(settings.locale, settings.currency, around.theme.catalogues())
    except CatalogueError as error:
        if around.theme.own is None or not error.path.is_relative_to(around.theme.own):
            raise
        source = Source(error.path.relative_to(around.portal).as_posix())
        return problem("D005", source, "the catalogue cannot be read", hint="msgfmt --check names the line")


def _reasons(locale: str, currency: str, words: Words) -> Mapping[str, Callable[..., object]]:
    """Return what says why a reward is what it is, in the portal's language."""
    speaker = Speaker(locale, currency, words)
    return {"reason": partial(reason, speaker=speaker), "said": partial(said, speaker=speaker)}


def _plain(markup: Markup, text: str) -> str:
    """Return an owner's prose as plain text."""
    return plain_text(markup.clean(text).html)


def _qr(drawings: Drawings, address: str, title: str, place: str = "") -> SafeMarkup:
    # What gettext put together is escaped already, and what is drawn escapes it.
    plain = title.unescape() if isinstance(title, SafeMarkup) else title
    return SafeMarkup(drawings.code(address, plain, place))  # noqa: S704  # drawn by us, its title escaped


def _calendar(public: PublicPortal, markup: Markup, drawings: Drawings, event: PublicEvent, url: str) -> SafeMarkup:
    """Return the calendar of an event that stands at url; a calendar has escapes of its own, those of HTML would be shown."""
    words = _plain(markup, "\n\n".join(part for part in (event.for_, event.body) if part))
    return SafeMarkup(  # noqa: S704  # no HTML
        drawings.calendar(event, words=words, url=url, name=public.settings.name, as_of=public.as_of)
    )


def _reminders(public: PublicPortal, words: Words, found: Sequence[Reminder]) -> str:
    """Return days to remember as a calendar file; private, so it is remembered nowhere."""
    settings = public.settings
    return reminder_calendar(found, base_url=settings.base_url, name=settings.name, as_of=public.as_of, translations=words)


def _site(public: PublicPortal, pages: tuple[Page[object], ...], addresses: Addresses, *, stylesheet: str, preview: bool) -> Site:
    settings = public.settings
    indexed = (page for page in pages if page.indexed and page.path.endswith(".html"))
    return Site(
        name=settings.name,
        tagline=settings.tagline,
        promise=public.positioning.promise,
        base_url=settings.base_url,
        lang=settings.locale,
        currency=settings.currency,
        contact=settings.contact,
        legal=settings.legal,
        brand=settings.brand,
        colours=colours(settings.brand),
        demo=settings.demo,
        as_of=public.as_of,
        nav=menu(tuple(page for page in pages if page.lang == public.lang), addresses),
        indexed=tuple(sorted(addresses.canonical(page) for page in indexed)),
        stylesheet=stylesheet,
        csp=meta_policy(content_security_policy(settings, preview=preview)),
        search_csp=meta_policy(content_security_policy(settings, preview=preview, searches=True)),
        preview=preview,
        reload=addresses.rooted(RELOAD),
        dir=direction(settings.locale),
        base=addresses.rooted("/"),
    )
