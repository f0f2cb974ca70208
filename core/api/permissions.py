"""What a token may be used for: never more than its scope, whatever its owner may do."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

READ, ORDER, ALL = "read", "order", "all"
_RANK = {READ: 1, ORDER: 2, ALL: 3}


class TokenScopePermission(BasePermission):
    """Reads need `read`; writes the view's `required_scope` (or `action_scopes[action]`), `all` where it says nothing.

    A session has no scope: it may do what the person may.
    """

    message = _("The scope of this token does not cover this request.")
    code = "token_scope"

    def has_permission(self, request: Request, view: Any) -> bool:
        token: Any = request.auth
        if token is None:
            return True
        return _RANK.get(token.scope, 0) >= _RANK[self.needed(request, view)]

    def needed(self, request: Request, view: Any) -> str:
        if request.method in SAFE_METHODS:
            return READ
        by_action: dict[str, str] = getattr(view, "action_scopes", {})
        return by_action.get(getattr(view, "action", None) or "", getattr(view, "required_scope", ALL))
