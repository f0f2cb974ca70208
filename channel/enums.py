from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.enums import Colour, ColouredChoices


class AgreementStatus(ColouredChoices):
    DRAFT = "draft", Colour.DRAFT, _("Draft")
    SENT = "sent", Colour.WORK, pgettext_lazy("agreement", "Sent")
    ACCEPTED = "accepted", Colour.WORK, pgettext_lazy("agreement", "Accepted")
    IN_FORCE = "in_force", Colour.DONE, _("In force")
    IN_GRACE = "in_grace", Colour.WARNING, _("In grace period")
    ENDED = "ended", Colour.DRAFT, pgettext_lazy("agreement", "Ended")


BINDING_STATUSES = frozenset({AgreementStatus.IN_FORCE, AgreementStatus.IN_GRACE, AgreementStatus.ENDED})
"""Those that were put in force: whether their terms hold on a day is a matter of their dates."""


class AgreementEvent(models.TextChoices):
    SAVED = "agreement.saved", _("Agreement saved")
    SENT = "agreement.sent", _("Agreement sent")
    WITHDRAWN = "agreement.withdrawn", _("Agreement withdrawn")
    DECLINED = "agreement.declined", _("Agreement declined")
    ACCEPTED = "agreement.accepted", _("Agreement accepted")
    IN_FORCE = "agreement.in_force", _("Agreement put in force")
    REVISED = "agreement.revised", _("New revision of the agreement")
    EXPIRING = "agreement.expiring", _("Agreement about to end")
    IN_GRACE = "agreement.in_grace", _("Grace period of the agreement began")
    ENDING = "agreement.ending", _("End of the agreement decided")
    ENDED = "agreement.ended", _("Agreement ended")
    AGENT_CONFIRMED = "agreement.agent_confirmed", _("Distributor confirmed as a true agent")
    DEPARTURE_RECORDED = "agreement.departure_recorded", _("Departure from the agreement recorded")
    DEPARTURE_CLOSED = "agreement.departure_closed", _("Departure from the agreement closed")


class PurchaseBasis(models.TextChoices):
    """By which document a purchase counts towards the minimum."""

    SHIPPED = "shipped", pgettext_lazy("basis of a minimum purchase", "Shipped")
    INVOICED = "invoiced", pgettext_lazy("basis of a minimum purchase", "Invoiced")
    COLLECTED = "collected", pgettext_lazy("basis of a minimum purchase", "Collected")


class PaymentBase(models.TextChoices):
    """From which day the days of payment are counted."""

    ORDERED = "ordered", _("Day of the order")
    SHIPPED = "shipped", _("Day of shipment")
    INVOICED = "invoiced", _("Day of the invoice")
    RECEIVED = "received", _("Day of receipt")


class FreightTerms(models.TextChoices):
    SELLER = "seller", _("Paid by the seller")
    SELLER_FROM = "seller_from", _("Paid by the seller from an order amount on")
    BUYER = "buyer", _("Paid by the distributor")
    COLLECTED = "collected", _("Collected by the distributor")


class BelowMinimum(models.TextChoices):
    """What becomes of an order that does not reach the minimum of its agreement."""

    REFUSED = "refused", _("It is refused")
    SURCHARGE = "surcharge", _("It is accepted, with a freight surcharge")
    WARNED = "warned", _("It is accepted, with a warning")


class CarveOutEffect(models.TextChoices):
    """Who sells where two agreements meet. The other agreement says the same from its own side."""

    BOTH = "both", _("Both sell here")
    OTHER = "other", _("Only the other distributor sells here")
    ALONE = "alone", _("Only this distributor sells here")


class ControlSubject(models.TextChoices):
    """What an agreement may let the brand decide."""

    OUTLETS = "outlets", _("Number of outlets")
    TERRITORY = "territory", _("Territory")
    DISPLAY = "display", _("Display")
    DATA = "data", _("Data")
    RESALE_PRICE = "resale_price", _("Resale price")


class ControlMode(models.TextChoices):
    ORDERED = "ordered", pgettext_lazy("control mode", "Decided by the brand")
    AGREED = "agreed", pgettext_lazy("control mode", "Agreed together")
    FREE = "free", pgettext_lazy("control mode", "Left to the distributor")


