from channel.models.agreement import Agreement
from channel.models.clearance import AddressClearance
from channel.models.coverage import AgreementCarveOut, AgreementCoverage, AgreementSubject, AgreementTerritory
from channel.models.departure import ControlDeparture
from channel.models.kind_terms import AgreementShop, KindTerms
from channel.models.leaves import CoveredCategory, CoveredTerritory
from channel.models.record import Address, BankAccount, Contact, InvoiceTitle
from channel.models.terms import ControlRule, DataDuty, MinimumPurchase, PaymentInstalment

__all__ = [
    "Address",
    "AddressClearance",
    "Agreement",
    "AgreementCarveOut",
    "AgreementCoverage",
    "AgreementShop",
    "AgreementSubject",
    "AgreementTerritory",
    "BankAccount",
    "Contact",
    "ControlDeparture",
    "ControlRule",
    "CoveredCategory",
    "CoveredTerritory",
    "DataDuty",
    "InvoiceTitle",
    "KindTerms",
    "MinimumPurchase",
    "PaymentInstalment",
]
