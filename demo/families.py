"""The articles of the demo company as families with their sizes and colours, and pictures drawn of them."""

from io import BytesIO

from PIL import Image, ImageDraw

from accounts.enums import Role
from accounts.models import Distributor, User
from catalogue.enums import CodeKind
from catalogue.models import Category, Product, ProductFamily
from catalogue.services.files import add_file, make_thumbnails
from catalogue.services.product_codes import add_product_code
from demo import bilingual_names
from demo.bulk import write_rows
from demo.company import numbers_by_code
from messaging.services.files import Attachment

SIDE = 320
PICTURED = 60
"""So many products have a picture: the first of each family, which stands for it in the catalogue, and some more."""

_TINTS = {
    "pearl white": "#e8e6e0", "slate grey": "#6b7280", "jade green": "#3f8f6b", "amber": "#b8772d", "ink black": "#2b2d33",
    "superior": "#7a9a3a", "first grade": "#8fae52", "second grade": "#a6bd74", "third grade": "#b9c98f",
}  # fmt: skip


def build_families() -> None:
    """Attributes by category, a family an article, and each product with its colour or grade and its size."""
    categories = numbers_by_code(Category.objects.all())
    kinds = {row[1]: (row[8], row[9]) for row in bilingual_names.PRODUCTS}
    for code, (sizes, variants) in kinds.items():
        named = ("grade", "Grade", "等级") if variants == "GRADE" else ("colour", "Colour", "颜色")
        axes = [
            (("size", "Size", "规格"), [(name, zh) for name, zh, *_more in bilingual_names.SIZES[sizes]]),
            (named, list(bilingual_names.VARIANTS[variants])),
        ]
        write_rows(
            "product_attribute",
            [
                {
                    "category": categories[code],
                    "code": axis,
                    "name": name,
                    "name_zh": name_zh,
                    "position": position,
                    "choices": ";".join(f"{value}|{value}|{zh}" for value, zh in values),
                }
                for position, ((axis, name, name_zh), values) in enumerate(axes, 1)
            ],
        )
    write_rows(
        "product_family",
        [
            {"code": code, "name": name, "name_zh": zh, "category": categories[category]}
            for _brand, category, code, name, zh, *_more in bilingual_names.PRODUCTS
        ],
    )
    families = numbers_by_code(ProductFamily.objects.all())
    rows = []
    for index, pk in enumerate(Product.objects.order_by("pk").values_list("pk", flat=True)):
        variant, size = bilingual_names.values_of(index)
        if index < len(bilingual_names.PRODUCTS) * bilingual_names.DISTINCT:
            article = bilingual_names.PRODUCTS[index % len(bilingual_names.PRODUCTS)]
            rows.append({"product": pk, "family": families[article[2]], "first": size[0], "second": variant[0]})
    write_rows("product_variant", rows)


def build_pictures() -> None:
    """A picture of the first products, drawn here and the same each time, and what two distributors call products."""
    keeper = User.objects.with_roles([Role.ADMINISTRATOR]).order_by("pk").first()
    if keeper is None:
        return
    products = list(Product.objects.select_related("family").order_by("pk")[:PICTURED])
    for index, product in enumerate(products):
        content = draw(product.code[:2], tint=_TINTS.get(bilingual_names.values_of(index)[0][0], "#8a7f72"))
        attachment = Attachment(name=f"{product.code}.png", content=content)
        add_file(product_id=product.pk, attachment=attachment, alt="", alt_zh="", actor=keeper)
    make_thumbnails(most=PICTURED)
    for distributor in Distributor.objects.without_tree_fields().order_by("code")[:2]:
        for number, product in enumerate(products[:12], 1):
            add_product_code(
                product_id=product.pk,
                kind=CodeKind.OWN,
                code=f"{distributor.code[-3:]}-{number:03d}",
                distributor_id=distributor.pk,
                actor=keeper,
            )


def draw(article: str, *, tint: str) -> bytes:
    """A plain picture of an article on a light ground: a pot, a tin, a cup or a box, by the first letter of its code."""
    image = Image.new("RGB", (SIDE, SIDE), "#f6f5f2")
    pen = ImageDraw.Draw(image)
    pen.ellipse((70, 256, 250, 280), fill="#e4e1da")
    shapes = {"L": _pot, "Q": _tin, "P": _cup}
    shapes.get(article[:1], _tin)(pen, tint, article)
    written = BytesIO()
    image.save(written, "PNG", optimize=True)
    return written.getvalue()


def _pot(pen: ImageDraw.ImageDraw, tint: str, article: str) -> None:
    pen.rounded_rectangle((95, 110, 225, 268), radius=34, fill=tint)
    pen.ellipse((88, 96, 232, 132), fill="#d8d5ce", outline=tint, width=5)
    pen.rounded_rectangle((148, 72, 172, 104), radius=8, fill="#4b4f57")
    if article[1:] in {"K", "G"}:
        pen.arc((200, 130, 270, 240), 270, 90, fill="#4b4f57", width=14)
        pen.polygon(((96, 140), (52, 122), (60, 112), (98, 120)), fill=tint)
    else:
        pen.ellipse((136, 176, 184, 224), fill="#f6f5f2", outline="#4b4f57", width=5)


def _tin(pen: ImageDraw.ImageDraw, tint: str, _article: str) -> None:
    pen.rounded_rectangle((100, 96, 220, 268), radius=12, fill=tint)
    pen.rounded_rectangle((96, 72, 224, 112), radius=10, fill="#5c4a32")
    pen.rectangle((100, 150, 220, 216), fill="#f6f2e4")
    pen.ellipse((132, 162, 162, 206), fill="#6d8f3c")
    pen.ellipse((158, 162, 188, 206), fill="#88a957")


def _cup(pen: ImageDraw.ImageDraw, tint: str, article: str) -> None:
    if article[1:] in {"F", "T"}:
        pen.rounded_rectangle((112, 92, 208, 270), radius=22, fill=tint)
        pen.rounded_rectangle((118, 56, 202, 104), radius=14, fill="#4b4f57")
        pen.rectangle((112, 196, 208, 206), fill="#f6f5f2")
        return
    for top in (120, 172, 224):
        pen.rounded_rectangle((76, top, 244, top + 46), radius=14, fill=tint, outline="#f6f5f2", width=4)
    pen.rounded_rectangle((84, 92, 236, 124), radius=12, fill="#4b4f57")
