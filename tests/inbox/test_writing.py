"""Both tables are written whole, in an order that an interrupted run can be completed from."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.edit import ChangedMeanwhileError
from site_builder.inbox.arrivals import arrivals
from site_builder.inbox.writing import LEADS, REFERRALS, Change, changes, header, written
from site_builder.model.tables import Lead as LeadRow
from tests.inbox.making import KEY, lead, portal, row
from tests.portals import referral, write

LEADS_HEADER = (
    "lead_key,received_at,prospect,contact,referrer_id,referrer_contact,referrer_name,company,trigger,call_when,may_name,told,"
    "note,consent_version,suspected\n"
)


def test_the_referral_is_written_first_and_the_lead_last_in_each_tables_own_form() -> None:
    former = {
        REFERRALS: "\ufeffreferral_id;prospect;received_on;status;source\r\nr7;X;2026-01-10;won;referral\r\n".encode(),
        LEADS: b'"lead_key","note"\n"other",""\n',
    }
    at = portal(referrals=(referral("r7"),))
    referrals, leads = changes(arrivals(at, [lead(note="a, b")]).arrivals, former)
    assert (referrals.path, leads.path) == (REFERRALS, LEADS)
    assert referrals.content.decode() == (
        "\ufeffreferral_id;prospect;received_on;status;source;status_on;lead_key\r\n"
        f"r7;X;2026-01-10;won;referral;;\r\nr8;Jo Lee;2026-10-30;received;referral;2026-10-30;{KEY}\r\n"
    )
    assert leads.content.decode() == (
        '"lead_key","note","received_at","prospect","contact"\n"other","","","",""\n'
        f'"{KEY}","a, b","2026-10-30T14:05:09+00:00","Jo Lee","07700 900123"\n'
    )


def test_tables_that_are_not_started_get_their_header() -> None:
    at = portal(referrals=())
    referrals, leads = changes(arrivals(at, [lead()]).arrivals, {REFERRALS: None, LEADS: None})
    assert referrals.content.startswith(b"referral_id,received_on,referrer_id,prospect,")
    assert leads.content.decode() == f"{LEADS_HEADER}{KEY},2026-10-30T14:05:09+00:00,Jo Lee,07700 900123{',' * 11}\n"
    assert header(LeadRow).decode() == LEADS_HEADER


def test_a_later_step_changes_its_cells_and_no_other_byte() -> None:
    former = {REFERRALS: b"referral_id\nr7\n", LEADS: f'lead_key, contact ,x\r\n{KEY},"07700",keep\r\n'.encode()}
    at = portal(leads=(row(contact="07700"),), referrals=(referral("r7", lead_key=KEY),))
    (change,) = changes(arrivals(at, [lead(prospect="")]).arrivals, former)
    assert change.path == LEADS
    assert change.content.decode() == f'lead_key, contact ,x\r\n{KEY},"07700 900123",keep\r\n'


def test_nothing_new_changes_nothing() -> None:
    assert changes((), {REFERRALS: None, LEADS: None}) == ()
    assert Change(LEADS, None, b"").is_none
    assert not Change(LEADS, b"", b"x").is_none


def test_a_new_table_of_leads_is_closed_to_others_and_one_of_referrals_is_as_its_neighbours(tmp_path: Path) -> None:
    root = write(tmp_path)
    (root / "data/portal.yaml").chmod(0o644)
    for path in (REFERRALS, LEADS):
        written(root, Change(path, None, b"new\n"))
    assert (root / LEADS).stat().st_mode & 0o777 == 0o640
    assert (root / REFERRALS).stat().st_mode & 0o777 == 0o644
    written(root, Change(LEADS, b"new\n", b"newer\n"))
    assert (root / LEADS).read_bytes() == b"newer\n"
    with pytest.raises(ChangedMeanwhileError):
        written(root, Change(LEADS, b"new\n", b"newest\n"))


def test_a_referral_that_changes_with_the_form_keeps_the_rest_of_its_row() -> None:
    former = {
        REFERRALS: f"referral_id;prospect;status;note;lead_key\nr7;Jo Lee;received;mine;{KEY}\n".encode(),
        LEADS: f"lead_key,prospect,contact\n{KEY},Jo Lee,07700 900123\n".encode(),
    }
    at = portal(
        leads=(row(prospect="Jo Lee", contact="07700 900123"),),
        referrals=(referral("r7", prospect="Jo Lee", status="received", won_on="", lead_key=KEY),),
    )
    referrals, leads = changes(arrivals(at, [lead(company="Lee Works")]).arrivals, former)
    assert referrals.content.decode() == f"referral_id;prospect;status;note;lead_key\nr7;Lee Works;received;mine;{KEY}\n"
    assert leads.content.decode() == f"lead_key,prospect,contact,company\n{KEY},Jo Lee,07700 900123,Lee Works\n"
