"""Identifiers: UUIDv7, so that new rows lie together in an index. Public, never secret, never a cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uuid_utils import compat

if TYPE_CHECKING:
    from uuid import UUID


def new_id() -> UUID:
    """A new UUIDv7; it tells its moment of birth and nothing else."""
    return compat.uuid7()
