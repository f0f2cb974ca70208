"""Many products, or codes of them, at once: as an import or the demo brings them."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from core.importing import Counts, Stage
from core.importing.initials import add_initials
from core.importing.staging import refuse, rows, run
from core.importing.upsert import upsert


def write_products(stage: Stage) -> Mapping[str, Counts]:
    """Products by their code in any spelling, found by the initials of their names like those that are entered here.

    A product that is known keeps the spelling of its code. Its code and barcode are added to the codes of products by the
    table's triggers.
    """
    _refuse_doubles(stage, "code")
    run(
        f"UPDATE {stage.relation} AS s SET code = known.code FROM catalogue_productcode AS known "
        "WHERE known.normal = catalogue_normal_code(s.code) AND known.kind = 'code' AND known.code <> s.code"
    )
    add_initials(stage)
    counts = upsert(stage)
    run(
        f"UPDATE catalogue_product AS t SET pinyin = s.pinyin FROM {stage.relation} AS s "
        "WHERE t.code = s.code AND t.pinyin <> s.pinyin"
    )
    return {"product": counts}


def write_product_codes(stage: Stage) -> Mapping[str, Counts]:
    """Barcodes of units and distributors' own codes, by the code in any spelling and whose it is."""
    _refuse_doubles(stage, "code", "coalesce(distributor_id, 0)")
    run(
        f"UPDATE {stage.relation} AS s SET code = known.code FROM catalogue_productcode AS known "
        "WHERE known.normal = catalogue_normal_code(s.code) AND known.distributor_id IS NOT DISTINCT FROM s.distributor_id "
        "AND known.kind = s.kind AND known.code <> s.code"
    )
    return {"product_code": upsert(stage)}


def _refuse_doubles(stage: Stage, *keys: str) -> None:
    """Two rows of one file whose codes differ in their spelling only."""
    same = ", ".join(("catalogue_normal_code(code)", *keys[1:]))
    found = rows(
        f"SELECT _n FROM (SELECT _n, row_number() OVER (PARTITION BY {same} ORDER BY _n) AS time "
        f"FROM {stage.relation}) AS counted WHERE time > 1 ORDER BY _n"
    )
    refuse(found, "code", _("This code is in the file already, written in another way."))
