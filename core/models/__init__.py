from core.models.base import Bilingual, date_range, ends_after_start, equal, localised, no_overlap, search_text
from core.models.event import Event
from core.models.idempotency import StoredReply
from core.models.job import Job, JobRowError
from core.models.outbox import OutboxMessage
from core.models.period import BusinessPeriod, BusinessYear
from core.models.view import SavedView

__all__ = [
    "Bilingual",
    "BusinessPeriod",
    "BusinessYear",
    "Event",
    "Job",
    "JobRowError",
    "OutboxMessage",
    "SavedView",
    "StoredReply",
    "date_range",
    "ends_after_start",
    "equal",
    "localised",
    "no_overlap",
    "search_text",
]
