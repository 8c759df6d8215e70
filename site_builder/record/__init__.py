"""What happened to a referral, ticked off: new days in its row, or a payout; refused where the rules do not have it.

Nothing here writes: the command hands what is said here to edit.
"""

from site_builder.record.following import following, missing
from site_builder.record.payment import Payment, Wish, payment
from site_builder.record.refusal import RefusedError, row
from site_builder.record.ticking import Tick, changed_cells, ticked

__all__ = ("Payment", "RefusedError", "Tick", "Wish", "changed_cells", "following", "missing", "payment", "row", "ticked")
