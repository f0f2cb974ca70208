from catalogue.models.code import ProductCode
from catalogue.models.product import Brand, BuyingRight, Category, Product

__all__ = ["Brand", "BuyingRight", "Category", "Product", "ProductCode"]
