"""The one way a text message (SMS) leaves: a message of the outbox, sent by the worker through the provider of the settings.

The provider is any that takes one HTTP request: `SMS_URL`, `SMS_HEADERS` and `SMS_BODY` say how it looks. Without one the
embedded mode, which nobody but its own machine reaches, writes the message into the log.
"""

import json
import re
from http import HTTPStatus
from typing import Final

import httpcore
import structlog
from django.conf import settings

from core.models import OutboxMessage
from core.outbox import publish

SMS_TOPIC = "sms"
_SECONDS: Final = {"connect": 5.0, "read": 10.0, "write": 10.0, "pool": 5.0}
_PLACE: Final = re.compile(r"\{(to|text|code)\}")
_log = structlog.get_logger(__name__)


class SmsRefused(Exception):
    """The provider did not take the message; the outbox tries again."""


def post_sms(*, to: str, text: str, code: str = "") -> None:
    """Send a text message once the transaction is committed. `code` is for providers that know the text by a template."""
    publish(topic=SMS_TOPIC, payload={"to": to, "text": text, "code": code})


def send_posted_sms(message: OutboxMessage) -> None:
    """Consumer: send what was posted. Raises SmsRefused."""
    send_sms(**message.payload)


def send_sms(*, to: str, text: str, code: str) -> None:
    """For the consumer alone. Raises SmsRefused."""
    if not settings.SMS_URL:
        _log.info("sms_not_sent", to=to, text=text)
        return
    try:
        response = httpcore.request(
            "POST",
            settings.SMS_URL,
            headers={"Content-Type": "application/json", **settings.SMS_HEADERS},
            content=_filled(settings.SMS_BODY, to=to, text=text, code=code).encode(),
            extensions={"timeout": _SECONDS},
        )
    except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError) as error:
        raise SmsRefused(repr(error)) from error
    if response.status >= HTTPStatus.BAD_REQUEST:
        raise SmsRefused(f"status {response.status}")


def _filled(template: str, **values: str) -> str:
    """The body with its `{to}`, `{text}` and `{code}`, each as a JSON text without its quotes."""
    return _PLACE.sub(lambda place: json.dumps(values[place[1]], ensure_ascii=False)[1:-1], template)
