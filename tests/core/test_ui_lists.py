"""The list pattern: nothing unscoped, every page the same cost, exactly what is filtered exported."""

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import override
from openpyxl import load_workbook

from accounts.enums import Role
from core.enums import JobKind, JobStatus
from core.models import Event, Job, SavedView
from core.ui.counting import count_rows
from core.ui.lists import ScopedListView
from core.ui.page import Page
from core.views.jobs import JobFilter, JobListView, JobTable
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def person(**fields: Any) -> Any:
    return UserFactory.create(**fields)


def jobs_of(user: Any, number: int, **fields: Any) -> Sequence[Job]:
    made = [Job(kind=JobKind.IMPORT, title=f"job {index:04d}", created_by=user, **fields) for index in range(number)]
    return Job.objects.bulk_create(made)


@pytest.fixture
def manager(client: Client) -> Any:
    user = person(role=Role.MANAGER)
    client.force_login(user, backend="sign_in.backends.PasswordBackend")
    return user


def text_of(response: Any) -> str:
    return b"".join(response.streaming_content).decode("utf-8-sig")


def test_a_list_over_unscoped_rows_cannot_be_made() -> None:
    """Somebody would see everybody's rows because a filter was forgotten."""
    with pytest.raises(ImproperlyConfigured, match="visible_to"):

        class EventListView(ScopedListView):
            model = Event
            table_class = JobTable
            filterset_class = JobFilter
            sorts = {"at": ["at"]}
            default_sort = "at"


def test_a_page_that_names_no_permission_is_closed_to_whoever_left() -> None:
    """Somebody whose account was closed would still read pages by an old session."""

    class Anything(Page):
        title = "Anything"

    for active in (True, False):
        request = RequestFactory().get("/")
        request.user = UserFactory.create(is_active=active)
        view = Anything()
        view.setup(request)
        assert view.has_permission() is active


def test_a_permission_that_is_no_predicate_cannot_be_made() -> None:
    """A page would be open to every role because of a slip of the pen."""
    with pytest.raises(ImproperlyConfigured, match="permission_required"):
        type("Slip", (Page,), {"permission_required": "orders.view_order"})


def test_a_default_order_that_does_not_exist_cannot_be_made() -> None:
    """The page would break for the first reader instead of for the writer."""
    with pytest.raises(ImproperlyConfigured, match="default_sort"):

        class Unsorted(JobListView):
            default_sort = "nothing"


def test_only_ones_own_rows_show(client: Client, manager: Any) -> None:
    """A manager would read another's imports."""
    jobs_of(manager, 1)
    jobs_of(person(role=Role.MANAGER), 1, stage="secret")
    response = client.get("/jobs/")
    assert len(response.context["table"].rows) == 1


def test_every_row_shows_once_over_all_pages(client: Client, manager: Any) -> None:
    """Rows would be left out or shown twice between two pages."""
    jobs_of(manager, 120)
    seen: list[str] = []
    url = "/jobs/?sort=title"
    while url:
        response = client.get(url)
        seen += [row.record.title for row in response.context["table"].rows]
        more = response.context["more_url"]
        url = f"/jobs/{more}" if more else ""
    assert seen == sorted(job.title for job in Job.objects.all())


@pytest.mark.parametrize("number", [1, 30])
def test_a_page_costs_the_same_queries_for_any_number_of_rows(client: Client, manager: Any, number: int) -> None:
    """A list of fifty rows would take fifty queries."""
    jobs_of(manager, number)
    with CaptureQueriesContext(connection) as counted:
        client.get("/jobs/")
    own = [query for query in counted.captured_queries if "core_" in query["sql"]]
    assert len(own) == 3  # ids, rows, saved views


