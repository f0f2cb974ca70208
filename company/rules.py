"""Who may do what with the company's own settings."""

from typing import Any


def can_see_company(user: Any) -> bool:
    """The company's people; distributors see what stands on their documents."""
    return bool(user.is_active and user.is_brand)


def can_change_company(user: Any) -> bool:
    return bool(user.is_active and user.is_staff)
