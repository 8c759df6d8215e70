"""What a portal is called where the leads of several are kept together."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from site_builder.model.settings import FormSettings


def portal_id(form: FormSettings) -> str:
    """Return the last part of the path the form posts to, such as harbour of https://leads.harbour.example/r/harbour.

    Without a path it is the host; "" where the form posts nowhere.
    """
    parts = urlsplit(form.endpoint or "")
    return unquote(parts.path).rstrip("/").rpartition("/")[2] or parts.hostname or ""
