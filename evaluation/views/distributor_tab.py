"""The tab on the distributor's page: its latest evaluation in short."""

from collections.abc import Mapping
from typing import Any

from evaluation.enums import RunStatus
from evaluation.models import Evaluation
from evaluation.selectors.scorecard_page import read_scorecard
from evaluation.views.explanations import why
from evaluation.views.figures import score_history, waterfall_of


def latest_of(user: Any, distributor: Any) -> Mapping[str, Any]:
    """What the tab shows; `card` is missing where nobody was evaluated yet."""
    latest = (
        Evaluation.objects.visible_to(user)
        .filter(distributor=distributor, run__status=RunStatus.DONE)
        .order_by("-run__ends_on", "-run_id")
        .values_list("pk", flat=True)
        .first()
    )
    if latest is None:
        return {}
    card = read_scorecard(actor=user, evaluation_id=latest)
    return {"card": card, "why": why(card), "waterfall": waterfall_of(card), "history": score_history(card)}
