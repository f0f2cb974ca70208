from django.db.models import Q

from accounts.models import User
from catalogue.models import Product


def product_search(text: str) -> Q:
    """Products by the start of code, barcode or pinyin initials, or by a part of either name."""
    return (
        Q(code__istartswith=text)
        | Q(barcode__startswith=text)
        | Q(pinyin__istartswith=text)
        | Q(name__icontains=text)
        | Q(name_zh__icontains=text)
    )


def find_products(user: User, text: str, limit: int) -> list[tuple[str, str]]:
    """Code and name of the first products that match. One query."""
    found = Product.objects.visible_to(user).filter(product_search(text)).order_by("code")[:limit]
    return [(product.code, product.display_name) for product in found]
