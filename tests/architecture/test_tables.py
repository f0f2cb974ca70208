"""The columns of lists."""

from collections.abc import Iterator

from django.urls import get_resolver

from core.tables import ListTable


def tables_of(base: type[ListTable]) -> Iterator[type[ListTable]]:
    for table in base.__subclasses__():
        yield table
        yield from tables_of(table)


def test_every_column_names_itself() -> None:
    """Rows that are a list have no model to name their columns: heads would be the English names of attributes."""
    assert get_resolver().url_patterns, "loads every view, and with it every table"
    nameless = [
        f"{table.__module__}.{table.__name__}.{name}"
        for table in tables_of(ListTable)
        if table.__module__.split(".")[0] != "tests"
        for name, column in table.base_columns.items()
        if column.verbose_name is None
    ]
    assert nameless == []


NAMES = ("display_name", "full_name", "owner_name")
OWN_CODES = {"code", "external_code", "owner_code", "plan__distributor__code"}
NO_CODE = {"EvaluationTable.ends_on": "the days of a run, which has no code"}


def test_a_name_in_a_file_has_its_code_beside_it() -> None:
    """Two distributors bear one name, and a name is translated: only by its code is a row found again."""
    assert get_resolver().url_patterns
    bare = []
    for table in tables_of(ListTable):
        if table.__module__.split(".")[0] == "tests":
            continue
        columns = {name: one for name, one in table.base_columns.items() if not one.exclude_from_export}
        paths = {str(one.accessor or name) for name, one in columns.items()}
        for name, column in columns.items():
            owner = _named(table, str(column.accessor or name))
            of_owner = {f"{owner}__code", f"{owner}__external_code"} if owner else OWN_CODES
            full_name = f"{table.__name__}.{name}"
            if owner is not None and full_name not in NO_CODE and not paths & of_owner:
                bare.append(full_name)
    assert bare == []


def _named(table: type[ListTable], path: str) -> str | None:
    """Of what the column shows the name: a path from the row, empty for the row itself, None where it is no name."""
    head, _sign, last = path.rpartition("__")
    if last in NAMES:
        return head
    model = getattr(table._meta, "model", None)
    field = {one.name: one for one in model._meta.get_fields()}.get(path) if model else None
    return path if field is not None and field.many_to_one else None
