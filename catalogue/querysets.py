from typing import Any, Self

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.enums import DISTRIBUTOR_ROLES
from accounts.models import Distributor
from accounts.permissions import has_role
from accounts.querysets import ByDistributorQuerySet, EveryoneQuerySet
from catalogue.enums import ProductStatus
from core.actors import Actor
from core.codes import NormalCode
from core.querysets import ScopedQuerySet

ReferenceQuerySet = EveryoneQuerySet


class BuyingRightQuerySet(ByDistributorQuerySet):
    def current(self) -> Self:
        """Rights in force today."""
        today = timezone.localdate()
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today), starts_on__lte=today)

    def set_by_people(self) -> Self:
        """Those that no agreement grants: only these are set and ended by a person."""
        return self.filter(source_type="")


class ProductQuerySet(ScopedQuerySet[Any]):
    def scope(self, actor: Actor) -> Self:
        """Brand roles see the catalogue; a distributor what somebody of its own branch may buy."""
        if actor.role in DISTRIBUTOR_ROLES:
            branch = Distributor.objects.visible_to(actor).values("pk")
            return self.with_right(Q(distributor__in=branch))
        return self if has_role(actor) else self.none()

    def buyable_by(self, distributor_id: int) -> Self:
        """What one distributor may buy today: on sale, and by right of the brand or of the product."""
        return self.filter(status=ProductStatus.ACTIVE).with_right(Q(distributor_id=distributor_id))

    def matching(self, text: str, *, distributor_id: int | None = None) -> Self:
        """Those that carry every word of `text` in a code, a name, the pinyin initials or the brand's name.

        A code is found in any spelling: by a part of the product's code or barcode, by the whole of a unit's barcode or
        of the distributor's own code.
        """
        found = self
        codes, brands = apps.get_model("catalogue", "ProductCode").objects, apps.get_model("catalogue", "Brand").objects
        for word in text.split():
            normal = NormalCode(Value(word))
            found = found.filter(
                Q(search_text__contains=word.lower())
                | Q(search_text__contains=Lower(normal))
                | Q(pk__in=codes.usable_by(distributor_id).filter(normal=normal).values("product"))
                | Q(brand__in=brands.filter(Q(name__icontains=word) | Q(name_zh__icontains=word)).values("pk"))
            )
        return found

    def with_right(self, who: Q) -> Self:
        """Products for which somebody among `who` has a right in force today."""
        rights = apps.get_model("catalogue", "BuyingRight").objects.current().filter(who)
        return self.filter(
            Exists(rights.filter(brand=OuterRef("brand"))) | Exists(rights.filter(product=OuterRef("pk")))
        )


class ProductFamilyQuerySet(ScopedQuerySet[Any]):
    def scope(self, actor: Actor) -> Self:
        """Brand roles see all families; a distributor those of which somebody of its own branch may buy a product."""
        if actor.role in DISTRIBUTOR_ROLES:
            products = apps.get_model("catalogue", "Product").objects.visible_to(actor).order_by()
            return self.filter(Exists(products.filter(family=OuterRef("pk"))))
        return self if has_role(actor) else self.none()


class ByProductQuerySet(ScopedQuerySet[Any]):
    """What belongs to a product and is seen by whoever sees it."""

    def scope(self, actor: Actor) -> Self:
        products = apps.get_model("catalogue", "Product").objects.visible_to(actor)
        return self.filter(product__in=products.order_by().values("pk"))


class ProductFileQuerySet(ByProductQuerySet):
    def images(self) -> Self:
        return self.filter(media_type__startswith="image/")

    def without_thumbnail(self) -> Self:
        return self.images().filter(thumbnail_at=None)


class ProductCodeQuerySet(ScopedQuerySet[Any]):
    def scope(self, actor: Actor) -> Self:
        """The shared ones (for a distributor of what it may buy), and those of the distributors that the person sees."""
        if not has_role(actor):
            return self.none()
        shared = Q(distributor__isnull=True)
        if actor.role in DISTRIBUTOR_ROLES:
            products = apps.get_model("catalogue", "Product").objects.visible_to(actor).order_by().values("pk")
            shared &= Q(product__in=products)
        return self.filter(shared | Q(distributor__in=Distributor.objects.visible_to(actor).values("pk")))

    def usable_by(self, distributor_id: int | None) -> Self:
        """What a distributor may mean by a code: the shared ones, and its own."""
        own = Q() if distributor_id is None else Q(distributor_id=distributor_id)
        return self.filter(Q(distributor__isnull=True) | own) if own else self.filter(distributor__isnull=True)


def meaning_of_code_sql(written: str, distributor: str) -> str:
    """SQL: a row with the product_id and unit_id that a distributor means by a code, or none; unit_id is NULL for a piece.

    `written` and `distributor` are expressions of the caller; where `distributor` is NULL only shared codes count. A
    distributor's own code goes before a shared one that is written alike.
    """
    return f"""(
        SELECT known.product_id, known.unit_id FROM catalogue_productcode AS known
        WHERE known.normal = core_normal_code({written})
          AND (known.distributor_id IS NULL OR known.distributor_id = {distributor})
        ORDER BY known.distributor_id IS NULL LIMIT 1
    )"""  # noqa: S608 - put together from constants of the callers


def packaging_sql(product: str) -> str:
    """SQL: how a product (the row of that name) is packed, as text for `catalogue.rules.loads.packaging_from`."""
    return f"""(
        SELECT json_build_array({product}.pack_size, {product}.weight, {product}.volume, json_agg(
            json_build_array(packed.code, packed.pieces, packed.weight, packed.volume)
        ) FILTER (WHERE packed.id IS NOT NULL))::text
        FROM (SELECT {product}.id) AS of LEFT JOIN catalogue_productunit AS packed ON packed.product_id = of.id
    )"""  # noqa: S608 - put together from constants of the callers


def may_buy_sql(distributor: str, product: str, day: str) -> str:
    """SQL: whether a distributor may buy a product (an alias of its table) on a day."""
    return f"""EXISTS (
           SELECT 1 FROM catalogue_buyingright AS buying
           WHERE buying.distributor_id = {distributor}
             AND (buying.brand_id = {product}.brand_id OR buying.product_id = {product}.id)
             AND buying.starts_on <= {day} AND (buying.ends_on IS NULL OR buying.ends_on >= {day})
       )"""  # noqa: S608 - put together from expressions of the callers
