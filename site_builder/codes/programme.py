"""The programme's own checks, by the domain's letters: the ways in which referral programmes get sabotaged (domain, "Checks")."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from site_builder.codes.kind import ADVICE, ERROR, WARNING, Code

_SERVICE = "Service sabotage"
_MOTIVATION = "Motivation sabotage"
_INCENTIVES = "Motivation sabotage: incentives"
_PROCESS = "Motivation sabotage: onerous process"
_KPIS = "Five KPIs"
_STEPS = "Step by step"
_LEGAL = "Step by step: legal"
_REWARDS = "Rewards"
_TOLD = "Referral Portal: further languages"

PROGRAMME: Mapping[str, Code] = MappingProxyType(
    {
        # P, positioning
        "P101": Code(
            WARNING,
            "a difference that stands still",
            "What is good gets copied, so a difference lasts only with a timetable for the next improvement.",
            _SERVICE,
        ),
        "P102": Code(
            WARNING,
            "a claim that everybody makes",
            "Being competent, friendly or liked sets nobody apart unless something shows it.",
            _SERVICE,
        ),
        "P103": Code(
            ADVICE,
            "better than others, without a figure beside theirs",
            "Only a good competitor's number beside yours keeps you from flattering yourself.",
            f"{_SERVICE}: benchmark",
        ),
        "P104": Code(
            WARNING,
            "no difference lies in the service",
            "Products can be bought by anybody; people talk about how they were treated.",
            f"{_SERVICE}: product over service",
        ),
        "P105": Code(
            WARNING,
            "the same for everybody",
            "One size fits all suits only giants, and nobody recognises a friend in it.",
            f"{_SERVICE}: one size fits all",
        ),
        "P106": Code(
            WARNING,
            "the price is the claim",
            "Cheap is not valued and leaves no money for the service that people would talk about.",
            f"{_SERVICE}: cheap",
        ),
        "P107": Code(
            ADVICE,
            "more about technology than about service and people",
            "Tools do things right; people do the right thing, and they are what gets told.",
            f"{_SERVICE}: technology over people",
        ),
        "P108": Code(
            WARNING,
            "a promise too long to repeat",
            "Referrers get no training and no pitch deck; they pass on what they can say in one breath.",
            f"{_STEPS}: positioning",
        ),
        "P109": Code(
            ADVICE,
            "a claim that no client's words support",
            "What you hope to be counts only where clients say it too.",
            f"{_STEPS}: positioning",
        ),
        # T, trust
        "T101": Code(
            WARNING,
            "nobody knows whether you have room",
            "Clients fear that a busier supplier gets dearer, slower and less theirs.",
            f"{_MOTIVATION}: the secret resource",
        ),
        "T102": Code(
            WARNING,
            "no room, or none and no word on what happens then",
            "Whoever sends a friend into silence has lost face and does not send another.",
            f"{_MOTIVATION}: the secret resource",
        ),
        "T103": Code(
            WARNING,
            "no guarantee, or one without a consequence",
            "The referrer's name is at stake, and only a promise with a consequence takes that risk off them.",
            f"{_MOTIVATION}: social risk",
        ),
        "T104": Code(
            WARNING,
            "nobody of the team to be met",
            "People trust people they can see and reach, before they trust a service.",
            f"{_MOTIVATION}: trust",
        ),
        "T105": Code(
            ADVICE,
            "no recent result",
            "Willingness to refer is the gold standard of an outcome, and it has a date.",
            f"{_STEPS}: outcomes",
        ),
        "T106": Code(
            WARNING,
            "a supplier not checked, or doing badly",
            "Third parties spend your goodwill; what they do badly is told about you.",
            f"{_SERVICE}: third parties",
        ),
        "T107": Code(
            ADVICE,
            "no moment worth telling lately",
            "Okay service gives nobody anything to tell.",
            f"{_SERVICE}: okay service",
        ),
        "T108": Code(
            ADVICE,
            "a low score elsewhere without an answer",
            "A bad review weighs on whoever would put their name to you, and an answer lightens it.",
            f"{_MOTIVATION}: social risk",
        ),
        # I, incentives
        "I101": Code(WARNING, "an audience with nothing for them", "No incentive at all demotivates.", _INCENTIVES),
        "I102": Code(
            WARNING,
            "owners are offered cash alone",
            "An owner fears that his clients would think his advice was bought, while flowers to share get talked about.",
            _INCENTIVES,
        ),
        "I103": Code(
            ADVICE,
            "a sum that an owner may find derisory",
            "A main referrer, an owner, took £100 as an insult that his staff were glad of.",
            _INCENTIVES,
        ),
        "I104": Code(
            WARNING,
            "everybody gets the same",
            "Money is right for one person and an insult to the next.",
            _INCENTIVES,
        ),
        "I105": Code(
            ADVICE,
            "a commission outside what is common",
            "Five to ten percent of the first year's revenue is common; much more or less needs a reason.",
            f"{_STEPS}: incentives",
        ),
        "I106": Code(
            WARNING,
            "rewards dearer than a lead is worth, or nobody knows",
            "A referral is worth the cost of a lead, five to ten percent of a customer's lifetime value.",
            f"{_STEPS}: economics",
        ),
        "I107": Code(
            ADVICE,
            "an offer too hard to read",
            "An offer is understood at once or not at all.",
            _PROCESS,
        ),
        "I108": Code(
            ADVICE,
            "nothing for the friend who is sent",
            "A gift to the new customer makes the referrer look good and costs no friendship.",
            f"{_STEPS}: incentives",
        ),
        "I109": Code(
            WARNING,
            "a reward that nobody can get",
            "A promise that can never come true is found out by whoever hoped for it.",
            _INCENTIVES,
        ),
        "I110": Code(
            WARNING,
            "tiers that fall",
            "Whoever sends more and gets less stops sending.",
            _INCENTIVES,
        ),
        # L, legal
        "L101": Code(
            ERROR,
            "a reward that needs an agreement there is not",
            "Nobody can sign what is not written, so the reward could never be paid.",
            _LEGAL,
        ),
        "L102": Code(
            ERROR,
            "a payout where it is forbidden",
            "A kickback against a profession's rules or a contract can cost the referrer their post.",
            _LEGAL,
        ),
        "L103": Code(
            WARNING,
            "a reward that only waits for a signature",
            "Why is my reward pending? is the first question people ask.",
            _LEGAL,
        ),
        "L104": Code(
            WARNING,
            "nobody knows what their contract allows",
            "Until the clause is known no cash may be promised or paid.",
            _LEGAL,
        ),
        "L105": Code(
            WARNING,
            "somebody's details are kept and they were not told",
            "Whoever's data came from another person must hear of it within a month.",
            "General Data Protection Regulation, article 14",
        ),
        "L106": Code(
            ADVICE,
            "a lost prospect is still named",
            "What is no longer needed is not kept.",
            "General Data Protection Regulation, article 5",
        ),
        "L107": Code(
            WARNING,
            "cash to somebody's staff behind their employer's back",
            "A reward that an employer does not know of is a kickback, whatever it is called.",
            _LEGAL,
        ),
        "L108": Code(
            WARNING,
            "a payout that no rule explains",
            "Rewards that depend on one person's spreadsheet end in disputes; what is paid follows from what was promised.",
            _LEGAL,
        ),
        "L109": Code(
            WARNING,
            "paid though it was withheld",
            "What holds a reward back holds it for a reason, and money that is out is hard to ask back.",
            _LEGAL,
        ),
        "L201": Code(
            ADVICE,
            "a personal link that can be guessed",
            "Whoever guesses an id finds that person's own page; a random code cannot be guessed.",
            "Referral Portal: personal links",
        ),
        # F, the form
        "F101": Code(
            ERROR,
            "a first step that asks too much",
            "Refer-a-friend forms that ask too much are abandoned: seconds, nothing more.",
            _PROCESS,
        ),
        "F102": Code(WARNING, "a form of too many fields", "Each further field costs referrals.", _PROCESS),
        "F103": Code(
            ERROR,
            "a form that reaches nobody",
            "A referral that gets lost costs two people's trust.",
            _PROCESS,
        ),
        # S, spotlights and stories
        "S101": Code(
            WARNING,
            "no customer of the month",
            "Recognition that comes when somebody has time teaches that it does not matter.",
            f"{_REWARDS}: customer of the month",
        ),
        "S102": Code(
            ERROR,
            "a customer of the month whom nobody elected",
            "A vote that does not count is worse than none; where there is a reason, it is told.",
            f"{_REWARDS}: customer of the month",
        ),
        "S103": Code(
            WARNING,
            "not published for want of permission, or without context",
            "Nobody is shown who did not agree, and praise without its reason teaches nobody what is rewarded.",
            f"{_REWARDS}: customer of the month",
        ),
        "S104": Code(
            WARNING,
            "votes for somebody who was not nominated",
            "Whoever voted believes that the vote counted; a nomination gives the reason that everybody is told.",
            f"{_REWARDS}: customer of the month",
        ),
        "S105": Code(
            WARNING,
            "more people voted than work here",
            "One person with two votes makes the whole company's vote worth nothing.",
            f"{_REWARDS}: customer of the month",
        ),
        "S106": Code(
            ADVICE,
            "a document in a further language without an original",
            "Whoever changes the language on the page it was meant to translate is led to the first page instead.",
            _TOLD,
        ),
        # K, the five numbers
        "K101": Code(
            ADVICE,
            "reviews are behind",
            "A twelfth of the clients each month keeps the process running; hoping brings feast and famine.",
            _KPIS,
        ),
        "K102": Code(
            ADVICE,
            "too many clients of whom nobody knows",
            "Until the conversation was had, nobody may assume that a client is healthy.",
            _KPIS,
        ),
        "K103": Code(
            WARNING,
            "a client at risk and nobody went back",
            "Retention work that is not followed up was only a note.",
            _KPIS,
        ),
        # N, nurture
        "N101": Code(
            WARNING,
            "thanks that are late",
            "A referral costs its sender social capital; thanks are the least of what it is worth.",
            f"{_STEPS}: gratitude",
        ),
        "N102": Code(
            WARNING,
            "a referrer who does not know what became of it",
            "People send again when they hear of the success they brought about.",
            f"{_STEPS}: gratitude",
        ),
        "N103": Code(
            ADVICE,
            "a talk with a referrer is overdue",
            "Referrers are nurtured by talking to them at intervals; out of sight is out of mind.",
            f"{_STEPS}: nurture",
        ),
        "N104": Code(
            ADVICE,
            "every referrer is a client",
            "Partners, founders, vendors and past clients know people whom clients do not.",
            f"{_STEPS}: identify",
        ),
        "N105": Code(
            WARNING,
            "somebody is to be asked whose firm needs repair",
            "Asking somebody for a favour whom you have let down costs the client as well.",
            _KPIS,
        ),
        "N106": Code(
            ADVICE,
            "a reward is due and not handed over",
            "A promise kept late is told like one that was broken.",
            f"{_STEPS}: gratitude",
        ),
        "N107": Code(
            ADVICE,
            "a won referral without the figures its reward needs",
            "Nobody can say what was earned until somebody writes down what it is a share of.",
            f"{_STEPS}: incentives",
        ),
        # R, rewards for clients
        "R101": Code(
            ADVICE,
            "an anniversary without a gift",
            "A gift on the date surprises; a week late it is an apology.",
            f"{_REWARDS}: anniversaries",
        ),
        "R102": Code(
            ADVICE,
            "a client is owed an introduction",
            "The more you give, the more comes back.",
            f"{_REWARDS}: refer them business",
        ),
        # H, the hub
        "H101": Code(
            ADVICE,
            "a client whom nobody can be sent to",
            "Only who knows whom a client wants to meet can bring them together.",
            f"{_REWARDS}: refer them business",
        ),
    }
)
