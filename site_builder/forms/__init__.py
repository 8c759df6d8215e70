"""The referral form as data, and the back ends it can post to.

Step 1 is a complete referral: who it is, how to reach them and, where nobody's link was used, how to reach the sender. Step 2
asks for more when the referral is sent, and everything in it may stay empty. Words are marked with N_ for the catalogues and
translated where they are shown.
"""

from __future__ import annotations

from site_builder.forms.backends import CONTRACTS, Contract, Reader
from site_builder.forms.fields import (
    ESSENTIAL,
    FIELDS,
    N_,
    Input,
    Kind,
    asks_to_name,
    form_fields,
    friend_fields,
    is_reserved,
)
from site_builder.forms.form import (
    CONSENT_VERSION,
    Form,
    Sender,
    connect_sources,
    consent_version,
    form_target,
    friend_form,
    referral_form,
)

__all__ = [
    "CONSENT_VERSION",
    "CONTRACTS",
    "ESSENTIAL",
    "FIELDS",
    "N_",
    "Contract",
    "Form",
    "Input",
    "Kind",
    "Reader",
    "Sender",
    "asks_to_name",
    "connect_sources",
    "consent_version",
    "form_fields",
    "form_target",
    "friend_fields",
    "friend_form",
    "is_reserved",
    "referral_form",
]
