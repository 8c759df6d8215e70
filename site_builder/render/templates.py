"""The Jinja2 environment: what templates can ask for, and whose mistake it is when one cannot be rendered."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from jinja2 import (
    BaseLoader,
    BytecodeCache,
    ChoiceLoader,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.bccache import Bucket
from jinja2.filters import do_urlencode
from markupsafe import Markup as SafeMarkup

from site_builder.codes import problem
from site_builder.markup import Markup
from site_builder.problem import Problem, Source
from site_builder.render.theme import DEFAULT, Theme
from site_builder.words import Words

_NO_ATTRIBUTE = re.compile(r"'[\w.]+ object' has no attribute '(\w+)'")


class _Memory(BytecodeCache):
    """Compiled templates by what they were compiled from: several languages, and several builds of one process, share them."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        known = self._known.get((bucket.key, bucket.checksum))
        if known is not None:
            bucket.bytecode_from_string(known)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


_COMPILED = _Memory()


def environment(
    theme: Theme,
    *,
    words: Words,
    markup: Markup,
    functions: Mapping[str, Callable[..., object]],
    cache: Path | None,
) -> Environment:
    """Return the environment of one build. functions: what templates can call; cache: a folder for compiled templates."""
    default = FileSystemLoader(theme.default / "templates")
    loaders: list[BaseLoader] = [FileSystemLoader(folder / "templates") for folder in theme.folders]
    env = Environment(
        loader=ChoiceLoader([*loaders, PrefixLoader({DEFAULT: default})]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
        extensions=["jinja2.ext.i18n"],
        bytecode_cache=FileSystemBytecodeCache(str(cache), "%s.jinja") if cache else _COMPILED,
    )
    env.install_gettext_callables(words.gettext, words.ngettext, newstyle=True)  # type: ignore[attr-defined]  # the i18n extension adds it
    env.globals.update(functions)
    env.filters.update(
        markdown=lambda text: SafeMarkup(markup.clean(text).html),  # noqa: S704  # the sanitiser's own markup
        date=words.date,
        date_short=words.date_short,
        month=words.month,
        month_short=words.month_short,
        money=words.money,
        number=words.number,
        percent=words.percent,
        urlencode=_encoded,
    )
    return env


def _encoded(words: str) -> str:
    """Return words as part of an address. What gettext put together is escaped for HTML, which an address is not."""
    return do_urlencode(words.unescape() if isinstance(words, SafeMarkup) else words)


def mistake(error: Exception, theme: Theme, portal: Path, template: str) -> Problem | None:
    """Return the problem behind a template's error; None when the error is ours and should be raised."""
    if theme.own is None:
        return None
    path, line = _place(error, theme.own)
    source = Source(path.relative_to(portal).as_posix(), line)
    if isinstance(error, TemplateSyntaxError):
        return unreadable(source, error)
    if isinstance(error, TemplateNotFound):
        return problem("A202", source, f"there is no template {error.name}", hint="themes/default/templates/ lists them")
    message = f"{template} cannot be rendered: {_reason(error)}"
    return problem("A202", source, message, hint="the theme guide lists what a template sees")


def unreadable(source: Source, error: TemplateSyntaxError) -> Problem:
    """Return the problem of a template that is none."""
    return problem("A201", source, f"the template cannot be read: {error.message}", hint="mend it as Jinja2 describes")


def _reason(error: Exception) -> str:
    """Say in a template author's words why a template failed; names of our classes mean nothing to them."""
    if isinstance(error, RecursionError):
        return "it extends or includes itself"
    said = (error.message or "") if isinstance(error, TemplateError) else str(error)
    missing = _NO_ATTRIBUTE.fullmatch(said)
    return f'there is no "{missing[1]}" in what it sees' if missing else said


def _place(error: Exception, own: Path) -> tuple[Path, int]:
    """Return the file and line in the portal's own theme that an error comes from; the theme's folder when none was on its way.

    The default theme renders by itself: what fails in it fails by what the own theme changed underneath.
    """
    if isinstance(error, TemplateSyntaxError) and error.filename and Path(error.filename).is_relative_to(own):
        return Path(error.filename), error.lineno
    found = (own, 0)
    trace = error.__traceback__
    while trace:
        name = Path(trace.tb_frame.f_code.co_filename)
        if name.is_relative_to(own):
            found = (name, trace.tb_lineno)
        trace = trace.tb_next
    return found
