"""A: the finished pages. B: publishing them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from site_builder.codes.kind import ERROR, NOTE, WARNING, Code

_PAGES = "Referral Portal: the finished pages"
_THEMES = "Referral Portal: themes"
_PUBLISHING = "Referral Portal: publishing"

FINISHED: Mapping[str, Code] = MappingProxyType(
    {
        # The finished pages
        "A101": Code(
            ERROR,
            "a link inside the portal leads nowhere",
            "A visitor who meets a dead end does not come back.",
            _PAGES,
        ),
        "A102": Code(
            ERROR,
            "a link to a place that its page does not have",
            "The visitor lands somewhere else.",
            _PAGES,
        ),
        "A103": Code(
            ERROR,
            "an id stands on one page twice",
            "Links and labels would reach the wrong one.",
            _PAGES,
        ),
        "A104": Code(
            WARNING,
            "what the portal's policy blocks",
            "Inline scripts and styles, and scripts and pictures from elsewhere, are refused by the visitor's browser.",
            _PAGES,
        ),
        "A105": Code(
            WARNING,
            "a language the theme has no words in",
            "The theme's words are English then, on pages that say they are not.",
            _PAGES,
        ),
        "A106": Code(
            WARNING,
            "a translation of a text there is not",
            "The text was changed since: visitors now read it in the portal's own language, on a page in theirs.",
            _PAGES,
        ),
        "A107": Code(
            WARNING,
            "a draft of a language there is not",
            "A slip here publishes a language that is still being translated.",
            _PAGES,
        ),
        "A201": Code(ERROR, "a template that cannot be read", "No page can be made from it.", _THEMES),
        "A202": Code(ERROR, "a template that cannot be rendered", "It asks for something there is not.", _THEMES),
        "A203": Code(
            ERROR,
            "a template names what there is not",
            "It would fail on the day its branch is first taken, in front of visitors.",
            _THEMES,
        ),
        "A301": Code(
            ERROR,
            "something private on a public page",
            "What was told in confidence is the one thing that cannot be called back.",
            "Referral Portal: private unless listed",
        ),
        "A302": Code(
            NOTE,
            "an accepted leak that is found nowhere",
            "An exception that outlives its reason would let the next slip through.",
            "Referral Portal: private unless listed",
        ),
        # Publishing
        "B101": Code(
            ERROR,
            "the output folder was not made by portal",
            "Publishing replaces the folder; nothing of yours may be lost.",
            _PUBLISHING,
        ),
        "B102": Code(
            ERROR,
            "too many pages would vanish",
            "More than a fifth at once is more often a slip than a wish.",
            _PUBLISHING,
        ),
        "B103": Code(
            ERROR,
            "an unsuitable output folder",
            "Publishing there would overwrite something else.",
            _PUBLISHING,
        ),
        "B104": Code(ERROR, "files in the output that portal did not write", "They would be lost.", _PUBLISHING),
        "B105": Code(ERROR, "the output cannot be written", "The former output stays as it was.", _PUBLISHING),
        "B106": Code(ERROR, "another build is publishing", "Two at once could mix their pages.", _PUBLISHING),
    }
)
