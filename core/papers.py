"""Papers as PDF for apps: with the installation's fonts and limits, and errors in the reader's language."""

from collections.abc import Sequence

import structlog
from django.conf import settings
from django.utils.translation import gettext as _

from core.errors import Conflict
from papers.contents import Paper
from papers.faults import PaperFault
from papers.making import PaperLimits, make_pdf

log = structlog.get_logger(__name__)
IN_A_JOB = PaperLimits(memory_bytes=3_000_000_000, seconds=120, patience=60)
"""A job has time, and nobody waits for its page."""


class NoPaper(Conflict):
    """A paper cannot be made now, or not at all."""

    code = "no_paper"


def pdf_of(papers: Sequence[Paper], *, limits: PaperLimits | None = None) -> bytes:
    """One PDF of these papers; the same bytes for the same papers. Raises NoPaper."""
    try:
        return make_pdf(papers, fonts=settings.PAPER_FONTS, at_once=settings.PAPERS_AT_ONCE, limits=limits)
    except PaperFault as fault:
        log.warning("no_paper", reason=fault.message, details=fault.details[:1000])
        raise NoPaper(_(fault.message)) from fault
