"""Documents whose sales are posted under business periods: what a company's calendar must not move under them.

The app of the documents registers them; the app of the calendar, which knows none, asks before it moves a period and
has posted what had none when it opens one.
"""

from collections.abc import Callable
from dataclasses import dataclass

from core.registry import registry


@dataclass(frozen=True, kw_only=True)
class PostedDocuments:
    """`posted` is the text of a relation of all documents that count.

    Its columns: `distributor_id`, `currency`, `day`, `net_amount`, and `period_id`, under which it was posted (NULL where no
    period held its day). `awaited` is that of the documents that are firm and not posted yet: `distributor_id`, `currency`,
    `net_amount`. `post_unplaced` posts those without a period under that of their day, where there is one now.
    """

    basis: str
    posted: str
    awaited: str
    post_unplaced: Callable[[], None]


def register_posted_documents(documents: PostedDocuments) -> None:
    registry.posted_documents.add(documents.basis, documents)
