"""What a change of rules or data changes for referrers: two portals compared on one day, told to programs and pull requests."""

from site_builder.impact.as_json import as_json
from site_builder.impact.as_markdown import as_markdown
from site_builder.impact.comparison import Impact, impact
from site_builder.impact.repository import NoSuchRefError, RepositoryError, portal_at

__all__ = ("Impact", "NoSuchRefError", "RepositoryError", "as_json", "as_markdown", "impact", "portal_at")
