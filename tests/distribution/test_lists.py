"""Every list of the program, as a browser asks for its parts. Where one fails, filters and "more" do nothing at all."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, resolve, reverse
from django.utils import timezone

from company.services.business_years import open_calendar_year
from core.keyset import take_slice
from core.ui.lists import ScopedListView
from core.ui.page import objects_of
from tests.access.routes import _patterns
from tests.factories.accounts import AdministratorFactory, DistributorFactory, OwnerFactory

pytestmark = pytest.mark.django_db


def lists() -> Iterator[str]:
    """The routes of lists that stand by themselves."""
    for name, pattern in _patterns(get_resolver().url_patterns, ""):
        view: Any = getattr(pattern.callback, "view_class", None)
        if view is not None and issubclass(view, ScopedListView) and not pattern.pattern.converters:
            yield name


@pytest.mark.parametrize("route", sorted(lists()))
def test_a_filter_brings_the_results_alone(route: str, client: Client) -> None:
    """Whoever types into the filter would see the old rows, and take them for what was asked."""
    open_calendar_year(timezone.localdate().year)
    view: Any = resolve(reverse(route)).func
    readers = [AdministratorFactory.create(), OwnerFactory.create()]
    client.force_login(next(one for one in readers if view.view_class.permission_required(one)))
    answer = client.get(reverse(route), headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert text.lstrip().startswith('<div id="results"')
    assert "<html" not in text


def test_more_brings_rows_alone(client: Client) -> None:
    """The button under fifty rows would put a page into the page."""
    rows = DistributorFactory.create_batch(3)
    client.force_login(AdministratorFactory.create())
    wanted = objects_of(type(rows[0])).values("id", "code")
    cursor = take_slice(wanted, order=["code"], limit=1).following
    answer = client.get(reverse("accounts:distributors"), {"cursor": cursor}, headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert (answer.status_code, text.count("<tr data-row")) == (200, 2)
    assert 'id="results"' not in text
