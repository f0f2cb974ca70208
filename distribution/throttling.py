"""How much one API key may ask for."""

from __future__ import annotations

import time
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

    def allow_request(self, request: Request, view: APIView) -> bool:  # noqa: ARG002  all views alike
        key = f"throttle:{self._who(request)}:{int(time.time()) // MINUTE}"
        counter = cast("OptionalRedisCache", caches["default"])
        return bool(counter.count(key, 2 * MINUTE) <= settings.API_REQUESTS_PER_MINUTE)

    def wait(self) -> float:
        return MINUTE - time.time() % MINUTE

    def _who(self, request: Request) -> str:
        if request.auth is not None:
            return f"token-{request.auth.pk}"
        if request.user.is_authenticated:
            return f"user-{request.user.pk}"
        return f"address-{self.get_ident(request)}"
