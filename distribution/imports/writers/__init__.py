"""Set-based statements that take a staged entity into its tables."""

from distribution.imports.writers.registry import write

__all__ = ["write"]
