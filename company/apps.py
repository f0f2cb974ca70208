from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from company.enums import CompanyEvent


class CompanyConfig(AppConfig):
    name = "company"
    verbose_name = _("Company")

    def ready(self) -> None:
        from company.importers import IMPORTERS
        from company.models import Company, ExchangeRate, TaxCode
        from company.selectors import INVARIANTS
        from core.constraints import explain_constraint
        from core.events import register_kinds
        from core.importing import register_importers
        from core.invariants import register_invariants
        from core.subjects import register_subject_type

        register_invariants(*INVARIANTS)
        register_subject_type("company", Company)
        register_subject_type("exchange_rate", ExchangeRate)
        register_subject_type("tax_code", TaxCode)
        register_importers(*IMPORTERS)
        register_kinds(CompanyEvent)
        explain_constraint("company_currency_frozen", _("A company's currency cannot be changed."), field="currency")
        explain_constraint(
            "number_series_never_back",
            _("A number series keeps its company, kind and counting method, and never counts backwards."),
        )
