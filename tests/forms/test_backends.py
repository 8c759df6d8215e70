"""Each back end's contract: where the form goes, what is sent along, and what a script may expect."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from site_builder.forms import CONTRACTS, FIELDS, Reader, connect_sources, form_target, is_reserved
from site_builder.model.settings import BackEnd
from tests.forms.making import form, friends, personal, published

URLENCODED = "application/x-www-form-urlencoded"
THANKS = "https://refer.harbour.example/refer/thanks/"
OURS = {"ref_kind", "ref_key", "ref_step", "ref_seq", "ref_ms", "consent_version"}


def theirs(pairs: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """What is sent along for the back end's sake, in its place."""
    return tuple(pair for pair in pairs if pair[0] not in OURS)


@pytest.mark.parametrize(
    ("values", "action", "enctype", "hidden", "target", "connect"),
    [
        ({}, "mailto:hello@harbour.example", "text/plain", (), "mailto:", ()),
        (
            {"backend": "netlify"},
            "/refer/thanks/",
            URLENCODED,
            (("form-name", "referral"), ("referrer", "")),
            "'self'",
            ("'self'",),
        ),
        (
            {"backend": "web3forms", "access_key": "abc-123"},
            "https://api.web3forms.com/submit",
            URLENCODED,
            (("access_key", "abc-123"), ("redirect", THANKS)),
            "https://api.web3forms.com",
            ("https://api.web3forms.com",),
        ),
        (
            {"backend": "web3forms", "endpoint": "https://forms.harbour.example/submit"},
            "https://forms.harbour.example/submit",
            URLENCODED,
            (("access_key", ""), ("redirect", THANKS)),
            "https://forms.harbour.example",
            ("https://forms.harbour.example",),
        ),
        (
            {"backend": "formspree", "endpoint": "https://formspree.io/f/abc"},
            "https://formspree.io/f/abc",
            URLENCODED,
            (("_next", THANKS),),
            "https://formspree.io",
            ("https://formspree.io",),
        ),
        (
            {"backend": "receiver", "endpoint": "https://in.harbour.example:8443/leads?x=1"},
            "https://in.harbour.example:8443/leads?x=1",
            URLENCODED,
            (),
            "https://in.harbour.example:8443",
            ("https://in.harbour.example:8443",),
        ),
        (
            {"backend": "custom", "endpoint": "http://forms.example/a"},
            "http://forms.example/a",
            URLENCODED,
            (),
            "http://forms.example",
            ("http://forms.example",),
        ),
        ({"backend": "custom"}, "", URLENCODED, (), "'self'", ("'self'",)),
    ],
    ids=["mailto", "netlify", "web3forms", "another web3forms", "formspree", "receiver", "custom", "custom without endpoint"],
)
def test_each_back_end_gets_what_it_asks_for(
    values: dict[str, str],
    action: str,
    enctype: str,
    hidden: tuple[tuple[str, str], ...],
    target: str,
    connect: tuple[str, ...],
) -> None:
    found = form(**values)
    assert (found.action, found.enctype, theirs(found.hidden)) == (action, enctype, hidden)
    settings = published(**values)
    assert (form_target(settings), connect_sources(settings)) == (target, connect)


def test_every_back_end_has_a_contract() -> None:
    assert set(CONTRACTS) == set(BackEnd)


def test_the_makers_words_are_cited_and_ours_need_none() -> None:
    cited = {back_end for back_end, contract in CONTRACTS.items() if contract.sources}
    assert cited == set(BackEnd) - {BackEnd.RECEIVER, BackEnd.CUSTOM}
    assert all(urlsplit(source).scheme == "https" for contract in CONTRACTS.values() for source in contract.sources)


@pytest.mark.parametrize(
    ("back_end", "honeypot", "ticks"),
    [
        (BackEnd.RECEIVER, "ref_email", False),
        (BackEnd.CUSTOM, "ref_email", False),
        (BackEnd.NETLIFY, "bot-field", False),
        (BackEnd.FORMSPREE, "_gotcha", False),
        (BackEnd.WEB3FORMS, "botcheck", True),
    ],
)
def test_a_trap_for_robots_has_the_name_its_back_end_knows(back_end: BackEnd, honeypot: str, *, ticks: bool) -> None:
    needed = {"endpoint": "https://x.example/f/a", "access_key": "k"}
    found = form(backend=back_end.value, **needed)
    assert (found.honeypot, found.honeypot_ticks) == (honeypot, ticks)
    usual = {field.name for field in FIELDS}
    assert honeypot not in usual
    assert is_reserved(honeypot) or not honeypot.isidentifier() or honeypot.startswith("_")


def test_a_mail_needs_no_trap_and_no_script() -> None:
    found = form()
    assert (found.honeypot, found.fetchable, found.by_mail, found.ok, found.accept) == ("", False, True, (), "")
    assert {name: form(backend=name).by_mail for name in ("netlify", "web3forms")} == {"netlify": False, "web3forms": False}


def test_a_failure_that_may_pass_is_tried_again_and_a_refusal_is_not() -> None:
    for contract in CONTRACTS.values():
        assert not set(contract.ok) & set(contract.retry)
        assert not {400, 403, 404, 413, 422} & set(contract.retry)
        assert set(contract.retry) >= {429, 500, 503} or not contract.fetchable


def test_a_redirect_says_that_a_back_end_of_the_owners_keeps_it() -> None:
    assert {302, 303} <= set(CONTRACTS[BackEnd.CUSTOM].ok)
    assert 303 not in CONTRACTS[BackEnd.FORMSPREE].ok


def test_only_our_own_back_end_replaces_what_it_has_and_asks_for_a_proof_of_work() -> None:
    able = {back_end for back_end, contract in CONTRACTS.items() if contract.updates or contract.proves}
    assert able == {BackEnd.RECEIVER}


def test_what_nobody_keeps_cannot_be_read_back() -> None:
    assert [back_end for back_end, contract in CONTRACTS.items() if contract.reader is Reader.NONE] == [BackEnd.MAILTO]


class TestNetlify:
    """It keeps the fields that stand in the HTML of the forms of one name, and no others."""

    def test_it_finds_the_form_by_its_attributes(self) -> None:
        assert form(backend="netlify").attributes == (
            ("name", "referral"),
            ("data-netlify", "true"),
            ("netlify-honeypot", "bot-field"),
        )

    def test_every_form_of_the_portal_has_the_same_fields(self) -> None:
        fields = [{"name": "seats", "label": "How many?"}, {"name": "call_when", "drop": "yes"}]
        everywhere = (
            form(backend="netlify", fields=fields),
            personal(backend="netlify", fields=fields),
            friends(backend="netlify", fields=fields),
        )
        names = [
            sorted([name for name, _ in found.hidden] + [field.name for field in (*found.fields, *found.more)])
            for found in everywhere
        ]
        assert names[0] == names[1] == names[2]
        assert len(set(names[0])) == len(names[0])
        assert {"seats", "referrer", "referrer_name", "trigger", "ref_key"} <= set(names[0])
        assert "call_when" not in names[0]
