"""An applicant becomes a distributor: all that a template says, or nothing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Distributor, Invitation, Responsibility
from accounts.services.invitations import join
from catalogue.models import BuyingRight
from channel.models import Address, Agreement, Contact
from core.errors import Conflict, DomainError, InvalidInput, NotAllowed, NotVisible
from core.models import Event, OutboxMessage
from inventory.models import SupplyRoute
from onboarding.models import Application, Onboarding, Template
from onboarding.services.approving import Approval, approve_application
from onboarding.services.templates import DutyRow, StepRow, TemplateContent, save_template
from tests.factories.accounts import (
    AdministratorFactory,
    DirectorFactory,
    DutyFactory,
    ManagerFactory,
    OwnerFactory,
    TerritoryFactory,
)
from tests.factories.inventory import BrandFactory, WarehouseFactory
from tests.factories.onboarding import TemplateDutyFactory, assessed, marked, template
from tests.factories.planning import PriceListFactory

pytestmark = pytest.mark.django_db
_COUNTS = "SELECT count(*) FROM {}"
_TABLES = (
    "accounts_distributor", "accounts_invitation", "accounts_responsibility", "catalogue_buyingright", "channel_agreement",
    "channel_address", "channel_contact", "inventory_supplyroute", "onboarding_onboarding", "core_event", "core_outboxmessage",
)  # fmt: skip


def approve(application: Application, start: Template, actor: Any = None, **changes: Any) -> Approval:
    values = {
        "application_id": application.pk,
        "template_id": start.pk,
        "territory_id": application.territory_id,
        "actor": actor or DirectorFactory.create(),
        "expected_version": None,
        "now": timezone.now(),
    }
    return approve_application(**{**values, **changes})


def _everything() -> dict[str, int]:
    with connection.cursor() as cursor:
        found = {}
        for table in _TABLES:
            cursor.execute(_COUNTS.format(table))
            found[table] = cursor.fetchone()[0]
    return found


def test_approval_makes_everything_in_one_step() -> None:
    """A new distributor would be set up by hand in eight places, and one of them would be forgotten."""
    start, director = template(), DirectorFactory.create()
    approval = approve(assessed(phone="+8613912345678"), start, director)
    distributor, today = approval.distributor, timezone.localdate()
    assert (distributor.code, distributor.status, distributor.currency) == ("DI100001", "applicant", "USD")
    assert approval.application.status == "approved"
    assert approval.application.distributor_id == distributor.pk
    duty = start.duties.get()
    assert Responsibility.objects.get(distributor=distributor).user_id == duty.person_id
    assert BuyingRight.objects.get(distributor=distributor).brand_id == start.brands.get().pk
    assert SupplyRoute.objects.get(distributor=distributor).warehouse_id == start.warehouse_id
    assert Contact.objects.get(distributor=distributor).phone == "+8613912345678"
    assert Address.objects.get(distributor=distributor).address == "1 Harbour Road"
    agreement = Agreement.objects.get(distributor=distributor)
    assert (agreement.status, agreement.starts_on, agreement.number) == ("draft", today, None)
    assert agreement.subjects.get().brand_id == start.brands.get().pk
    steps = list(approval.onboarding.steps.all())
    assert [(step.name, step.side, (step.due_on - today).days) for step in steps] == [
        ("First visit", "brand", 7),
        ("Product training", "distributor", 14),
        ("Shop sign", "distributor", 14),
    ]
    assert steps[0].owner_id == duty.person_id
    assert Event.objects.get(kind="application.approved").actor_id == director.pk
    mails = [message.payload["body"] for message in OutboxMessage.objects.filter(topic="mail").order_by("pk")]
    assert any(approval.link in body for body in mails)
    secret = approval.link.rstrip("/").rsplit("/", 1)[1]
    member = join(secret=secret, full_name="Wang Fang", password="correct-horse-battery", now=timezone.now())
    assert (member.role, member.distributor_id) == ("owner", distributor.pk)
    with pytest.raises(NotVisible):
        join(secret=secret, full_name="Again", password="correct-horse-battery", now=timezone.now())


def test_who_has_no_address_is_invited_by_text_message() -> None:
    approval = approve(assessed(email="", phone="+8613912345678"), template())
    texts = [message.payload["text"] for message in OutboxMessage.objects.filter(topic="sms")]
    assert any(approval.link in text for text in texts)


def _other_price_list(start: Template) -> None:
    start.price_list.distributor = OwnerFactory.create().distributor
    start.price_list.save()


def _unused_warehouse(start: Template) -> None:
    start.warehouse.is_active = False
    start.warehouse.save()


def _person_who_left(start: Template) -> None:
    person = start.duties.get().person
    person.is_active = False
    person.save()


def _unused_duty(start: Template) -> None:
    duty = start.duties.get().duty
    duty.is_active = False
    duty.save()


def _wrong_discount(start: Template) -> None:
    Template.objects.filter(pk=start.pk).update(discount_rate=2)


def _inactive(start: Template) -> None:
    Template.objects.filter(pk=start.pk).update(is_active=False)


@pytest.mark.parametrize(
    "spoil",
    [_other_price_list, _unused_warehouse, _person_who_left, _unused_duty, _wrong_discount, _inactive],
)
def test_one_piece_that_is_refused_undoes_all(spoil: Callable[[Template], None]) -> None:
    """Half a distributor would stand there: with an account and no prices, or with goods and no agreement."""
    start, application, director = template(), assessed(), DirectorFactory.create()
    spoil(start)
    before = _everything()
    with pytest.raises(DomainError):
        approve(application, start, director)
    assert _everything() == before
    application.refresh_from_db()
    assert (application.status, application.distributor_id) == ("assessed", None)


def test_only_an_assessed_application_is_approved_and_once() -> None:
    start, application = template(), marked()
    with pytest.raises(Conflict):
        approve(application, start)
    other = assessed(email="o@hehe.test", address="10.0.0.3")
    approve(other, start)
    with pytest.raises(Conflict):
        approve(other, start)
    assert Distributor.objects.filter(code__startswith="DI").count() == 1


def test_managers_and_strangers_do_not_approve() -> None:
    start, application = template(), assessed()
    for actor in (ManagerFactory.create(), OwnerFactory.create()):
        with pytest.raises(DomainError):
            approve(application, start, actor)
    assert not Distributor.objects.filter(code__startswith="DI").exists()
    approve(application, start, AdministratorFactory.create())


def test_an_owners_link_of_a_director_who_left_opens_nothing() -> None:
    """What a director appoints outlives neither their right nor the seven days."""
    director = DirectorFactory.create()
    approval = approve(assessed(), template(), director)
    secret = approval.link.rstrip("/").rsplit("/", 1)[1]
    assert Client().get(reverse("accounts:join", args=[secret])).status_code == 200
    director.memberships.update(ends_on=timezone.localdate() - timedelta(days=1))
    assert Client().get(reverse("accounts:join", args=[secret])).status_code == 404
    assert Invitation.objects.get().accepted_at is None


def test_directors_invite_owners_and_nobody_else() -> None:
    """Who appoints distributors would make administrators, too."""
    from accounts.services.invitations import invite_person

    distributor, director = OwnerFactory.create().distributor, DirectorFactory.create()
    for role, where in (("administrator", None), ("buyer", distributor.pk), ("director", None)):
        with pytest.raises(NotAllowed):
            invite_person(actor=director, role=role, full_name="X", distributor_id=where, now=timezone.now())
    with pytest.raises(NotAllowed):
        invite_person(
            actor=ManagerFactory.create(),
            role="owner",
            full_name="X",
            distributor_id=distributor.pk,
            now=timezone.now(),
        )
    invite_person(actor=director, role="owner", full_name="X", distributor_id=distributor.pk, now=timezone.now())


def test_of_the_people_of_a_duty_the_one_for_the_nearest_territory_answers() -> None:
    country = TerritoryFactory.create()
    city = TerritoryFactory.create(parent=country)
    start = template()
    duty = start.duties.get().duty
    TemplateDutyFactory.create(template=start, duty=duty, territory=country)
    near = TemplateDutyFactory.create(template=start, duty=duty, territory=city)
    TemplateDutyFactory.create(template=start, duty=duty, territory=TerritoryFactory.create())
    approval = approve(assessed(territory=city), start)
    assert Responsibility.objects.get(distributor=approval.distributor).user_id == near.person_id


def _content(**changes: Any) -> TemplateContent:
    values = {
        "code": "WS", "name": "Wholesale", "channel_kind": "wholesale", "currency": "USD",
        "price_list_id": PriceListFactory.create(currency="USD").pk, "warehouse_id": WarehouseFactory.create().pk,
    }  # fmt: skip
    given = {"brand_ids": [BrandFactory.create().pk], "steps": [StepRow(name="Visit"), StepRow(name="Training")]}
    return TemplateContent(**{"values": {**values, **changes.pop("values", {})}, **given, **changes})


def test_a_template_is_written_and_replaced_whole() -> None:
    director, duty = DirectorFactory.create(), DutyFactory.create()
    rows = [DutyRow(duty_id=duty.pk, person_id=director.pk)]
    made = save_template(content=_content(duties=rows), actor=director)
    assert [step.position for step in made.steps.all()] == [1, 2]
    changed = save_template(
        content=_content(values={"code": "WS2"}), actor=director, template_id=made.pk, expected_version=made.version
    )
    assert (changed.code, changed.duties.count(), changed.steps.count()) == ("WS2", 0, 2)
    with pytest.raises(NotAllowed):
        save_template(content=_content(), actor=ManagerFactory.create())


@pytest.mark.parametrize(
    "wrong",
    [
        {"brand_ids": []},
        {"values": {"currency": "EUR"}},
        {"values": {"channel_kind": "by mouth"}},
        {"values": {"term_months": 0}},
    ],
)
def test_a_template_that_cannot_be_used_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        save_template(content=_content(**wrong), actor=DirectorFactory.create())


def test_the_page_shows_the_link_once_and_nobody_keeps_it() -> None:
    start, application, client = template(), assessed(), Client()
    client.force_login(DirectorFactory.create())
    address = reverse("onboarding:application-approve", args=[application.pk])
    page = client.post(address, {"template": start.pk, "territory": application.territory_id})
    assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")
    assert b"/join/" in page.content
    assert b"/join/" not in client.get(application.get_absolute_url()).content
    assert Onboarding.objects.count() == 1
