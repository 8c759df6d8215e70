"""The theme's words that are not translated: on a page that says it is in another language, they are said in English."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError

from site_builder.codes import problem
from site_builder.model.settings import Settings
from site_builder.problem import Problem, Source
from site_builder.render.theme import Theme
from site_builder.render.workshop import Workshop
from site_builder.words import words_in

_SHOWN = 3
"""Words quoted in a message; the rest is a number."""


def wordless(shop: Workshop, settings: Settings) -> Iterator[Problem]:
    """Yield a problem for each of the portal's languages that words of its theme are not translated into."""
    theme = shop.around.theme
    said: tuple[str, ...] | None = None
    for lang, voice in shop.voices.items():
        source, field = (Source(f"content/{lang}"), "") if lang else (settings.at("locale"), "locale")
        if not theme.speaks(voice.site.lang):
            message = f"the theme has no words in {voice.site.lang}; they are said in English"
            hint = "add themes/NAME/words/LANG.po with the words of en.po translated"
            yield problem("A105", source, message, hint=hint if lang else f"{hint}, or write locale: en-GB", field=field)
            continue
        if voice.words.language == "en":
            continue
        said = said or theme_words(theme)
        missing = voice.words.lacks(said)
        if missing:
            hint = f"add what is missing to themes/NAME/words/{voice.words.language}.po"
            message = f"{_listed(missing)} in {voice.site.lang}; English stands there"
            yield problem("A105", source, message, hint=hint, field=field)


def theme_words(theme: Theme) -> tuple[str, ...]:
    """Return the words a theme says: those of the default theme, and those of the portal's own templates."""
    found = dict.fromkeys(words_in(theme.default / "words" / "en.po"))
    if theme.own is not None:
        for path in sorted((theme.own / "templates").rglob("*.html")):
            found |= dict.fromkeys(_said_in(path))
    return tuple(found)


def _said_in(path: Path) -> Iterator[str]:
    """Yield the words of a template; none of one that cannot be read, which is a problem of its own."""
    reader = Environment(autoescape=True, extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True)
    try:
        found = list(reader.extract_translations(path.read_text(encoding="utf-8")))  # type: ignore[attr-defined]  # the extension adds it
    except TemplateSyntaxError:
        return
    for _line, _function, message in found:
        words = message if isinstance(message, str) else message[0]
        if words:
            yield words


def _listed(words: tuple[str, ...]) -> str:
    quoted = ", ".join(f'"{each}"' for each in words[:_SHOWN])
    if len(words) == 1:
        return f"the theme has no word for {quoted}"
    more = f" and {len(words) - _SHOWN} more" if len(words) > _SHOWN else ""
    return f"the theme has no words for {quoted}{more}"