def test_the_export_is_what_is_filtered(client: Client, manager: Any) -> None:
    """The file would hold other rows than the screen."""
    jobs_of(manager, 60, status=JobStatus.DONE)
    jobs_of(manager, 2, status=JobStatus.FAILED)
    lines = list(csv.reader(io.StringIO(text_of(client.get("/jobs/?status=failed&export=csv")))))
    assert len(lines) == 3
    assert {line[2] for line in lines[1:]} == {"Failed"}
    whole = list(csv.reader(io.StringIO(text_of(client.get("/jobs/?export=csv")))))
    assert len(whole) == 63


def test_the_spreadsheet_holds_the_same_rows(client: Client, manager: Any) -> None:
    """The XLSX file would not open, or miss rows."""
    jobs_of(manager, 3)
    response: Any = client.get("/jobs/?export=xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert sheet is not None
    assert sheet.max_row == 4


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_formula_in_a_name_stays_text(client: Client, manager: Any, kind: str) -> None:
    """Opening an export would run what a stranger typed as a name."""
    Job.objects.create(kind=JobKind.IMPORT, title="=HYPERLINK(1)", created_by=manager)
    response: Any = client.get(f"/jobs/?export={kind}")
    if kind == "csv":
        assert "\n=HYPERLINK" not in text_of(response).replace('"', "")
    else:
        sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
        assert sheet is not None
        assert sheet["A2"].data_type == "s"


def test_a_sign_that_no_spreadsheet_has_is_left_out(client: Client, manager: Any) -> None:
    """One name with a control character in it would close the export to everybody."""
    Job.objects.create(kind=JobKind.IMPORT, title="Spring\x0b\x1f sale", created_by=manager)
    Job.objects.create(kind=JobKind.IMPORT, title="\x0b=HYPERLINK(1)", created_by=manager)
    response: Any = client.get("/jobs/?export=xlsx&sort=title")
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert sheet is not None
    assert {sheet["A2"].value, sheet["A3"].value} == {"=HYPERLINK(1)", "Spring sale"}
    assert {sheet["A2"].data_type, sheet["A3"].data_type} == {"s"}


def test_an_empty_export_has_its_head_and_times_are_those_here(client: Client, manager: Any) -> None:
    """An empty file tells nobody what it would have held; a time in UTC is another day for half of the night."""
    (head,) = csv.reader(io.StringIO(text_of(client.get("/jobs/?export=csv"))))
    assert len(head) > 2
    jobs_of(manager, 1)
    Job.objects.update(created_at=datetime(2026, 11, 25, 20, 30, 5, 123, tzinfo=UTC))
    with override("Asia/Shanghai"):
        text = text_of(client.get("/jobs/?export=csv"))
    assert "2026-11-26 04:30" in text
    assert "+00:00" not in text


def test_a_chip_leads_to_the_list_without_its_filter(client: Client, manager: Any) -> None:
    """A filter could be put on but not taken off."""
    response = client.get("/jobs/?status=failed&q=job&sort=title")
    chips = {chip.label: chip for chip in response.context["chips"]}
    assert chips["status"].value == "Failed"
    assert chips["status"].without == "?q=job&sort=title"


def test_an_estimate_says_about(manager: Any) -> None:
    """An estimate would look like a count."""
    jobs_of(manager, 1500)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE core_job")
    assert str(count_rows(Job.objects.all())) == "about 1,500 rows"
    assert str(count_rows(Job.objects.filter(title="job 0001"))) == "1 row"


def test_a_broken_cursor_is_refused_politely(client: Client, manager: Any) -> None:
    """An old bookmark would end in a server error."""
    assert client.get("/jobs/?cursor=broken").status_code == 400


def test_saved_views_are_ones_own(client: Client, manager: Any) -> None:
    """Somebody would find, or delete, another's views."""
    other = SavedView.objects.create(user=person(), page="core-job", name="theirs", query="q=1")
    client.post("/views/save/", {"page": "core-job", "name": "mine", "query": "status=failed", "next": "/jobs/"})
    assert [view.name for view in client.get("/jobs/").context["saved_views"]] == ["mine"]
    client.post(f"/views/{other.pk}/delete/", {"next": "/jobs/"})
    assert SavedView.objects.filter(pk=other.pk).exists()
