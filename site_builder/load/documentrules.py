"""What must hold between the values of a document, once each of them is in order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib import resources
from itertools import pairwise
from math import floor
from urllib.parse import urlsplit

from site_builder.codes import problem
from site_builder.forms import ESSENTIAL, FIELDS, Kind, is_reserved
from site_builder.load.faults import dotted, named_key, quoted
from site_builder.model.cells import open_enum
from site_builder.model.documents import Positioning, Rewards, Trust
from site_builder.model.incentives import Base, Commission, CommissionPart, Discount, Economics, Incentives, Policy, Rule, Tiered
from site_builder.model.marks import Cell, mark
from site_builder.model.record import Record
from site_builder.model.settings import Brand, FormField, FormSettings, Settings
from site_builder.model.tables import Clause, Referrer
from site_builder.problem import Problem
from site_builder.rules.colour import DEFAULT_PRIMARY, SHAPE_CONTRAST, contrast, distinct
from site_builder.suggest import did_you_mean, near

FONTS = ("default", "system", "serif", "mono", "fraunces")
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:-[A-Z][a-z]{3})?(?:-([A-Z]{2}|[0-9]{3}))?")
_SECTOR = re.compile(r"[a-z][a-z_]{0,39}")
_HIGHEST_PORT = 65_535


def settings(document: Settings) -> Iterator[Problem]:
    """Judge portal.yaml: language, currency, time zone, address, face and the form."""
    if not is_language(document.locale):
        yield _unknown(
            document, "locale", document.locale, "a language", _languages(), "write language and region, for example en-GB"
        )
    if not _is_currency(document.currency):
        yield _unknown(
            document, "currency", document.currency, "a currency", _currencies(), "write its three letters, for example GBP"
        )
    if document.timezone not in _time_zones():
        hint = "write continent and city, for example Europe/London"
        yield _unknown(document, "timezone", document.timezone, "a time zone", _time_zones(), hint)
    yield from _address(document)
    face = document.brand.display_font
    if face is not None and face not in FONTS:
        hint = did_you_mean(face, FONTS) or f"write one of {', '.join(FONTS)}"
        message = f"display_font {quoted(face)} is not a face the theme knows"
        yield problem("D215", document.brand.at("display_font"), message, hint=hint, field="brand.display_font")
    yield from _brand(document.brand)
    yield from _form(document.form)


def _brand(brand: Brand) -> Iterator[Problem]:
    """What stands on a colour is derived until it can be read; that two colours differ cannot be."""
    primary = brand.primary or DEFAULT_PRIMARY
    if brand.accent is None or contrast(brand.accent, primary) >= SHAPE_CONTRAST:
        return
    told = quoted(primary) if brand.primary else f"the theme's own {quoted(primary)}"
    ratio = f"{floor(contrast(brand.accent, primary) * 10) / 10}:1"
    message = f"accent {quoted(brand.accent)} reaches only {ratio} beside {told}: 3:1 is what the eye needs to tell them apart"
    hint = f'the nearest that does is "{distinct(brand.accent, primary)}"; until then its buttons are given an edge'
    yield problem("D219", brand.at("accent"), message, hint=hint, field="brand.accent")


def is_language(tag: str) -> bool:
    """Whether a tag such as en or en-GB names a language, and a region, that dates and money can be written in."""
    from babel import Locale, UnknownLocaleError

    form = _LANGUAGE.fullmatch(tag)
    if form is None:
        return False
    try:
        found = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return False
    return form[2] is None or found.territory == form[2]


def _languages() -> list[str]:
    from babel.localedata import locale_identifiers

    return [name.replace("_", "-") for name in locale_identifiers()]


def _is_currency(code: str) -> bool:
    from babel.numbers import is_currency

    return is_currency(code)


def _currencies() -> list[str]:
    from babel.numbers import list_currencies

    return sorted(list_currencies())


def _time_zones() -> tuple[str, ...]:
    """Return the names in the tzdata package: the same on every machine, whatever its own zone files are."""
    return tuple(resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8").split())


def _unknown(document: Record, key: str, typed: str, noun: str, known: Iterable[str], usual: str) -> Problem:
    hint = did_you_mean(typed, known) or usual
    return problem("D216", document.at(key), f"{key} {quoted(typed)} is not {noun} we know", hint=hint, field=key)


def _address(document: Settings) -> Iterator[Problem]:
    """The cell has seen to http, https and the host; links are joined to this, so nothing may follow the path."""
    yield from _plain_http(document, "base_url", document.base_url, "base_url")
    parts = urlsplit(document.base_url)
    segments = parts.path.split("/")[1:-1]
    fault = ""
    if parts.query or parts.fragment or document.base_url.endswith(("?", "#")):
        fault = "holds a ? or #"
    elif any(segment in {"", ".", ".."} for segment in segments) or parts.path.endswith(("/.", "/..")):
        fault = "holds an empty or a dotted part in its path"
    elif int(parts.netloc.partition(":")[2] or 0) > _HIGHEST_PORT:
        fault = "has a port that does not exist"
    if fault:
        hint = "write where the portal will stand and nothing more, for example https://refer.harbour.example/"
        yield problem(
            "D209", document.at("base_url"), f"base_url {quoted(document.base_url)} {fault}", hint=hint, field="base_url"
        )


def _plain_http(record: Record, name: str, address: str | None, field: str) -> Iterator[Problem]:
    """Ask for https: people's details travel there. http is for this machine alone."""
    parts = urlsplit(address or "")
    if parts.scheme == "http" and parts.hostname not in {"localhost", "127.0.0.1"}:
        yield problem("D209", record.at(name), f"{name} begins with http://", hint="write https://", field=field)


