"""What the form asks, and whether it reaches anybody: F101 to F103."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

import pytest

from site_builder.checks import Subject
from site_builder.checks.form import (
    first_step,
    unanswered_sender,
    unused_endpoint,
    whole_form,
    working_back_end,
    working_endpoint,
)
from site_builder.problem import Severity
from tests.portals import PORTAL, settings

OWN = {"name": "seats", "label": "How many people work there?"}


def subject(
    *fields: dict[str, str], thresholds: dict[str, str] | None = None, base_url: str = "https://refer.x.example/", **form: object
) -> Subject:
    own = settings(form={"fields": list(fields), **form}, checks={"thresholds": thresholds or {}}, base_url=base_url)
    return Subject(replace(PORTAL, settings=own))


def test_the_form_as_it_is_asks_what_it_may() -> None:
    assert list(first_step(subject())) == []
    assert list(whole_form(subject())) == []


class TestFirstStep:
    def test_a_fourth_field_is_one_too_many(self) -> None:
        (found,) = first_step(subject({**OWN, "step": "1"}))
        assert (found.code, found.severity, found.field) == ("F101", Severity.ERROR, "form.fields")
        assert found.message == "the form's first step asks 4 things; 3 are enough"

    @pytest.mark.parametrize(
        ("most", "room", "out"),
        [
            ("1", "none", 3),
            ("2", "none", 3),
            ("3", "1", 2),
            ("4", "2", 1),
        ],
    )
    def test_the_hint_says_which_may_go_and_how_many_must(self, most: str, room: str, out: int) -> None:
        of = subject({"name": "company", "step": "1"}, {**OWN, "step": "1"}, thresholds={"first_step_fields": most})
        (found,) = first_step(of)
        assert found.hint == (
            f"besides prospect and contact there is room for {room}, and a field comes in only where another goes: "
            f"write step: 2 for {out} of referrer_contact, company, seats"
        )

    def test_one_may_come_for_another(self) -> None:
        assert list(first_step(subject({**OWN, "step": "1"}, {"name": "referrer_contact", "drop": "yes"}))) == []
        assert list(first_step(subject({**OWN, "step": "1"}, {"name": "referrer_contact", "step": "2"}))) == []

    def test_the_threshold_is_the_portals_own(self) -> None:
        assert list(first_step(subject({**OWN, "step": "1"}, thresholds={"first_step_fields": "4"}))) == []
        assert len(list(first_step(subject(thresholds={"first_step_fields": "2"})))) == 1

    def test_each_field_of_the_second_step_that_must_be_filled_in_is_told(self) -> None:
        of = subject({"name": "company", "required": "yes"}, {"name": "note", "required": "no"}, {**OWN, "required": "yes"})
        assert [(found.row_id, found.field) for found in first_step(of)] == [
            ("company", "form.fields[0].required"),
            ("seats", "form.fields[2].required"),
        ]

    def test_a_field_moved_to_the_second_step_may_stay_empty_then(self) -> None:
        moved = {"name": "referrer_contact", "step": "2"}
        assert list(first_step(subject(moved))) == []
        assert [found.row_id for found in first_step(subject({**moved, "required": "yes"}))] == ["referrer_contact"]

    def test_a_field_that_is_dropped_asks_nothing(self) -> None:
        assert list(first_step(subject({"name": "company", "required": "yes", "drop": "yes"}))) == []


class TestWholeForm:
    def test_an_eighth_field_to_type_into_is_one_too_many(self) -> None:
        (found,) = whole_form(subject(OWN))
        assert (found.code, found.severity, found.field) == ("F102", Severity.WARNING, "form.fields")
        assert found.message == "the form has 8 fields to type into; 7 are enough"

    def test_dropping_one_makes_room_but_dropping_a_box_does_not(self) -> None:
        assert list(whole_form(subject(OWN, {"name": "call_when", "drop": "yes"}))) == []
        assert len(list(whole_form(subject(OWN, {"name": "told", "drop": "yes"}, {"name": "trigger", "drop": "yes"})))) == 1

    def test_the_threshold_is_the_portals_own(self) -> None:
        assert list(whole_form(subject(OWN, thresholds={"form_fields": "8"}))) == []
        assert len(list(whole_form(subject(thresholds={"form_fields": "6"})))) == 1


class TestWorkingBackEnd:
    @pytest.mark.parametrize("backend", ["receiver", "formspree", "custom"])
    def test_a_back_end_elsewhere_needs_its_address(self, backend: str) -> None:
        (found,) = working_back_end(subject(backend=backend, access_key="abc"))
        assert (found.code, found.severity, found.field) == ("F103", Severity.ERROR, "form.endpoint")
        assert found.hint == "add endpoint: the address the form posts to"
        assert list(working_back_end(subject(backend=backend, endpoint="https://x.example/f"))) == []

    def test_web3forms_needs_its_key(self) -> None:
        (found,) = working_back_end(subject(backend="web3forms", endpoint="https://x.example/f"))
        assert (found.field, found.hint) == ("form.access_key", "add access_key: the key they sent you")
        assert list(working_back_end(subject(backend="web3forms", access_key="abc"))) == []

    @pytest.mark.parametrize("backend", ["mailto", "netlify"])
    def test_a_back_end_without_an_address_needs_none(self, backend: str) -> None:
        assert list(working_back_end(subject(backend=backend))) == []

    @pytest.mark.parametrize("backend", ["formspree", "custom", "web3forms", "netlify", "mailto"])
    def test_a_proof_of_work_takes_our_own_back_end(self, backend: str) -> None:
        needed: dict[str, Any] = {"endpoint": "https://x.example/f/a", "access_key": "abc", "proof_of_work": "yes"}
        (found,) = working_back_end(subject(backend=backend, **needed))
        assert (found.code, found.field) == ("F103", "form.proof_of_work")
        assert found.message == f"the back end {backend} cannot ask a browser for a proof of work"
        assert list(working_back_end(subject(backend="receiver", **needed))) == []

    def test_each_thing_that_is_wrong_is_told(self) -> None:
        found = working_back_end(subject(backend="custom", proof_of_work="yes"))
        assert [each.field for each in found] == ["form.endpoint", "form.proof_of_work"]


def said(backend: str, endpoint: str, base_url: str = "https://refer.x.example/portal/") -> list[str]:
    """What is wrong with an address, each of them an error at its key."""
    found = list(working_endpoint(subject(backend=backend, endpoint=endpoint, base_url=base_url)))
    assert {(each.code, each.severity, each.field) for each in found} <= {("F103", Severity.ERROR, "form.endpoint")}
    return [each.message for each in found]


def hint(backend: str, endpoint: str) -> str:
    """What to write instead, of an address with one fault."""
    (found,) = working_endpoint(subject(backend=backend, endpoint=endpoint))
    return found.hint


class TestWorkingEndpoint:
    @pytest.mark.parametrize(
        ("backend", "endpoint"),
        [
            ("receiver", "https://leads.x.example/r/harbour"),
            ("receiver", "https://refer.x.example/r/harbour"),  # beside the pages, behind one and the same host
            ("receiver", "https://8.8.8.8/r/harbour"),
            ("formspree", "https://formspree.io/f/abcdwxyz"),
            ("custom", "https://x.example/"),
            ("custom", "https://refer.x.example/"),  # above the portal, which stands in portal/
            ("custom", "https://refer.x.example/portal/form.php"),
            ("custom", "https://x.example/hook?token=abc"),
            ("web3forms", "https://forms.x.example/submit"),
        ],
    )
    def test_an_address_that_can_take_the_form_is_fine(self, backend: str, endpoint: str) -> None:
        assert said(backend, endpoint) == []

    @pytest.mark.parametrize("backend", ["receiver", "netlify", "mailto"])
    def test_without_an_address_there_is_nothing_to_say(self, backend: str) -> None:
        assert list(working_endpoint(subject(backend=backend))) == []

    @pytest.mark.parametrize("backend", ["netlify", "mailto"])
    def test_an_address_that_nobody_uses_does_no_harm(self, backend: str) -> None:
        assert said(backend, "http://localhost/#x") == []

    @pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "forms.localhost", "127.0.0.1", "127.8.8.8"])
    @pytest.mark.parametrize("backend", ["receiver", "custom", "web3forms", "formspree"])
    def test_ones_own_machine_is_nobody_elses(self, backend: str, host: str) -> None:
        expected = f"the form reaches nobody: {host.lower()} is each visitor's own machine"
        assert said(backend, f"http://{host}:8800/r/harbour") == [expected]

    @pytest.mark.parametrize("base_url", ["http://localhost:8000/", "http://127.0.0.1:8000/portal/"])
    @pytest.mark.parametrize("backend", ["receiver", "custom", "web3forms", "formspree"])
    def test_a_portal_on_ones_own_machine_may_be_tried_out_with_a_back_end_there(self, backend: str, base_url: str) -> None:
        assert said(backend, "http://127.0.0.1:8800/r/harbour", base_url) == []

    @pytest.mark.parametrize(
        "host", ["10.0.0.5", "192.168.1.20", "172.16.0.1", "169.254.1.1", "nas", "nas.local", "forms.internal"]
    )
    def test_a_machine_of_ones_own_network_is_reached_from_there_alone(self, host: str) -> None:
        expected = f"the form reaches nobody: {host} is known in your own network alone"
        assert said("receiver", f"https://{host}/r/harbour") == [expected]
        assert said("receiver", f"https://{host}/r/harbour", "https://refer.local/") == []
        assert said("receiver", f"https://{host}/r/harbour", "http://localhost/") == []

    @pytest.mark.parametrize("port", ["0", "65536", "99999"])
    def test_there_are_65535_ports(self, port: str) -> None:
        assert said("custom", f"https://x.example:{port}/f") == [f"the form reaches nobody: there is no port {port}"]
        assert hint("custom", f"https://x.example:{port}/f") == "write a port from 1 to 65535, or none"
        assert said("custom", "https://x.example:65535/f", f"https://refer.x.example:{port}/") == []

    def test_a_portal_of_a_network_has_visitors_with_machines_of_their_own(self) -> None:
        assert said("custom", "http://localhost/x", "https://10.0.0.5/") == [
            "the form reaches nobody: localhost is each visitor's own machine"
        ]

    def test_the_hint_names_an_address_and_the_way_to_try_things_out(self) -> None:
        expected = (
            "write the address under which everybody reaches it, for example https://leads.harbour.example/r/harbour; "
            "to try it out here, let base_url begin with http://localhost/"
        )
        assert hint("receiver", "http://127.0.0.1:8800/r/harbour") == expected
        assert hint("receiver", "https://nas.local/r/harbour") == expected

    @pytest.mark.parametrize("endpoint", ["https://leads.x.example", "https://leads.x.example/", "https://leads.x.example//"])
    def test_the_receiver_knows_a_portal_by_its_path(self, endpoint: str) -> None:
        assert said("receiver", endpoint) == [
            "the form reaches nobody: the receiver tells portals apart by a path, and this has none"
        ]
        assert hint("receiver", endpoint) == "write https://leads.x.example/r/NAME, with a name of this portal's own"

    def test_formspree_knows_a_form_by_its_address_alone(self) -> None:
        assert said("formspree", "https://formspree.io/") == [
            "the form reaches nobody: formspree's address does not say which form"
        ]
        expected = "copy the whole address from formspree, for example https://formspree.io/f/abcdwxyz"
        assert hint("formspree", "https://formspree.io/") == expected

    @pytest.mark.parametrize("host", ["formspree.com", "forms.x.example", "formspree.io.x.example"])
    def test_formspree_stands_at_one_address(self, host: str) -> None:
        assert said("formspree", f"https://{host}/f/abcdwxyz") == [f"formspree does not receive at {host}"]
        assert hint("formspree", f"https://{host}/f/abcdwxyz") == (
            "copy the whole address from formspree, for example https://formspree.io/f/abcdwxyz; "
            "what receives forms elsewhere is backend: custom"
        )

    @pytest.mark.parametrize(
        ("base_url", "endpoint"),
        [
            ("https://refer.x.example/", "https://refer.x.example"),
            ("https://refer.x.example", "https://REFER.x.example:443/index.html"),
            ("https://refer.x.example/portal", "https://refer.x.example/portal/"),
            ("https://refer.x.example/portal/", "https://refer.x.example/portal"),
            ("https://refer.x.example/portal/", "https://refer.x.example/portal/refer/thanks/"),
            ("https://refer.x.example/", "https://refer.x.example/meet/thanks"),
            ("http://localhost/", "http://localhost:80/refer/"),
        ],
    )
    @pytest.mark.parametrize("backend", ["receiver", "custom"])
    def test_a_page_of_the_portal_takes_no_posts(self, backend: str, base_url: str, endpoint: str) -> None:
        assert said(backend, endpoint, base_url) == [
            "the form reaches nobody: its address is a page of this portal, which takes no posts"
        ]

    @pytest.mark.parametrize(
        "endpoint", ["http://refer.x.example/refer/", "https://refer.x.example:8443/refer/", "https://x.example/refer/"]
    )
    def test_a_page_of_the_same_name_elsewhere_is_none_of_the_portals(self, endpoint: str) -> None:
        assert said("custom", endpoint, "https://refer.x.example/") == []

    def test_the_hint_for_a_page_names_what_can_take_posts(self) -> None:
        assert hint("custom", "https://refer.x.example/refer/") == (
            "write the address of what receives the form; with backend: netlify or backend: mailto take endpoint out"
        )

    @pytest.mark.parametrize(
        ("backend", "endpoint", "tail", "without"),
        [
            ("receiver", "https://l.x.example/r/harbour?x=1", "?x=1", "https://l.x.example/r/harbour"),
            ("formspree", "https://formspree.io/f/abc?x=1#y", "?x=1#y", "https://formspree.io/f/abc"),
            ("web3forms", "https://f.x.example/submit?x", "?x", "https://f.x.example/submit"),
            ("custom", "https://f.x.example/hook?x=1#form", "#form", "https://f.x.example/hook?x=1"),
            ("custom", "https://f.x.example/hook#", "#", "https://f.x.example/hook"),
        ],
    )
    def test_an_address_ends_where_its_back_end_stops_reading(self, backend: str, endpoint: str, tail: str, without: str) -> None:
        assert said(backend, endpoint) == [f'the back end {backend} makes nothing of "{tail}" at the end of its address']
        assert hint(backend, endpoint) == f"write {without}"

    def test_a_wrong_place_and_a_wrong_end_are_two_faults(self) -> None:
        assert len(said("receiver", "https://leads.x.example/?x=1")) == 2


class TestUnusedEndpoint:
    @pytest.mark.parametrize(
        ("backend", "why"),
        [
            ("mailto", "endpoint is not used: with mailto the form opens a mail to contact.email"),
            ("netlify", "endpoint is not used: netlify takes the form where it serves the pages"),
        ],
    )
    def test_an_address_that_nobody_posts_to_is_noted(self, backend: str, why: str) -> None:
        (found,) = unused_endpoint(subject(backend=backend, endpoint="https://x.example/f"))
        assert (found.code, found.severity, found.field, found.message) == ("F103", Severity.NOTE, "form.endpoint", why)
        assert found.hint == "take endpoint out, or say what receives there, for example backend: receiver"

    @pytest.mark.parametrize("backend", ["receiver", "formspree", "web3forms", "custom"])
    def test_an_address_in_use_is_not(self, backend: str) -> None:
        assert list(unused_endpoint(subject(backend=backend, endpoint="https://x.example/f"))) == []

    def test_nor_is_none(self) -> None:
        assert list(unused_endpoint(subject(backend="mailto"))) == []


class TestUnansweredSender:
    DROPPED: ClassVar = {"name": "referrer_contact", "drop": "yes"}

    def test_who_is_not_asked_how_to_reach_them_cannot_be_thanked(self) -> None:
        (found,) = unanswered_sender(subject(OWN, self.DROPPED, backend="netlify"))
        assert (found.code, found.severity, found.row_id) == ("F103", Severity.WARNING, "referrer_contact")
        assert found.field == "form.fields[1].drop"
        assert found.message == "who sends somebody on the general page can be neither thanked nor told what became of it"
        assert found.hint == "write step: 2 instead of drop: yes; there it may stay empty"

    def test_a_mail_says_who_wrote_it(self) -> None:
        assert list(unanswered_sender(subject(self.DROPPED, backend="mailto"))) == []

    @pytest.mark.parametrize("change", [{"name": "referrer_contact", "step": "2"}, {"name": "company", "drop": "yes"}])
    def test_what_is_moved_is_still_asked(self, change: dict[str, str]) -> None:
        assert list(unanswered_sender(subject(change, backend="netlify"))) == []
