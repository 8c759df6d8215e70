from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from altcha import Challenge, Payload, solve_challenge

from site_builder.receive import proof
from site_builder.receive.proof import Proof, Proofs
from tests.receive.asking import KEY, ORIGIN, PAGE, PATH, Memory, Wishes, fields, portal, receiver

SECRET = "any-secret-of-some-length"
OTHER_KEY = KEY[::-1].replace("0", "7")
WISHES = Wishes(altcha_key=SECRET, portals=(portal(proof_of_work="yes"),))


def solved(challenge: dict[str, Any]) -> str:
    """Do the work that a browser does."""
    asked = Challenge.from_dict(challenge)
    solution = solve_challenge(asked)
    assert solution is not None
    return Payload(asked, solution).to_base64()


def test_work_that_was_done_is_good_for_its_key_as_often_as_it_is_sent_and_for_no_other() -> None:
    proofs = Proofs(SECRET)
    sent = solved(proofs.challenge())
    assert [proofs.judge(sent, key) for key in (KEY, KEY, OTHER_KEY)] == [Proof.GOOD, Proof.GOOD, Proof.SPENT]


def test_work_for_somebody_elses_challenge_is_worth_nothing() -> None:
    assert Proofs(SECRET).judge(solved(Proofs("another-secret-altogether").challenge()), KEY) is Proof.WRONG


def test_an_easier_challenge_than_was_set_is_worth_nothing() -> None:
    proofs = Proofs(SECRET)
    easier = proofs.challenge()
    parameters = easier["parameters"]
    assert isinstance(parameters, dict)
    parameters["keyPrefix"] = ""
    assert proofs.judge(solved(easier), KEY) is Proof.WRONG


def test_a_challenge_runs_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof, "time", lambda: 1_000_000.0)
    proofs = Proofs(SECRET)
    assert proofs.judge(solved(proofs.challenge()), KEY) is Proof.EXPIRED


@pytest.mark.parametrize(
    "sent",
    [
        "x",
        "é",
        base64.b64encode(b"[]").decode(),
        base64.b64encode(b'{"challenge": [], "solution": 1}').decode(),
        base64.b64encode(b'{"challenge": {"parameters": "x"}, "solution": {}}').decode(),
        base64.b64encode(b"[" * 50_000).decode(),
        base64.b64encode(b"\xff").decode(),
    ],
)
def test_what_is_no_proof_at_all_is_wrong(sent: str) -> None:
    assert Proofs(SECRET).judge(sent, KEY) is Proof.WRONG


def test_a_proof_with_strange_parts_is_wrong() -> None:
    made = Proofs(SECRET).challenge()
    for counter, derived in ((-1, "00"), ("1", "00"), (None, None), (2**40, "zz"), (1.5, [])):
        text = json.dumps({"challenge": made, "solution": {"counter": counter, "derivedKey": derived}})
        assert Proofs(SECRET).judge(base64.b64encode(text.encode()).decode(), KEY) is Proof.WRONG


def test_only_so_many_proofs_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof, "_REMEMBERED", 1)
    proofs = Proofs(SECRET)
    first, second = solved(proofs.challenge()), solved(proofs.challenge())
    assert [proofs.judge(sent, KEY) for sent in (first, second)] == [Proof.GOOD, Proof.GOOD]
    assert proofs.judge(second, OTHER_KEY) is Proof.SPENT
    assert proofs.judge(first, OTHER_KEY) is Proof.GOOD


def test_a_page_fetches_its_challenge_and_sends_the_work_along() -> None:
    store = Memory()
    with receiver(store, WISHES) as harbour:
        challenge = harbour.ask("GET", f"{PATH}/challenge", headers={"origin": ORIGIN})
        foreign = harbour.ask("GET", f"{PATH}/challenge", headers={"origin": "https://evil.example"})
        posted = harbour.ask("POST", f"{PATH}/challenge", headers={"origin": ORIGIN})
        asked = harbour.ask("OPTIONS", f"{PATH}/challenge", headers={"origin": ORIGIN})
        answer = harbour.post(fields(altcha=solved(challenge.json())))
    assert (challenge.status_code, challenge.headers["access-control-allow-origin"]) == (200, ORIGIN)
    assert [foreign.status_code, posted.status_code, asked.status_code] == [403, 405, 204]
    assert answer.status_code == 200
    assert store.kept[0].suspected == ()
    assert "altcha" not in store.kept[0].fields


def test_wrong_work_is_refused_where_a_script_can_do_it_again_and_otherwise_suspected() -> None:
    store = Memory()
    with receiver(store, WISHES) as harbour:
        script = harbour.post(fields(altcha="bad"))
        page = harbour.post(fields(altcha="bad"), accept=PAGE)
        silent = [harbour.post(fields(), accept=accept) for accept in ("application/json", PAGE)]
    assert (script.status_code, script.json()) == (422, {"ok": False, "error": "proof", "field": "altcha"})
    assert [page.status_code, silent[0].status_code, silent[1].status_code] == [303, 200, 303]
    assert [kept.suspected for kept in store.kept] == [("proof_wrong",), ("proof_missing",), ("proof_missing",)]


def test_a_portal_that_asks_for_no_work_hands_out_no_challenge() -> None:
    store = Memory()
    with receiver(store, Wishes(altcha_key=SECRET)) as harbour:
        assert harbour.ask("GET", f"{PATH}/challenge").status_code == 404
        assert harbour.post(fields()).status_code == 200
    assert store.kept[0].suspected == ()
