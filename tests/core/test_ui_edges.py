"""Forms, buttons and refusals: nothing typed is lost, every refusal says what happened, nobody is sent elsewhere."""

from typing import Any

import pytest
from django import forms
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.test import Client, RequestFactory

from accounts.enums import Role
from core.enums import JobKind, JobStatus
from core.errors import Conflict, InvalidInput, NotAllowed, NotVisible, Problem
from core.models import Job
from core.ui.actions import ActionView, BulkActionView
from core.ui.forms import ServiceFormView
from core.ui.refusals import DomainErrorMiddleware
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def person(**fields: Any) -> Any:
    return UserFactory.create(**fields)


class RefusedByPostgres(Exception):
    def __init__(self, pgcode: str) -> None:
        self.pgcode = pgcode


class NameForm(forms.Form):
    name = forms.CharField()
    starts_on = forms.DateField(required=False)


class NameView(ServiceFormView):
    title = "Name"
    form_class = NameForm
    error: Any = None

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        if self.error:
            raise self.error
        self.success_url = "/done/"
        return super().form_valid(form)


class FinishView(ActionView):
    model = Job
    error: Any = None
    success_message = "Finished."

    def perform(self) -> None:
        if self.error:
            raise self.error

    def get_success_url(self) -> str:
        return "/jobs/"


class FinishManyView(BulkActionView):
    taken: list[int] = []

    def perform(self, ids: list[int]) -> None:
        self.taken[:] = ids

    def get_success_url(self) -> str:
        return "/jobs/"


def post(path: str, data: dict[str, Any], user: Any) -> HttpRequest:
    request = RequestFactory().post(path, data)
    request.user = user
    request._messages = CookieStorage(request)
    return request


def said(response: Any) -> str:
    if isinstance(response, TemplateResponse):
        response.render()
    return str(response.content.decode())


def test_a_refusal_stands_beside_its_field_and_what_was_typed_stays() -> None:
    """People would type a whole form again to find out what was wrong."""
    error = InvalidInput(problems=[Problem(message="Too early.", field="starts_on"), Problem(message="Not today.")])
    request = post("/", {"name": "Anna", "starts_on": "2026-01-01"}, person())
    response = NameView.as_view(error=error)(request)
    text = said(response)
    assert response.status_code == 400
    assert "Too early." in text
    assert "Not today." in text
    assert 'value="Anna"' in text
    assert 'href="#id_starts_on"' in text


def test_an_unknown_field_of_a_refusal_is_not_lost() -> None:
    """A problem of a part that the form does not show would vanish."""
    error = InvalidInput("Line three is wrong.", field="lines.3.quantity")
    response = NameView.as_view(error=error)(post("/", {"name": "Anna"}, person()))
    assert "Line three is wrong." in said(response)


def test_a_conflict_in_a_form_answers_409_and_keeps_the_form() -> None:
    """Somebody quicker would cost the other one everything typed."""
    response = NameView.as_view(error=Conflict())(post("/", {"name": "Anna"}, person()))
    assert response.status_code == 409
    assert 'value="Anna"' in said(response)


def test_the_focus_is_on_the_first_wrong_field() -> None:
    """People would look for the mistake."""
    text = said(NameView.as_view()(post("/", {"name": "Anna", "starts_on": "never"}, person())))
    assert text.index("autofocus") > text.index('name="starts_on"') - 100


@pytest.mark.parametrize(
    ("error", "status"),
    [(None, 302), (Conflict(), 409), (NotAllowed(), 403), (NotVisible(), 404), (InvalidInput("No."), 302)],
)
def test_a_button_answers_with_the_status_of_the_refusal(error: Any, status: int) -> None:
    """A refusal would look like success."""
    user = person()
    job = Job.objects.create(kind=JobKind.IMPORT, title="job", created_by=user)
    response = FinishView.as_view(error=error)(post("/", {}, user), pk=job.pk)
    assert response.status_code == status


@pytest.mark.parametrize(("state", "status"), [("40P01", 409), ("22003", 400), ("42601", None)])
def test_what_the_database_refuses_is_a_page_too(state: str, status: int | None) -> None:
    """Two who meet at one row would see the page of a broken program; a broken program must not look like them."""
    error = DatabaseError("refused")
    error.__cause__ = RefusedByPostgres(state)
    page = DomainErrorMiddleware(lambda _request: HttpResponse()).process_exception(post("/", {}, person()), error)
    assert (page.status_code if page else None) == status


def test_a_button_about_anothers_row_finds_nothing() -> None:
    """Knowing a number would be enough to act on it."""
    job = Job.objects.create(kind=JobKind.IMPORT, title="job", created_by=person())
    with pytest.raises(Http404):
        FinishView.as_view()(post("/", {}, person()), pk=job.pk)


def test_a_button_leads_back_only_within_the_site() -> None:
    """A crafted form would send people to a stranger's page."""
    user = person()
    job = Job.objects.create(kind=JobKind.IMPORT, title="job", created_by=user)
    away = FinishView.as_view()(post("/", {"next": "https://evil.example/"}, user), pk=job.pk)
    assert away.headers["Location"] == "/jobs/"
    home = FinishView.as_view()(post("/", {"next": "/jobs/?q=1"}, user), pk=job.pk)
    assert home.headers["Location"] == "/jobs/?q=1"


def test_ticked_rows_arrive_as_numbers() -> None:
    """A crafted tick would break the page."""
    FinishManyView.as_view()(post("/", {"ids": ["3", "x", "5"]}, person()))
    assert FinishManyView.taken == [3, 5]


def test_a_get_on_a_button_does_nothing(client: Client) -> None:
    """A prefetched link would act."""
    request = RequestFactory().get("/")
    request.user = person()
    assert FinishView.as_view()(request, pk=1).status_code == 405


def test_nobody_signed_in_is_sent_to_sign_in(client: Client) -> None:
    """Pages would be open to the world."""
    response = client.get("/jobs/")
    assert response.status_code == 302
    assert response.headers["Location"] == "/accounts/login/?next=/jobs/"


def test_a_job_of_another_is_not_there(client: Client) -> None:
    """Counting up numbers would open other people's imports."""
    job = Job.objects.create(kind=JobKind.IMPORT, title="job", created_by=person(), status=JobStatus.DONE)
    client.force_login(person(role=Role.MANAGER), backend="sign_in.backends.PasswordBackend")
    for path in ("", "errors.csv", "file/"):
        assert client.get(f"/jobs/{job.pk}/{path}").status_code == 404


def test_the_theme_is_remembered(client: Client) -> None:
    """The choice of dark would be lost on the next page."""
    assert client.post("/theme/", {"theme": "dark", "next": "/accounts/login/"}).cookies["theme"].value == "dark"
    assert 'data-bs-theme="dark"' in client.get("/accounts/login/").content.decode()
    assert "theme" not in Client().post("/theme/", {"theme": "<script>"}).cookies


def test_the_language_is_kept_in_the_profile(client: Client) -> None:
    """Somebody would get English mails after choosing Chinese."""
    user = person(role=Role.MANAGER)
    client.force_login(user, backend="sign_in.backends.PasswordBackend")
    client.post("/i18n/setlang/", {"language": "zh-hans", "next": "/"})
    user.refresh_from_db()
    assert user.language == "zh-hans"
    assert 'lang="zh-hans"' in client.get("/").content.decode()
