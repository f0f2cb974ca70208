"""Rules of pricing name the revision of the policy that they follow."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.errors import Conflict
from core.locks import lock_row
from core.permissions import require
from policies.enums import AnnouncementKind, AnnouncementStatus
from policies.models import Announcement
from policies.selectors.policies import SOURCE_TYPE
from policies.selectors.rules import chosen_rules
from pricing.permissions import can_change_prices
from pricing.services.sources import set_source


def choose_rules(
    *, announcement_id: int, price_list_ids: Collection[int], promotion_ids: Collection[int], actor: Actor
) -> None:
    """Exactly these rules follow this policy; the others that followed it follow none any more.

    Records one event for each rule that changes. Raises NotAllowed, NotVisible, Conflict (it is no policy in force).
    """
    require(can_change_prices(actor))
    with transaction.atomic():
        policy = _lock_policy(announcement_id, actor)
        before = chosen_rules(actor, policy)
        set_source(
            source_type="",
            source_id=None,
            price_list_ids=set(before["price_lists"]) - set(price_list_ids),
            promotion_ids=set(before["promotions"]) - set(promotion_ids),
            actor=actor,
        )
        set_source(
            source_type=SOURCE_TYPE,
            source_id=policy.pk,
            price_list_ids=price_list_ids,
            promotion_ids=promotion_ids,
            actor=actor,
        )


def name_policy(*, price_list_id: int, announcement_id: int | None, actor: Actor) -> None:
    """The price list follows this policy, or none. Raises as `choose_rules` does."""
    require(can_change_prices(actor))
    with transaction.atomic():
        policy = _lock_policy(announcement_id, actor) if announcement_id is not None else None
        set_source(
            source_type=SOURCE_TYPE if policy else "",
            source_id=policy.pk if policy else None,
            price_list_ids=[price_list_id],
            actor=actor,
        )


def _lock_policy(announcement_id: int, actor: Actor) -> Announcement:
    policy: Announcement = lock_row(Announcement.objects.visible_to(actor), announcement_id)
    if policy.kind != AnnouncementKind.POLICY or policy.status != AnnouncementStatus.PUBLISHED:
        raise Conflict(_("Choose a policy that is in force."), code="not_in_force")
    return policy
