"""The reference of the manual, out of the code that it describes."""

from collections.abc import Iterator

from core.importing import FROM_PROFILE, Entity, Field, Importer, Kind, importers
from integration.engine.expressions import FUNCTIONS


def reference_text() -> str:
    """All entities with their fields, and all functions, as Markdown."""
    return "\n".join([*_entities(), *_functions()])


def _entities() -> Iterator[str]:
    for importer in importers():
        entity = importer.entity
        yield f"### {entity.name}{_alias(importer)}"
        yield ""
        yield entity.help_text
        yield ""
        yield f"Found again by: {', '.join(f'`{name}`' for name in entity.key)}.{_match(entity)}"
        yield ""
        yield "| field | kind | needed | otherwise | what it is |"
        yield "|---|---|---|---|---|"
        for entry in entity.fields:
            needed = "yes" if entry.required else ""
            yield f"| `{entry.name}` | {_kind(entry)} | {needed} | {_default(entry)} | {entry.help_text} |"
        yield ""


def _alias(importer: Importer) -> str:
    return f" (also called {', '.join(importer.aliases)})" if importer.aliases else ""


def _match(entity: Entity) -> str:
    if not entity.match:
        return ""
    first, *others = entity.match
    more = f", or with `match` by {', '.join(f'`{name}`' for name in others)}" if others else ""
    return f" Others refer to it by `{first}`{more}."


def _kind(entry: Field) -> str:
    if entry.kind == Kind.REFERENCE:
        return f"reference to {entry.refers}"
    if entry.kind == Kind.CHOICE:
        return "one of " + ", ".join(f"`{code}`" for code in entry.choices)
    if entry.kind == Kind.TEXT and entry.limit:
        return f"text, at most {entry.limit}"
    if entry.kind == Kind.NUMBER:
        return f"number, {entry.decimals} decimals"
    return entry.kind.value


def _default(entry: Field) -> str:
    if entry.required:
        return ""
    if entry.default is FROM_PROFILE:
        return "that of the profile"
    if entry.default is None or entry.default == "":
        return "empty"
    if isinstance(entry.default, bool):
        return "yes" if entry.default else "no"
    return f"`{entry.default}`"


def _functions() -> Iterator[str]:
    yield "### Functions"
    yield ""
    yield "| function | what it gives |"
    yield "|---|---|"
    for name, function in FUNCTIONS.items():
        yield f"| `{name}({function.arguments})` | {function.explanation} |"
    yield ""
