"""The back ends a form can post to: what each wants, answers and cannot do, as data after its maker's published contract.

No maker's script is used: a form is posted as urlencoded text, by the browser or by the theme's own script. What could not be
verified from the published words stands in `unverified` and in the README.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from urllib.parse import quote, urlsplit

from site_builder.model.public import PublicSettings
from site_builder.model.settings import BackEnd

WEB3FORMS = "https://api.web3forms.com/submit"
URLENCODED = "application/x-www-form-urlencoded"
_JSON = "application/json"
_MISSED = (408, 425, 429, 500, 502, 503, 504)
"""Answers after which the same words may be sent again: too slow, too many, not now (RFC 9110, 15.5 and 15.6; RFC 6585, 4)."""

Pairs = tuple[tuple[str, str], ...]
"""Names and values, in the order in which they are sent."""


class Reader(StrEnum):
    """How `portal inbox` reads back what arrived; NONE where nobody keeps it."""

    STORE = "store"
    NETLIFY = "netlify"
    FORMSPREE = "formspree"
    WEB3FORMS = "web3forms"
    CUSTOM = "custom"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Contract:
    """What a form has to do for one back end, and what it may expect.

    maker: who receives it for us, "" for the portal's owner themself. needs: the key of form: without which nobody is reached, ""
    for none. attributes: of <form>. honeypot: the field that people leave empty; ticks: whether it is a box. ok: answers that say
    it is kept; retry: those after which to send it again, as after none at all. accept: what a script asks for, "" for the page.
    fetchable: whether a script may post. updates: whether a later snapshot of a referral replaces the former; else both are kept
    and the inbox takes the furthest. redirects: whether a form without a script ends on our thanks page. declares: whether it
    keeps only fields that stand in the HTML of every form of that name. proves: whether it can ask for a proof of work. sources:
    where its maker says so.
    """

    action: Callable[[PublicSettings, str], str]
    hidden: Callable[[PublicSettings, str], Pairs]
    maker: str = ""
    needs: str = ""
    attributes: Pairs = ()
    honeypot: str = "ref_email"
    ticks: bool = False
    enctype: str = URLENCODED
    ok: tuple[int, ...] = (200, 201, 202, 204)
    retry: tuple[int, ...] = _MISSED
    accept: str = _JSON
    fetchable: bool = True
    updates: bool = False
    redirects: bool = True
    declares: bool = False
    proves: bool = False
    reader: Reader = Reader.CUSTOM
    sources: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()

    def form_action(self, settings: PublicSettings) -> str:
        """Return the CSP source the form may post to: an origin, 'self' or mailto:."""
        return _source(self.action(settings, ""))

    def connect(self, settings: PublicSettings) -> str:
        """Return the CSP source a script may post to; "" where none may."""
        return self.form_action(settings) if self.fetchable else ""


def absolute(settings: PublicSettings, thanks_url: str) -> str:
    """Return a path of the portal with scheme and host, for back ends that send the visitor there."""
    parts = urlsplit(settings.base_url)
    return f"{parts.scheme}://{parts.netloc}{thanks_url}"


def _source(action: str) -> str:
    parts = urlsplit(action)
    if parts.scheme == "mailto":
        return "mailto:"
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else "'self'"


def _endpoint(settings: PublicSettings, _thanks_url: str) -> str:
    return settings.form.endpoint or ""


def _nothing(_settings: PublicSettings, _thanks_url: str) -> Pairs:
    return ()


CONTRACTS: Mapping[BackEnd, Contract] = MappingProxyType(
    {
        BackEnd.RECEIVER: Contract(
            action=_endpoint,
            hidden=_nothing,
            needs="endpoint",
            updates=True,
            proves=True,
            reader=Reader.STORE,
        ),
        # The form is found in the page's HTML when the site is deployed, and posts go to any of its pages: ours is the thanks
        # page, which is what a browser without scripts shows next.
        BackEnd.NETLIFY: Contract(
            action=lambda _settings, thanks_url: thanks_url,
            hidden=lambda _settings, _thanks_url: (("form-name", "referral"),),
            maker="Netlify",
            attributes=(("name", "referral"), ("data-netlify", "true"), ("netlify-honeypot", "bot-field")),
            honeypot="bot-field",
            ok=(200,),
            accept="",
            declares=True,
            reader=Reader.NETLIFY,
            sources=(
                "https://docs.netlify.com/manage/forms/setup/",
                "https://docs.netlify.com/forms/spam-filters/",
                "https://github.com/netlify/context-and-tools/blob/main/skills/netlify-forms/SKILL.md",
            ),
            unverified=(
                "the status of an answer over the plan's limit, and of one that its spam filter holds back",
                "whether a post to a page below a path (base_url with a path) is taken like one to the root",
                "what it makes of one form name on many pages; ours all have the same fields",
            ),
        ),
        BackEnd.FORMSPREE: Contract(
            action=_endpoint,
            hidden=lambda settings, thanks_url: (("_next", absolute(settings, thanks_url)),),
            maker="Formspree",
            needs="endpoint",
            honeypot="_gotcha",
            ok=(200,),
            reader=Reader.FORMSPREE,
            sources=(
                "https://help.formspree.io/hc/en-us/articles/360013580813-Honeypot-spam-filtering",
                "https://help.formspree.io/articles/building-your-form/submit-forms-with-javascript-ajax",
                "https://github.com/formspree/formspree-js/blob/main/packages/formspree-core/src/submission.ts",
            ),
            unverified=(
                "whether your plan follows _next; where it does not, a browser without scripts ends on Formspree's own page",
                "whether a form with reCAPTCHA switched on takes posts by script: switch it off, there is a honeypot",
                "the status of an answer over the plan's limit; both steps of a referral count as submissions",
            ),
        ),
        # endpoint: another address for the same contract, as tests and self-hosted copies have.
        BackEnd.WEB3FORMS: Contract(
            action=lambda settings, _thanks_url: settings.form.endpoint or WEB3FORMS,
            hidden=lambda settings, thanks_url: (
                ("access_key", settings.form.access_key or ""),
                ("redirect", absolute(settings, thanks_url)),
            ),
            maker="Web3Forms",
            needs="access_key",
            honeypot="botcheck",
            ticks=True,
            ok=(200,),
            reader=Reader.WEB3FORMS,
            sources=(
                "https://docs.web3forms.com/getting-started/api-reference",
                "https://docs.web3forms.com/getting-started/customizations/redirection",
                "https://docs.web3forms.com/getting-started/customizations/spam-protection/spam-protection",
            ),
            unverified=(
                "the status of an answer when too much was sent; 200, 400 and 500 alone are told",
                "how well its honeypot works: its maker advises a captcha, which we do not use",
                "how long submissions are kept, and on which plans they can be exported",
            ),
        ),
        # A redirect counts as received: a script must not follow it, for the page it leads to allows no foreign readers.
        BackEnd.CUSTOM: Contract(action=_endpoint, hidden=_nothing, needs="endpoint", ok=(200, 201, 202, 204, 302, 303)),
        BackEnd.MAILTO: Contract(
            action=lambda settings, _thanks_url: f"mailto:{quote(settings.contact.email, safe='@+')}",
            hidden=_nothing,
            enctype="text/plain",
            ok=(),
            retry=(),
            accept="",
            fetchable=False,
            redirects=False,
            reader=Reader.NONE,
            sources=("https://www.rfc-editor.org/rfc/rfc6068",),
        ),
    }
)
"""By back end; the receiver is `portal receive`, custom is whatever keeps the fields under their own names."""
