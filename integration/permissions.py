"""Who may import: it writes into every table, so administrators only."""

from typing import Any

from accounts.enums import Role


def can_import(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active and user.role == Role.ADMINISTRATOR)
