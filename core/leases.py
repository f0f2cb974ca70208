"""Who works on a job, and for how long no one else may take it.

A lease is kept by a thread of the worker on a connection of its own, so that it is renewed while the work itself sits
in one long statement. When the process dies, nobody renews it, and the job can be taken again once it has run out.
"""

import os
import socket
import threading
import time
import uuid
from datetime import timedelta
from types import TracebackType
from typing import Any, Self

import structlog
from django.db import Error, connection, transaction
from django.db.models.functions import Now

from core.enums import JobStatus
from core.models import Job

LEASE = timedelta(seconds=30)
RENEWED_EVERY = 10.0
_CONNECTION_SECONDS = 2
log = structlog.get_logger(__name__)


def owner_name() -> str:
    """A new owner: machine and process for whoever looks at it, and a part that no other owner has."""
    return f"{socket.gethostname()[:32]}:{os.getpid()}:{uuid.uuid4().hex[:12]}"


class LeaseKeeper:
    """Renews the lease of one job until it is left, within the time limit; a context manager around the work.

    When the time is over, or somebody else has the job, it cancels the statement that the work is waiting for, and says
    so in `is_over_time` or `is_lost`.
    """

    def __init__(self, *, job_id: int, owner: str, seconds: float) -> None:
        self.job_id = job_id
        self.owner = owner
        self.is_over_time = False
        self.is_lost = False
        self._deadline = time.monotonic() + seconds
        self._renewed_at = time.monotonic()
        self._progress: dict[str, Any] = {}
        self._wake = threading.Event()
        self._ends = False
        self._thread = threading.Thread(target=self._keep, name=f"lease-of-job-{job_id}", daemon=True)
        self._work_connection: Any = None

    def __enter__(self) -> Self:
        connection.ensure_connection()
        self._work_connection = connection.connection
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ends = True
        self._wake.set()
        self._thread.join()

    def report(self, *, done: int, total: int, stage: str) -> None:
        """Have the progress written soon. Never waits for the database."""
        self._progress = {"done": done, "total": total, "stage": stage[:200]}
        self._wake.set()

    def _keep(self) -> None:
        try:
            while self._wait() and not self._has_ended():
                self._renew()
        finally:
            connection.close()

    def _wait(self) -> bool:
        """Until it is time to renew, or there is progress to write; False when the work has ended."""
        self._wake.wait(max(0.0, min(RENEWED_EVERY, self._deadline - time.monotonic())))
        self._wake.clear()
        return not self._ends

    def _has_ended(self) -> bool:
        now = time.monotonic()
        self.is_over_time = now >= self._deadline
        self.is_lost = self.is_lost or now - self._renewed_at > LEASE.total_seconds()
        if self.is_over_time or self.is_lost:
            self._work_connection.cancel()
        return self.is_over_time or self.is_lost

    def _renew(self) -> None:
        progress, self._progress = self._progress, {}
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{_CONNECTION_SECONDS}s"])
                kept = self._jobs().update(lease_until=Now() + LEASE, **progress)
                # A row that other connections cannot see yet can have no other owner.
                self.is_lost = not kept and Job.objects.filter(pk=self.job_id).exists()
            self._renewed_at = time.monotonic()
        except Error as error:
            log.warning("lease_not_renewed", job=self.job_id, error=str(error))
            connection.close()
        if self.is_lost:
            self._wake.set()

    def _jobs(self) -> Any:
        return Job.objects.filter(pk=self.job_id, lease_owner=self.owner, status=JobStatus.RUNNING)
