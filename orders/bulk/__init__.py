"""Orders with their shipments by the thousand, as an import or the demo brings them: a statement a table, not a row."""
