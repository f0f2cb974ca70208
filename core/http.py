"""Requests of somebody who is signed in. Every page and every view of the API behind the sign-in takes one."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest
from rest_framework.request import Request

if TYPE_CHECKING:  # the user model of the settings; when it runs, core knows no app
    from accounts.models import User


class AuthenticatedRequest(HttpRequest):
    """A request after the page has asked who it is."""

    user: User


class AuthenticatedApiRequest(Request):
    """The same of the API."""

    user: User


def actor_of(request: HttpRequest) -> User:
    """Who acts, where Django gives a plain request (admin, middleware). Before: somebody is signed in."""
    return cast("User", request.user)
