from catalogue.models.code import ProductCode
from catalogue.models.family import ProductAttribute, ProductFamily
from catalogue.models.file import ProductFile
from catalogue.models.product import Brand, BuyingRight, Category, Product
from catalogue.models.unit import ProductUnit

__all__ = [
    "Brand", "BuyingRight", "Category", "Product", "ProductAttribute", "ProductCode", "ProductFamily", "ProductFile",
    "ProductUnit",
]  # fmt: skip
