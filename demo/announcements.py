"""The announcements of the demo company: an unread policy that will block orders, one that most have read, a plain notice."""

from datetime import timedelta

from accounts.enums import Role
from accounts.models import User
from demo.company import Company
from policies.enums import AnnouncementKind
from policies.models import Announcement
from policies.services.announcements import AnnouncementText, create_announcement
from policies.services.publishing import acknowledge_announcement, publish_announcement

_OWNERS = (Role.OWNER.value, Role.BUYER.value)


def build_announcements(company: Company) -> None:
    """Published by the director; the second is acknowledged by the owners that the demo has, the first by nobody."""
    director = User.objects.with_roles([Role.DIRECTOR]).get()
    year = company.today.year
    _publish(
        director,
        kind=AnnouncementKind.POLICY,
        title=f"Return policy {year}",
        title_zh=f"{year} 年退货政策",
        body="Goods can be returned within 30 days of receipt, unopened and with the delivery note.",
        body_zh="收货后三十天内，未拆封并附送货单的货物可以退货。",
        needs_acknowledgement=True,
        blocks_orders=True,
        grace_days=14,
    )
    read = _publish(
        director,
        kind=AnnouncementKind.POLICY,
        title=f"Price protection {year}",
        title_zh=f"{year} 年价保政策",
        body="After a price cut, stock bought in the last 30 days is credited with the difference.",
        body_zh="降价后，近三十天内购进的库存按差价补偿。",
        needs_acknowledgement=True,
        grace_days=30,
    )
    owners = User.objects.with_roles([Role.OWNER]).order_by("pk")
    for owner in owners.filter(memberships__distributor__announcements__announcement=read).distinct():
        acknowledge_announcement(announcement_id=read.pk, name=owner.display_name, actor=owner)
    stocktaking = company.today + timedelta(days=20)
    _publish(
        director,
        kind=AnnouncementKind.ANNOUNCEMENT,
        title=f"Stocktaking on {stocktaking.isoformat()}",
        title_zh=f"{stocktaking.isoformat()} 盘点通知",
        body="The central warehouse ships nothing on this day. Please order two days earlier.",
        body_zh="当天总仓不发货，请提前两天下单。",
    )


def _publish(director: User, **text: object) -> Announcement:
    draft = create_announcement(text=AnnouncementText(roles=_OWNERS, **text), actor=director)  # type: ignore[arg-type]  # given above
    return publish_announcement(announcement_id=draft.pk, actor=director, expected_version=None)
