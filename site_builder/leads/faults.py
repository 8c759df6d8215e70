"""Why the store could not do as it was asked. No message holds a value, an address or a password."""

from __future__ import annotations


class StoreError(Exception):
    """The store could not do it: whoever takes submissions answers 503."""


class StoreBusyError(StoreError):
    """Not now: locked, disk full, connection lost. The same again may work later."""


class StoreLostError(StoreBusyError):
    """The connection to the database broke off: whether the last words were heard nobody knows."""


class StoreUnusableError(StoreError):
    """Not until somebody mends it: no such address, no permission, a schema from a newer version, no database at all."""
