"""How long it takes to fill in a form on a phone: keystrokes and seconds for Jo Lee, who knows a number and types every key.

The keystroke-level model (Card, Moran and Newell, "The keystroke-level model for user performance time with interactive systems",
Communications of the ACM 23, 1980) adds up what the fingers do. Its K is 0.28 s for a person who does not type for a living
(their table 1: 40 words a minute), which is about what two thumbs reach on glass (Palin and others, "How do people type on mobile
devices?", MobileHCI 2019: 36 words a minute, 0.33 s a key, with corrections). One thought and one touch lead from field to field:
M is 1.35 s for a thought of any kind; a label of five words under the last one takes less, 1.2 s with the touch. Reading the
button and pressing it takes 1.5 s. The page is open already: what led to it is another matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

SECONDS_A_KEY = 0.28
SECONDS_A_FIELD = 1.2
SECONDS_TO_SEND = 1.5

MOST_FIELDS = 3
MOST_KEYS = 32
MOST_KEYS_PERSONAL = 20
MOST_SECONDS = 20.0

JO_LEE: Mapping[str, str] = {
    "prospect": "Jo Lee",
    "contact": "07700900123",
    "referrer_contact": "07700900456",
}
"""Who is sent, how to reach them, and how to reach the sender: by field. On /meet/ Jo Lee is the visitor."""


_DIGIT_KEYBOARDS = frozenset({"tel", "numeric", "decimal"})


@dataclass(frozen=True, slots=True)
class Effort:
    """What a form costs. keys: touches of the keyboard; going on to the next field is none of them, it has its own seconds."""

    fields: int
    keys: int

    @property
    def seconds(self) -> float:
        """From the first look at the first field to the pressed button."""
        return self.fields * SECONDS_A_FIELD + self.keys * SECONDS_A_KEY + SECONDS_TO_SEND


def effort(fields: Mapping[str, str]) -> Effort:
    """Return what these fields cost Jo Lee, by name with their keyboard (inputmode); raises KeyError for one she would not know.

    Digits on a keyboard of letters cost one more key, which turns it over. A capital costs none: phones set the first one of each
    word where the field asks for it (autocapitalize).
    """
    return Effort(len(fields), sum(_keys(JO_LEE[name], keyboard) for name, keyboard in fields.items()))


def _keys(words: str, keyboard: str) -> int:
    return len(words) + (words.isdecimal() and keyboard not in _DIGIT_KEYBOARDS)
