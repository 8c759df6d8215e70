"""What the form asks, and whether it reaches anybody: F101 to F103."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from site_builder.checks import Subject
from site_builder.checks.form import first_step, whole_form, working_back_end
from site_builder.problem import Severity
from tests.portals import PORTAL, settings

OWN = {"name": "seats", "label": "How many people work there?"}


def subject(*fields: dict[str, str], thresholds: dict[str, str] | None = None, **form: object) -> Subject:
    own = settings(form={"fields": list(fields), **form}, checks={"thresholds": thresholds or {}})
    return Subject(replace(PORTAL, settings=own))


def test_the_form_as_it_is_asks_what_it_may() -> None:
    assert list(first_step(subject())) == []
    assert list(whole_form(subject())) == []


class TestFirstStep:
    def test_a_fourth_field_is_one_too_many(self) -> None:
        (found,) = first_step(subject({**OWN, "step": "1"}))
        assert (found.code, found.severity, found.field) == ("F101", Severity.ERROR, "form.fields")
        assert found.message == "the form's first step asks 4 things; 3 are enough"

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

    def test_formspree_knows_a_form_by_its_address_alone(self) -> None:
        (found,) = working_back_end(subject(backend="formspree", endpoint="https://formspree.io/"))
        assert (found.field, found.message) == (
            "form.endpoint",
            "the form reaches nobody: formspree's address does not say which form",
        )
        assert list(working_back_end(subject(backend="formspree", endpoint="https://formspree.io/f/abcdwxyz"))) == []
        assert list(working_back_end(subject(backend="custom", endpoint="https://x.example/"))) == []

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