def _form(form: FormSettings) -> Iterator[Problem]:
    """Whether the back end has what it needs is a check (F103), and so is how much the form asks (F101, F102)."""
    yield from _plain_http(form, "endpoint", form.endpoint, "form.endpoint")
    yield from _twice(form.fields, "name", "form.fields")
    for number, field in enumerate(form.fields):
        yield from _field(field, f"form.fields[{number}]")


def _field(field: FormField, path: str) -> Iterator[Problem]:
    usual = {known.name: known for known in FIELDS}
    known = usual.get(field.name)
    if is_reserved(field.name):
        message = f"the name {quoted(field.name)} is used by the form itself"
        yield problem("D217", field.at("name"), message, hint="choose another name", field=f"{path}.name")
    elif field.name in ESSENTIAL and (wrong := _amiss(field)):
        message = f"without {quoted(field.name)} in its first step a form sends no referral"
        yield problem("D217", field.at(wrong), message, hint=f"take {wrong} out", field=f"{path}.{wrong}")
    elif known is None and field.drop:
        hint = did_you_mean(field.name, usual) or f"the form asks {', '.join(usual)}"
        message = f"there is no field {quoted(field.name)} to drop"
        yield problem("D217", field.at("name"), message, hint=hint, field=f"{path}.name")
    elif known is None and field.label is None:
        hint = did_you_mean(field.name, usual) or "add label: what it asks"
        message = f'a field of your own needs the key "label": {quoted(field.name)}'
        yield problem("D405", field.at("name"), message, hint=hint, field=f"{path}.label")
    elif known is not None and known.kind is not Kind.TEXT and field.step == 1:
        hint = "take step out, or ask it in a field of your own: {name: …, label: …, step: 1}"
        message = f"{quoted(field.name)} is not typed but ticked or chosen, and that is for step 2"
        yield problem("D217", field.at("step"), message, hint=hint, field=f"{path}.step")


def _amiss(field: FormField) -> str:
    """Return which key takes a field out of the referral, "" for none."""
    keys = {"drop": field.drop, "step": field.step not in {None, 1}, "required": field.required is False}
    return next((key for key, is_wrong in keys.items() if is_wrong), "")


def positioning(document: Positioning) -> Iterator[Problem]:
    """Judge positioning.yaml: the range of seats."""
    seats = document.ideal_client.seats
    if seats is not None:
        yield from _range(seats, seats.from_, seats.to, "ideal_client.seats")


def incentives(document: Incentives) -> Iterator[Problem]:
    """Judge incentives.yaml: ids, what each type needs, limits and economics."""
    yield from _twice(document.rules, "id", "rules")
    commission = next((rule for rule in document.rules if isinstance(rule, Commission)), None)
    if commission is not None and document.example is None:
        message = 'a commission needs the key "example": public pages work it out on a customer'
        hint = 'add example: {monthly_fee: "1000", setup_fee: "0", months: 12}'
        yield problem("D405", commission.at("type"), message, hint=hint, field="example")
    for number, rule in enumerate(document.rules):
        yield from _rule(rule, f"rules[{number}]")
    yield from _policy(document.policy)
    if document.economics is not None:
        yield from _economics(document.economics)


def _rule(rule: Rule, path: str) -> Iterator[Problem]:
    if rule.valid_from is not None and rule.valid_to is not None and rule.valid_from > rule.valid_to:
        message = f"valid_from {rule.valid_from} is after valid_to {rule.valid_to}"
        yield problem(
            "D217", rule.at("valid_from"), message, hint="swap them, or mend one of the days", field=f"{path}.valid_from"
        )
    if isinstance(rule, Discount) and (rule.percent is None) == (rule.amount is None):
        message = (
            "a discount has both percent and amount" if rule.percent is not None else "a discount has neither percent nor amount"
        )
        yield problem("D217", rule.at("type"), message, hint="write one of the two", field=path)
    if isinstance(rule, Tiered):
        yield from _twice(rule.tiers, "nth", f"{path}.tiers", code="D217")
    if isinstance(rule, Commission):
        for number, part in enumerate(rule.parts):
            yield from _part(part, f"{path}.parts[{number}]")


def _part(part: CommissionPart, path: str) -> Iterator[Problem]:
    if part.of is Base.MONTHLY_FEE:
        yield from _range(part, part.from_, part.to, path)
        return
    for key in ("from", "to"):
        if key in part.origin.marks:
            message = f"{key} counts months, and {part.of} is paid once"
            hint = f"take {key} out, or write of: {Base.MONTHLY_FEE}"
            yield problem("D217", part.at(key), message, hint=hint, field=f"{path}.{key}")


