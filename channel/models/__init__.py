from channel.models.agreement import Agreement
from channel.models.coverage import AgreementCarveOut, AgreementCoverage, AgreementSubject, AgreementTerritory
from channel.models.terms import ControlRule, DataDuty, MinimumPurchase, PaymentInstalment

__all__ = [
    "Agreement",
    "AgreementCarveOut",
    "AgreementCoverage",
    "AgreementSubject",
    "AgreementTerritory",
    "ControlRule",
    "DataDuty",
    "MinimumPurchase",
    "PaymentInstalment",
]
