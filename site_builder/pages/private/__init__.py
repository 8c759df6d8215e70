"""Which private pages there are: each kind is one file here, one template in private/, and one name in PRIVATE_KINDS.

They are planned from the whole portal and become HTML that is sealed before it touches the disk (seal/).
"""

from __future__ import annotations

from typing import Any

from site_builder.page import Known, PrivateKind, Sheet
from site_builder.pages.private.client import CLIENT
from site_builder.pages.private.kpis import KPIS
from site_builder.pages.private.my import MY

PRIVATE_KINDS: tuple[PrivateKind[Any], ...] = (KPIS, MY, CLIENT)


def sheets(known: Known) -> tuple[Sheet[object], ...]:
    """Return every private page, in the order of PRIVATE_KINDS."""
    return tuple(sheet for kind in PRIVATE_KINDS for sheet in kind.sheets(known))
