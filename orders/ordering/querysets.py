import re
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import F, Q, Value
from django.db.models.lookups import StartsWith

from accounts.enums import DISTRIBUTOR_ROLES
from accounts.models import Distributor
from accounts.permissions import has_role, sees_channel
from accounts.querysets import ByDistributorQuerySet, NarrowedQuerySet
from core.actors import Actor
from core.codes import NormalCode
from core.querysets import ScopedQuerySet
from orders.ordering.enums import OPEN_STATUSES, Lateness, OrderStatus

if TYPE_CHECKING:  # named in the bases' text, where ruff does not look
    from orders.ordering.models import Order  # noqa: F401 - named in texts, for the type checker


DRAFT_PREFIX = "draft-"
_DRAFT = re.compile(rf"{DRAFT_PREFIX}([0-9]{{1,18}})")


def number_begins(text: str) -> Q:
    """Orders whose number, or the distributor's own one, begins like this in any spelling of `NormalCode`."""
    code = NormalCode(Value(text))
    own = Q(StartsWith(NormalCode("purchase_order_number"), code))
    # That there is one is said aloud, so that the index of those is used.
    return Q(StartsWith(F("number"), code)) | own & ~Q(purchase_order_number="")


class OrderQuerySet(NarrowedQuerySet["Order"]):
    def scope(self, actor: Actor) -> Self:
        """As distributors are seen; drafts are the distributor's own business, and of the brand's people who made them.

        What a distributor sells is not the brand's business.
        """
        placed = Q(seller_distributor__isnull=True) & (~Q(status=OrderStatus.DRAFT) | Q(created_by_id=actor.pk))
        if sees_channel(actor):
            return self.filter(placed)
        seen = self.filter(distributor__in=Distributor.objects.visible_to(actor).values("pk"))
        return seen if actor.role in DISTRIBUTOR_ROLES else seen.filter(placed)

    def open(self) -> Self:
        return self.filter(status__in=OPEN_STATUSES)

    def named(self, reference: str) -> Self:
        """The order of a number, or of the id of one that has none yet; see `Order.reference`."""
        draft = _DRAFT.fullmatch(reference)
        return self.filter(pk=int(draft[1])) if draft else self.filter(number=reference)

    def late(self) -> Self:
        return self.filter(lateness=Lateness.LATE)


class ByOrderQuerySet(ScopedQuerySet[Any]):
    """Parts of an order are seen with it."""

    path = "order"

    def scope(self, actor: Actor) -> Self:
        orders = apps.get_model("orders", "Order")
        return self.filter(**{f"{self.path}__in": orders.objects.visible_to(actor).values("pk")})


class OrderTypeQuerySet(ScopedQuerySet[Any]):
    def scope(self, actor: Actor) -> Self:
        """A type is no secret: it stands on every order. Who may use which is `usable_by`."""
        return self if has_role(actor) else self.none()

    def usable_by(self, actor: Actor) -> Self:
        """Those in use that the role may order by."""
        return self.filter(is_active=True, roles__contains=[actor.role])


class HoldQuerySet(ByOrderQuerySet):
    def open(self) -> Self:
        """Those that nobody has lifted yet."""
        return self.filter(lifted_at__isnull=True)


class ByTemplateQuerySet(ByDistributorQuerySet):
    """Lines of templates are seen with the distributor of the template."""

    path = "template__distributor"


class ByLineQuerySet(ByOrderQuerySet):
    path = "line__order"
