"""portal explain: each line's sum, days and reason, worked by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from site_builder.cli.explainblocks import WHY
from site_builder.cli.explaintext import in_full, in_short
from site_builder.cli.table import PAPER, Screen
from site_builder.model.portal import Portal
from site_builder.model.tables import Payout
from site_builder.problem import Source
from site_builder.reasons import Speaker
from site_builder.rules.incentives.trace import LineCode
from site_builder.rules.programme import Programme
from tests.portals import PORTAL, client, incentives, referral, referrer, rule, typed, write

Run = Callable[..., tuple[int, str, str]]
Entry = dict[str, object]
BRITISH = Speaker("en-GB", "GBP")

RULES = """\
example: {monthly_fee: "1000", setup_fee: "0", months: 12}
rules:
  - id: share
    title: A tenth for two months
    plain: You get a tenth.
    audiences: [partner]
    type: commission
    parts: [{percent: "10", of: monthly_fee, to: 2}]
    wait_days: 14
  - {id: thanks100, title: One hundred, plain: You get a hundred., audiences: [owner], type: fixed, amount: "100"}
  - {id: leaf, title: A leaf, plain: A leaf., type: honour, what: a copper leaf}
"""
REFERRERS = """\
referrer_id,name,audience,kind,kickback_clause
pam,Pam Poe,partner,partner,none
rita,Rita Ray,owner,friend,none
"""
# r1: a tenth of 1,234.56 is 123.456. Won on 31 August: its months are counted to 30 September and to 31 October.
REFERRALS = """\
referral_id,received_on,referrer_id,prospect,status,status_on,won_on,monthly_fee,source
r1,2026-05-01,pam,First Ltd,won,,2026-08-31,1234.56,referral
r2,2026-09-01,rita,First Limited,received,,,,referral
r3,2026-06-01,,Third Ltd,won,,2026-07-01,500,inbound
r4,2026-11-02,rita,Fourth Ltd,received,,,,referral
"""
PAYOUTS = "referral_id,rule,instalment,paid_on,amount\nr1,share,1,2026-10-15,123.46\n"
ZERO = {"expected": "0.00", "earned": "0.00", "due": "0.00", "paid": "0.00", "withheld": "0.00"}


@pytest.fixture(autouse=True)
def not_on_a_build_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(
        tmp_path,
        {
            "data/incentives.yaml": RULES,
            "data/referrers.csv": REFERRERS,
            "data/referrals.csv": REFERRALS,
            "data/payouts.csv": PAYOUTS,
        },
    )


def entries(run: Run, root: Path, *words: str) -> list[Entry]:
    code, out, err = run("explain", *words, "--format", "json", "--portal", root)
    assert (code, err) == (0, "")
    found: list[Entry] = json.loads(out)
    return found


def part(entry: Entry, name: str) -> list[Entry]:
    found = entry[name]
    assert isinstance(found, list)
    return found


def test_each_instalment_has_its_sum_its_days_and_its_reason(run: Run, root: Path) -> None:
    (found,) = entries(run, root, "r1")
    assert found["referral"] == "r1"
    usual = {"rule": "share", "type": "commission", "to": "referrer", "amount": "123.46", "currency": "GBP", "code": None}
    first, second, leaf = part(found, "lines")
    assert first == {
        **usual,
        "instalment": 1,
        "state": "paid",
        "milestone_on": "2026-09-30",
        "due_on": "2026-10-14",
        "reason": "10% of \u00a31,234.56 for month 1; \u00a3123.46 paid on 15 October 2026",
    }
    assert second == {
        **usual,
        "instalment": 2,
        "state": "earned",
        "milestone_on": "2026-10-31",
        "due_on": "2026-11-14",
        "reason": "10% of \u00a31,234.56 for month 2; due on 14 November 2026, 14 days after 31 October 2026",
    }
    assert leaf == {
        "rule": "leaf",
        "type": "honour",
        "to": "referrer",
        "instalment": None,
        "amount": None,
        "currency": "GBP",
        "state": "due",
        "milestone_on": "2026-08-31",
        "due_on": "2026-08-31",
        "code": None,
        "reason": "An honour: a copper leaf; yours since 31 August 2026",
    }
    assert found["totals"] == {**ZERO, "earned": "123.46", "paid": "123.46"}


def test_the_trace_has_a_steps_line_its_values_as_texts_and_its_words(run: Run, root: Path) -> None:
    (found,) = entries(run, root, "r1")
    assert part(found, "trace")[0] == {
        "rule": "share",
        "instalment": 1,
        "step": "share_of_month",
        "values": {"percent": "10", "base": "1234.56", "month": "1"},
        "text": "10% of \u00a31,234.56 for month 1",
    }
    due = next(step for step in part(found, "trace") if step["step"] == "due" and step["instalment"] == 2)
    assert due["values"] == {"on": "2026-11-14", "wait_days": "14", "after": "2026-10-31"}


def test_what_holds_for_every_line_has_no_rule(run: Run, root: Path) -> None:
    (found,) = entries(run, root, "r2")
    assert part(found, "trace")[0] == {
        "rule": None,
        "instalment": None,
        "step": "duplicate",
        "values": {"referral": "r1", "on": "2026-05-01"},
        "text": "no reward, for we had heard of them already, on 1 May 2026",
    }
    assert [(line["rule"], line["state"], line["code"]) for line in part(found, "lines")] == [
        ("thanks100", "withheld", "duplicate"),
        ("leaf", "withheld", "duplicate"),
    ]
    assert found["totals"] == {**ZERO, "withheld": "100.00"}


def test_without_ids_it_is_every_referral_that_somebody_had_sent(run: Run, root: Path) -> None:
    assert [entry["referral"] for entry in entries(run, root)] == ["r1", "r2"]
    assert [entry["referral"] for entry in entries(run, root, "--as-of", "2026-11-02")] == ["r1", "r2", "r4"]


def test_with_ids_it_is_those_in_the_order_typed_each_once(run: Run, root: Path) -> None:
    assert [entry["referral"] for entry in entries(run, root, "r3", "r1", "r3")] == ["r3", "r1"]


def test_what_nobody_sent_earns_nothing(run: Run, root: Path) -> None:
    assert entries(run, root, "r3") == [{"referral": "r3", "lines": [], "totals": ZERO, "trace": []}]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("r-1", 'there is no referral or referrer "r-1"; did you mean "r1"?'),
        ("q2026-009", 'there is no referral or referrer "q2026-009"'),
        ("r4", '"r4" was not received by 2026-10-31; type a later day with --as-of'),
    ],
)
@pytest.mark.parametrize("form", ["text", "json"])
def test_an_unknown_id_is_wrong_usage_and_nothing_is_printed(run: Run, root: Path, typed: str, said: str, form: str) -> None:
    assert run("explain", "r1", typed, "--format", form, "--portal", root) == (2, "", f"portal: {said}\n")


def test_an_id_where_no_referrals_are_started_says_so(run: Run, tmp_path: Path) -> None:
    said = 'portal: there is no referral "r1": data/referrals.csv is not started\n'
    assert run("explain", "r1", "--portal", write(tmp_path)) == (2, "", said)
    assert entries(run, tmp_path) == []


# As people read it


def test_a_referral_is_told_line_by_line_with_the_reason_below(run: Run, root: Path) -> None:
    code, out, err = run("explain", "r1", "r2", "--portal", root)
    assert (code, err) == (0, "")
    assert out == (
        'The reasons are in the words that the referrer reads: "you" is the referrer.\n'
        "\n"
        "r1: First Ltd\n"
        "received 2026-05-01 from Pam Poe (pam); status: won\n"
        "rule   month  to         amount  state   earned      due\n"
        "share      1  referrer  \u00a3123.46  paid    2026-09-30  2026-10-14\n"
        "    10% of \u00a31,234.56 for month 1; \u00a3123.46 paid on 15 October 2026\n"
        "share      2  referrer  \u00a3123.46  earned  2026-10-31  2026-11-14\n"
        "    10% of \u00a31,234.56 for month 2; due on 14 November 2026, 14 days after 31 October 2026\n"
        "leaf          referrer        -  due     2026-08-31  2026-08-31\n"
        "    An honour: a copper leaf; yours since 31 August 2026\n"
        "cash to the referrer: \u00a3123.46 earned, \u00a3123.46 paid\n"
        "\n"
        "r2: First Limited\n"
        "received 2026-09-01 from Rita Ray (rita); status: received\n"
        "for every reward: no reward, for we had heard of them already, on 1 May 2026 (referral r1)\n"
        "rule       month  to         amount  state     earned  due\n"
        "thanks100         referrer  \u00a3100.00  withheld\n"
        "    A fixed sum of \u00a3100.00; no reward, for we had heard of them already, on 1 May 2026\n"
        "leaf              referrer        -  withheld\n"
        "    An honour: a copper leaf; no reward, for we had heard of them already, on 1 May 2026\n"
        "cash to the referrer: \u00a3100.00 withheld\n"
    )


def test_many_referrals_are_a_line_each_with_what_they_come_to(run: Run, root: Path) -> None:
    code, out, err = run("explain", "--portal", root)
    assert (code, err) == (0, "")
    assert out == (
        "What was sent by 2026-10-31 earns, cash in GBP\n"
        "referral  sent by  status    expected  earned  due    paid  withheld  why\n"
        "r1        pam      won                 123.46       123.46\n"
        "r2        rita     received                                   100.00  sent before\n"
        "in all                                 123.46       123.46    100.00\n"
        "Withheld: \u00a30.00 can still be released (once they sign, or say what their contract allows), \u00a3100.00 cannot.\n"
        "Due, and not cash to a referrer: leaf (1).\n"
        "portal explain r2 says it line by line, with reasons.\n"
        "portal explain --state due says what is due to whom, the oldest first.\n"
    )


def told(portal: Portal, *referral_ids: str, on: Screen = PAPER) -> str:
    evaluations = Programme(portal).evaluations
    return in_full([evaluations[each] for each in referral_ids], portal, BRITISH, on)


RITA = replace(PORTAL, referrers=(referrer(kickback_clause="none"),), incentives=incentives(rule()))


def test_what_nobody_sent_has_no_lines_and_says_why() -> None:
    inbound = replace(RITA, referrals=(referral(referrer_id="", source="inbound"),))
    assert told(inbound, "r1") == (
        "r1: Prospects\n"
        "received 2026-01-10, sent by nobody, so it earns no reward; status: won\n"
    )  # fmt: skip


def test_no_rule_that_fits_is_said() -> None:
    unrewarded = replace(RITA, incentives=incentives(rule(audiences=["staff"])), referrals=(referral(),))
    assert told(unrewarded, "r1").splitlines()[2:] == [
        "No incentive is for them: none fits their audience and the day it was received."
    ]


SHARE = rule("share", type="commission", parts=[{"percent": "10", "of": "monthly_fee", "to": "3"}])


def lines_of(portal: Portal) -> list[str]:
    """What is told of r1 below the headings of its table."""
    text = told(portal, "r1").splitlines()
    return text[next(place for place, line in enumerate(text) if line.startswith("rule ")) + 1 :]


def test_instalments_with_one_reason_are_one_block() -> None:
    open_fee = replace(RITA, incentives=incentives(SHARE), referrals=(referral(status="contacted", won_on=""),))
    assert lines_of(open_fee) == [
        "share  1 to 3  referrer       -  expected",
        "    The sum is open until we know their monthly fee; comes when they become a client",
        "cash to the referrer: none",
    ]


def test_a_block_tells_each_amount_and_the_days_from_the_first_to_the_last() -> None:
    # Won on 15 August at 952: 95.20 on 15 September and 15 October, which have come, and on 15 November.
    won = replace(RITA, incentives=incentives(SHARE), referrals=(referral(won_on="2026-08-15", monthly_fee="952"),))
    assert lines_of(won) == [
        "share  1 to 2  referrer  \u00a395.20 each  due       from 2026-09-15  from 2026-09-15",
        "    10% of a month's \u00a3952.00; due from 15 September 2026 to 15 October 2026",
        "share       3  referrer       \u00a395.20  expected  2026-11-15       2026-11-15",
        "    10% of \u00a3952.00 for month 3; due on 15 November 2026",
        "cash to the referrer: \u00a395.20 expected, \u00a3190.40 due",
    ]


def test_a_block_of_what_is_withheld_says_no_days() -> None:
    signing = incentives({**SHARE, "needs_agreement": "yes"})
    won = replace(RITA, incentives=signing, referrals=(referral(won_on="2026-08-15", monthly_fee="952"),))
    assert lines_of(won) == [
        "share  1 to 3  referrer  \u00a395.20 each  withheld  from 2026-09-15  from 2026-09-15",
        "    10% of a month's \u00a3952.00; withheld until you sign the agreement",
        "cash to the referrer: \u00a3285.60 withheld",
    ]


def payout(**values: object) -> Payout:
    usual = {"referral_id": "r1", "rule": "thanks100", "paid_on": "2026-10-20"}
    return typed(Payout, {**usual, **values}, Source("data/payouts.csv", 2, 1))


def test_what_was_paid_is_what_payouts_csv_has_and_the_reckoning_stands_beside_it() -> None:
    paid = replace(RITA, referrals=(referral(),), payouts=(payout(amount="90"),))
    assert lines_of(paid) == [
        "thanks100         referrer  \u00a390.00  paid   2026-10-01  2026-10-01",
        "    A fixed sum of \u00a3100.00; \u00a390.00 paid on 20 October 2026 (reckoned: \u00a3100.00)",
        "cash to the referrer: \u00a390.00 paid",
    ]
    evaluations = tuple(Programme(paid).evaluations.values())
    assert in_short(evaluations, paid, PAPER).splitlines()[3].split() == ["in", "all", "90.00"]


def test_instalments_that_were_paid_alike_are_a_block_with_the_days_they_were_paid() -> None:
    won = referral(won_on="2026-08-15", monthly_fee="952")
    rows = [{"instalment": "1", "paid_on": "2026-09-20"}, {"instalment": "2", "paid_on": "2026-10-21"}]
    paid = replace(RITA, incentives=incentives(SHARE), referrals=(won,))
    paid = replace(paid, payouts=tuple(payout(rule="share", amount="90", **row) for row in rows))
    assert lines_of(paid)[:2] == [
        "share  1 to 2  referrer  \u00a390.00 each  paid      from 2026-09-15  from 2026-09-15",
        "    10% of a month's \u00a3952.00; paid from 20 September 2026 to 21 October 2026 (reckoned: \u00a395.20)",
    ]


def test_a_payout_that_no_line_explains_is_told_and_counted() -> None:
    rows = (payout(amount="90"), payout(rule="finder", instalment="2", amount="1840"), payout(rule="leaf"))
    paid = replace(RITA, referrals=(referral(),), payouts=rows)
    where = "which is none of its rewards (data/payouts.csv, line 2)"
    assert lines_of(paid)[2:] == [
        f"also paid: \u00a31,840.00 on 2026-10-20 for finder, instalment 2, {where}",
        f"also paid: what is no money on 2026-10-20 for leaf, {where}",
        "cash to the referrer: \u00a31,930.00 paid",
    ]
    unrewarded = replace(paid, incentives=incentives())
    assert told(unrewarded, "r1").splitlines()[-1] == "cash to the referrer: \u00a31,930.00 paid"


def test_what_is_withheld_is_split_into_what_may_still_come_and_what_may_not() -> None:
    # Unsigned is released by a signature; unsigned and lost is not.
    signing = replace(RITA, incentives=incentives(rule(needs_agreement="yes")))
    both = (referral(), referral("r2", prospect="Other", status="lost", won_on=""))
    found = replace(signing, referrals=both)
    text = in_short(tuple(Programme(found).evaluations.values()), found, PAPER)
    assert (
        "Withheld: \u00a3100.00 can still be released (once they sign, or say what their contract allows), \u00a3100.00 cannot.\n"
        in text
    )
    unknown = replace(RITA, referrers=(referrer(),), referrals=(referral(),))
    text = in_short(tuple(Programme(unknown).evaluations.values()), unknown, PAPER)
    assert (
        "Withheld: \u00a3100.00 can still be released (once they sign, or say what their contract allows), \u00a30.00 cannot.\n"
        in text
    )
    assert "--state due" not in text


def test_no_word_of_the_program_is_shown_to_an_owner_who_asks_why() -> None:
    assert set(WHY) == set(LineCode)
    assert not [words for words in WHY.values() if "_" in words]


# By referrer and by state


def test_a_referrers_id_stands_for_all_they_sent(run: Run, root: Path) -> None:
    assert [entry["referral"] for entry in entries(run, root, "rita", "--as-of", "2026-11-02")] == ["r2", "r4"]
    assert [entry["referral"] for entry in entries(run, root, "r2", "pam", "rita")] == ["r2", "r1"]
    assert entries(run, root, "pam", "--as-of", "2026-04-30") == []
    out = run("explain", "pam", "--as-of", "2026-04-30", "--portal", root)[1]
    assert out == "They had sent no referral by 2026-04-30.\n"


def test_what_is_in_one_state_is_told_with_whom_it_is_for_the_oldest_first(run: Run, root: Path) -> None:
    welcome = "  - {id: welcome, title: W, plain: Less., type: discount, amount: '50', months: 1}\n"
    boats = "  - {id: boats, title: B, plain: Boats., audiences: [owner], type: donation, charity: Boats, amount: '150'}\n"
    (root / "data/incentives.yaml").write_text(RULES.replace("  - {id: thanks100", f"{welcome}{boats}  - {{id: thanks100"))
    more = "r5,2026-06-02,rita,Fifth Ltd,won,2026-07-01,2026-07-01,100,referral\n"
    (root / "data/referrals.csv").write_text(f"{REFERRALS}{more}")
    code, out, err = run("explain", "--state", "due", "--portal", root)
    assert (code, err) == (0, "")
    assert out == (
        "What is due on 2026-10-31, the oldest first\n"
        "due         sent by  referral  rule     month  to         amount\n"
        "2026-07-01  rita     r5        welcome         friend     \u00a350.00\n"
        "2026-07-01  rita     r5        boats           charity   \u00a3150.00\n"
        "2026-07-01  rita     r5        leaf            referrer        -\n"
        "2026-08-31  pam      r1        welcome         friend     \u00a350.00\n"
        "2026-08-31  pam      r1        leaf            referrer        -\n"
        "in all                                                   \u00a3250.00\n"
        "To charities: \u00a3150.00. For the friends they sent: \u00a3100.00.\n"
    )
    assert run("explain", "--state", "expected", "pam", "--portal", root)[1] == "No reward is expected on 2026-10-31.\n"


def test_what_was_paid_stands_by_its_own_day_and_what_is_withheld_says_why(run: Run, root: Path) -> None:
    assert run("explain", "--state", "paid", "--portal", root)[1].splitlines()[1:3] == [
        "paid        sent by  referral  rule   month  to         amount",
        "2026-10-15  pam      r1        share      1  referrer  \u00a3123.46",
    ]
    assert run("explain", "--state", "withheld", "--portal", root)[1].splitlines()[1:] == [
        "due     sent by  referral  rule       month  to         amount  why",
        "-       rita     r2        thanks100         referrer  \u00a3100.00  sent before",
        "-       rita     r2        leaf              referrer        -  sent before",
        "in all                                                 \u00a3100.00",
    ]


def test_instalments_without_a_day_are_one_row(run: Run, root: Path) -> None:
    (root / "data/referrals.csv").write_text(REFERRALS.replace("won,,2026-08-31,1234.56", "contacted,,,1000"))
    (root / "data/payouts.csv").unlink()
    assert run("explain", "--state", "expected", "pam", "--portal", root)[1].splitlines()[2:] == [
        "-       pam      r1        share  1 to 2  referrer  \u00a3100.00 each",
        "-       pam      r1        leaf           referrer             -",
        "in all                                                   \u00a3200.00",
    ]


def test_for_programs_a_state_leaves_its_lines_and_the_totals_of_all(run: Run, root: Path) -> None:
    (found,) = entries(run, root, "--state", "earned")
    assert [(line["rule"], line["instalment"]) for line in part(found, "lines")] == [("share", 2)]
    assert {(step["rule"], step["instalment"]) for step in part(found, "trace")} == {("share", 2)}
    assert found["totals"] == {**ZERO, "earned": "123.46", "paid": "123.46"}
    assert run("explain", "--state", "deu", "--portal", root)[0] == 2


def test_the_owner_reads_which_row_was_matched() -> None:
    own = replace(
        RITA,
        clients=(client("acme"),),
        referrers=(referrer(client_id="acme", kickback_clause="none"),),
        referrals=(referral(prospect="Acme Ltd"),),
    )
    assert "for every reward: no reward, for this is your own firm (client acme)\n" in told(own, "r1")


@pytest.mark.parametrize(
    ("as_of", "values", "status"),
    [
        pytest.param("2026-10-31", {"status": "won"}, "won", id="the present one where its day has come"),
        pytest.param("2026-09-30", {"status": "won"}, "received", id="won later, and nothing known before"),
        pytest.param("2026-09-30", {"status": "won", "qualified_on": "2026-02-01"}, "qualified", id="won later"),
        pytest.param("2026-10-15", {"status": "lost", "status_on": "2026-10-20"}, "won", id="lost later, after it was won"),
        pytest.param("2026-10-31", {"status": "lost", "status_on": "2026-10-20"}, "lost", id="lost after it was won"),
        pytest.param("2026-02-01", {"status": "contacted", "won_on": ""}, "contacted", id="without a day"),
        pytest.param(
            "2026-02-01", {"status": "contacted", "won_on": "", "status_on": "2026-03-01"}, "received", id="contacted later"
        ),
    ],
)
def test_the_status_is_that_of_the_day_it_speaks_for(as_of: str, values: dict[str, str], status: str) -> None:
    past = replace(RITA, as_of=date.fromisoformat(as_of), referrals=(referral(**values),))
    assert told(past, "r1").splitlines()[3] == f"received 2026-01-10 from Rita (rita); status: {status}"
    evaluations = tuple(Programme(past).evaluations.values())
    assert in_short(evaluations, past, PAPER).splitlines()[2].split()[2] == status


def test_nobody_who_sent_anything_is_said() -> None:
    assert in_short((), RITA, PAPER) == "Nobody had sent a referral by 2026-10-31, so there is nothing to explain.\n"


def test_states_have_colours_on_a_terminal() -> None:
    won = replace(RITA, referrals=(referral(),))
    assert "\x1b[33mdue\x1b[0m" in told(won, "r1", on=Screen(80, is_coloured=True))
    assert "\x1b" not in told(won, "r1", on=Screen(80))


@pytest.mark.parametrize("columns", [40, 60, 80])
def test_no_line_is_wider_than_the_terminal(columns: int) -> None:
    won = replace(RITA, referrals=(referral(),))
    evaluations = tuple(Programme(won).evaluations.values())
    text = told(won, "r1", on=Screen(columns)) + in_short(evaluations, won, Screen(columns))
    assert [line for line in text.splitlines() if len(line) > columns] == []
