from typing import Any, ClassVar

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from channel.enums import AgreementStatus, DepartureStatus
from channel.models import Agreement, ControlDeparture
from core.tables import (
    DateColumn,
    FileColumn,
    LinkColumn,
    ListTable,
    MoneyColumn,
    QuantityColumn,
    StateColumn,
    YesNoColumn,
)


class FileYesNoColumn(YesNoColumn):
    """Yes or no in an exported file only."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(visible=False, **kwargs)


class AgreementTable(ListTable):
    phone_fields = ("status", "distributor", "ends_on")
    number = LinkColumn(accessor="display_number", verbose_name=_("agreement"))
    revision = QuantityColumn(verbose_name=_("revision"))
    distributor = tables.Column(accessor="distributor__display_name", verbose_name=_("distributor"))
    distributor_code = FileColumn(accessor="distributor__code", verbose_name=_("distributor code"))
    status = StateColumn(enum=AgreementStatus, verbose_name=_("status"))
    starts_on = DateColumn(verbose_name=_("starts on"))
    ends_on = DateColumn(verbose_name=_("ends on"))
    orders_until = DateColumn(verbose_name=_("orders until"))
    credit_limit = MoneyColumn(currency="currency", verbose_name=_("credit limit"))
    grace_days = FileColumn(verbose_name=_("days of grace"))
    last_on = FileColumn(verbose_name=_("ended on"))
    end_reason = FileColumn(verbose_name=_("reason of the end"))
    brands = FileColumn(accessor="cells__brands", verbose_name=_("brands"))
    categories = FileColumn(accessor="cells__categories", verbose_name=_("categories"))
    exclusive = FileColumn(accessor="cells__exclusive", verbose_name=_("exclusive"))
    territories = FileColumn(accessor="cells__territories", verbose_name=_("territories"))
    channel_kinds = FileColumn(accessor="cells__channel_kinds", verbose_name=_("channel kinds"))
    carve_outs = FileColumn(accessor="cells__carve_outs", verbose_name=_("carve-outs"))
    minimums = FileColumn(accessor="cells__minimums", verbose_name=_("minimum purchases a year"))
    minimum_basis = FileColumn(accessor="cells__minimum_basis", verbose_name=_("basis of the minimum"))
    minimum_with_tax = FileColumn(accessor="cells__minimum_with_tax", verbose_name=_("minimum with tax"))
    minimum_net_of_returns = FileColumn(
        accessor="cells__minimum_net_of_returns", verbose_name=_("minimum net of returns")
    )
    minimum_gifts_count = FileColumn(
        accessor="cells__minimum_gifts_count", verbose_name=_("gifts count for the minimum")
    )
    payment_base = FileColumn(accessor="get_payment_base_display", verbose_name=_("payment counts from"))
    payment_days = FileColumn(verbose_name=_("days of payment"))
    payment_cut_day = FileColumn(verbose_name=_("cut day"))
    payment_from_month_end = FileYesNoColumn(verbose_name=_("from the end of the month"))
    instalments = FileColumn(accessor="cells__instalments", verbose_name=_("instalments"))
    currency = FileColumn(verbose_name=_("currency"))
    deposit_amount = FileColumn(verbose_name=_("deposit"))
    discount_rate = FileColumn(verbose_name=_("discount"))
    return_rate = FileColumn(verbose_name=_("return rate"))
    order_minimum_amount = FileColumn(verbose_name=_("order minimum"))
    order_minimum_weight = FileColumn(verbose_name=_("order minimum (kg)"))
    order_minimum_pallets = FileColumn(verbose_name=_("order minimum (pallets)"))
    full_truck_weight = FileColumn(verbose_name=_("full truck (kg)"))
    full_truck_pallets = FileColumn(verbose_name=_("full truck (pallets)"))
    below_minimum = FileColumn(accessor="get_below_minimum_display", verbose_name=_("below the minimum"))
    freight_surcharge = FileColumn(verbose_name=_("freight surcharge"))
    freight_terms = FileColumn(accessor="get_freight_terms_display", verbose_name=_("freight"))
    freight_free_from = FileColumn(verbose_name=_("freight paid from"))
    least_remaining_days = FileColumn(verbose_name=_("least remaining life (days)"))
    never_older = FileColumn(verbose_name=_("never older than the last delivery"))
    report_days = FileColumn(verbose_name=_("days to report a difference"))
    claim_days = FileColumn(verbose_name=_("days to decide a delivery claim"))
    control_rules = FileColumn(accessor="cells__control_rules", verbose_name=_("control modes"))
    data_duties = FileColumn(accessor="cells__data_duties", verbose_name=_("data to be delivered"))
    commission = FileColumn(accessor="cells__commission", verbose_name=_("commission"))
    commission_basis = FileColumn(accessor="cells__commission_basis", verbose_name=_("commission on"))
    head_office = FileColumn(accessor="cells__head_office", verbose_name=_("head office"))
    sites = FileColumn(accessor="cells__sites", verbose_name=_("number of sites"))
    billing = FileColumn(accessor="cells__billing", verbose_name=_("bills"))
    programme = FileColumn(accessor="cells__programme", verbose_name=_("allowed programme"))
    incoterm = FileColumn(accessor="cells__incoterm", verbose_name=_("Incoterm"))
    incoterm_place = FileColumn(accessor="cells__incoterm_place", verbose_name=_("named place"))
    export_papers = FileColumn(accessor="cells__export_papers", verbose_name=_("export papers"))
    shops = FileColumn(accessor="cells__shops", verbose_name=_("shops on platforms"))
    clauses = FileColumn(verbose_name=_("further clauses"))
    signature_reference = FileColumn(verbose_name=_("signature reference"))

    class Meta:
        model = Agreement
        fields: ClassVar = (
            "number", "revision", "distributor", "distributor_code", "status", "starts_on", "ends_on", "orders_until",
            "credit_limit", "currency",
        )  # fmt: skip

    def value_number(self, record: Agreement) -> str:
        """For an export: a draft has no number that an import could find it by."""
        return record.number or ""


class DepartureTable(ListTable):
    phone_fields = ("status", "distributor", "noticed_on")
    subject = LinkColumn(accessor="get_subject_display", verbose_name=_("subject"))
    distributor = tables.Column(accessor="agreement__distributor__display_name", verbose_name=_("distributor"))
    distributor_code = FileColumn(accessor="agreement__distributor__code", verbose_name=_("distributor code"))
    agreement = tables.Column(accessor="agreement__display_number", verbose_name=_("agreement"))
    noticed_on = DateColumn(verbose_name=_("noticed on"))
    text = tables.Column(verbose_name=_("what was seen"))
    recorded_by = tables.Column(accessor="recorded_by__display_name", verbose_name=_("recorded by"))
    recorded_by_code = FileColumn(accessor="recorded_by__external_code", verbose_name=_("code of who recorded it"))
    status = StateColumn(enum=DepartureStatus, verbose_name=_("status"))

    class Meta:
        model = ControlDeparture
        fields: ClassVar = (
            "subject", "distributor", "distributor_code", "agreement", "noticed_on", "text", "recorded_by",
            "recorded_by_code", "status",
        )  # fmt: skip
