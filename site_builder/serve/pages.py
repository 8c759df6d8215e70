"""The preview's own pages: what is wrong and how to mend it, and that nothing was sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Final

from site_builder.codes import CODES
from site_builder.problem import Problem, Severity
from site_builder.report.as_text import located
from site_builder.report.counts import tally
from site_builder.report.crash import Crash
from site_builder.report.excerpt import Excerpt
from site_builder.report.shown import shown

OWN: Final = "__portal/"
"""Where the preview's own files stand, below the base path."""
POLICY: Final = (
    "default-src 'none'; base-uri 'none'; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; "
    "script-src 'self'; style-src 'self'"
)
_MOST: Final = 20


def mistakes_page(problems: Iterable[Problem], excerpts: Mapping[Problem, Excerpt], base: str, *, is_first: bool) -> str:
    """Return the page about errors, with the lines they stand in. is_first: there is no good site behind it yet."""
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    told = "".join(_problem(problem, excerpts.get(problem)) for problem in errors[:_MOST])
    more = f"<p>And {len(errors) - _MOST} more; portal check tells all of them.</p>" if len(errors) > _MOST else ""
    behind = "" if is_first else " Pictures and styles still come from the last good site."
    lead = f'<p class="lead">Mend it and save: this page goes away by itself.{behind}</p>'
    return _page(f"{tally(errors).capitalize()} to mend", f"{lead}{told}{more}", base)


def crash_page(crash: Crash, base: str) -> str:
    """Return the page about a mistake of ours: its type and place, and no value it met."""
    body = (
        '<p class="lead">This is a mistake in portal, not in your files.</p>'
        f'<article><h2>{escape(crash.kind)}</h2><p class="message">{escape(crash.place)}</p>'
        f'<p class="hint">Please report these two lines. Undo what you saved last to go on.</p></article>'
    )
    return _page("The portal could not be built", body, base)


def not_sent_page(base: str) -> str:
    """Return the page that follows a form in the preview."""
    body = (
        '<p class="lead">On the published portal the form goes to its back end, and its sender comes to the page of thanks.</p>'
        f'<p><a href="{escape(base)}refer/thanks/">Go on to the page of thanks</a></p>'
    )
    return _page("In the preview nothing is sent", body, base)


def _page(title: str, body: str, base: str) -> str:
    own = escape(base + OWN)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="{own}preview.css">'
        f'<script src="{own}reload.js" defer></script></head>'
        f"<body><main><h1>{escape(title)}</h1>{body}</main></body></html>\n"
    )


def _problem(problem: Problem, excerpt: Excerpt | None) -> str:
    place = located(problem.source)
    lines = f'<pre tabindex="0">{_lines(excerpt)}</pre>' if excerpt is not None else ""
    hint = f'<p class="hint">{escape(shown(problem.hint))}</p>' if problem.hint else ""
    code = CODES.get(problem.code)
    why = f'<p class="why">{escape(problem.code)}, {escape(code.title)}: {escape(code.why)}</p>' if code is not None else ""
    return f'<article><h2>{escape(place)}</h2><p class="message">{escape(shown(problem.message))}</p>{lines}{hint}{why}</article>'


def _lines(excerpt: Excerpt) -> str:
    caret = f"\n{' ' * excerpt.caret}^" if excerpt.caret is not None else ""
    return f"{escape(excerpt.text)}{caret}"
