"""How much an account is above its limits on a day, as an expression of queries."""

from datetime import date
from typing import Any

from django.db.models import DecimalField, Func, Value
from django.db.models.fields import DateField


class OverLimit(Func):
    """By how much the account of a distributor with a company is above its limit or sub-limit; NULL without an account."""

    template = """(
        SELECT GREATEST(
            shared.exposure_amount
            - CASE WHEN shared.temporary_until >= %(day)s THEN shared.temporary_amount ELSE shared.amount END,
            account.exposure_amount - account.sub_limit, 0
        )
        FROM billing_tradeaccount AS account
        LEFT JOIN billing_creditlimit AS shared ON shared.id = account.credit_limit_id
        WHERE account.company_id = %(company)s AND account.distributor_id = %(distributor)s
    )"""

    def __init__(self, company: Any, distributor: Any, day: date) -> None:
        super().__init__(
            company, distributor, Value(day, output_field=DateField()),
            output_field=DecimalField(max_digits=19, decimal_places=4),
        )  # fmt: skip

    def as_sql(self, compiler: Any, connection: Any, *_forms: Any, **_context: Any) -> Any:  # noqa: ARG002 - given by Django
        (company, of_company), (distributor, of_distributor), (day, of_day) = (
            compiler.compile(source) for source in self.source_expressions
        )
        text = self.template % {"company": company, "distributor": distributor, "day": f"{day}::date"}
        return text, [*of_day, *of_company, *of_distributor]
