"""Every permission of the table opens something, and without it that is refused.

One row of the access table for each, and somebody who gets it; where a permission guards a part of a page, what it shows.
A permission that is declared without a row here fails: nobody would know what a grant of it does.
"""

import re
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import Grant
from core.permissions import declared_permissions
from tests.access.asking import ask, signed_in
from tests.access.routes import all_rows, routes_of_the_site
from tests.access.table import BUYER, OWNER, Route
from tests.access.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.matrix]

OPENS: dict[str, tuple[str, str]] = {
    "accounts.assign_responsibilities": ("manager", "POST api:responsibilities-list"),
    "accounts.change_distributors": ("administrator", "GET accounts:distributor-new"),
    "accounts.change_duties": ("administrator", "GET responsibility:duty-new"),
    "accounts.invite_owners": ("director", "POST api:applications-approve"),
    "accounts.issue_tokens": ("owner", "GET accounts:tokens"),
    "accounts.see_all_people": ("administrator", "GET accounts:absence-change"),
    "accounts.see_channel": ("finance", "GET api:bank-accounts-detail"),
    "accounts.see_distributors": ("owner", "GET accounts:distributors"),
    "accounts.see_people": ("owner", "GET accounts:order-limit"),
    "accounts.see_responsibilities": ("manager", "GET responsibility:radar"),
    "catalogue.change": ("administrator", "GET catalogue:product-new"),
    "catalogue.set_buying_rights": ("manager", "GET catalogue:buying-rights"),
    "channel.accept_agreements": ("owner", "GET channel:agreement-accept"),
    "channel.change_agreements": ("manager", "GET channel:agreement-new"),
    "channel.change_billing_details": ("owner", "GET channel:invoice-title-new"),
    "channel.change_contacts": ("owner", "GET channel:address-new"),
    "billing.post_entries": ("finance", "GET billing:entry-new"),
    "billing.see_accounts": ("owner", "GET billing:accounts"),
    "billing.set_limits": ("finance", "GET billing:account-open"),
    "channel.confirm_agents": ("administrator", "GET channel:agreement-agent"),
    "channel.decide_agreements": ("administrator", "GET channel:agreement-put-in-force"),
    "channel.record_departures": ("manager", "GET channel:agreement-departure"),
    "channel.see_agreements": ("administrator", "GET channel:agreement-agent"),
    "channel.see_billing_details": ("owner", "GET channel:invoice-title-new"),
    "company.change": ("administrator", "PATCH api:companies-detail"),
    "company.see": ("manager", "GET api:companies-detail"),
    "evaluation.answer_objections": ("manager", "POST api:evaluations-answer"),
    "evaluation.contest": ("owner", "POST api:evaluations-contest"),
    "evaluation.edit_scorecards": ("administrator", "GET evaluation:card-new"),
    "evaluation.see_runs": ("manager", "GET evaluation:runs"),
    "evaluation.start_runs": ("administrator", "POST api:evaluation-runs-list"),
    "integration.import": ("administrator", "GET imports:list"),
    "integration.manage_webhooks": ("administrator", "GET api:webhooks-detail"),
    "inventory.block_stock": ("warehouse", "GET inventory:block-new"),
    "inventory.move_stock": ("warehouse", "GET inventory:receive"),
    "channel_stock.report_stock": ("owner", "GET channel_stock:report-stock"),
    "inventory.see_stock": ("manager", "GET inventory:stock"),
    "inventory.set_supply_routes": ("administrator", "GET inventory:supply-route"),
    "messaging.converse": ("owner", "GET messaging:conversations"),
    "onboarding.check_applications": ("manager", "GET onboarding:application-return"),
    "onboarding.decide_applications": ("administrator", "POST api:onboardings-ready"),
    "onboarding.manage_templates": ("administrator", "GET onboarding:policy"),
    "onboarding.see_applications": ("manager", "GET api:onboarding-templates-detail"),
    "onboarding.work_on_onboarding": ("owner", "POST api:onboarding-steps-done"),
    "orders.change_types": ("administrator", "GET orders:types"),
    "orders.decide_claims": ("manager", "POST api:delivery-claims-credit"),
    "orders.decide": ("manager", "POST api:orders-approve"),
    "orders.deliver": ("manager", "POST api:orders-deliver"),
    "orders.fulfil": ("warehouse", "POST api:orders-pick"),
    "orders.decide_returns": ("manager", "POST api:returns-authorise"),
    "orders.handle_returns": ("warehouse", "POST api:returns-receive"),
    "orders.release_credit": ("finance", "POST api:orders-release-credit"),
    "orders.request_returns": ("owner", "POST api:returns-list"),
    "orders.request_returns_for": ("manager", "POST api:returns-list"),
    "orders.set_return_policies": ("administrator", "GET orders:return-policy-new"),
    "orders.place_for": ("manager", "POST api:orders-list"),
    "orders.place": ("owner", "POST api:orders-list"),
    "orders.receive": ("owner", "POST api:orders-receive"),
    "orders.record_freight": ("finance", "PUT api:waybills-freight"),
    "orders.see_freight": ("director", "GET orders:freight"),
    "orders.see_shipped_value": ("owner", "GET shipped"),
    "orders.set_approval_rules": ("administrator", "GET orders:approval-rule-new"),
    "outlets.agree_directions": ("manager", "GET outlets:direction-new"),
    "outlets.change_outlets": ("manager", "POST api:outlets-list"),
    "outlets.propose_outlets": ("owner", "POST api:outlets-list"),
    "outlets.see_outlets": ("owner", "GET api:outlets-detail"),
    "planning.agree_own_plan": ("owner", "POST planning:plan-agree"),
    "planning.plan_channel": ("administrator", "GET planning:plan-new"),
    "planning.plan_distributors": ("manager", "GET planning:plan-new"),
    "planning.see_quotas": ("manager", "GET planning:quotas"),
    "planning.see_sales": ("manager", "GET planning:distributor-sales"),
    "policies.acknowledge_announcements": ("owner", "GET policies:announcement-acknowledge"),
    "policies.change_announcements": ("administrator", "GET policies:announcement-new"),
    "policies.see_announcements": ("owner", "GET policies:announcements"),
    "pricing.change_prices": ("administrator", "GET pricing:price-list-new"),
    "responsibility.change_templates": ("administrator", "GET responsibility:template-new"),
    "pricing.see_price_lists": ("manager", "GET pricing:price-lists"),
    "stocktaking.approve_counts": ("director", "GET stocktaking:count-approve"),
    "stocktaking.approve_scrap": ("director", "GET stocktaking:scrap-approve"),
    "stocktaking.count_stock": ("warehouse", "GET stocktaking:count-new"),
    "stocktaking.scrap_stock": ("warehouse", "GET stocktaking:scrap-new"),
}
OPENS_MORE: dict[str, tuple[str, Route]] = {
    "orders.see_prices": (
        "owner",
        Route(
            name="api:orders-pdf", allowed={OWNER}, query="?kind=order&prices=true",
            args=lambda w: {"number": w.things.waiting.number},
        ),
    ),
    "orders.sell": (
        "owner",
        Route(
            name="api:orders-approve", method="POST", allowed={OWNER}, ok=200,
            args=lambda w: {"number": w.things.sold.number},
        ),
    ),
    "catalogue.name_products": (
        "buyer",
        Route(
            name="api:product-codes-list",
            method="POST",
            allowed={OWNER, BUYER},
            ok=201,
            body=lambda w: {
                "product": w.things.product.code, "kind": "own", "code": "OURS-1", "distributor": w.mine.code,
            },
        ),
    ),
}  # fmt: skip
"""What the access table asks with other values."""

