"""What happened, ticked off: new days in a row, or a row more; refused where the rules do not have it.

Nothing here writes: the command hands what is said here to edit.
"""

from site_builder.record.addition import cells, given, introduced, reviewed
from site_builder.record.following import after_review, after_talk, following, missing
from site_builder.record.payment import Payment, payments
from site_builder.record.promise import kept
from site_builder.record.refusal import RefusedError, row
from site_builder.record.talk import synced
from site_builder.record.ticking import Tick, changed_cells, ticked
from site_builder.record.wish import Wish

__all__ = (
    "Payment",
    "RefusedError",
    "Tick",
    "Wish",
    "after_review",
    "after_talk",
    "cells",
    "changed_cells",
    "following",
    "given",
    "introduced",
    "kept",
    "missing",
    "payments",
    "reviewed",
    "row",
    "synced",
    "ticked",
)
