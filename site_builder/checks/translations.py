"""Documents in a further language that translate nothing: a slip in the file's name (domain, "Documents": content/LANG/…)."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.checks.subject import Subject
from site_builder.codes import problem
from site_builder.problem import Problem, Source
from site_builder.rules.languages import further
from site_builder.rules.translations import strays, unmatched
from site_builder.suggest import near


def stray_documents(subject: Subject) -> Iterable[Problem]:
    """Advise on each document of a further language that has no original of its name in the portal's own."""
    portal = subject.portal
    for lang in further(portal):
        for stray in strays(portal, lang):
            name = f"{stray.FOLDER}/{stray.slug}.md"
            meant = near(stray.slug, unmatched(portal, stray))
            rename = (
                "give it the name of what it translates; or accept S106 under checks.ignore, if it is for this language alone"
            )
            hint = f"did you mean {meant}.md?" if meant is not None else rename
            message = f"there is no content/{name}, so this translates nothing and no page leads to it from its original"
            yield problem("S106", Source(f"content/{lang}/{name}"), message, hint=hint)
