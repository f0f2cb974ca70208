"""What can be imported of the catalogue and the stock."""

from inventory.importers import catalogue, stock

IMPORTERS = (*catalogue.IMPORTERS, *stock.IMPORTERS)
