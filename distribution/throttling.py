"""How much one API key may ask for: counted in Redis, and in PostgreSQL while Redis does not answer."""

from __future__ import annotations

import time
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.core.cache import caches
from rest_framework.throttling import BaseThrottle

if TYPE_CHECKING:  # DRF's views import this module while they are being made
    from rest_framework.request import Request
    from rest_framework.views import APIView

    from distribution.cache import OptionalRedisCache

MINUTE = 60


class TokenThrottle(BaseThrottle):
    """A number of requests a minute for each token, or for each person or address without one."""

    def allow_request(self, request: Request, _view: APIView) -> bool:
        key = f"throttle:{self._who(request)}:{int(time.time()) // MINUTE}"
        counter = cast("OptionalRedisCache", caches["default"])
        used = counter.count(key, 2 * MINUTE) or _kept().count_value(key, seconds=2 * MINUTE)
        return bool(used <= settings.API_REQUESTS_PER_MINUTE)

    def wait(self) -> float:
        return MINUTE - time.time() % MINUTE

    def _who(self, request: Request) -> str:
        if request.auth is not None:
            return f"token-{request.auth.pk}"
        if request.user.is_authenticated:
            return f"user-{request.user.pk}"
        return f"address-{self.get_ident(request)}"


def _kept() -> ModuleType:
    return import_module("accounts.services.security_values")  # its model is there once the apps are
