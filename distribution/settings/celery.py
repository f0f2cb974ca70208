"""Celery: late acknowledgement, limits on every task, and beat entries that expire before they pile up."""

from urllib.parse import parse_qs, urlsplit

from kombu import Queue

from distribution.settings.base import TIME_ZONE
from distribution.settings.environment import env
from distribution.settings.services import REDIS_PREFIX, REDIS_URL


def _broker_url(redis_url: str) -> str:
    """Celery's spelling of a Redis URL: it has one of its own for Unix sockets."""
    parts = urlsplit(redis_url)
    if parts.scheme != "unix":
        return redis_url
    return f"redis+socket://{parts.path}?virtual_host={parse_qs(parts.query).get('db', ['0'])[0]}"


CELERY_BROKER_URL = _broker_url(REDIS_URL)
CELERY_BROKER_TRANSPORT_OPTIONS = {"global_keyprefix": f"{REDIS_PREFIX}:queue:", "visibility_timeout": 3600}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_DEFAULT_QUEUE = "default"
# Long work and calls of other servers, which mostly wait, have a queue and a process of their own each; a worker that is
# given no queue serves all.
CELERY_TASK_QUEUES = (Queue("default"), Queue("long"), Queue("outgoing"))
CELERY_TASK_ROUTES = {
    "core.tasks.run_job": {"queue": "long"},
    "distribution.tasks.relay_elsewhere": {"queue": "outgoing"},
    "messaging.tasks.send_notifications": {"queue": "outgoing"},
}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = env.int("TASK_SECONDS", default=1800)
CELERY_TASK_SOFT_TIME_LIMIT = CELERY_TASK_TIME_LIMIT - 30
JOB_SECONDS = env.int("JOB_SECONDS", default=1800)
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 2, "interval_start": 0.1, "interval_step": 0.2}
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 1000
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
DJANGO_STRUCTLOG_CELERY_ENABLED = True

# One entry a job: how often in seconds; a run that could not start before the next one is due is dropped.
_EVERY_SECONDS = {
    "distribution.tasks.beat_heartbeat": 10,
    "distribution.tasks.relay_outbox": 2,
    "core.tasks.run_job": 15,
    "orders.tasks.fetch_tracking": 120,
    "orders.tasks.flag_lateness": 300,
    "orders.tasks.escalate_late_orders": 3600,
    "orders.tasks.release_expired_reservations": 300,
    "orders.tasks.receive_by_itself": 3600,
    "inventory.tasks.renew_promises": 300,
    "distribution.tasks.forget_what_is_over": 6 * 3600,
    "orders.tasks.count_sell_in": 6 * 3600,
    "planning.tasks.keep_landings": 6 * 3600,
    "planning.tasks.prune_landings": 24 * 3600,
    "integration.tasks.collect_webhook_events": 5,
    "catalogue.tasks.make_thumbnails": 30,
    "channel.tasks.move_agreements": 3600,
    "policies.tasks.send_announcements": 3600,
    "onboarding.tasks.forget_drafts": 24 * 3600,
    "responsibility.tasks.finish_hand_overs": 600,
    "onboarding.tasks.warn_of_certificates": 3600,
}
CELERY_BEAT_SCHEDULE = {
    task: {"task": task, "schedule": float(seconds), "options": {"expires": float(seconds)}}
    for task, seconds in _EVERY_SECONDS.items()
}
