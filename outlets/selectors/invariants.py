"""What always holds of outlets, recomputed over the whole database by `verify`."""

from django.utils.translation import gettext_lazy as _

from core.invariants import Invariant, violations_of

INVARIANTS: tuple[Invariant, ...] = (
    Invariant(
        name="outlets.closed_buy_nothing",
        statement=_("A closed outlet buys from nobody after its last day."),
        find=violations_of("""
            SELECT link.id AS link_id, outlet.id AS outlet_id
            FROM outlets_outletlink AS link JOIN outlets_outlet AS outlet ON outlet.id = link.outlet_id
            WHERE COALESCE(link.ends_on, 'infinity') > outlet.closed_on
        """),
    ),
    Invariant(
        name="outlets.head_office_is_no_site",
        statement=_("The head office of an outlet is no site itself."),
        find=violations_of("""
            SELECT site.id AS outlet_id, head.id AS head_office_id
            FROM outlets_outlet AS site JOIN outlets_outlet AS head ON head.id = site.head_office_id
            WHERE head.head_office_id IS NOT NULL
        """),
    ),
)
