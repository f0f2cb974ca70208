"""Many products at once, as an import or the demo brings them."""

from collections.abc import Mapping

from core.importing import Counts, Stage
from core.importing.initials import add_initials
from core.importing.staging import run
from core.importing.upsert import upsert


def write_products(stage: Stage) -> Mapping[str, Counts]:
    """Products by their code, found by the initials of their names like those that are entered here."""
    add_initials(stage)
    counts = upsert(stage)
    run(
        f"UPDATE catalogue_product AS t SET pinyin = s.pinyin FROM {stage.relation} AS s "
        "WHERE t.code = s.code AND t.pinyin <> s.pinyin"
    )
    return {"product": counts}
