"""Duties in words. Where this breaks, two people believe that the other one makes the call."""

from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import Duty
from accounts.services.duties import change_duty, create_duty
from core.errors import Conflict, InvalidInput, NotAllowed
from core.models import Event
from tests.factories.accounts import DirectorFactory, DutyFactory, ManagerFactory, ResponsibilityFactory
from tests.orders.refusals import refused

pytestmark = pytest.mark.django_db
VALUES: dict[str, Any] = {
    "name": "Visits",
    "name_zh": "拜访",
    "covers": "Sees the distributor.",
    "covers_zh": "上门拜访经销商。",
    "cadence": 2,
    "cadence_unit": "week",
    "done_by": ["order.approved"],
    "position": 1,
    "is_active": True,
}


def test_a_duty_says_how_often_in_words() -> None:
    texts = [
        DutyFactory.build(cadence=number, cadence_unit=unit).cadence_in_words
        for number, unit in ((1, "day"), (3, "day"), (1, "week"), (2, "month"), (None, ""))
    ]
    assert texts == ["every day", "every 3 days", "every week", "every 2 months", ""]
    with translation.override("zh-hans"):
        words = [DutyFactory.build(cadence=number, cadence_unit="week").cadence_in_words for number in (1, 2)]
    assert words == ["每周", "每 2 周"], "a language with one form says how many, too"


def test_duties_are_created_and_changed_with_their_history() -> None:
    director = DirectorFactory.create()
    duty = create_duty(actor=director, code="visits", **VALUES)
    change_duty(actor=director, duty_id=duty.pk, cadence=None, cadence_unit="", name="Visits")
    duty.refresh_from_db()
    assert (duty.cadence, duty.cadence_in_words, duty.done_by) == (None, "", ["order.approved"])
    changed = Event.objects.get(kind="duty.changed")
    assert changed.data == {"code": "visits", "cadence": None, "cadence_unit": ""}
    for wrong in ({"done_by": ["order.eaten"]}, {"cadence": 3, "cadence_unit": ""}, {"cadence": None}):
        with refused(InvalidInput):
            change_duty(actor=director, duty_id=duty.pk, **{"cadence_unit": "day", **wrong})
    with refused(Conflict):
        create_duty(actor=director, code="visits", **VALUES)
    with refused(NotAllowed):
        create_duty(actor=ManagerFactory.create(), code="mine", **VALUES)


def test_the_database_refuses_a_cadence_without_its_unit() -> None:
    with pytest.raises(IntegrityError, match="duty_cadence"):
        DutyFactory.create(cadence=3)


def test_the_duty_is_described_where_it_is_assigned_and_on_the_distributors_page(client: Client) -> None:
    client.force_login(DirectorFactory.create())
    sent = {**VALUES, "code": "visits", "is_active": "on"}
    assert client.post(reverse("responsibility:duty-new"), sent).status_code == 302
    distributor = ResponsibilityFactory.create(duty=Duty.objects.get()).distributor
    for url in (
        reverse("responsibility:duty-of", args=[distributor.code, "visits"]),
        reverse("responsibility:duty-assign", args=[distributor.code, "visits"]),
        distributor.get_absolute_url(),
        reverse("responsibility:duties"),
    ):
        page = client.get(url).text
        assert "Sees the distributor." in page, url
        assert "every 2 weeks" in page, url
    with translation.override("zh-hans"):
        assert (
            "上门拜访经销商。"
            in client.get(distributor.get_absolute_url(), headers={"accept-language": "zh-hans"}).text
        )


def test_what_was_wrong_stands_beside_its_field(client: Client) -> None:
    client.force_login(DirectorFactory.create())
    DutyFactory.create(code="visits")
    response = client.post(reverse("responsibility:duty-new"), {**VALUES, "code": "visits", "cadence_unit": ""})
    assert response.status_code == 400
    form = response.context["form"]
    assert set(form.errors) == {"cadence"}
    response = client.post(reverse("responsibility:duty-new"), {**VALUES, "code": "visits"})
    assert set(response.context["form"].errors) == {"code"}