class PriceRule(models.TextChoices):
    """What may be said of a resale price. Fixing it is unlawful in many countries, but for true agents, who do not resell."""

    RECOMMENDED = "recommended", _("Recommended price")
    MAXIMUM = "maximum", _("Maximum price")
    FIXED = "fixed", _("Fixed price, of a true agent")


LAWFUL_PRICE_RULES = [choice for choice in PriceRule.choices if choice[0] != PriceRule.FIXED]


class Billing(models.TextChoices):
    """Who is billed for what the sites of a chain buy."""

    ONE = "one", _("One bill to the head office")
    EACH = "each", _("A bill to each site")


class Incoterm(models.TextChoices):
    """The rules of 2020; the codes are the same in every language."""

    EXW = "EXW", "EXW"
    FCA = "FCA", "FCA"
    CPT = "CPT", "CPT"
    CIP = "CIP", "CIP"
    DAP = "DAP", "DAP"
    DPU = "DPU", "DPU"
    DDP = "DDP", "DDP"
    FAS = "FAS", "FAS"
    FOB = "FOB", "FOB"
    CFR = "CFR", "CFR"
    CIF = "CIF", "CIF"


class ExportPaper(models.TextChoices):
    INVOICE = "commercial_invoice", _("Commercial invoice")
    PACKING_LIST = "packing_list", _("Packing list")
    ORIGIN = "certificate_of_origin", _("Certificate of origin")
    BILL_OF_LADING = "bill_of_lading", _("Bill of lading")
    INSURANCE = "insurance", _("Insurance certificate")
    HEALTH = "health_certificate", _("Health certificate")
    DECLARATION = "export_declaration", _("Export declaration")


class DepartureStatus(ColouredChoices):
    OPEN = "open", Colour.WARNING, pgettext_lazy("departure from an agreement", "Open")
    REMEDIED = "remedied", Colour.DONE, pgettext_lazy("departure from an agreement", "Remedied")
    DISMISSED = "dismissed", Colour.DRAFT, pgettext_lazy("departure from an agreement", "Dismissed")


class DataKind(models.TextChoices):
    STOCK = "stock", _("Stock")
    SALES = "sales", _("Sales to outlets")
    OUTLETS = "outlets", _("List of outlets")
    PRICES = "prices", _("Resale prices")


class Frequency(models.TextChoices):
    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Every week")
    MONTHLY = "monthly", _("Every month")
    QUARTERLY = "quarterly", _("Every quarter")


WARNING_DAYS = (30, 60, 90)
"""How many days before its end an agreement is warned of, the nearest first."""


class AddressKind(models.TextChoices):
    DELIVERY = "delivery", _("Delivery address")
    INVOICE = "invoice", _("Invoice address")
    OFFICE = "office", _("Office address")


class ContactKind(models.TextChoices):
    OWNER = "owner", pgettext_lazy("contact", "Owner")
    PURCHASING = "purchasing", pgettext_lazy("contact", "Purchasing")
    FINANCE = "finance", pgettext_lazy("contact", "Finance")
    WAREHOUSE = "warehouse", pgettext_lazy("contact", "Warehouse")


class RecordEvent(models.TextChoices):
    ADDRESS_ADDED = "address.added", _("Address added")
    ADDRESS_CHANGED = "address.changed", _("Address changed")
    ADDRESS_ENDED = "address.ended", _("Address ended")
    CONTACT_ADDED = "contact.added", _("Contact added")
    CONTACT_CHANGED = "contact.changed", _("Contact changed")
    CONTACT_ENDED = "contact.ended", _("Contact ended")
    INVOICE_TITLE_ADDED = "invoice_title.added", _("Invoice title added")
    INVOICE_TITLE_CHANGED = "invoice_title.changed", _("Invoice title changed")
    INVOICE_TITLE_ENDED = "invoice_title.ended", _("Invoice title ended")
    BANK_ACCOUNT_ADDED = "bank_account.added", _("Bank account added")
    BANK_ACCOUNT_CHANGED = "bank_account.changed", _("Bank account changed")
    BANK_ACCOUNT_ENDED = "bank_account.ended", _("Bank account ended")
