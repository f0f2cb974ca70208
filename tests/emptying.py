"""What a test with real transactions wrote is deleted after it: only from the tables that have rows."""

from django.db import connection, transaction

_SEQUENCES_OF_SERIES = """
SELECT sequencename FROM pg_sequences WHERE schemaname = current_schema() AND sequencename ~ '^company_number_[0-9]+$'
"""
# Filled with the schema, and the same after every test.
KEPT = {"django_migrations", "django_content_type", "auth_permission"}


def empty() -> None:
    """Delete all rows but those that come with the schema. References and the triggers of append-only tables rest."""
    full = tables_with_rows()
    if not full:
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(";".join(f'DELETE FROM "{table}"' for table in full))  # noqa: S608 - names from the catalogue
        cursor.execute(_SEQUENCES_OF_SERIES)
        for (name,) in cursor.fetchall():  # the trigger that drops them rests
            cursor.execute(f'DROP SEQUENCE "{name}"')


def tables_with_rows() -> list[str]:
    """All tables of the database, also those of other people's apps and those of no model."""
    with connection.cursor() as cursor:
        known = {table.name for table in connection.introspection.get_table_list(cursor) if table.type in "tp"}
        cursor.execute(
            " UNION ALL ".join(
                f"SELECT '{table}' WHERE EXISTS (SELECT FROM \"{table}\")"  # noqa: S608 - names from the catalogue
                for table in sorted(known - KEPT)
            )
        )
        return [name for (name,) in cursor.fetchall()]
