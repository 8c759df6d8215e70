"""What you claim to be, and what backs it (domain, P101 to P109): what anybody could claim gives nobody anything to tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from site_builder.checks.ages import counted, months_old
from site_builder.checks.claimed import claimed
from site_builder.checks.subject import Subject
from site_builder.codes import problem
from site_builder.model.documents import Differentiator, DifferentiatorKind, Positioning
from site_builder.problem import Problem, Source

_ABOUT_PEOPLE = frozenset({DifferentiatorKind.SERVICE, DifferentiatorKind.PEOPLE})


def stale_differences(subject: Subject) -> Iterable[Problem]:
    """Report each difference that stands still (P101), once with every reason; one that says no day was not said to be old."""
    for number, item in enumerate(_differences(subject)):
        faults = tuple(_standstill(subject, item))
        if faults:
            field = f"differentiators[{number}].{faults[0][0]}"
            message = f"this difference stands still: {' and '.join(said for _, said, _ in faults)}"
            hint = "; ".join(wanted for _, _, wanted in faults)
            yield problem("P101", item.at(faults[0][0]), message, hint=hint, field=field)


def _standstill(subject: Subject, item: Differentiator) -> Iterator[tuple[str, str, str]]:
    """Yield each reason: the key it is about, what is wrong, what to do."""
    as_of, months = subject.portal.as_of, subject.threshold("improved_months")
    if item.last_improved_on is not None and months_old(item.last_improved_on, as_of, months):
        wanted = "make it better and write the day in last_improved_on"
        yield "last_improved_on", f"it last got better more than {counted(months, 'month')} ago", wanted
    if item.next_improvement is None:
        yield (
            "next_improvement",
            "no next improvement is planned",
            "write what comes next in next_improvement, and in due_on by when",
        )
    elif item.due_on is not None and item.due_on < as_of:
        yield "due_on", "its next improvement is overdue", "finish what was due and plan the next, or give it a new day in due_on"


def table_stakes(subject: Subject) -> Iterable[Problem]:
    """Report each claim of what everybody claims, where nothing shows it (P102); claims about the price are P106's.

    The promise is a claim as well, and has no evidence of its own: a figure in it shows it, or a difference with evidence whose
    claim is about the same. They are where they share a word of five letters or more; by chance they may, and then it is let be.
    """
    for number, item in enumerate(_differences(subject)):
        words = claimed(item.claim, subject.wording.table_stakes)
        if words and not item.evidence and not _is_about_price(subject, item):
            message = f'everybody says "{words}" of themselves, and this claim shows nothing for it'
            hint = "write in evidence what anybody could check, a figure for example, or claim what only you do"
            yield problem("P102", item.at("claim"), message, hint=hint, field=f"differentiators[{number}].claim")
    yield from _plain_promise(subject)


def _plain_promise(subject: Subject) -> Iterator[Problem]:
    positioning = subject.portal.positioning
    words = claimed(positioning.promise, subject.wording.table_stakes)
    if words and not _is_backed(positioning) and not claimed(positioning.promise, subject.wording.price):
        message = f'everybody says "{words}" of themselves, and neither a figure nor a difference shows it of this promise'
        hint = "put in a figure that anybody can check, say in a difference's evidence what shows it, or promise what only you do"
        yield problem("P102", positioning.at("promise"), message, hint=hint, field="promise")


_LONG_WORD = re.compile(r"[^\W_]{5,}")


def _is_backed(positioning: Positioning) -> bool:
    """Say whether the promise holds a figure in digits, or is about what a difference has evidence for."""
    promised = _long_words(positioning.promise)
    shown = (_long_words(item.claim) for item in positioning.differentiators if item.evidence)
    return any(map(str.isnumeric, positioning.promise)) or any(promised & words for words in shown)


def _long_words(text: str) -> frozenset[str]:
    return frozenset(_LONG_WORD.findall(text.casefold()))


def benchmarks(subject: Subject) -> Iterable[Problem]:
    """Advise on each old benchmark, and once where claims of being better stand beside no competitor's figure (P103)."""
    positioning, months = subject.portal.positioning, subject.threshold("benchmark_months")
    for number, item in enumerate(positioning.benchmarks):
        if item.measured_on is not None and months_old(item.measured_on, subject.portal.as_of, months):
            message = f"this benchmark is more than {counted(months, 'month')} old"
            hint = "measure again, ask what a good competitor reaches today, and write the day in measured_on"
            yield problem("P103", item.at("measured_on"), message, hint=hint, field=f"benchmarks[{number}].measured_on")
    if not any(item.good_competitor for item in positioning.benchmarks):
        yield from _better(subject)


def _better(subject: Subject) -> Iterator[Problem]:
    for source, field, text in _claims(subject.portal.positioning):
        words = claimed(text, subject.wording.better)
        if words:
            message = f'"{words}" claims to be better than others, and no benchmark gives a good competitor\'s figure'
            hint = (
                "add one to benchmarks, with ours, good_competitor, source and measured_on; or say what you do, without comparing"
            )
            yield problem("P103", source, message, hint=hint, field=field)
            return


def _claims(positioning: Positioning) -> Iterator[tuple[Source, str, str]]:
    """Yield the promise and each claim: its place, its field and its words."""
    yield positioning.at("promise"), "promise", positioning.promise
    for number, item in enumerate(positioning.differentiators):
        yield item.at("claim"), f"differentiators[{number}].claim", item.claim


