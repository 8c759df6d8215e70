"""Pages become files: a template and a view make an artifact; the style sheet and the pictures used come with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from site_builder.headers import Inline, content_security_policy, server_files
from site_builder.page import Artifact, Page, Sheet
from site_builder.pages.search import SEARCH_INDEX
from site_builder.problem import Problem, Source
from site_builder.render.workshop import Surroundings, Workshop, workshop

__all__ = ("Surroundings", "Unsealed", "Workshop", "private_pages", "public_files", "workshop")


@dataclass(frozen=True, slots=True)
class Unsealed:
    """A private page that anybody could read: no artifact, so that nothing publishes it. html: what stands inside <main>."""

    sheet: Sheet[object]
    html: str

    def __repr__(self) -> str:
        """Show nothing of what it says."""
        return f"Unsealed({self.sheet.kind})"


def public_files(
    shop: Workshop, pages: tuple[Page[object], ...], inline: Inline | None = None
) -> tuple[tuple[Artifact, ...], tuple[Problem, ...]]:
    """Return every public file, and the mistakes in the portal's own templates; a page with a mistake has no file.

    inline: what stands in the sealed pages beside these, None where there are none.
    """
    files: list[Artifact] = []
    problems: dict[Problem, None] = {}
    for page in pages:
        content = shop.filled(page.template, page.lang, page=page, view=page.view)
        if isinstance(content, Problem):
            problems[content] = None
        else:
            files.append(Artifact(page.path, content.encode(), page.source))
    shop.drawings.forget_others()
    searches = any(page.kind == SEARCH_INDEX.name for page in pages)
    policy = content_security_policy(shop.public.settings, preview=shop.around.preview, searches=searches)
    behind = Source("data/portal.yaml")
    told = (Artifact(path, text.encode(), behind) for path, text in server_files(shop.public, policy, inline).items())
    used = (*shop.scripts.artifacts(), *shop.icons.artifacts(), *shop.social.artifacts(), *shop.pictures.artifacts())
    styled = (shop.styles, shop.face) if shop.face else (shop.styles,)
    return (*files, *styled, *used, *told), (*problems, *shop.pictures.problems)


def private_pages(shop: Workshop, sheets: Iterable[Sheet[object]]) -> tuple[tuple[Unsealed, ...], tuple[Problem, ...]]:
    """Return the private pages, each to be sealed before it goes anywhere, and the mistakes in the portal's own templates."""
    made: list[Unsealed] = []
    problems: dict[Problem, None] = {}
    for sheet in sheets:
        html = shop.filled(sheet.template, sheet=sheet, view=sheet.view)
        if isinstance(html, Problem):
            problems[html] = None
        else:
            made.append(Unsealed(sheet, html))
    return tuple(made), tuple(problems)
