"""The outlets of the demo company: shops of two distributors, a chain with sites, a planned one and a closed one."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext

from accounts.enums import Role
from accounts.models import Distributor, User
from catalogue.models import Brand
from demo.company import Company
from outlets.enums import OutletKind
from outlets.models import Outlet
from outlets.services.links import link_outlet
from outlets.services.outlets import close_outlet, create_outlet, open_outlet

_SHOPS = (
    ("Riverside Corner Shop", "河畔便利店", OutletKind.SHOP, 1),
    ("Lotus Supermarket", "荷花超市", OutletKind.SUPERMARKET, 2),
    ("Old Gate Teahouse", "老城门茶馆", OutletKind.RESTAURANT, 1),
    ("Morning Tea Online", "早茶网店", OutletKind.ONLINE_SHOP, 2),
    ("Spring Street Store", "春街小店", OutletKind.SHOP, 1),
)
_CHAIN = (("Good Leaf Head Office", "好叶连锁总部"), ("Good Leaf East", "好叶东店"), ("Good Leaf West", "好叶西店"))


def build_outlets(company: Company) -> None:
    """Shops of the first two distributors, some of them of both; three of a chain; one planned, one closed."""
    director = User.objects.with_roles([Role.DIRECTOR]).get()
    first, second = Distributor.objects.ordering().filter(territory__isnull=False).order_by("pk")[:2]
    brand = Brand.objects.order_by("code").first()
    since = company.today - timedelta(days=400)
    made = [_made(director, first, name, zh, kind) for name, zh, kind, _count in _SHOPS]
    head = _made(director, first, *_CHAIN[0], OutletKind.CHAIN_STORE)
    sites = [_made(director, first, *names, OutletKind.CHAIN_STORE, head_office_id=head.pk) for names in _CHAIN[1:]]
    for outlet in [*made, head, *sites]:
        link_outlet(outlet_id=outlet.pk, distributor_id=first.pk, starts_on=since, actor=director)
    for (_name, _zh, _kind, count), outlet in zip(_SHOPS, made, strict=True):
        if count > 1 and brand is not None:
            link_outlet(
                outlet_id=outlet.pk, distributor_id=second.pk, brand_id=brand.pk, starts_on=since, actor=director
            )
    for outlet in [*made[:-1], head, *sites]:
        open_outlet(outlet_id=outlet.pk, actor=director)
    closed_on = company.today - timedelta(days=20)
    close_outlet(outlet_id=made[2].pk, closed_on=closed_on, reason=gettext("The lease ended."), actor=director)


def _made(director: User, near: Distributor, name: str, name_zh: str, kind: OutletKind, **more: Any) -> Outlet:
    return create_outlet(
        actor=director, name=name, name_zh=name_zh, kind=kind, city=near.city, country=near.country, **more
    )
