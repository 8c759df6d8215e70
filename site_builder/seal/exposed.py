"""Whether private tables may be read by whoever reads the repository."""

from __future__ import annotations

from pathlib import Path

from site_builder.codes import problem
from site_builder.git import has_remote, tracked
from site_builder.model.settings import RepositoryKind, Settings
from site_builder.model.tables import TABLES
from site_builder.problem import Problem


def exposed(settings: Settings, root: Path) -> tuple[Problem, ...]:
    """Return a note (D705) where git tracks private tables and knows of another repository; none once it is said to be private.

    A demo's tables are made up, so it has none either. Nothing goes over the network.
    """
    in_repository = any((folder / ".git").exists() for folder in (root.resolve(), *root.resolve().parents))
    if not in_repository or settings.demo or settings.repository is RepositoryKind.PRIVATE or not has_remote(root):
        return ()
    tables = {f"data/{row.TABLE.file}" for row in TABLES}
    files = [path for path in tracked(root, "data") if path in tables]
    if not files:
        return ()
    what = f"{files[0]}, which is private," if len(files) == 1 else f"{len(files)} private tables, such as {files[0]},"
    message = f"git tracks {what} and this repository has a remote"
    hint = "make sure that strangers cannot read it, and write repository: private"
    return (problem("D705", settings.at("repository"), message, hint=hint, field="repository"),)
