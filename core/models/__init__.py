from core.models.base import (
    COUNT_VERSIONS,
    Bilingual,
    Versioned,
    date_range,
    ends_after_start,
    equal,
    localised,
    no_overlap,
    search_text,
)
from core.models.event import Event, EventSubject, Subject
from core.models.job import Job, JobRowError
from core.models.outbox import Delivery, OutboxMessage
from core.models.personal import SavedView, StoredReply

__all__ = [
    "COUNT_VERSIONS",
    "Bilingual",
    "Delivery",
    "Event",
    "EventSubject",
    "Job",
    "JobRowError",
    "OutboxMessage",
    "SavedView",
    "StoredReply",
    "Subject",
    "Versioned",
    "date_range",
    "ends_after_start",
    "equal",
    "localised",
    "no_overlap",
    "search_text",
]
