"""Entities and their fields in the words of the pages."""

from core.importing import Entity, importer_named


def entity_label(name: str) -> str:
    """What rows of this kind are called; the name itself where there is no such kind any more."""
    importer = importer_named(name)
    return importer.entity.plural if importer else name


def field_label(entity: Entity, name: str) -> str:
    return str(entity.by_name[name].label)
