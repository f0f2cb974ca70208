"""What can be imported: every entity with its fields, taken from the models so that the two never differ."""

from distribution.imports.entities.base import Entity, Field, Kind
from distribution.imports.entities.registry import ENTITIES, entity_named

__all__ = ["ENTITIES", "Entity", "Field", "Kind", "entity_named"]
