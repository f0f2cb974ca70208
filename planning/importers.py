"""What can be imported of the sales plans."""

from django.utils.translation import gettext_lazy as _

from core.importing import Entity, Importer, Kind, extra_field, fields_of
from planning.models import SalesPlan
from planning.services.write_plans import write_plans

PLAN = Entity(
    name="plan",
    help_text=(
        "What is to be sold in a period. One row is one period of the company (no owner given), of a territory, a "
        "manager or a "
        "distributor. Say the period by a day in it, or by year and period; a year without a period is split evenly."
    ),
    model=SalesPlan,
    key=("territory", "manager", "distributor", "date", "year", "period", "category"),
    fields=(
        *fields_of(
            SalesPlan,
            {
                "territory": "Code of the territory whose plan it is",
                "manager": "external_code of the manager whose plan it is",
                "distributor": "Code of the distributor whose plan it is",
            },
        ),
        extra_field("date", Kind.DATE, _("day"), "Any day of the period"),
        extra_field("year", Kind.REFERENCE, _("business year"), "Code of the business year", refers="business_year"),
        extra_field(
            "period", Kind.WHOLE, _("business period"), "Number of the period within the year", low=1, high=32_767
        ),
        extra_field(
            "category",
            Kind.REFERENCE,
            _("category"),
            "Code of the product group, where the plan has a product mix",
            refers="category",
        ),
        *fields_of(
            SalesPlan,
            {"amount": "Amount, at most four decimals", "currency": "Currency", "status": "Status of a new plan"},
            amount={"low": 0},
            status={"default": "agreed", "choices": {"draft": "Draft", "agreed": "Agreed", "locked": "Locked"}},
        ),
    ),
    match=(),
    reasons={
        "sales_plan_children_add_up": _("The parts of a confirmed plan must add up to it."),
    },
)

IMPORTERS = (Importer(entity=PLAN, write=write_plans, after=("business_period",), whole=True, page="planning:plans"),)
