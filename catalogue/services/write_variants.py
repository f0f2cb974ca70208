"""Attributes, families and variants as they are imported."""

import json
from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalogue.models import Product
from catalogue.rules.variants import Axis
from catalogue.selectors import axes_by_category, broken_variants
from catalogue.services.families import no_such_value
from core.errors import Message
from core.importing import Counts, RowsRefused, Stage
from core.importing.staging import refuse, refuse_where, rows, run
from core.importing.upsert import upsert

VALUES: Final[tuple[tuple[str, Message, str], ...]] = (
    ("first", _("first attribute"), "first"),
    ("second", _("second attribute"), "second"),
    ("third", _("third attribute"), "third"),
)
"""The fields that hold a product's values, by the order of the family's attributes."""


def write_attributes(stage: Stage) -> Mapping[str, Counts]:
    """Attributes by category and code. Raises RowsRefused where a product has a value that would not fit any more."""
    known = (
        "coalesce((SELECT known.choices FROM catalogue_productattribute AS known "
        "WHERE known.category_id = s.category_id AND known.code = s.code), '[]'::jsonb)"
    )
    parts = [f"btrim(split_part(one.text, '|', {place}))" for place in (1, 2, 3)]
    given = (
        "(SELECT coalesce(jsonb_agg(jsonb_build_object("
        f"'code', {parts[0]}, 'name', coalesce(nullif({parts[1]}, ''), {parts[0]}), 'name_zh', {parts[2]}"
        ") ORDER BY one.place), '[]'::jsonb) FROM unnest(string_to_array(s.choices, ';')) "
        "WITH ORDINALITY AS one (text, place) WHERE btrim(one.text) <> '')"
    )
    is_mapped = stage.is_mapped("choices")
    refuse_where(
        f"{stage.relation} AS s",
        ("s.code !~ '^[-a-zA-Z0-9_]+$'", "code", gettext("Enter letters, digits, hyphens and underscores only.")),
        ("length(s.choices) > 20000", "choices", gettext("An attribute has at most %(most)d values.") % {"most": 200}),
    )
    stage.expressions["choices"] = given if is_mapped else known
    counts = upsert(stage)
    broken = broken_variants(Product.objects.exclude(family=None), limit=1)
    if broken:
        message = gettext("%(product)s has values that would no longer be valid. Change or clear them first.")
        places = rows(f"SELECT min(_n) FROM {stage.relation}")
        refuse(places, "choices", message % {"product": broken[0]["product"]})
    return {"product_attribute": counts}


def write_families(stage: Stage) -> Mapping[str, Counts]:
    """Families by code. One whose products have values keeps the category by which they have them."""
    refuse(
        rows(
            f"SELECT s._n FROM {stage.relation} AS s JOIN catalogue_productfamily AS t ON t.code = s.code "
            "WHERE t.category_id <> s.category_id AND EXISTS (SELECT FROM catalogue_product AS product "
            "WHERE product.family_id = t.id AND product.variant <> '{}'::jsonb) ORDER BY 1"
        ),
        "category",
        gettext("The category stays: products of the family have values of its attributes."),
    )
    return {"product_family": upsert(stage)}


def write_variants(stage: Stage) -> Mapping[str, Counts]:
    """Put products into families with their values, by the order of the attributes; without a family take them out."""
    read = _values(stage)
    run("CREATE TEMPORARY TABLE read_variants (product_id bigint, family_id bigint, variant jsonb) ON COMMIT DROP")
    run(
        "INSERT INTO read_variants SELECT * FROM json_to_recordset(%s) "
        "AS one (product_id bigint, family_id bigint, variant jsonb)",
        [json.dumps(read)],
    )
    same = "t.id = s.product_id AND (t.family_id, t.variant) IS DISTINCT FROM (s.family_id, s.variant)"
    run("DELETE FROM read_variants AS s USING catalogue_product AS t WHERE t.id = s.product_id AND NOT (" + same + ")")
    run(
        f"UPDATE catalogue_product AS t SET variant = '{{}}' FROM read_variants AS s WHERE {same} AND t.variant <> '{{}}'"
    )
    changed = run(
        "UPDATE catalogue_product AS t SET family_id = s.family_id, variant = s.variant "
        "FROM read_variants AS s WHERE t.id = s.product_id"
    )
    run("DROP TABLE read_variants")
    return {"product_variant": Counts(changed=changed, unchanged=stage.rows - changed)}


def _values(stage: Stage) -> list[dict[str, object]]:
    """What each row means. Raises RowsRefused beside the value that its family does not have."""
    axes = axes_by_category()
    found = rows(
        "SELECT s._n, s.product_id, s.family_id, family.category_id, product.variant::text, s.first, s.second, s.third "
        f"FROM {stage.relation} AS s JOIN catalogue_product AS product ON product.id = s.product_id "
        "LEFT JOIN catalogue_productfamily AS family ON family.id = s.family_id ORDER BY s._n"
    )
    faults: list[tuple[int, str, str]] = []
    read: dict[int, dict[str, object]] = {}
    for place, product, family, category, present, *written in found:
        if product in read:
            faults.append((place, "product", gettext("This product is already in the file.")))
            continue
        variant, had = {}, json.loads(present)
        for (name, _label, _word), text, axis in zip(VALUES, written, _padded(axes.get(category, ())), strict=True):
            if axis is not None and not stage.is_mapped(name) and axis.code in had:
                variant[axis.code] = had[axis.code]
            if not (text or "").strip():
                continue
            value = axis.read(text) if axis else None
            if axis is None:
                faults.append((place, name, gettext("The family does not have that many attributes.")))
            elif value is None:
                faults.append((place, name, no_such_value(axis)))
            else:
                variant[axis.code] = value
        read[product] = {"product_id": product, "family_id": family, "variant": variant}
    if faults:
        raise RowsRefused(faults)
    return list(read.values())


def _padded(axes: tuple[Axis, ...]) -> list[Axis | None]:
    return [*axes[: len(VALUES)], *([None] * (len(VALUES) - len(axes)))]
