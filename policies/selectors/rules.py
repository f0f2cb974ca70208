"""Which rules of pricing follow a policy, and which policy a rule follows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from accounts.permissions import is_brand
from core.actors import Actor
from core.errors import Message
from policies.enums import AnnouncementKind, AnnouncementStatus
from policies.models import Announcement
from policies.permissions import can_see_announcements
from policies.selectors.policies import SOURCE_TYPE
from pricing.models import PriceList, Promotion
from pricing.permissions import can_change_prices, can_see_price_lists


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A price list or a promotion; a promotion has no page."""

    kind: Message
    label: str
    url: str


def rules_of(actor: Actor, announcement: Announcement) -> list[Rule]:
    """The rules that follow this revision, for whoever sees price lists. Two queries."""
    if not is_brand(actor) or not can_see_price_lists(actor) or announcement.kind != AnnouncementKind.POLICY:
        return []
    return [
        Rule(
            kind=row._meta.verbose_name or "",
            label=f"{row.code} {row.display_name}",
            url=row.get_absolute_url() if isinstance(row, PriceList) else "",
        )
        for model in (PriceList, Promotion)
        for row in following(model, actor, announcement.pk).order_by("code")
    ]


def following(model: Any, actor: Actor, announcement_id: int) -> Any:
    """The rules of a model that the actor sees and that follow a revision."""
    return model.objects.visible_to(actor).filter(source_type=SOURCE_TYPE, source_id=announcement_id)


def policies_to_follow(actor: Actor) -> Any:
    """Policies in force that the actor sees."""
    rows = Announcement.objects.visible_to(actor)
    return rows.filter(kind=AnnouncementKind.POLICY, status=AnnouncementStatus.PUBLISHED).order_by("-published_at")


def policy_panel(actor: Actor, row: Any) -> Mapping[str, Any] | None:
    """Below a price list: the policy that it follows, and where that is chosen. Two queries at most."""
    if not isinstance(row, PriceList) or not can_see_announcements(actor) or not is_brand(actor):
        return None
    policy = newer = None
    if row.source_type == SOURCE_TYPE:
        policy = Announcement.objects.visible_to(actor).filter(pk=row.source_id).select_related("next").first()
        newer = getattr(policy, "next", None)
    may_change = can_change_prices(actor)
    if policy is None and not may_change:
        return None
    return {
        "template": "policies/partials/policy_panel.html",
        "policy": policy,
        "is_in_force": policy is not None and policy.status == AnnouncementStatus.PUBLISHED,
        "newer": newer if newer is not None and newer.status == AnnouncementStatus.PUBLISHED else None,
        "choose": reverse("policies:price-list-policy", args=[row.code]) if may_change else "",
    }


def chosen_rules(actor: Actor, announcement: Announcement) -> Mapping[str, Sequence[int]]:
    """The keys of the rules that follow a revision, by the name of their field."""
    models = {"price_lists": PriceList, "promotions": Promotion}
    return {
        name: list(following(model, actor, announcement.pk).values_list("pk", flat=True))
        for name, model in models.items()
    }
