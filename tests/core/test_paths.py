"""Codes as companies write them. Where this breaks, one code with a slash closes every list that it stands in."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.test import Client
from django.test.client import MULTIPART_CONTENT
from django.urls import resolve, reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.test import APIClient

from company.services.business_years import open_calendar_year
from core.paths import from_path_segment, path_to, to_path_segment, whole_number
from tests.factories.accounts import AdministratorFactory, ApiTokenFactory, DirectorFactory, DistributorFactory
from tests.factories.orders import OrderFactory

ODD = ["A/100", "..", ".", "50%", "%2F", "a b", "北京/1", "é?#x", "back\\slash", "a+b&c"]
CODES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=64)


@given(CODES)
def test_a_code_comes_back_from_its_address(code: str) -> None:
    part = to_path_segment(code)
    assert "/" not in part
    assert from_path_segment(part) == code


@given(CODES)
def test_an_ordinary_code_stands_in_the_address_as_it_is(code: str) -> None:
    if code.isalnum():
        assert to_path_segment(code) == code


@pytest.mark.parametrize("code", ODD)
def test_a_page_is_found_whatever_its_code_is_made_of(code: str, client: Client, db: None) -> None:
    open_calendar_year(timezone.localdate().year)
    distributor = DistributorFactory.create(code=code)
    order = OrderFactory.create(number=code, distributor=distributor)
    client.force_login(DirectorFactory.create())
    for address in ("/distributors/", "/orders/", "/responsibilities/", f"/search/?q={code}", "/"):
        assert client.get(address).status_code == 200, address
    for name in ("accounts:distributor", "planning:distributor-attainment"):
        assert client.get(reverse(name, args=[code])).status_code == 200
    assert client.get(path_to("/orders/{}/", code)).context["object"] == order


@pytest.mark.parametrize("code", ODD)
def test_a_row_of_the_api_is_found_at_the_address_of_its_page(code: str, db: None) -> None:
    DistributorFactory.create(code=code)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {ApiTokenFactory.create(user=AdministratorFactory.create()).secret}")
    answer: Any = client.get(path_to("/api/v1/distributors/{}/", code))
    assert answer.json()["code"] == code


def test_a_null_that_was_escaped_twice_is_no_code() -> None:
    assert resolve("/distributors/%00/").kwargs == {"code": "\ufffd"}


@pytest.mark.parametrize("text", ["", "-1", "x", "٣", "²", "9" * 19, "9" * 5000, "1.0"])
def test_what_is_no_number_of_a_row_is_none(text: str) -> None:
    """Python itself refuses to read five thousand digits: a press of a button would end in an error page."""
    assert whole_number(text) is None


def test_ticks_that_are_no_rows_are_left_out(client: Client, db: None) -> None:
    client.force_login(DirectorFactory.create())
    answer = client.post("/orders/approve/", {"ids": ["9" * 5000, "9" * 18, "x", "\x00"], "confirmed": "1"})
    assert answer.status_code == 302


@pytest.mark.parametrize(
    "address",
    [
        "/search/?q=%00ab",
        "/search/distributor/?distributor=%00ab",
        "/orders/?q=%00ab&sort=%00",
        "/attainment/?territory=%00",
        "/distributors/%00/?tab=%00",
    ],
)
def test_a_null_in_an_address_is_no_defect(address: str, client: Client, db: None) -> None:
    client.force_login(DirectorFactory.create())
    assert client.get(address).status_code in {200, 404}


@pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded", MULTIPART_CONTENT])
def test_a_null_in_a_form_is_no_defect(content_type: str, client: Client, db: None) -> None:
    """What the views read of a form by themselves goes to the database as it is typed."""
    client.force_login(DirectorFactory.create())
    fields: Any = {"ids": "\x001", "next": "/orders/"}
    sent = fields if content_type == MULTIPART_CONTENT else urlencode(fields)
    answer = client.post("/orders/approve/", sent, content_type=content_type)
    request: WSGIRequest = answer.wsgi_request
    assert request.POST["ids"] == "\ufffd1"
