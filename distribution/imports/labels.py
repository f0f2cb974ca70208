"""Entities and their fields in the words of the pages."""

from django.utils.translation import gettext as _

from distribution.imports.entities import ENTITIES, Entity


def entity_label(name: str) -> str:
    """What rows of this kind are called; the name itself where there is no such kind any more."""
    entity = ENTITIES.get(name)
    return str(entity.model._meta.verbose_name_plural) if entity else name


def field_label(entity: Entity, name: str) -> str:
    """What a field is called: as its column is, or as the writer's own fields are here."""
    own = _own_fields().get(name)
    if own:
        return own
    column = entity.by_name[name].column
    return next(
        (str(entry.verbose_name) for entry in entity.model._meta.concrete_fields if entry.column == column), name
    )


def _own_fields() -> dict[str, str]:
    return {
        "periods": _("business periods"),
        "date": _("day"),
        "year": _("business year"),
        "period": _("business period"),
        "category": _("category"),
        "discount_rate": _("discount rate"),
        "position": _("line"),
        "product": _("product"),
        "parent": _("part of"),
    }
