"""Who may open an account: nobody by himself."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedSignUp(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Administrators and distributor owners make accounts; there is no page to make one's own."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  whoever asks
        return False
