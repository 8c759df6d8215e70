"""Each provider's export is read as it writes it, each row counts once, and nothing of it stands in a message."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.forms import FIELDS
from site_builder.leads import sheets
from site_builder.leads.exports import LONGEST_CELL, Export, read_export
from site_builder.leads.providers import PROVIDERS
from site_builder.leads.sheets import LARGEST_EXPORT
from site_builder.leads.snapshot import Kind, grouped
from site_builder.leads.wire import as_json
from tests.leads.samples import KEY, NOON, OTHER_KEY, snapshot

NAMES = frozenset(field.name for field in FIELDS) | {"floor"}
NOW = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)


def read(content: str | bytes) -> Export:
    raw = content.encode() if isinstance(content, str) else content
    return read_export(raw, "export", portal="harbour", names=NAMES, now=NOW)


def said(export: Export) -> list[tuple[str, int, str]]:
    return [(problem.code, problem.source.line, problem.message) for problem in export.problems]


# What its maker shows: https://answers.netlify.com/t/some-questions-about-netlify-form-serverless-functions/24347, swagger.yml
NETLIFY = [
    {
        "number": 6,
        "title": "Jo Lee",
        "email": None,
        "summary": "<strong>Jo Lee</strong>",
        "data": {
            "prospect": "Jo Lee",
            "contact": "07700 900123",
            "told": "yes",
            "note": "",
            "ref_key": KEY,
            "ref_step": "2",
            "ref_seq": "3",
            "ref_ms": "9000",
            "ip": "192.0.2.1",
            "user_agent": "Mozilla/5.0",
            "referrer": "https://refer.harbour.example/portal/refer/7K3M9QXA/",
        },
        "created_at": "2026-03-02T12:00:06.088Z",
        "human_fields": {"Prospect": "Jo Lee"},
        "ordered_human_fields": [],
        "id": "5f85b17e",
        "form_id": "5f85b17d",
        "site_url": "https://refer.harbour.example",
        "form_name": "referral",
    }
]


def test_netlifys_api() -> None:
    export = read(json.dumps(NETLIFY))
    (found,) = export.snapshots
    assert (found.portal, found.key, found.order, found.kind) == ("harbour", KEY, (2, 3), Kind.REFERRAL)
    assert found.fields == {"prospect": "Jo Lee", "contact": "07700 900123", "told": "yes", "referrer": "7K3M9QXA"}
    assert found.received_at == datetime(2026, 3, 2, 12, 0, 6, 88000, tzinfo=UTC)
    assert (found.suspected, export.problems, export.ignored) == ((), (), ())


def test_netlifys_csv() -> None:
    export = read(
        "prospect,contact,referrer,ref_key,ref_step,ref_seq,bot-field,created_at,ip,user_agent,referrer\r\n"
        f'"Lee, Jo",jo@lee.example,7K3M9QXA,{KEY},1,1,,2026-03-02T12:00:00.000Z,192.0.2.1,Mozilla,https://refer.harbour.example/\r\n'
    )
    (found,) = export.snapshots
    assert found.fields == {"prospect": "Lee, Jo", "contact": "jo@lee.example", "referrer": "7K3M9QXA"}
    assert (found.key, found.received_at, export.ignored) == (KEY, NOON, ())


@pytest.mark.parametrize(
    ("referrer", "code"),
    [
        ("7K3M9QXA", "7K3M9QXA"),
        ("https://refer.harbour.example/meet/7K3M9QXA/", "7K3M9QXA"),
        ("HTTPS://refer.harbour.example/refer/ann%20hale/?x=1", "ann hale"),
        ("https://refer.harbour.example/refer/thanks/", ""),
        ("https://refer.harbour.example/refer/", ""),
        ("https://refer.harbour.example/", ""),
        ("", ""),
    ],
)
def test_a_referrer_is_a_code_or_the_personal_page_it_stands_in(referrer: str, code: str) -> None:
    (found,) = read(json.dumps([{"data": {"prospect": "Jo", "referrer": referrer}}])).snapshots
    assert found.fields.get("referrer", "") == code


def test_formsprees_api() -> None:
    # https://help.formspree.io/hc/en-us/articles/360015233153-Form-Submissions-API
    export = read(
        json.dumps(
            {
                "fields": ["_date", "prospect", "contact", "_status"],
                "submissions": [
                    {
                        "_date": "2026-03-02T12:00:29.707632",
                        "prospect": "Jo Lee",
                        "contact": "jo@lee.example",
                        "_gotcha": "",
                        "_status": {"my@email.example": {"delivered": True}},
                    }
                ],
            }
        )
    )
    (found,) = export.snapshots
    assert found.fields == {"prospect": "Jo Lee", "contact": "jo@lee.example"}
    assert found.received_at == datetime(2026, 3, 2, 12, 0, 29, 707632, tzinfo=UTC)
    assert (found.suspected, export.problems, export.ignored) == ((), (), ())


@pytest.mark.parametrize("title", ["_date", "submitted", "Submit Date (UTC)", "Date"])
def test_formsprees_csv(title: str) -> None:
    (found,) = read(f"prospect;contact;{title}\nJo Lee;jo@lee.example;2026-03-02 12:00:00 UTC\n").snapshots
    assert (found.fields["prospect"], found.received_at) == ("Jo Lee", NOON)


def test_web3forms_api() -> None:
    # https://docs.web3forms.com/getting-started/submissions-api
    submission = {
        "id": "sub_a1b2c3d4e5f6",
        "form_id": "0a1b2c3d",
        "submitted_at": "2026-03-02T12:00:00.000Z",
        "ip_address": "203.0.113.42",
        "user_agent": "Mozilla/5.0",
        "site_url": "https://refer.harbour.example/refer/",
        "fields": {"prospect": "Jo Lee", "contact": "jo@lee.example", "botcheck": True, "ref_kind": "self"},
        "attachments": [],
    }
    export = read(json.dumps({"data": [submission], "has_more": False, "next_cursor": None}))
    (found,) = export.snapshots
    assert (found.fields["prospect"], found.kind, found.received_at) == ("Jo Lee", Kind.SELF, NOON)
    assert (found.suspected, export.problems, export.ignored) == (("honeypot",), (), ())


def test_any_other_back_end_that_keeps_the_names() -> None:
    rows = [{"prospect": "Jo Lee", "contact": 7700900123, "told": True, "trigger": ["slow wifi", "no backups"], "Mood": "x"}]
    export = read(json.dumps(rows))
    assert export.snapshots[0].fields == {
        "prospect": "Jo Lee",
        "contact": "7700900123",
        "told": "yes",
        "trigger": "slow wifi, no backups",
    }
    assert export.ignored == ("mood",)
    assert export.snapshots[0].received_at == NOW


def test_the_receivers_own_answer() -> None:
    first = snapshot(1, 1, suspected=("honeypot",), prospect="Jo")
    leads = grouped([first, snapshot(2, 3, minutes=5, suspected=("too_fast",), origin_missing=True, prospect="Jo")])
    (found,) = read(json.dumps({"leads": [as_json(lead) for lead in leads]})).snapshots
    assert (found.key, found.order, found.fields, found.received_at) == (KEY, (2, 3), {"prospect": "Jo"}, NOON)
    assert (found.suspected, found.origin_missing) == (("too_fast",), True)


def test_the_steps_of_a_lead_add_up_whatever_their_order_in_the_file() -> None:
    export = read(
        "prospect,note,ref_key,ref_step,ref_seq,received_at\n"
        f"Jo Lee,call,{KEY},2,2,2026-03-02T12:05:00Z\n"
        f"Ann,,{OTHER_KEY},1,1,2026-03-02T12:03:00+00:00\n"
        f"Jo,,{KEY},1,1,2026-03-02T13:00:00+01:00\n"
    )
    assert [(lead.key, lead.fields["prospect"], lead.received_at) for lead in grouped(export.snapshots)] == [
        (KEY, "Jo Lee", NOON),
        (OTHER_KEY, "Ann", NOON + timedelta(minutes=3)),
    ]


def test_a_row_without_a_key_counts_once_however_often_it_is_read() -> None:
    text = "prospect,contact,created_at,ref_key\nJo Lee,jo@lee.example,2026-03-02T12:00:00Z,\n"
    (first,) = read(text).snapshots
    (again,) = read_export(text.encode(), "export", portal="harbour", names=NAMES, now=NOW + timedelta(days=1)).snapshots
    assert first.key == again.key
    (neutralised,) = read(text.replace("Jo Lee,", "'=Jo Lee,")).snapshots
    assert neutralised.key != first.key
    (later,) = read(text.replace("12:00", "12:01")).snapshots
    assert later.key != first.key, "the same words another day are another lead"
    (friend,) = read(text.replace("ref_key", "ref_kind").replace("Z,", "Z,self")).snapshots
    assert friend.key != first.key


@pytest.mark.parametrize("key", ["short", KEY.upper(), KEY + "0", "=1+1"])
def test_a_key_that_is_none_is_not_used(key: str) -> None:
    (found,) = read(f"prospect,ref_key\nJo,{key}\n").snapshots
    (without,) = read("prospect\nJo\n").snapshots
    assert found.key == without.key


@pytest.mark.parametrize(
    ("step", "seq", "order"),
    [("2", "7", (2, 7)), ("", "", (1, 1)), ("9", "0", (1, 1)), ("x", "99999999999", (1, 1)), ("1", "2147483648", (1, 1))],
)
def test_odd_steps_and_numbers_are_the_first(step: str, seq: str, order: tuple[int, int]) -> None:
    (found,) = read(f"prospect,ref_step,ref_seq\nJo,{step},{seq}\n").snapshots
    assert found.order == order


@pytest.mark.parametrize(
    ("cell", "text"),
    [("'+44 20 7946 0000", "+44 20 7946 0000"), ("'=1+1", "=1+1"), ("'tis", "'tis"), ("+44 20", "+44 20"), ("  Jo  ", "Jo")],
)
def test_an_apostrophe_against_formulas_is_taken_away(cell: str, text: str) -> None:
    (found,) = read(f"prospect,contact\nJo,{cell}\n").snapshots
    assert found.fields["contact"] == text
    (as_it_is,) = read(json.dumps([{"prospect": "Jo", "contact": cell}])).snapshots
    assert as_it_is.fields["contact"] == cell.strip(), "JSON has no formulas"


@pytest.mark.parametrize(
    ("column", "cell", "why"),
    [
        ("bot-field", "x", ("honeypot",)),
        ("ref_email", "jo@lee.example", ("honeypot",)),
        ("_gotcha", "x", ("honeypot",)),
        ("botcheck", "on", ("honeypot",)),
        ("botcheck", "false", ()),
        ("ref_ms", "1499", ("too_fast",)),
        ("ref_ms", "1500", ()),
        ("ref_ms", "soon", ()),
    ],
)
def test_what_looks_like_a_robots_is_kept_and_marked(column: str, cell: str, why: tuple[str, ...]) -> None:
    (found,) = read(f"prospect,{column}\nJo,{cell}\n").snapshots
    assert found.suspected == why


def test_what_no_database_keeps_is_cleaned() -> None:
    (found,) = read('[{"prospect": "Jo\\u0000Lee\\ud800", "note": "one\\r\\ntwo\\tx\\u0085"}]').snapshots
    assert found.fields == {"prospect": "Jo Lee\ufffd", "note": "one\ntwo\tx"}


@pytest.mark.parametrize("time", ["yesterday", "", "0001-01-01T00:00:00+14:00", "2026-13-01"])
def test_a_time_that_cannot_be_read_is_now(time: str) -> None:
    (found,) = read(f"prospect,created_at\nJo,{time}\n").snapshots
    assert found.received_at == NOW


def test_a_field_of_the_portals_own_that_is_called_date_is_no_time() -> None:
    content = b"prospect,date\nJo,2026-03-02\n"
    (found,) = read_export(content, "export", portal="harbour", names=NAMES | {"date"}, now=NOW).snapshots
    assert (found.fields["date"], found.received_at) == ("2026-03-02", NOW)


def test_rows_that_say_nothing_are_passed_over() -> None:
    export = read("prospect,referrer,consent_version\n\n,,\n,7K3M9QXA,2026-11\nJo,,\n")
    assert [found.fields for found in export.snapshots] == [{"prospect": "Jo"}]
    assert export.problems == ()


def test_names_that_are_nobodys_are_told_and_odd_ones_are_not() -> None:
    export = read(json.dumps([{"prospect": "Jo", "mood": "x", "call jo@lee.example now": "x", "floor": "2"}]))
    assert export.ignored == ("mood",)
    assert export.snapshots[0].fields == {"prospect": "Jo", "floor": "2"}


def test_the_rows_that_can_be_read_are_and_the_others_are_named_by_their_line() -> None:
    long = "x" * (LONGEST_CELL + 1)
    export = read(f'prospect,note\nJo,"one\ntwo"\nAnn,x,s3cret\nBo,{long}\nCy,,,\n')
    assert [found.fields["prospect"] for found in export.snapshots] == ["Jo", "Cy"]
    assert said(export) == [
        ("D103", 4, "this row has 3 cells and the header 2"),
        ("D003", 5, 'the answer "note" of line 5 is longer than 32,768 characters'),
    ]
    listed = read(json.dumps(["s3cret", {"prospect": long}, {"prospect": "Jo"}]))
    assert [found.fields["prospect"] for found in listed.snapshots] == ["Jo"]
    assert said(listed) == [
        ("D005", 0, "submission 1 is no object with fields"),
        ("D003", 0, 'the answer "prospect" of submission 2 is longer than 32,768 characters'),
    ]


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        pytest.param("", "D108", 1, id="nothing"),
        pytest.param("\ufeff\n \n", "D108", 1, id="blank lines"),
        pytest.param(b"prospect\nJo\xff", "D002", 2, id="another encoding"),
        pytest.param("prospect\nJo".encode("utf-16"), "D002", 1, id="UTF-16"),
        pytest.param("name,email\nJo,jo@lee.example\n", "D104", 0, id="another form"),
        pytest.param('{"error": {"code": "s3cret"}}', "D104", 0, id="an answer that says no"),
        pytest.param('[\n{"prospect": "s3cret', "D005", 2, id="cut off"),
        pytest.param("[" * 100_000, "D003", 0, id="nested"),
        pytest.param('[{"contact": ' + "1" * 5000 + "}]", "D003", 0, id="a number without end"),
        pytest.param(b"x" * (LARGEST_EXPORT + 1), "D003", 0, id="too large"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_problem(content: str | bytes, code: str, line: int) -> None:
    export = read(content)
    assert export.snapshots == ()
    assert [(problem.code, problem.source.path, problem.source.line) for problem in export.problems] == [(code, "export", line)]
    assert "s3cret" not in "".join(problem.message + problem.hint for problem in export.problems)


def test_a_quotation_mark_that_is_never_closed_ends_the_reading_and_keeps_what_came_before() -> None:
    export = read('prospect,note\nJo,x\nAnn,"s3cret\n')
    assert [found.fields["prospect"] for found in export.snapshots] == ["Jo"]
    assert said(export) == [("D102", 3, "this row never ends: a quotation mark or a cell goes on and on")]


def test_more_rows_than_the_bound_are_left_out_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 3)
    for content in ("prospect\n" + "Jo\n" * 4, json.dumps([{"prospect": "Jo"}] * 4)):
        export = read(content)
        assert len(export.snapshots) == 3
        assert [(code, message) for code, _, message in said(export)] == [("D003", "this file has more than 3 rows")]


def test_other_separators_line_ends_and_a_mark_in_front_are_read() -> None:
    for text in ("\ufeffprospect;note\rJo, Ltd;x\r", "prospect\tnote\r\nJo, Ltd\tx\r\n", '"Prospect","Note"\n"Jo, Ltd","x"'):
        assert [dict(found.fields) for found in read(text).snapshots] == [{"prospect": "Jo, Ltd", "note": "x"}]


def test_a_column_without_a_name_is_passed_over() -> None:
    export = read("prospect,,note\nJo,odd,call\n")
    assert [dict(found.fields) for found in export.snapshots] == [{"prospect": "Jo", "note": "call"}]
    assert export.ignored == ()


def test_every_provider_says_where_it_is_said() -> None:
    assert [provider.name for provider in PROVIDERS] == ["netlify", "formspree", "web3forms", "receiver"]
    for provider in PROVIDERS:
        assert provider.sources


@given(st.one_of(st.text(max_size=200), st.binary(max_size=200)))
def test_any_file_yields_snapshots_or_problems_and_never_a_traceback(content: str | bytes) -> None:
    read(content.encode(errors="surrogatepass") if isinstance(content, str) else content)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*sorted(NAMES), "data", "fields", "referrer", "created_at", "ref_key", "suspected", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(VALUES)
def test_any_json_yields_snapshots_or_problems_and_never_a_traceback(value: object) -> None:
    export = read(json.dumps({"submissions": [value]}))
    assert len(export.snapshots) <= 1
