"""What can be imported of agreements: those that were signed before they came here, one a row."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from channel.enums import AgreementStatus
from channel.models import Agreement
from channel.services.bulk_agreements import write_agreements
from core.errors import Message
from core.importing import Entity, Field, Importer, Kind, extra_field, fields_of


def _cell(name: str, label: Message, help_text: str, **more: Any) -> Field:
    """A cell with several values, separated by semicolons."""
    return extra_field(name, Kind.TEXT, label, help_text, default="", **more)


AGREEMENT = Entity(
    name="agreement",
    help_text=(
        "An agreement that was signed before it came here: it is in force, in grace or ended by its dates. Several values of "
        "a cell are separated by semicolons. What is there already with the same terms stays as it is; with other "
        "terms it is refused: they change by a new revision."
    ),
    model=Agreement,
    key=("number", "revision"),
    fields=(
        *fields_of(
            Agreement,
            {
                "number": "Its number, as on paper",
                "revision": "1 where nothing is said; a later one needs the one before, which has ended by then",
                "distributor": "Code of the distributor",
                "status": "Status; it follows from the dates, and what is not signed is not imported",
                "starts_on": "First day",
                "ends_on": "Last day of its term; empty means until further notice",
                "grace_days": "For so many days after its term orders are still accepted",
                "last_on": "Last day of one that was ended early",
                "end_reason": "Why it was ended early",
            },
            number={"required": True},
            status={"required": False, "default": AgreementStatus.IN_FORCE},
        ),
        _cell("brands", _("brands"), "Codes of the brands it is about"),
        _cell("categories", _("categories"), "Codes of categories; BRAND:CATEGORY for the category of one brand only"),
        _cell("exclusive", _("exclusive"), "yes, no, or which of the brands and categories are exclusive"),
        _cell("territories", _("territories"), "Codes of the territories, each with all below it"),
        _cell("channel_kinds", _("channel kinds"), "Channel kinds; that of the distributor where it is empty"),
        _cell(
            "carve_outs",
            _("carve-outs"),
            "DISTRIBUTOR:effect, where wanted with :BRAND:TERRITORY:channel kind; the effect is both, other or alone. It has "
            "to stand on the other agreement too",
        ),
        _cell("minimums", _("minimum purchases a year"), "AMOUNT for all, BRAND:AMOUNT for a brand"),
        _cell(
            "minimum_basis", _("basis of the minimum"), "shipped, invoiced or collected; one for all or one for each"
        ),
        _cell("minimum_with_tax", _("minimum with tax"), "yes or no; one for all or one for each"),
        _cell(
            "minimum_net_of_returns",
            _("minimum net of returns"),
            "yes or no, yes where it is empty; one for all or one for each",
        ),
        _cell("minimum_gifts_count", _("gifts count for the minimum"), "yes or no; one for all or one for each"),
        *fields_of(
            Agreement,
            {
                "payment_base": "From which day the days of payment count",
                "payment_days": "Days of payment",
                "payment_cut_day": "What comes after this day of the month counts as of the next",
                "payment_from_month_end": "Whether the days count from the end of the month",
            },
        ),
        _cell("instalments", _("instalments"), "PERCENT:DAYS, such as 30:0; 70:60"),
        *fields_of(
            Agreement,
            {
                "currency": "Currency of its amounts",
                "credit_limit": "Credit limit within that of the distributor",
                "deposit_amount": "Deposit",
                "discount_rate": "Discount, 0.05 or 5 %",
                "return_rate": "Return rate, 0.05 or 5 %",
                "order_minimum_amount": "Least amount of an order",
                "order_minimum_weight": "Least weight of an order, in kg",
                "order_minimum_pallets": "Least number of full pallets of an order",
                "full_truck_weight": "Weight of a full truck in kg, where only full trucks are sold",
                "full_truck_pallets": "Pallets of a full truck; it is full by either",
                "below_minimum": "What becomes of an order below a minimum",
                "freight_surcharge": "Freight surcharge of an order below a minimum",
                "freight_terms": "Who pays the freight",
                "freight_free_from": "Order amount from which the seller pays the freight",
                "least_remaining_days": "Least remaining life of the goods on the day of their arrival, in days",
                "never_older": "Whether nothing is shipped that was produced before the product's last delivery",
                "report_days": "Days after the delivery until a shipment counts as received whole",
                "claim_days": "Days after the receipt to decide a delivery claim",
            },
        ),
        _cell("control_rules", _("control modes"), "SUBJECT:mode, a resale price with :recommended or :maximum"),
        _cell("commission", _("commission"), "Of an agent: its share, 5 % or 0.05"),
        _cell("commission_basis", _("commission on"), "Of an agent: shipped, invoiced or collected"),
        _cell("head_office", _("head office"), "Of a chain or franchise; one for all kinds or one for each"),
        _cell("sites", _("number of sites"), "Of a chain or franchise"),
        _cell("billing", _("bills"), "Of a chain or franchise: one or each"),
        extra_field("programme", Kind.TEXT, _("allowed programme"), "Of direct marketing: what is allowed", default=""),
        _cell("incoterm", _("Incoterm"), "Of an international distributor: EXW, FOB, CIF …"),
        _cell("incoterm_place", _("named place"), "The place that the Incoterm names"),
        _cell("export_papers", _("export papers"), "Which papers go with a shipment abroad"),
        _cell("shops", _("shops on platforms"), "PLATFORM:NAME, where wanted with :https://… behind it"),
        _cell("data_duties", _("data to be delivered"), "DATA:frequency, where wanted with :days after the period"),
        *fields_of(
            Agreement,
            {
                "clauses": "Further clauses",
                "signature_reference": "Where the signed paper is found; needed for a new one",
            },
        ),
    ),
    match=(),
)

IMPORTERS = (
    Importer(
        entity=AGREEMENT,
        write=write_agreements,
        after=("brand", "category", "territory", "product"),
        page="channel:agreements",
    ),
)
