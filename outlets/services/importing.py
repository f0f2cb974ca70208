"""Outlets and their links, many at once by an import."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from core.importing import Counts, Stage
from core.importing.staging import refuse, refuse_where, rows, run
from core.importing.upsert import upsert
from core.pinyin import add_initials


def write_outlets(stage: Stage) -> Mapping[str, Counts]:
    """Outlets by their code. Each lies at a leaf of the territories, and no head office is a site itself."""
    refuse_where(
        f"{stage.relation} AS s",
        (
            "s.territory_id IN (SELECT parent_id FROM accounts_territory)",
            "territory",
            _("Select a territory that is not divided further."),
        ),
    )
    add_initials(stage)
    counts = upsert(stage)
    run(
        f"UPDATE outlets_outlet AS t SET pinyin = s.pinyin FROM {stage.relation} AS s "
        "WHERE t.code = s.code AND t.pinyin <> s.pinyin"
    )
    refuse(
        rows(f"""
            SELECT s._n FROM {stage.relation} AS s
            JOIN outlets_outlet AS site ON site.code = s.code
            JOIN outlets_outlet AS head ON head.id = site.head_office_id
            WHERE head.head_office_id IS NOT NULL ORDER BY 1
        """),
        "head_office",
        _("Select an outlet that is open or planned, and no site itself."),
    )
    refuse(
        rows(f"""
            SELECT s._n FROM {stage.relation} AS s
            JOIN outlets_outlet AS outlet ON outlet.code = s.code
            JOIN outlets_outletlink AS link ON link.outlet_id = outlet.id
            WHERE link.ends_on IS NULL AND outlet.closed_on IS NOT NULL OR link.ends_on > outlet.closed_on ORDER BY 1
        """),
        "closed_on",
        _("It still buys from a distributor after that day. End its links first, or close it on its page."),
    )
    return {"outlet": counts}


def write_outlet_links(stage: Stage) -> Mapping[str, Counts]:
    """Links by outlet, distributor, brand and first day; none of an outlet that is closed before it ends."""
    refuse_where(
        f"{stage.relation} AS s JOIN outlets_outlet AS outlet ON outlet.id = s.outlet_id",
        ("COALESCE(s.ends_on, 'infinity') > outlet.closed_on", "outlet", _("This outlet is closed.")),
    )
    return {"outlet_link": upsert(stage)}
