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
