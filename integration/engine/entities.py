"""Entities by the names that profiles use."""

from django.utils.translation import gettext as _

from core.importing import Entity, Importer, entities, importer_named
from integration.engine.toml_reader import did_you_mean
from integration.errors import ProfileError


def importer_for(name: str, place: str) -> Importer:
    """The importer of the entity that a profile names. Raises ProfileError where there is none."""
    found = importer_named(name)
    if found is None:
        raise ProfileError(
            _("%(place)s: unknown entity “%(name)s”.%(hint)s")
            % {"place": place, "name": name, "hint": did_you_mean(name, entities())},
            field=place,
        )
    return found


def entity_named(name: str, place: str) -> Entity:
    return importer_for(name, place).entity


def entity_label(name: str) -> str:
    """What rows of this kind are called; the name itself where there is no such kind any more."""
    importer = importer_named(name)
    return importer.entity.plural if importer else name


def field_label(entity: Entity, name: str) -> str:
    return str(entity.by_name[name].label)
