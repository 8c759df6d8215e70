"""What a request is refused for, as an exception: the status it is answered with and the word a program knows it by."""

from __future__ import annotations

from typing import Final

WORDS: Final = {
    "not_here": "There is nothing here.",
    "only_post": "This address takes what a form sends. The form itself is here:",
    "foreign_origin": "This page may not send to this portal.",
    "too_slow": "That took too long. Please send it again.",
    "too_large": "That is more than this form can send. Please shorten it.",
    "wrong_type": "This address takes forms alone.",
    "unreadable": "That could not be read.",
    "empty": "Nothing was filled in.",
    "repeated_field": "A field was sent twice.",
    "control_characters": "A field holds characters that nobody types.",
    "line_break": "A field of one line holds several.",
    "too_long": "A field is too long. Please shorten it.",
    "bad_value": "A field holds what the form does not send.",
    "weak_key": "The key of this form is not random enough.",
    "missing": "Something is missing without which nobody can get in touch.",
    "key_or_email": "A key or an e-mail address is wanted, and not both.",
    "proof": "The proof of work has run out, was used before or is wrong.",
    "too_many": "Too much was sent from your network just now. Please try again in a little while.",
    "busy": "That could not be kept just now. Please send it again in a moment.",
    "unauthorised": "This needs the token of the inbox.",
}
"""Every reason, with a sentence for people; what a visitor typed stands in none of them."""


class RefusedError(Exception):
    """A request that is not taken. reason: a key of WORDS; field: the form's own field at fault, "" for none."""

    def __init__(  # noqa: PLR0913  # each reason has its own to add
        self,
        status: int,
        reason: str,
        *,
        field: str = "",
        words: str = "",
        back: str = "",
        retry_after: int = 0,
        is_over: bool = False,
        allow: str = "",
    ) -> None:
        """retry_after: seconds, 0 for "not worth trying again"; is_over: the connection ends, for its body was not read.

        words: the form's own, for people, in place of the usual ones; back: the address of the page that sent it, "" where
        nobody knows. allow: the methods that are taken here, with 405 alone, which must say so (RFC 9110, 15.5.6).
        """
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.field = field
        self.words = words or WORDS[reason]
        self.back = back
        self.retry_after = retry_after
        self.is_over = is_over
        self.allow = allow
