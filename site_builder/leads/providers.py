"""How other people's back ends write down what was sent to them, as data after their published words.

Whatever keeps the fields under their own names is read; a provider adds the names of its own beside them.
"""

from __future__ import annotations

from dataclasses import dataclass

HONEYPOTS = ("ref_email", "bot_field", "_gotcha", "botcheck")
"""Fields that people leave empty, as forms/backends.py names them: our own, Netlify's, Formspree's and Web3Forms'."""


@dataclass(frozen=True, slots=True)
class Provider:
    """What a back end's export looks like. Names are in small letters, with _ for blanks and hyphens.

    list_at: where JSON keeps the submissions, "" for the whole; fields_at: where a submission keeps its fields, "" for itself;
    time: the name of the time of arrival, in UTC where it says no zone; others: names of its own that say nothing about a lead.
    sources: where it is said; unverified: what is read although nobody's maker says so.
    """

    name: str
    list_at: str
    fields_at: str
    time: str
    others: tuple[str, ...]
    sources: tuple[str, ...]
    unverified: tuple[str, ...] = ()


PROVIDERS: tuple[Provider, ...] = (
    # Netlify's own "referrer" is the address of the page, beside or over the form's hidden field of that name.
    Provider(
        name="netlify",
        list_at="",
        fields_at="data",
        time="created_at",
        others=(
            *(
                "id",
                "number",
                "form_id",
                "form_name",
                "form_name_",
                "site_url",
                "site_name",
                "title",
                "email",
                "name",
                "first_name",
            ),
            *("last_name", "company", "summary", "body", "human_fields", "ordered_human_fields", "ip", "user_agent", "country"),
        ),
        sources=(
            "https://docs.netlify.com/manage/forms/submissions/",
            "https://open-api.netlify.com/#tag/submission/operation/listFormSubmissions",
            "https://github.com/netlify/open-api/blob/master/swagger.yml",
            "https://answers.netlify.com/t/some-questions-about-netlify-form-serverless-functions/24347",
        ),
        unverified=(
            "the columns of its CSV: taken to be the form's fields, created_at, ip, user_agent and referrer, as by users",
        ),
    ),
    Provider(
        name="formspree",
        list_at="submissions",
        fields_at="",
        time="_date",
        others=("_id", "_replyto", "_status", "_subject", "_next", "_spam", "id", "fields"),
        sources=("https://help.formspree.io/hc/en-us/articles/360015233153-Form-Submissions-API",),
        unverified=(
            "the time zone of _date, which it writes without one: taken for UTC",
            "the columns of its CSV: taken to be the form's fields, with the time in _date, submitted, date or Submit Date (UTC)",
        ),
    ),
    Provider(
        name="web3forms",
        list_at="data",
        fields_at="fields",
        time="submitted_at",
        others=(
            "id",
            "form_id",
            "ip_address",
            "user_agent",
            "site_url",
            "attachments",
            "access_key",
            "redirect",
            "subject",
            "from_name",
        ),
        sources=("https://docs.web3forms.com/getting-started/submissions-api",),
        unverified=("the columns of its CSV: taken to be the form's fields, with the time in submitted_at or date",),
    ),
    # The receiver's own answer to GET /inbox/PORTAL; its names for ref_key and the like are in exports.py.
    Provider(
        name="receiver",
        list_at="leads",
        fields_at="fields",
        time="received_at",
        others=("portal", "updated_at", "suspected", "origin_missing"),
        sources=("site_builder/leads/wire.py",),
    ),
)
"""A back end that is not here (custom) writes the fields under their own names: CSV, or JSON with a list of objects."""

TIMES = (*(provider.time for provider in PROVIDERS), "submitted", "submit_date_(utc)", "timestamp", "created", "date")
"""Names of the time of arrival, the surest first: a provider's own, then what CSVs have been seen to call it."""
LISTS = tuple(provider.list_at for provider in PROVIDERS if provider.list_at)
FIELDS_AT = tuple(dict.fromkeys(provider.fields_at for provider in PROVIDERS if provider.fields_at))
OTHERS = frozenset(name for provider in PROVIDERS for name in provider.others)
