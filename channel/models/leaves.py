"""Where a tree of territories or categories changes, what agreements in force cover is written anew, leaf by leaf.

The trees belong to apps below, which know no agreements; whoever changes one (an import, the administration), the database
holds it. A change that would put two agreements into one place, of which one is exclusive, is refused.
"""

import pgtrigger
from django.utils.translation import gettext_lazy as _

from accounts.models import Territory
from catalogue.models import Category
from channel.models.cells import insert_cells

_TERRITORIES = """
SELECT agreement_id FROM channel_agreementterritory WHERE territory_id IN (SELECT id FROM line)
UNION
SELECT agreement_id FROM channel_agreementcarveout WHERE territory_id IN (SELECT id FROM line)
"""
_CATEGORIES = "SELECT agreement_id FROM channel_agreementsubject WHERE category_id IN (SELECT id FROM line)"
_MADE = "SELECT parent_id FROM made"
_MOVED = """
SELECT unnest(ARRAY[was.parent_id, made.parent_id]) FROM was JOIN made USING (id)
WHERE was.parent_id IS DISTINCT FROM made.parent_id
"""


def _rewrite(
    name: str, table: str, naming: str, changed: str, *, operation: pgtrigger.Operation, tables: pgtrigger.Referencing
) -> pgtrigger.Trigger:
    """Agreements that name one of the changed parents or what lies above it are spread anew."""
    affected = f"""
    WITH RECURSIVE line (id) AS (
        SELECT parent.id FROM ({changed}) AS parent (id) WHERE parent.id IS NOT NULL
        UNION
        SELECT above.parent_id FROM line JOIN {table} AS above ON above.id = line.id WHERE above.parent_id IS NOT NULL
    )
    SELECT array_agg(agreement.id ORDER BY agreement.id) FROM channel_agreement AS agreement
    WHERE agreement.status IN ('in_force', 'in_grace') AND agreement.id IN ({naming})
    """  # noqa: S608 - put together from constants only
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=tables,
        declare=[("affected", "bigint[]")],
        func=f"""
affected := ({affected});
IF affected IS NOT NULL THEN
    DELETE FROM channel_agreementcoverage WHERE agreement_id = ANY(affected);
    {insert_cells("SELECT unnest(affected)")};
END IF;
RETURN NULL;
""",  # noqa: S608 - put together from constants, values are bound
    )


def _triggers(table: str, naming: str) -> list[pgtrigger.Trigger]:
    made = pgtrigger.Referencing(new="made")  # type: ignore[no-untyped-call]  # the package has no types for it
    moved = pgtrigger.Referencing(old="was", new="made")  # type: ignore[no-untyped-call]  # the package has no types for it
    return [
        _rewrite("leaves_made", table, naming, _MADE, operation=pgtrigger.Insert, tables=made),
        _rewrite("leaves_moved", table, naming, _MOVED, operation=pgtrigger.Update, tables=moved),
    ]


class CoveredTerritory(Territory):
    """A territory, as agreements cover it."""

    class Meta:
        proxy = True
        verbose_name = _("territory")
        verbose_name_plural = _("territories")
        triggers = _triggers("accounts_territory", _TERRITORIES)


class CoveredCategory(Category):
    """A category, as agreements cover it."""

    class Meta:
        proxy = True
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        triggers = _triggers("catalogue_category", _CATEGORIES)
