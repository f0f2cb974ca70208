"""What apps need to take many rows at once: entities and fields, the staging relation, and the registry of importers.

A set-based service reads a relation of fixed columns and is the only one that writes its table: an import and the demo
give it a temporary table, a page or the API `unnest(...)`. No table of an app is named here.
"""

from core.importing.counts import Counts, ImportRefused, RowsRefused
from core.importing.entity import Entity, Numbering
from core.importing.fields import FROM_PROFILE, Field, Kind, extra_field, fields_of
from core.importing.registry import Importer, entities, importer_named, importers, register_importers
from core.importing.staging import Stage
from core.importing.upsert import MANY, insert_into

__all__ = [
    "FROM_PROFILE",
    "MANY",
    "Counts",
    "Entity",
    "Field",
    "ImportRefused",
    "Importer",
    "Kind",
    "Numbering",
    "RowsRefused",
    "Stage",
    "entities",
    "extra_field",
    "fields_of",
    "importer_named",
    "importers",
    "insert_into",
    "register_importers",
]
