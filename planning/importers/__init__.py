"""What can be imported of prices and plans."""

from planning.importers import plans, pricing

IMPORTERS = (*pricing.IMPORTERS, *plans.IMPORTERS)
