"""Documents that use credit: the app above that has them registers how they are read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.registry import Slot


@dataclass(frozen=True, kw_only=True)
class CreditSource:
    """`documents` is the text of a relation, as `credit_sql.settle` takes it, of all that %(distributors)s have open."""

    source_type: str
    documents: str
    parameters: Mapping[str, Any]


credit_sources: Slot[str, CreditSource] = Slot("credit source")


def register_credit_source(source: CreditSource) -> None:
    credit_sources.add(source.source_type, source)
