"""Import of a company's files by a profile: see docs/howto/import.md."""
