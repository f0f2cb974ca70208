"""Notifications into chats: several servers at once, to each one message after another."""

import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime
from functools import partial
from typing import Final

import structlog
from django.utils import timezone, translation

from core.mail import link
from messaging.enums import ChannelName
from messaging.models import ChatAddress, Sending
from messaging.selectors.notifications import shown_to_recipient
from messaging.services.chat import ChatText, send_chat
from messaging.services.endpoints import failing, note_answer, note_no_answer
from messaging.services.outgoing import CallRefused, server_of
from messaging.services.sendings import claim, is_needed, mark_failed, mark_sent, mark_skipped, release

AT_ONCE: Final = 8
"""Servers that are written to at the same time: one that hangs takes one of these places for one wait."""
EACH: Final = 20
_ASKED_EVERY: Final = 0.5
log = structlog.get_logger(__name__)


def send_chats(*, seconds: float, now: datetime | None = None) -> int:
    """Send what is due, for so long at most; returns how many were tried. Before: no other run does."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return _Run(pool, now).until(time.monotonic() + seconds)


class _Run:
    """Threads make the calls and nothing else; the database is asked and told by the one that runs this."""

    def __init__(self, pool: ThreadPoolExecutor, frozen: datetime | None) -> None:
        self.pool = pool
        self.frozen = frozen
        self.waiting: dict[str, deque[Sending]] = {}
        self.under_way: dict[Future[None], Sending] = {}
        self.failed_before: set[str] = set()
        self.tried = 0
        self.asked_at = 0.0

    def until(self, ends: float) -> int:
        while True:
            found = self._claim_more(ends)
            for server in list(self.waiting):
                self._begin_next(server, ends)
            if not self.under_way:
                if not found:
                    return self.tried
                continue
            done, _others = wait(self.under_way, timeout=_ASKED_EVERY, return_when=FIRST_COMPLETED)
            for future in done:
                self._finish(future, self.under_way.pop(future))

    def _claim_more(self, ends: float) -> bool:
        moment = time.monotonic()
        free = AT_ONCE - len(self.waiting)
        if free < 1 or moment > ends or (self.under_way and moment < self.asked_at + _ASKED_EVERY):
            return False
        self.asked_at = moment
        rows = claim(ChannelName.WEBHOOK, now=self._moment(), limit=free * EACH, each=EACH, busy=self.waiting)
        for row in rows:
            self.waiting.setdefault(row.endpoint, deque()).append(row)
        self.failed_before |= failing({row.endpoint for row in rows}) if rows else set()
        return bool(rows)

    def _begin_next(self, server: str, ends: float) -> None:
        """Start the next call to a server, unless one is under way; give it up where nothing is left, or no time."""
        if any(row.endpoint == server for row in self.under_way.values()) or len(self.under_way) >= AT_ONCE:
            return
        rows = self.waiting[server]
        if time.monotonic() > ends:
            release(rows)
            rows.clear()
        while rows:
            row = rows.popleft()
            if (call := self._call_of(row)) is not None:
                self.tried += 1
                self.under_way[self.pool.submit(call)] = row
                return
        self._is_done(server)

    def _is_done(self, server: str) -> None:
        """Nothing is claimed for it any more: more is asked for at once."""
        del self.waiting[server]
        self.asked_at = 0.0

    def _call_of(self, row: Sending) -> Callable[[], None] | None:
        """What to do for this row in a thread, if there is still a need and a way."""
        address = ChatAddress.objects.filter(person=row.notification.recipient_id).first()
        if address is None or not is_needed(row):
            mark_skipped(row)
            return None
        if (server := server_of(address.url)) != row.endpoint:
            release([row], endpoint=server)
            return None
        try:
            text = _text(row)
        except Exception as error:  # one that cannot be written stops no other
            log.exception("notification_not_written", sending=row.pk)
            mark_failed(row, reason=f"{type(error).__name__}: {error}", now=self._moment())
            return None
        return partial(
            send_chat, kind=address.kind, url=address.url, secret=address.secret, text=text, now=int(time.time())
        )

    def _finish(self, future: Future[None], row: Sending) -> None:
        error = future.exception()
        if error is None:
            mark_sent(row, now=self._moment())
        else:
            mark_failed(row, reason=f"{type(error).__name__}: {error}", now=self._moment())
        if isinstance(error, CallRefused) and error.status is None:
            note_no_answer(row.endpoint, now=self._moment())
            self.failed_before.add(row.endpoint)
            release(self.waiting[row.endpoint])
            self.waiting[row.endpoint].clear()
        elif row.endpoint in self.failed_before:
            note_answer(row.endpoint)
            self.failed_before.discard(row.endpoint)
        if not self.waiting[row.endpoint]:
            self._is_done(row.endpoint)

    def _moment(self) -> datetime:
        return self.frozen or timezone.now()


def _text(row: Sending) -> ChatText:
    with translation.override(row.notification.recipient.language_of_mail):
        line = shown_to_recipient(row.notification)
        return ChatText(
            id=row.number,
            kind=row.notification.kind,
            level=line.level.value,
            text=line.text,
            url=link(line.address) if line.address else "",
        )
