"""The carriers' JSON: `{"events": [{"id", "code", "at", "description"?, "location"?, "tracking_number"?}]}`."""

import json
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from core.errors import InvalidInput
from core.texts import unstorable_path
from orders.tracking.enums import TrackingCode
from orders.tracking.services.recording import TrackingUpdate

MOST_EVENTS = 1000
_LONGEST_ID = 128
_UNREADABLE = _("This is not a list of tracking events.")


def read_events(content: bytes) -> list[tuple[str, TrackingUpdate]]:
    """Each event with the tracking number it is of (empty where the question named it). Raises InvalidInput."""
    try:
        body = json.loads(content)
        if unstorable_path(body) is not None:
            raise InvalidInput(_UNREADABLE, code="bad_events", field="events")
        return [(str(event.get("tracking_number", "")), _update(event)) for event in _some(body["events"])]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise InvalidInput(_UNREADABLE, code="bad_events", field="events") from error


def _some(events: Any) -> list[dict[str, Any]]:
    if not isinstance(events, list) or len(events) > MOST_EVENTS:
        raise TypeError("events")
    return events


def _update(event: dict[str, Any]) -> TrackingUpdate:
    external_id = str(event["id"])
    if not 0 < len(external_id) <= _LONGEST_ID:
        raise ValueError("id")
    return TrackingUpdate(
        external_id=external_id,
        code=TrackingCode(event["code"]),
        at=_moment(event["at"]),
        description=str(event.get("description", "")),
        location=str(event.get("location", "")),
    )


def _moment(text: Any) -> datetime:
    moment = parse_datetime(text)
    if moment is None or moment.tzinfo is None:
        raise ValueError("at")
    return moment