SHOWS: dict[str, tuple[str, str, str]] = {
    "inventory.see_distributor_stock": ("owner", "GET channel_stock:channel-stock", r"/products/"),
    "messaging.converse_internally": ("manager", "GET messaging:conversation", r'name="internal"'),
    "planning.see_margin": ("manager", "GET planning:distributor-sales", r"sort=-?recent_cost"),
}
"""Parts of pages: who sees them, where, and what is there then only."""

FIXED: dict[str, tuple[str, str, str]] = {
    "accounts.administer": ("administrator", "director", "GET person_sessions"),
    "accounts.manage_grants": ("administrator", "director", "GET accounts:permissions"),
    "accounts.manage_people": ("owner", "buyer", "GET accounts:invite"),
}
"""Permissions that take no grants: who gets the row, and who is refused it."""


def rows_by_name() -> dict[str, Route]:
    found: dict[str, Route] = {}
    for row in all_rows():
        found.setdefault(str(row), row)
    return found


def answer(row: Route, actor: str, world: World, sessions: dict[str, str]) -> Any:
    with transaction.atomic():
        response = ask(signed_in(actor, sessions), row, world)
        transaction.set_rollback(True)
    return response


def deny(permission: str, actor: str, world: World) -> None:
    Grant.objects.create(
        person=world.people[actor], permission=permission, is_allowed=False, starts_on=timezone.localdate()
    )


def test_every_permission_has_its_row() -> None:
    """A permission that opens nothing is granted in the belief that it does."""
    routes_of_the_site()  # whatever declares one is imported with its addresses
    declared = {name: one for name, one in declared_permissions().items() if not name.startswith("core.test")}
    assert {*OPENS, *OPENS_MORE, *SHOWS, *FIXED} == set(declared)
    assert {name for name, one in declared.items() if one.is_fixed} == set(FIXED)


def test_what_a_permission_opens_is_refused_without_it(world: World, sessions: dict[str, str]) -> None:
    known, wrong = rows_by_name(), {}
    rows = {name: (actor, known[row]) for name, (actor, row) in OPENS.items()} | OPENS_MORE
    for name, (actor, row) in rows.items():
        assert actor in row.allowed, f"{name}: {actor} is not allowed {row}"
        with transaction.atomic():
            before = answer(row, actor, world, sessions).status_code
            deny(name, actor, world)
            after = answer(row, actor, world, sessions).status_code
            transaction.set_rollback(True)
        if before not in row.expected(actor) or after not in {403, 404}:
            wrong[name] = (before, after)
    assert wrong == {}


def test_what_a_permission_shows_is_not_there_without_it(world: World, sessions: dict[str, str]) -> None:
    known, wrong = rows_by_name(), {}
    for name, (actor, row, shown) in SHOWS.items():
        with transaction.atomic():
            before = answer(known[row], actor, world, sessions).content.decode()
            deny(name, actor, world)
            after = answer(known[row], actor, world, sessions).content.decode()
            transaction.set_rollback(True)
        if not re.search(shown, before) or re.search(shown, after):
            wrong[name] = (bool(re.search(shown, before)), bool(re.search(shown, after)))
    assert wrong == {}


def test_what_takes_no_grants_is_refused_to_others(world: World, sessions: dict[str, str]) -> None:
    known = rows_by_name()
    for name, (actor, other, row) in FIXED.items():
        assert answer(known[row], actor, world, sessions).status_code == 200, name
        assert answer(known[row], other, world, sessions).status_code in {403, 404}, name
