"""Rules of pricing name the policy that they follow. Where this breaks, nobody can say by which policy a price holds."""

import pytest
from django.test import Client
from django.urls import reverse

from core.errors import Conflict, NotAllowed, NotVisible
from core.models import Event
from policies.selectors.policies import SOURCE_TYPE
from policies.services.announcements import revise_announcement
from policies.services.publishing import publish_announcement
from policies.services.rules import choose_rules, name_policy
from pricing.models import PriceList, Promotion
from tests.factories.accounts import DirectorFactory, DistributorFactory, ManagerFactory, OwnerFactory
from tests.factories.announcements import published
from tests.factories.planning import PriceListFactory, PromotionFactory
from tests.orders.refusals import refused

pytestmark = pytest.mark.django_db


def followed() -> dict[str, int | None]:
    rows = [*PriceList.objects.values_list("code", "source_id"), *Promotion.objects.values_list("code", "source_id")]
    return dict(rows)


def test_price_lists_and_promotions_follow_a_policy_and_are_linked_both_ways(client: Client) -> None:
    director, shop = DirectorFactory.create(), DistributorFactory.create()
    policy = published(distributor_ids=[shop.pk])
    first, second, promotion = PriceListFactory.create(), PriceListFactory.create(), PromotionFactory.create()
    client.force_login(director)
    address = reverse("policies:announcement-rules", args=[policy.pk])
    assert client.post(address, {"price_lists": [first.pk], "promotions": [promotion.pk]}).status_code == 302
    assert followed() == {first.code: policy.pk, second.code: None, promotion.code: policy.pk}
    assert first.get_absolute_url() in client.get(policy.get_absolute_url()).content.decode()
    assert policy.get_absolute_url() in client.get(first.get_absolute_url()).content.decode()
    assert client.get(f"/api/v1/price-lists/{first.code}/").json()["source_id"] == policy.pk
    client.post(address, {"price_lists": [second.pk]})
    assert followed() == {first.code: None, second.code: policy.pk, promotion.code: None}, "exactly those chosen"
    assert Event.objects.filter(kind__endswith="source_set").count() == 5
    client.post(reverse("policies:price-list-policy", args=[first.code]), {"policy": policy.pk})
    answer = client.post(
        f"/api/v1/announcements/{policy.pk}/rules/", {"price_lists": [first.code]}, content_type="application/json"
    )
    assert (answer.status_code, followed()[first.code], followed()[second.code]) == (200, policy.pk, None)
    client.force_login(OwnerFactory.create(distributor=shop))
    assert first.name not in client.get(policy.get_absolute_url()).content.decode(), "lists are the brand's to see"
    client.force_login(ManagerFactory.create())
    assert address not in client.get(first.get_absolute_url()).content.decode()


def test_a_superseded_revision_is_said_beside_the_next_one(client: Client) -> None:
    director, price_list = DirectorFactory.create(), PriceListFactory.create()
    old = published(distributor_ids=[DistributorFactory.create().pk])
    name_policy(price_list_id=price_list.pk, announcement_id=old.pk, actor=director)
    new = revise_announcement(announcement_id=old.pk, actor=director, expected_version=None)
    publish_announcement(announcement_id=new.pk, actor=director, expected_version=None)
    client.force_login(director)
    page = client.get(price_list.get_absolute_url()).content.decode()
    assert all(row.get_absolute_url() in page for row in (old, new))
    assert PriceList.objects.get().source_type == SOURCE_TYPE


def test_only_a_policy_in_force_is_followed_and_only_who_sets_prices_says_so() -> None:
    director, price_list = DirectorFactory.create(), PriceListFactory.create()
    shop = DistributorFactory.create()
    news = published(kind="announcement", blocks_orders=False, distributor_ids=[shop.pk])
    with refused(Conflict):
        name_policy(price_list_id=price_list.pk, announcement_id=news.pk, actor=director)
    policy = published(distributor_ids=[shop.pk])
    with refused(NotAllowed):
        name_policy(price_list_id=price_list.pk, announcement_id=policy.pk, actor=ManagerFactory.create())
    theirs = PriceListFactory.create(owner=shop)
    with refused(NotVisible):
        choose_rules(announcement_id=policy.pk, price_list_ids=[theirs.pk], promotion_ids=[], actor=director)
    assert set(followed().values()) == {None}


def test_the_time_line_of_a_policy_has_no_line_for_each_recipient(client: Client) -> None:
    """Who published it and what changed would lie below a thousand lines that say the same."""
    policy = published(distributor_ids=[DistributorFactory.create().pk for _number in range(3)])
    client.force_login(DirectorFactory.create())
    shown = [row.label for row in client.get(policy.get_absolute_url()).context["time_line"]]
    assert ("Announcement published" in shown, "Announcement sent to the distributor" in shown) == (True, False)