def _policy(policy: Policy) -> Iterator[Problem]:
    for clause, entry in policy.clauses.items():
        if clause not in set(Clause):
            meant = near(clause, Clause)
            hint = f'did you mean "{meant}"?' if meant is not None else f"write one of {', '.join(Clause)}"
            message = f"{named_key(clause, known=meant is not None)} is not one of the words kickback_clause knows"
            yield problem("D206", entry.origin.source, message, hint=hint, field=dotted(("policy", "clauses", clause)))
    cell = mark(Referrer.model_fields["sector"], Cell) or open_enum()
    for sector, entry in policy.sectors.items():
        if not _SECTOR.fullmatch(sector):
            hint = did_you_mean(sector, cell.known) or "use small letters and underscores"
            yield problem("D207", entry.origin.source, "this sector's name has the wrong form", hint=hint, field="policy.sectors")
        elif sector not in cell.known and (meant := near(sector, cell.known)) is not None:
            message = f"the sector {quoted(sector)} is unusual"
            yield problem("D213", entry.origin.source, message, hint=f'did you mean "{meant}"?', field=f"policy.sectors.{sector}")


def _economics(economics: Economics) -> Iterator[Problem]:
    """Private figures: what they are is not said, only that they do not go together."""
    margin, years = economics.gross_margin_percent, economics.years
    if economics.ltv is not None and (margin is not None or years is not None):
        hint = "keep ltv, or gross_margin_percent and years"
        message = "economics has ltv and what would replace it"
        yield problem("D217", economics.at("ltv"), message, hint=hint, field="economics.ltv")
    elif (margin is None) != (years is None):
        there, lacking = ("years", "gross_margin_percent") if margin is None else ("gross_margin_percent", "years")
        message = f'{there} needs the key "{lacking}" beside it'
        yield problem(
            "D405", economics.at(there), message, hint=f"add {lacking}, or write ltv instead", field=f"economics.{lacking}"
        )
    lead = economics.lead_value_percent
    if lead is not None and lead.from_ > lead.to:
        hint = "swap them, or mend one"
        yield problem("D217", lead.at("from"), "from is larger than to", hint=hint, field="economics.lead_value_percent.from")


def trust(document: Trust) -> Iterator[Problem]:
    """Judge trust.yaml: more places taken than there are."""
    room = document.capacity
    if room is not None and room.slots_a_month is not None and (room.slots_taken or 0) > room.slots_a_month:
        message = "slots_taken is more than slots_a_month"
        yield problem("D217", room.at("slots_taken"), message, hint="correct one of the two", field="capacity.slots_taken")


def rewards(document: Rewards) -> Iterator[Problem]:
    """Judge rewards.yaml: ids, what the tiers name, and that fewer tickets never earn less."""
    yield from _twice(document.anniversaries, "from_year", "anniversaries", code="D217", public=False)
    if document.utilisation is not None:
        yield from _twice(document.utilisation.tiers, "up_to_percent", "utilisation.tiers", code="D217")
        by_percent = sorted(document.utilisation.tiers, key=lambda tier: tier.up_to_percent)
        worth = [(tier, tier.value) for tier in by_percent if tier.value is not None]
        for (better, value), (worse, other) in pairwise(worth):
            if value < other:
                message = f"the tier {quoted(better.name)} is worth less than {quoted(worse.name)}, which takes more tickets"
                yield problem(
                    "D217", better.at("value"), message, hint="raise this value, or lower the other", field="utilisation.tiers"
                )
    if document.practices is not None:
        yield from _twice(document.practices.items, "id", "practices.items")
        known = [item.id for item in document.practices.items]
        for number, tier in enumerate(document.practices.tiers):
            for practice in tier.practices:
                if practice not in known:
                    message = f"the tier names a practice {quoted(practice)} that is not among the items"
                    hint = did_you_mean(practice, known) or f"write one of {', '.join(known)}" if known else "add it to items"
                    field = f"practices.tiers[{number}].practices"
                    yield problem("D302", tier.at("practices"), message, hint=hint, field=field)


def _range(record: Record, first: int | None, last: int | None, path: str) -> Iterator[Problem]:
    if first is not None and last is not None and first > last:
        message = f"from {first} is larger than to {last}"
        yield problem("D217", record.at("from"), message, hint="swap them, or mend one", field=f"{path}.from")


def _twice(records: Iterable[Record], key: str, path: str, *, code: str = "D301", public: bool = True) -> Iterator[Problem]:
    """Name every record whose key another above it has already; a private one is not quoted."""
    first: dict[object, Record] = {}
    for number, record in enumerate(records):
        value = getattr(record, key)
        other = first.setdefault(value, record)
        if other is not record:
            shown = f"{key} {quoted(str(value))}" if public else f"the same {key}"
            message = f"{shown} stands already on line {other.at(key).line}"
            yield problem(
                code, record.at(key), message, hint="keep one of the two, or change one", field=f"{path}[{number}].{key}"
            )
