"""What can be imported of outlets: themselves, and from whom they buy."""

from django.utils.translation import gettext_lazy as _

from core.importing import Entity, Importer, fields_of
from outlets.models import Outlet, OutletLink
from outlets.services.importing import write_outlet_links, write_outlets

OUTLET = Entity(
    name="outlet",
    help_text="A shop that sells to consumers.",
    model=Outlet,
    key=("code",),
    fields=fields_of(
        Outlet,
        {
            "code": "Code, each once however it is written",
            "name": "Name",
            "name_zh": "Chinese name",
            "kind": "Kind of outlet",
            "status": "Status; open where nothing is said",
            "head_office": "Code of the chain's head office, an outlet too",
            "contact": "Contact person",
            "phone": "Telephone",
            "address": "Street and number",
            "postal_code": "Postal code",
            "city": "City",
            "country": "Two letters, such as DE",
            "territory": "Code of the territory, one that is not divided further",
            "closed_on": "Last day of a closed outlet",
            "close_reason": "Why it closed",
        },
        status={"default": "open", "required": False},
    ),
    match=("code", "name", "name_zh"),
    reasons={
        "outlet_code_once": _("Another outlet has this code, perhaps written differently."),
        "outlet_code_not_empty": _("This code has no letters or digits."),
        "outlet_closed_with_reason": _("A closed outlet has its last day and the reason; no other one has them."),
    },
)

OUTLET_LINK = Entity(
    name="outlet_link",
    help_text="An outlet buys a brand, or all of them, from a distributor for some days.",
    model=OutletLink,
    key=("outlet", "distributor", "brand", "starts_on"),
    fields=fields_of(
        OutletLink,
        {
            "outlet": "Code of the outlet",
            "distributor": "Code of the distributor",
            "brand": "Code of the brand; empty means all",
            "starts_on": "First day",
            "ends_on": "Last day; empty means until further notice",
        },
    ),
    match=(),
    reasons={
        "outlet_link_once": _("The outlet already buys this from this distributor on some of these days."),
    },
)

IMPORTERS = (
    Importer(entity=OUTLET, write=write_outlets, page="outlets:outlets"),
    Importer(entity=OUTLET_LINK, write=write_outlet_links, page="outlets:links"),
)
