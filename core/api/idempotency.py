"""`Idempotency-Key` on every POST: the work is done once, and the same answer is given again."""

import hashlib
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar

from django.http.request import RawPostDataException
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder

from core.errors import InvalidInput
from core.http import actor_of
from core.idempotency import MAX_KEY_LENGTH, Reply, body_hash, run_idempotently

HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replay"


class IdempotentMixin:
    """Wraps whatever handles POST, after authentication, permissions and throttling. An error leaves the key free.

    `secret_fields` of a reply are answered once and not kept: the same key answers without them.
    """

    secret_fields: ClassVar[Sequence[str]] = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)  # type: ignore[misc]  # the view this is mixed into has it
        handler = getattr(self, "post", None)
        if request.method == "POST" and handler is not None and request.headers.get(HEADER):
            self.post = partial(_idempotent, handler, self.secret_fields)


def _idempotent(
    handler: Callable[..., Response], secret: Sequence[str], request: Request, *args: Any, **kwargs: Any
) -> Response:
    fresh: list[Response] = []
    person = actor_of(request)

    def work() -> Reply:
        fresh.append(handler(request, *args, **kwargs))
        body = fresh[0].data
        if secret and isinstance(body, dict):
            body = {name: value for name, value in body.items() if name not in secret}
        return Reply(status=fresh[0].status_code, body=body)

    reply = run_idempotently(
        actor_id=person.pk,
        key=_key(request),
        hashed=body_hash(method="POST", path=request.get_full_path(), body=_body(request)),
        work=work,
        encoder=JSONEncoder,
    )
    return fresh[0] if fresh else Response(reply.body, status=reply.status, headers={REPLAYED: "true"})


def _key(request: Request) -> str:
    key = request.headers[HEADER].strip()
    if not key or len(key) > MAX_KEY_LENGTH or not key.isprintable():
        raise InvalidInput(
            _("An idempotency key has 1 to %(most)d printable characters.") % {"most": MAX_KEY_LENGTH},
            code="invalid_idempotency_key",
            field=HEADER,
        )
    return key


def _body(request: Request) -> bytes:
    """The bytes as they came; of a form that Django has read already, its fields and the hashes of its files."""
    try:
        return bytes(request.body)
    except RawPostDataException:
        parts = [f"{name}={values}" for name, values in sorted(request.POST.lists())]
        for name, file in sorted(request.FILES.items()):
            parts.append(f"{name}:{hashlib.sha256(file.read()).hexdigest()}")
            file.seek(0)
        return "\x1f".join(parts).encode()
