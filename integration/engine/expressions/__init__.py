"""The formulas of a profile: parsed into a tree of known parts, never run as Python."""

from integration.engine.expressions.build import Formula, build
from integration.engine.expressions.functions import FUNCTIONS, Function

__all__ = ["FUNCTIONS", "Formula", "Function", "build"]
