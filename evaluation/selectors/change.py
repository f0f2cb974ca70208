"""Why a score is another one than last time: what the distributor did, and what the rules did."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from evaluation.scoring.arithmetic import Band, add_up


@dataclass(frozen=True, kw_only=True)
class Change:
    """Points since the run before. `total` = `did` + `rules`; `did` is None where no measure is common to both runs."""

    before: Decimal
    total: Decimal
    did: Decimal | None
    rules: Decimal | None
    by_metric: Mapping[str, Decimal]


def change_of(
    *,
    score: Decimal,
    before: Decimal,
    values: Mapping[str, Decimal | None],
    values_before: Mapping[str, Decimal | None],
    bands: Mapping[str, Band],
    bands_before: Mapping[str, Band],
) -> Change:
    """Split the change of a score.

    What the distributor did: both runs scored by today's rules, on the measures that both rules have. All else is
    what the rules did: other weights, bands or measures. Same rules leave nothing for the rules.
    """
    common = {metric: band for metric, band in bands.items() if metric in bands_before}
    then, now = add_up(values_before, common), add_up(values, common)
    total = score - before
    did = None if then.score is None or now.score is None else now.score - then.score
    old, new = add_up(values_before, bands_before), add_up(values, bands)
    return Change(
        before=before,
        total=total,
        did=did,
        rules=None if did is None else total - did,
        by_metric={
            metric: new.points.get(metric, Decimal(0)) - old.points.get(metric, Decimal(0))
            for metric in {**bands, **bands_before}
        },
    )
