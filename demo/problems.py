"""What comes after the history: complaints and returned goods."""

from datetime import timedelta
from typing import Any

from demo.bulk import write_query
from demo.company import CURRENCY, Company

_COMPLAINTS = """
SELECT 'C' || (10000 + row_number() OVER (ORDER BY picked.id)), picked.distributor_id, picked.id, said.subject,
    said.text, picked.ordered_on + 12, CASE WHEN picked.ordered_on < %(recent)s THEN picked.ordered_on + 20 END
FROM (
    SELECT id, distributor_id, ordered_on, row_number() OVER (ORDER BY id) AS n
    FROM orders_order WHERE status = 'received' AND id %% 33 = 5
) AS picked
JOIN unnest(%(subjects)s::text[], %(texts)s::text[]) WITH ORDINALITY AS said(subject, text, n)
    ON said.n = 1 + picked.n %% %(kinds)s
"""

_RETURNS = """
SELECT 'R' || (10000 + o.id), o.distributor_id, o.id, l.product_id, 1, l.unit_price, %(currency)s,
    %(returned)s, o.ordered_on + 25
FROM orders_order AS o JOIN orders_orderline AS l ON l.order_id = o.id AND l.position = 1
WHERE o.status = 'received' AND o.id %% 71 = 9 AND o.ordered_on + 25 < %(today)s
"""


def build_problems(company: Company) -> None:
    parameters: dict[str, Any] = {
        "recent": company.today - timedelta(days=40),
        "today": company.today,
        "subjects": [subject for subject, _text in company.words.complaints],
        "texts": [text for _subject, text in company.words.complaints],
        "kinds": len(company.words.complaints),
        "returned": company.words.returned,
        "currency": CURRENCY,
    }
    write_query(
        "complaint",
        _COMPLAINTS,
        parameters,
        fields=("code", "distributor", "order", "subject", "text", "received_on", "closed_on"),
    )
    write_query(
        "return",
        _RETURNS,
        parameters,
        fields=(
            "number",
            "distributor",
            "order",
            "product",
            "quantity",
            "amount",
            "currency",
            "reason",
            "returned_on",
        ),
    )
