"""Lists of plans, prices and standings."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.tables import (
    AttainmentColumn,
    DateColumn,
    DifferenceColumn,
    FileColumn,
    LinkColumn,
    ListTable,
    MoneyColumn,
    MoneyDifferenceColumn,
    PercentColumn,
    QuantityColumn,
    StateColumn,
)
from planning.enums import MinimumState, PlanStatus, Retention
from planning.models import SalesPlan
from planning.selectors.progress import ProgressRow


def distributor_attainment_url(progress_row: ProgressRow) -> str:
    return reverse("planning:distributor-attainment", args=[progress_row.code])


class SalesPlanTable(ListTable):
    phone_fields = ("status", "amount", "year")
    owner = LinkColumn(accessor="owner_name", verbose_name=_("plan of"))
    owner_code = FileColumn(verbose_name=_("owner's code"))
    level = tables.Column(accessor="get_level_display", verbose_name=_("level"))
    year = tables.Column(accessor="year__code", verbose_name=_("year"))
    revision = QuantityColumn(verbose_name=_("version"))
    status = StateColumn(enum=PlanStatus, verbose_name=_("status"))
    amount = MoneyColumn(verbose_name=_("amount"), exclude_from_export=True)
    year_amount = MoneyColumn(accessor="amount", verbose_name=_("amount of the year"), visible=False)

    class Meta:
        model = SalesPlan
        fields = ("owner", "owner_code", "level", "year", "revision", "status", "amount", "year_amount")


class PlanCellTable(ListTable):
    """The periods of plans, and their product mix, as an import takes them."""

    owner = FileColumn(accessor="owner_name", verbose_name=_("plan of"))
    distributor = FileColumn(accessor="plan__distributor__code", verbose_name=_("distributor code"))
    territory = FileColumn(accessor="plan__territory__code", verbose_name=_("territory code"))
    manager = FileColumn(accessor="plan__manager__external_code", verbose_name=_("manager's code"))
    year = FileColumn(accessor="plan__year__code", verbose_name=_("year"))
    period = FileColumn(accessor="period__number", verbose_name=_("period"))
    starts_on = FileColumn(accessor="period__starts_on", verbose_name=_("first day"))
    category = FileColumn(accessor="category__display_name", verbose_name=_("category"))
    category_code = FileColumn(accessor="category__code", verbose_name=_("category code"))
    amount = MoneyColumn(currency="plan__currency", decimals=True, verbose_name=_("amount"))
    currency = FileColumn(accessor="plan__currency", verbose_name=_("currency"))

    class Meta:
        fields = (
            "owner", "distributor", "territory", "manager", "year", "period", "starts_on", "category", "category_code",
            "amount", "currency",
        )  # fmt: skip


class DistributorSalesTable(ListTable):
    """Cost and margin are in the company's currency."""

    phone_fields = ("retention", "recent_net", "change_net")
    name = LinkColumn(
        accessor="display_name",
        url=lambda row: reverse("accounts:distributor", args=[row.code], query={"tab": "sales"}),
        verbose_name=_("distributor"),
    )
    code = tables.Column(verbose_name=_("code"))
    retention = StateColumn(enum=Retention, verbose_name=_("customer"))
    recent_net = MoneyColumn(verbose_name=_("last 12 months"))
    earlier_net = MoneyColumn(verbose_name=_("12 months before"))
    change_net = DifferenceColumn(verbose_name=_("difference"))
    recent_cost = QuantityColumn(verbose_name=_("cost"))
    margin = QuantityColumn(verbose_name=_("margin"))
    first_order = DateColumn(verbose_name=_("first order"))
    last_order = DateColumn(verbose_name=_("last order"))

    class Meta:
        fields = (
            "name", "code", "retention", "recent_net", "earlier_net", "change_net", "recent_cost", "margin",
            "first_order", "last_order",
        )  # fmt: skip


class ManagerSalesTable(ListTable):
    phone_fields = ("recent_net", "change_net", "margin")
    full_name = LinkColumn(verbose_name=_("channel manager"))
    external_code = FileColumn(verbose_name=_("manager's code"))
    recent_net = MoneyColumn(verbose_name=_("last 12 months"))
    earlier_net = MoneyColumn(verbose_name=_("12 months before"))
    change_net = DifferenceColumn(verbose_name=_("difference"))
    recent_cost = MoneyColumn(verbose_name=_("cost"))
    margin = MoneyColumn(verbose_name=_("margin"))

    class Meta:
        fields = (
            "full_name", "external_code", "recent_net", "earlier_net", "change_net", "recent_cost", "margin",
        )  # fmt: skip


class ProgressTable(ListTable):
    phone_fields = ("actual", "attainment_to_date", "landing")
    name = LinkColumn(url=distributor_attainment_url, verbose_name=_("distributor"))
    code = FileColumn(verbose_name=_("distributor code"))
    actual = MoneyColumn(accessor="progress__actual", currency="progress__currency", verbose_name=_("sold"))
    plan = MoneyColumn(accessor="progress__plan", currency="progress__currency", verbose_name=_("plan"))
    attainment_to_date = AttainmentColumn(accessor="progress__attainment_to_date", verbose_name=_("% of plan to date"))
    difference = MoneyDifferenceColumn(
        accessor="progress__difference_to_date", currency="progress__currency", verbose_name=_("variance to date")
    )
    growth = PercentColumn(accessor="progress__growth", verbose_name=_("growth"))
    landing = MoneyColumn(accessor="progress__landing", currency="progress__currency", verbose_name=_("landing"))
    required_pace = MoneyColumn(
        accessor="progress__required_pace", currency="progress__currency", verbose_name=_("required per day")
    )

    class Meta:
        fields = (
            "name", "code", "actual", "plan", "attainment_to_date", "difference", "growth", "landing", "required_pace",
        )  # fmt: skip


class MinimumTable(ListTable):
    phone_fields = ("state", "bought", "missing")
    distributor = LinkColumn(
        accessor="stated__agreement__distributor__display_name", to="stated__agreement", verbose_name=_("distributor")
    )
    distributor_code = FileColumn(accessor="stated__agreement__distributor__code", verbose_name=_("distributor code"))
    agreement = tables.Column(accessor="stated__agreement", verbose_name=_("agreement"))
    what = tables.Column(verbose_name=_("about"))
    basis = tables.Column(
        accessor="stated__row__get_basis_display", verbose_name=_("basis"), attrs={"td": {"class": "text-nowrap"}}
    )
    starts_on = DateColumn(accessor="stated__starts_on", verbose_name=_("starts on"))
    ends_on = DateColumn(accessor="stated__ends_on", verbose_name=_("ends on"))
    amount = MoneyColumn(verbose_name=_("minimum of the term"))
    bought = MoneyColumn(verbose_name=_("bought"))
    share = AttainmentColumn(decimals=1, verbose_name=_("reached"))
    missing = MoneyColumn(verbose_name=_("missing"))
    state = StateColumn(enum=MinimumState, verbose_name=_("status"))

    class Meta:
        fields = (
            "distributor", "distributor_code", "agreement", "what", "basis", "starts_on", "ends_on", "amount", "bought",
            "share", "missing", "state",
        )  # fmt: skip
