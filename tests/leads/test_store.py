"""What is said to be kept is kept, the furthest counts, and what is erased is gone; on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest

from site_builder.leads.snapshot import Kind
from site_builder.leads.store import Outcome, Store, StoreBusyError
from tests.leads.conftest import NewStore
from tests.leads.samples import KEY, NOON, OTHER_KEY, snapshot


def test_a_snapshot_is_there_for_whoever_opens_the_database_next(new_store: NewStore) -> None:
    first = snapshot(prospect="Jo Lee", note="", kind=Kind.SELF, origin_missing=True)
    assert new_store().put(first) is Outcome.CREATED
    (lead,) = new_store().leads("harbour")
    assert (lead.portal, lead.key, lead.step, lead.seq, lead.kind) == ("harbour", KEY, 1, 1, Kind.SELF)
    assert lead.fields == {"prospect": "Jo Lee"}
    assert (lead.received_at, lead.updated_at) == (NOON, NOON)
    assert lead.received_at.utcoffset() == timedelta()
    assert lead.suspected == ()
    assert lead.origin_missing is True


def test_a_later_step_takes_the_place_of_an_earlier_one_and_keeps_when_the_lead_came(store: Store) -> None:
    store.put(snapshot(1, 1, prospect="Jo", note="call"))
    assert store.put(snapshot(2, 1, prospect="Jo Lee", note="", minutes=5)) is Outcome.UPDATED
    (lead,) = store.leads("harbour")
    assert (lead.step, lead.seq, lead.fields) == (2, 1, {"prospect": "Jo Lee"})
    assert (lead.received_at, lead.updated_at) == (NOON, NOON + timedelta(minutes=5))


@pytest.mark.parametrize(
    ("step", "seq"),
    [
        pytest.param(2, 3, id="the same again, with other words: the first stays"),
        pytest.param(2, 2, id="an earlier number of the same step"),
        pytest.param(1, 9, id="a greater number of an earlier step"),
    ],
)
def test_an_earlier_or_repeated_one_changes_nothing(store: Store, step: int, seq: int) -> None:
    store.put(snapshot(2, 3, prospect="Jo Lee"))
    before = store.leads("harbour"), store.waiting()
    assert store.put(snapshot(step, seq, prospect="Another", minutes=5, suspected=("honeypot",))) is Outcome.KEPT
    assert (store.leads("harbour"), store.waiting()) == before


def test_a_key_is_bound_to_its_portal(store: Store) -> None:
    store.put(snapshot(1, 1, portal="harbour", prospect="Jo Lee"))
    assert store.put(snapshot(2, 9, portal="quay", prospect="Another")) is Outcome.CREATED
    assert [lead.fields["prospect"] for lead in store.leads("harbour")] == ["Jo Lee"]
    assert [lead.fields["prospect"] for lead in store.leads("quay")] == ["Another"]
    assert store.waiting() == 4, "each is told by mail and webhook"


def test_leads_come_in_the_order_of_their_arrival(store: Store) -> None:
    store.put(snapshot(key="a" * 32, minutes=2, prospect="second"))
    store.put(snapshot(key="b" * 32, minutes=1, prospect="first"))
    assert [lead.fields["prospect"] for lead in store.leads("harbour")] == ["first", "second"]
    assert store.leads("quay") == ()


def test_suspected_leads_are_kept_and_shown_only_when_asked_for(store: Store) -> None:
    store.put(snapshot(prospect="Jo Lee"))
    store.put(snapshot(key=OTHER_KEY, minutes=1, prospect="Robot", suspected=("honeypot", "too fast")))
    assert [lead.fields["prospect"] for lead in store.leads("harbour")] == ["Jo Lee"]
    assert [lead.suspected for lead in store.leads("harbour", suspected=True)] == [("honeypot", "too fast")]
    assert [lead.fields["prospect"] for lead in store.leads("harbour", suspected=None)] == ["Jo Lee", "Robot"]


def test_every_portals_leads_are_counted_suspected_ones_too(store: Store) -> None:
    assert store.portals() == {}
    store.put(snapshot(portal="quay"))
    store.put(snapshot(2, 1, portal="quay"))
    store.put(snapshot(key=OTHER_KEY, portal="quay", suspected=("honeypot",)))
    store.put(snapshot(portal="harbour"))
    assert list(store.portals().items()) == [("harbour", 1), ("quay", 2)]


def test_texts_of_any_script_come_back_as_they_went_in(store: Store) -> None:
    words = {"prospect": "Zoë 李 🦊 O'Brien", "note": 'line one\nline two\t"quoted" \\ % :x'}
    store.put(snapshot(prospect=words["prospect"], note=words["note"]))
    (lead,) = store.leads("harbour")
    assert lead.fields == words


def test_a_new_lead_is_told_once_on_each_channel(store: Store) -> None:
    store.put(snapshot(1, 1))
    store.put(snapshot(1, 1))
    due = store.take_due(NOON, 10)
    assert {notice.id for notice in due} == {f"harbour-{KEY}-1-1-mail", f"harbour-{KEY}-1-1-webhook"}
    assert {(notice.channel, notice.is_first, notice.attempts) for notice in due} == {("mail", True, 1), ("webhook", True, 1)}
    assert [notice.lead for notice in due] == [*store.leads("harbour")] * 2


def test_more_about_a_lead_is_told_and_nothing_new_is_not(store: Store) -> None:
    store.put(snapshot(1, 1, prospect="Jo Lee", note=""))
    for notice in store.take_due(NOON, 10):
        store.done(notice.id)
    assert store.put(snapshot(2, 1, prospect="Jo Lee", note="", company="")) is Outcome.UPDATED
    assert store.waiting() == 0, "the second step added nothing"
    store.put(snapshot(2, 2, prospect="Jo Lee", note="call on Monday"))
    told = store.take_due(NOON, 10)
    assert {(notice.id, notice.is_first) for notice in told} == {
        (f"harbour-{KEY}-2-2-mail", False),
        (f"harbour-{KEY}-2-2-webhook", False),
    }


def test_a_suspected_lead_is_told_to_nobody_until_a_clean_snapshot_is_its_first_news(store: Store) -> None:
    store.put(snapshot(1, 1, prospect="Jo Lee", suspected=("honeypot",)))
    store.put(snapshot(1, 2, prospect="Jo Lee Ltd", suspected=("too_fast",)))
    assert store.waiting() == 0
    assert [lead.suspected for lead in store.leads("harbour", suspected=True)] == [("too_fast",)]
    assert store.put(snapshot(2, 1, prospect="Jo Lee Ltd")) is Outcome.UPDATED
    told = store.take_due(NOON, 10)
    assert {(notice.id, notice.is_first) for notice in told} == {
        (f"harbour-{KEY}-2-1-mail", True),
        (f"harbour-{KEY}-2-1-webhook", True),
    }
    assert [lead.suspected for lead in store.leads("harbour")] == [()]


def test_a_clean_lead_stays_clean_and_more_about_it_is_told_whatever_fills_the_trap_later(new_store: NewStore) -> None:
    store = new_store("mail")
    store.put(snapshot(1, 1, prospect="Jo Lee", note=""))
    (first,) = store.take_due(NOON, 10)
    store.done(first.id)
    assert store.put(snapshot(2, 2, prospect="Jo Lee", note="call", suspected=("honeypot",))) is Outcome.UPDATED
    (lead,) = store.leads("harbour")
    assert (lead.suspected, lead.fields) == ((), {"prospect": "Jo Lee", "note": "call"})
    (notice,) = store.take_due(NOON, 10)
    assert (notice.id, notice.is_first) == (f"harbour-{KEY}-2-2-mail", False)


@pytest.mark.parametrize(("step", "seq"), [(1, 1), (2, 2)])
def test_a_clean_snapshot_that_comes_late_clears_the_lead_and_changes_nothing_else(
    new_store: NewStore, step: int, seq: int
) -> None:
    store = new_store("mail")
    store.put(snapshot(2, 2, prospect="Jo Lee", note="call", suspected=("honeypot",), origin_missing=True))
    late = snapshot(step, seq, prospect="Another", minutes=5, kind=Kind.SELF)
    assert store.put(late) is Outcome.UPDATED
    assert store.put(late) is Outcome.KEPT
    (lead,) = store.leads("harbour")
    assert (lead.step, lead.seq, lead.kind, lead.fields) == (2, 2, Kind.REFERRAL, {"prospect": "Jo Lee", "note": "call"})
    assert (lead.suspected, lead.origin_missing, lead.received_at, lead.updated_at) == ((), True, NOON, NOON)
    assert [(notice.is_first, notice.lead) for notice in store.take_due(NOON + timedelta(hours=1), 10)] == [(True, lead)]


def test_a_store_without_channels_tells_nobody(new_store: NewStore) -> None:
    store = new_store()
    store.put(snapshot())
    assert store.waiting() == 0


def test_what_one_takes_is_nobody_elses_until_the_lease_ends(new_store: NewStore) -> None:
    store, other = new_store("mail"), new_store("mail")
    store.put(snapshot())
    assert store.take_due(NOON - timedelta(seconds=1), 10) == ()
    (first,) = store.take_due(NOON, 10, timedelta(minutes=5))
    assert other.take_due(NOON + timedelta(minutes=4, seconds=59), 10) == ()
    (again,) = other.take_due(NOON + timedelta(minutes=5), 10)
    assert (again.id, again.attempts) == (first.id, 2), "whoever took it was killed: it comes again under the same id"


def test_the_longest_due_come_first_and_no_more_than_asked_for(new_store: NewStore) -> None:
    store = new_store("mail")
    for minutes, letter in ((3, "a"), (1, "b"), (2, "c")):
        store.put(snapshot(key=letter * 32, minutes=minutes))
    later = NOON + timedelta(hours=1)
    assert [notice.lead.key[0] for notice in store.take_due(later, 2)] == ["b", "c"]
    assert [notice.lead.key[0] for notice in store.take_due(later, 2)] == ["a"]


def test_what_failed_is_due_again_when_it_was_put_off_to(new_store: NewStore) -> None:
    store = new_store("mail")
    store.put(snapshot())
    (notice,) = store.take_due(NOON, 10)
    store.failed(notice.id, NOON + timedelta(minutes=1))
    assert store.take_due(NOON + timedelta(seconds=59), 10) == ()
    assert len(store.take_due(NOON + timedelta(minutes=1), 10)) == 1
    store.done(notice.id)
    assert store.waiting() == 0
    store.done(notice.id)
    store.failed(notice.id, NOON)
    assert store.waiting() == 0, "what is gone stays gone"


def test_a_notification_tells_the_lead_as_it_is_by_now(new_store: NewStore) -> None:
    store = new_store("mail")
    store.put(snapshot(1, 1, prospect="Jo"))
    store.put(snapshot(2, 1, prospect="Jo Lee"))
    assert [notice.lead.fields["prospect"] for notice in store.take_due(NOON, 10)] == ["Jo Lee", "Jo Lee"]


def test_a_lead_is_erased_by_its_key_with_what_was_to_be_told_of_it(store: Store) -> None:
    store.put(snapshot())
    store.put(snapshot(key=OTHER_KEY))
    assert store.erase(key=KEY) == 1
    assert [lead.key for lead in store.leads("harbour", suspected=None)] == [OTHER_KEY]
    assert {notice.lead.key for notice in store.take_due(NOON, 10)} == {OTHER_KEY}
    assert store.erase(key=KEY) == 0


def test_an_erased_lead_does_not_come_back_from_a_tab_left_open(store: Store) -> None:
    store.put(snapshot(1, 1))
    store.erase(key=KEY)
    assert store.put(snapshot(2, 1)) is Outcome.ERASED
    assert store.leads("harbour", suspected=None) == ()
    assert store.waiting() == 0
    assert store.put(snapshot(2, 1, portal="quay")) is Outcome.CREATED, "the key of another portal is another lead"


def test_a_person_is_erased_by_their_address_wherever_it_stands(store: Store) -> None:
    store.put(snapshot(key="a" * 32, contact="Jo Lee <JO@lee.example>"))
    store.put(snapshot(key="b" * 32, referrer_contact="jo@lee.example", prospect="Ann"))
    store.put(snapshot(key="c" * 32, note="ask (jo@lee.example).", suspected=("honeypot",)))
    store.put(snapshot(key="d" * 32, contact="banjo@lee.example"))
    store.put(snapshot(key="e" * 32, contact="jo@lee.example.org"))
    assert [lead.key[0] for lead in store.export(" Jo@Lee.example ")] == ["a", "b", "c"]
    assert store.erase(email="jo@lee.example") == 3
    assert store.export("jo@lee.example") == ()
    assert [lead.key[0] for lead in store.leads("harbour", suspected=None)] == ["d", "e"]


def test_erasing_and_exporting_may_be_kept_to_one_portal(store: Store) -> None:
    for portal in ("harbour", "quay"):
        store.put(snapshot(portal=portal, contact="jo@lee.example"))
    assert [lead.portal for lead in store.export("jo@lee.example", portal="quay")] == ["quay"]
    assert store.erase(key=KEY, portal="quay") == 1
    assert store.erase(email="jo@lee.example", portal="quay") == 0
    assert len(store.leads("harbour")) == 1


@pytest.mark.parametrize("given", [{}, {"key": KEY, "email": "jo@lee.example"}])
def test_erasing_takes_a_key_or_an_address(store: Store, given: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="a key or an e-mail address"):
        store.erase(**given)


def test_leads_to_which_nothing_was_added_are_retired(store: Store) -> None:
    store.put(snapshot(key="a" * 32))
    store.put(snapshot(key="b" * 32))
    store.put(snapshot(2, 1, key="b" * 32, minutes=10))
    store.put(snapshot(key="c" * 32, portal="quay"))
    assert store.retire(NOON + timedelta(minutes=10), portal="harbour") == 1
    assert [lead.key[0] for lead in store.leads("harbour")] == ["b"]
    assert store.retire(NOON + timedelta(minutes=10)) == 1
    assert store.leads("quay") == ()


def test_a_store_can_be_asked_whether_it_can_be_written_and_used_again_after_closing(store: Store) -> None:
    assert store.check() == 0
    store.put(snapshot())
    store.close()
    assert store.check() == 2, "one to tell by mail, one by webhook"


def test_of_the_same_snapshot_sent_by_many_at_once_one_is_new(store: Store) -> None:
    outcomes: list[Outcome] = []
    start = Barrier(8)

    def send() -> None:
        start.wait()
        outcomes.append(store.put(snapshot()))

    threads = [Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [Outcome.CREATED, *[Outcome.KEPT] * 7]
    assert store.waiting() == 2


def test_writers_and_senders_at_once_are_in_nobodys_way(new_store: NewStore) -> None:
    failures: list[BaseException] = []
    told: list[str] = []

    def write(letter: str) -> None:
        store = new_store("mail")
        for number in range(20):
            store.put(snapshot(key=f"{letter}{number:031x}"))

    def tell() -> None:
        store = new_store("mail")
        for _ in range(20):
            for notice in store.take_due(NOON, 10):
                told.append(notice.id)
                store.done(notice.id)

    def run(work: Callable[[], None]) -> None:
        try:
            work()
        except StoreBusyError as error:
            failures.append(error)

    works = (lambda: write("a"), lambda: write("b"), tell, tell)
    threads = [Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(told) == len(set(told)), "nobody took what another had taken"
    assert new_store().waiting() == 40 - len(told)
