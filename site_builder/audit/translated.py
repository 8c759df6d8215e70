"""What was translated and is not there to be shown (any more), and what stands in a language's folder in vain."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from site_builder.audit.said import said
from site_builder.codes import problem
from site_builder.model.content import Document
from site_builder.model.portal import Portal
from site_builder.problem import Problem, Source
from site_builder.rules.languages import own_languages


def untranslated(portal: Portal) -> Iterator[Problem]:
    """Yield a problem for each translation whose text stands in no public field of data/, and for folders in the own language."""
    for lang in own_languages(portal):
        message = f"content/{lang} is in the portal's own language, so nothing reads it"
        yield problem("D006", Source(f"content/{lang}"), message, hint="move what it holds into content/ itself")
    if not portal.translations:
        return
    texts = {each.text for each in said(portal) if each.public and not isinstance(each.whole, Document)}
    for language in portal.translations:
        for text, source in language.sources.items():
            if text not in texts:
                # Neither quotes what is private: the text itself may be, what comes near it is not.
                near = difflib.get_close_matches(text, texts, n=1)
                hint = f'did you mean "{near[0]}"?' if near else "copy the text as it stands in data/, or take the line out"
                yield problem("A106", source, "no public text in data/ reads like this", hint=hint)
