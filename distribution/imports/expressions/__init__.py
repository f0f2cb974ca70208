"""The formulas of a profile: parsed into a tree of known parts, never run as Python."""

from distribution.imports.expressions.build import Formula, build
from distribution.imports.expressions.functions import FUNCTIONS, Function

__all__ = ["FUNCTIONS", "Formula", "Function", "build"]
