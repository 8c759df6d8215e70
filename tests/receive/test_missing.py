"""A referral that nobody could act on is not taken, and whoever sent it is told what is missing and how to go on."""

from __future__ import annotations

import pytest

from tests.receive.asking import JO, PAGE, Memory, Wishes, fields, portal, receiver

FRIEND = {"prospect": "Amy", "contact": "amy@x.example", "ref_kind": "self", "referrer": "7K3M9QX2"}
PERSONAL = {"prospect": "Jo Lee", "contact": "07700 900123", "referrer": "7K3M9QX2"}


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({**JO, "prospect": ""}, "prospect"),
        ({**JO, "prospect": " \t"}, "prospect"),
        ({**JO, "prospect": "\u200b\ufeff"}, "prospect"),
        ({**JO, "prospect": "\u00a0"}, "prospect"),
        ({**JO, "contact": "", "referrer_contact": ""}, "contact"),
        ({"prospect": "Jo Lee", "note": "call"}, "contact"),
        ({**JO, "referrer_contact": ""}, "referrer_contact"),
        ({**JO, "referrer_contact": "", "referrer": " "}, "referrer_contact"),
        ({**JO, "contact": "", "ref_step": "2", "ref_seq": "9"}, "contact"),
        ({**PERSONAL, "contact": ""}, "contact"),
        ({**FRIEND, "contact": ""}, "contact"),
        ({**FRIEND, "prospect": "", "company": "Amy Ltd"}, "prospect"),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_kept(sent: dict[str, str], field: str) -> None:
    store = Memory()
    with receiver(store) as harbour:
        answer = harbour.post(sent)
    assert (answer.status_code, answer.json()) == (422, {"ok": False, "error": "missing", "field": field})
    assert store.kept == []


@pytest.mark.parametrize(
    "sent",
    [
        PERSONAL,
        {**PERSONAL, "referrer": "RETIRED"},
        {**PERSONAL, "referrer": "nobody's code"},
        FRIEND,
        {"prospect": "Amy", "contact": "amy@x.example", "ref_kind": "self"},
    ],
)
def test_a_personal_form_and_the_friends_ask_less_whosever_the_code_is(sent: dict[str, str]) -> None:
    store = Memory()
    with receiver(store) as harbour:
        assert harbour.post(sent).status_code == 200
    assert store.kept[0].fields == {name: text for name, text in sent.items() if name != "ref_kind"}


def test_a_portal_says_what_is_required_in_its_first_step() -> None:
    own = portal(
        fields=[
            {"name": "referrer_contact", "drop": "yes"},
            {"name": "seats", "label": "How many seats?", "step": "1", "required": "yes"},
            {"name": "contact", "required": "no"},
            {"name": "company", "required": "yes"},
        ]
    )
    with receiver(wishes=Wishes(portals=(own,))) as harbour:
        assert harbour.post({"prospect": "Jo Lee"}).json()["field"] == "seats"
        assert harbour.post({"prospect": "Jo Lee", "seats": "9"}).status_code == 200
        assert harbour.post({"prospect": "Amy", "ref_kind": "self"}).json()["field"] == "contact", "theirs is another form"


@pytest.mark.parametrize(
    ("sent", "words", "back"),
    [
        ({**JO, "contact": ""}, "Tell us how to reach them: an e-mail address or a phone number.", "refer/"),
        ({**PERSONAL, "prospect": ""}, "Tell us who it is: a name or a firm is enough.", "refer/7K3M9QX2/"),
        ({**FRIEND, "prospect": ""}, "Tell us your name.", "meet/7K3M9QX2/"),
        ({**PERSONAL, "prospect": "", "referrer": "../evil"}, "Tell us who it is: a name or a firm is enough.", "refer/"),
        ({**FRIEND, "prospect": "", "referrer": ""}, "Tell us your name.", ""),
    ],
)
def test_whoever_has_no_script_reads_what_to_do_and_finds_the_way_back(sent: dict[str, str], words: str, back: str) -> None:
    with receiver() as harbour:
        answer = harbour.post(sent, accept=PAGE)
    assert answer.status_code == 422
    assert f"<h1>{words}</h1>" in answer.text
    assert "Go back in your browser: what you typed is still there." in answer.text
    assert f'<a href="https://refer.harbour.example/{back}">Harbour IT</a>' in answer.text
    assert "07700" not in answer.text
    assert "amy@" not in answer.text


def test_a_question_of_the_portals_own_is_asked_again_in_its_own_words() -> None:
    own = portal(fields=[{"name": "seats", "label": "How <many> seats?", "step": "1", "required": "yes"}])
    with receiver(wishes=Wishes(portals=(own,))) as harbour:
        answer = harbour.post(JO, accept=PAGE)
    assert "<h1>Please answer this too: How &lt;many&gt; seats?</h1>" in answer.text


def test_no_key_empties_what_was_kept_under_it() -> None:
    store = Memory()
    with receiver(store) as harbour:
        harbour.post(fields())
        assert harbour.post(fields(contact="", ref_step="2", ref_seq="2")).status_code == 422
    assert [kept.fields["contact"] for kept in store.kept] == [JO["contact"]]


@pytest.mark.parametrize("sign", ["\u202a", "\u202e", "\u2066", "\u2069", "\u200b", "\ufeff"])
def test_signs_that_nobody_sees_are_dropped_wherever_they_stand(sign: str) -> None:
    store = Memory()
    with receiver(store) as harbour:
        harbour.post(fields(prospect=f"{sign} Jo{sign} Lee", note=f"a{sign}b", referrer=f"7K3M{sign}9QX2"))
    assert store.kept[0].fields == {**JO, "note": "ab", "referrer": "7K3M9QX2"}


def test_joiners_stay_for_persian_and_emoji_need_them() -> None:
    store = Memory()
    with receiver(store) as harbour:
        harbour.post(fields(prospect="می\u200cرود 👩\u200d🔧"))
    assert store.kept[0].fields["prospect"] == "می\u200cرود 👩\u200d🔧"
