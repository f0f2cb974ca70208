from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import is_brand
from accounts.selectors import checklists
from catalogue.permissions import has_distributor_codes
from core.ui import navigation, search


def product_hits(user: Any, text: str, limit: int) -> Sequence[search.SearchHit]:
    """Products for the search box of every page."""
    from catalogue.selectors import find_products

    return [
        search.SearchHit(title=name, subtitle=code, code=code, url=reverse("inventory:product", args=[code]))
        for code, name in find_products(user, text, limit)
    ]


class CatalogueConfig(AppConfig):
    name = "catalogue"
    verbose_name = _("Catalogue")

    def ready(self) -> None:
        from catalogue.enums import CatalogueEvent
        from catalogue.importers import IMPORTERS
        from catalogue.models import ProductAttribute, ProductFamily
        from catalogue.rules import completeness
        from catalogue.selectors import BUYING_RIGHTS, INVARIANTS, VALUES_OF_FAMILY
        from core.constraints import explain_constraint
        from core.events import register_kinds
        from core.importing import register_importers
        from core.invariants import register_invariants
        from core.subjects import register_subject_type

        register_subject_type("product_family", ProductFamily)
        register_subject_type("product_attribute", ProductAttribute)
        register_importers(*IMPORTERS)
        checklists.register(BUYING_RIGHTS)
        completeness.register(*completeness.OF_PRODUCTS, VALUES_OF_FAMILY)
        register_kinds(CatalogueEvent)
        register_invariants(*INVARIANTS)
        explain_constraint(
            "product_code_once",
            _("Another product already uses this code or barcode, perhaps written differently."),
            field="code",
        )
        explain_constraint(
            "product_code_owner",
            _("A distributor's own code needs a distributor; other codes must not have one."),
            field="distributor",
        )
        explain_constraint("product_code_not_empty", _("This code has no letters or digits."), field="code")
        explain_constraint(
            "product_code_unit",
            _("Only a distributor's own code is given a unit: enter its barcode with it."),
            field="unit",
        )
        explain_constraint("product_unit_once", _("The product already has this unit."), field="code")
        navigation.register(
            navigation.NavItem(
                key="product-families",
                label=_("Product families"),
                route="catalogue:families",
                group=navigation.NavGroup.PRODUCTS,
                order=61,
                allowed=is_brand,
            ),
            navigation.NavItem(
                key="distributor-codes",
                label=_("Own codes"),
                route="catalogue:distributor-codes",
                group=navigation.NavGroup.PRODUCTS,
                order=63,
                allowed=has_distributor_codes,
            ),
        )
        search.register(search.SearchProvider(key="product", label=_("Products"), find=product_hits, order=40))
