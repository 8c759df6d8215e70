"""What the form asks, and whether it reaches anybody (domain, "Checks", F101 to F103).

"Fields" of F102 are those to be typed into. What is ticked or chosen costs no typing: the form as it is has seven fields, and ten
questions with its two boxes and the choice of what they said. F101 counts all that step 1 asks, as its general page shows it.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from site_builder.checks.subject import Subject
from site_builder.codes import problem
from site_builder.forms import CONTRACTS, Kind, form_fields
from site_builder.model.settings import BackEnd
from site_builder.problem import Problem

_WHAT = {"endpoint": "the address the form posts to", "access_key": "the key they sent you"}


def first_step(subject: Subject) -> Iterable[Problem]:
    """Report a first step of too many fields, and each field of the second that must be filled in (F101)."""
    form = subject.portal.settings.form
    asked, most = len(form_fields(form, 1)), subject.threshold("first_step_fields")
    if asked > most:
        message = f"the form's first step asks {asked} things; {most} are enough"
        hint = "move fields to step 2, where they may stay empty, or drop them"
        yield problem("F101", form.at("fields"), message, hint=hint, field="form.fields")
    needed = {field.name for field in form_fields(form, 2) if field.required}
    for number, change in enumerate(form.fields):
        if change.name in needed:
            message = f'the form\'s second step does not let go without "{change.name}"'
            hint = "write required: no; by then the referral is sent, and what is asked further may stay empty"
            field = f"form.fields[{number}].required"
            yield problem("F101", change.at("required"), message, hint=hint, field=field, row_id=change.name)


def whole_form(subject: Subject) -> Iterable[Problem]:
    """Report a form with too many fields to type into (F102)."""
    form = subject.portal.settings.form
    typed = [field for step in (1, 2) for field in form_fields(form, step) if field.kind is Kind.TEXT]
    most = subject.threshold("form_fields")
    if len(typed) > most:
        message = f"the form has {len(typed)} fields to type into; {most} are enough"
        hint = "drop what you never used, for example {name: call_when, drop: yes}"
        yield problem("F102", form.at("fields"), message, hint=hint, field="form.fields")


def working_back_end(subject: Subject) -> Iterable[Problem]:
    """Report a back end that lacks what it needs, or that cannot do what the form asks of it (F103).

    mailto has the portal's address, netlify needs nothing, and formspree's address ends with a form's own id.
    """
    form = subject.portal.settings.form
    contract = CONTRACTS[form.backend]
    if contract.needs and getattr(form, contract.needs) is None:
        message = f'the form reaches nobody: the back end {form.backend} needs the key "{contract.needs}"'
        hint = f"add {contract.needs}: {_WHAT[contract.needs]}"
        yield problem("F103", form.at("backend"), message, hint=hint, field=f"form.{contract.needs}")
    elif form.backend is BackEnd.FORMSPREE and not urlsplit(form.endpoint or "").path.strip("/"):
        message = "the form reaches nobody: formspree's address does not say which form"
        hint = "copy the whole address from formspree, for example https://formspree.io/f/abcdwxyz"
        yield problem("F103", form.at("endpoint"), message, hint=hint, field="form.endpoint")
    if form.proof_of_work and not contract.proves:
        message = f"the back end {form.backend} cannot ask a browser for a proof of work"
        hint = "take proof_of_work out, or let the form post to portal receive: backend: receiver"
        yield problem("F103", form.at("proof_of_work"), message, hint=hint, field="form.proof_of_work")