def without_service(subject: Subject) -> Iterable[Problem]:
    """Report once where differences are started and none is about service (P104)."""
    positioning = subject.portal.positioning
    is_started = "differentiators" in positioning.model_fields_set
    if is_started and all(item.kind is not DifferentiatorKind.SERVICE for item in positioning.differentiators):
        message = "none of your differences is about service"
        hint = "add one with kind: service: something you do for people that they tell others about"
        yield problem("P104", positioning.at("differentiators"), message, hint=hint, field="differentiators")


def one_size(subject: Subject) -> Iterable[Problem]:
    """Report what is meant for everybody (P105): a single segment, one offer for them all, or words that mean everybody."""
    positioning = subject.portal.positioning
    segments = positioning.segments
    if len(segments) == 1:
        message = "there is only one group of clients, and so everybody gets the same"
        yield _segments(positioning, message, "name a second group in segments, and what you do for it alone")
    elif len({_plain(item.offer) for item in segments}) == 1:
        message = "every group of clients is offered the same"
        yield _segments(positioning, message, "write in each offer what only this group needs")
    ideal = positioning.ideal_client
    yield from _everybody(subject, positioning.at("promise"), "promise", positioning.promise)
    yield from _everybody(subject, ideal.at("situation"), "ideal_client.situation", ideal.situation)
    for number, name in enumerate(ideal.industries):
        yield from _everybody(subject, ideal.at("industries"), f"ideal_client.industries[{number}]", name)
    for number, item in enumerate(segments):
        if claimed(item.name, subject.wording.everybody):
            # Segments are private: the words are not quoted.
            message, field = "this group of clients is everybody", f"segments[{number}].name"
            yield problem("P105", item.at("name"), message, hint=_RECOGNISABLE, field=field)


_RECOGNISABLE = "say whom in words by which a referrer would recognise one of them: their trade, size, place or trouble"


def _everybody(subject: Subject, source: Source, field: str, text: str) -> Iterator[Problem]:
    words = claimed(text, subject.wording.everybody)
    if words:
        yield problem("P105", source, f'"{words}" means everybody, so nobody comes to mind', hint=_RECOGNISABLE, field=field)


def _segments(positioning: Positioning, message: str, hint: str) -> Problem:
    return problem("P105", positioning.at("segments"), message, hint=hint, field="segments")


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def price_claims(subject: Subject) -> Iterable[Problem]:
    """Report each difference that is the price, by its kind or by its words, and a promise that is, by its words (P106)."""
    for number, item in enumerate(_differences(subject)):
        if _is_about_price(subject, item):
            words = claimed(item.claim, subject.wording.price)
            message = f'"{words}" makes the price the claim' if words else "the price is the claim here"
            key = "claim" if words else "kind"
            yield problem("P106", item.at(key), message, hint=_WORTH_IT, field=f"differentiators[{number}].{key}")
    positioning = subject.portal.positioning
    words = claimed(positioning.promise, subject.wording.price)
    if words:
        message = f'"{words}" makes the price the claim'
        yield problem("P106", positioning.at("promise"), message, hint=_WORTH_IT, field="promise")


_WORTH_IT = "say what people get for it that they get nowhere else; what it costs can stand in the offer"


def technology_first(subject: Subject) -> Iterable[Problem]:
    """Advise once where more claims are about technology than about service and people (P107).

    A claim is about technology by its kind or by its words; one of kind service or people that names a tool counts on both sides.
    """
    claims = _differences(subject)
    words = subject.wording.technology
    technology = sum(item.kind is DifferentiatorKind.TECHNOLOGY or bool(claimed(item.claim, words)) for item in claims)
    people = sum(item.kind in _ABOUT_PEOPLE for item in claims)
    if technology > people:
        positioning = subject.portal.positioning
        message = f"claims about technology: {technology}; about service and people: {people}"
        hint = "say what your people do with the tools, and for whom; keep the tools for the evidence"
        yield problem("P107", positioning.at("differentiators"), message, hint=hint, field="differentiators")


def long_promise(subject: Subject) -> Iterable[Problem]:
    """Report a promise of too many words (P108). A dash by itself is no word."""
    positioning, most = subject.portal.positioning, subject.threshold("promise_words")
    number = sum(any(map(str.isalnum, word)) for word in positioning.promise.split())
    if number > most:
        message = f"the promise has {number} words; {counted(most, 'word')} can be said in one breath"
        hint = "keep what a referrer would say to a friend, and move the rest to differentiators"
        yield problem("P108", positioning.at("promise"), message, hint=hint, field="promise")


def without_client_words(subject: Subject) -> Iterable[Problem]:
    """Advise on each claim that no client's words support (P109)."""
    for number, item in enumerate(_differences(subject)):
        if not item.client_words:
            message = "no client's words support this claim"
            hint = "ask a client what they value about it and write in client_words how they put it; or drop the claim"
            yield problem("P109", item.at("claim"), message, hint=hint, field=f"differentiators[{number}].client_words")


def _differences(subject: Subject) -> tuple[Differentiator, ...]:
    return subject.portal.positioning.differentiators


def _is_about_price(subject: Subject, item: Differentiator) -> bool:
    return item.kind is DifferentiatorKind.PRICE or bool(claimed(item.claim, subject.wording.price))
