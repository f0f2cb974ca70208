from collections.abc import Mapping
from typing import Any, Self

from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from accounts.permissions import is_brand, sees_channel
from accounts.querysets import ByDistributorQuerySet, DatedMixin, distributors
from channel.enums import ControlMode, ControlSubject
from channel.models import Agreement, ControlRule
from core.actors import Actor
from core.errors import Message
from core.querysets import ScopedQuerySet
from outlets.permissions import can_see_outlets

UNGOVERNED = "none"
CONTROL_LABELS: Mapping[str, Message] = {
    **{mode.value: mode.label for mode in ControlMode},
    UNGOVERNED: pgettext_lazy("control mode", "Not governed by an agreement"),
}
"""The strictest first."""


class OutletQuerySet(ScopedQuerySet[Any]):
    def scope(self, actor: Actor) -> Self:
        """The brand's people by the distributors that an outlet is or was linked to, and those linked to nobody.

        A distributor's those that buy from its own branch today or later, and closed ones that did until the last day.
        """
        if not can_see_outlets(actor):
            return self.none()
        if sees_channel(actor):
            return self
        links = self._links()
        seen = links.filter(distributor__in=distributors().visible_to(actor).values("pk"))
        if is_brand(actor):
            return self.filter(Exists(seen) | ~Exists(links))
        until = Q(ends_on__isnull=True) | Q(ends_on__gte=timezone.localdate()) | Q(ends_on=F("outlet__closed_on"))
        return self.filter(Exists(seen.filter(until)))

    def of_distributors(self, ids: Any) -> Self:
        """Those that buy from one of these distributors today."""
        return self.filter(Exists(self._links().on(timezone.localdate()).filter(distributor__in=ids)))

    def buying(self, brand_id: int) -> Self:
        """Those that buy a brand today, from whomever."""
        of_brand = Q(brand=brand_id) | Q(brand__isnull=True)
        return self.filter(Exists(self._links().on(timezone.localdate()).filter(of_brand)))

    def with_control(self) -> Self:
        """Each with `control`: the strictest mode in which the agreements of those it buys from today govern outlets."""
        today = timezone.localdate()
        rules = ControlRule.objects.filter(
            subject=ControlSubject.OUTLETS,
            agreement__in=Agreement.objects.on(today).order_by().values("pk"),
            agreement__distributor=OuterRef("distributor"),
        )
        links = self._links().on(today)
        modes = [
            When(Exists(links.filter(Exists(rules.filter(mode=mode)))), then=Value(mode.value)) for mode in ControlMode
        ]
        return self.annotate(control=Case(*modes, default=Value(UNGOVERNED)))

    def _links(self) -> Any:
        links: Any = self.model._meta.get_field("links").related_model
        return links.objects.filter(outlet=OuterRef("pk"))


class OutletLinkQuerySet(DatedMixin, ByDistributorQuerySet):
    def supplied_today(self, distributor_ids: Any) -> Self:
        """Those in force today of these distributors."""
        return self.on(timezone.localdate()).filter(distributor__in=distributor_ids)

    def scope(self, actor: Actor) -> Self:
        """Seen with their distributor: whom else an outlet buys from is no business of a distributor."""
        return super().scope(actor) if can_see_outlets(actor) else self.none()


class DirectionQuerySet(DatedMixin, ByDistributorQuerySet):
    """Seen with the distributor."""
