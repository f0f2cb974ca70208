"""The pages: drop, check, look, mend, take."""

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import Distributor
from core.enums import JobStatus
from core.errors import Conflict
from core.importing import importers
from core.jobs import run_job
from core.models import Job, OutboxMessage
from core.outbox import relay
from distribution.celery import app
from integration.engine.jobs import start_import
from integration.views.import_panels import count_lines
from orders.models import Order
from tests.factories.accounts import AdministratorFactory, DirectorFactory
from tests.integration.conftest import HEAD
from tests.integration.test_overlaps import HEAD as HEAD_OF_SALES
from tests.integration.test_overlaps import SALES
from tests.integration.test_wrong_rows import GOOD, SHOPS

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(AdministratorFactory.create())
    return client


def upload(client: Client, shops: str) -> Job:
    answer = client.post(
        reverse("imports:upload"),
        {
            "profile": SimpleUploadedFile("my.toml", (HEAD + SHOPS).encode()),
            "uploads": [SimpleUploadedFile("shops.csv", shops.encode())],
        },
    )
    job = Job.objects.get()
    assert answer.headers["Location"] == reverse("imports:detail", args=[job.pk])
    return job


def test_upload_is_checked_then_taken(admin: Client) -> None:
    """Nobody's database changes by dropping files; it changes when they say so."""
    job = upload(admin, GOOD)
    assert OutboxMessage.objects.get().payload == {"job_id": job.pk}
    page = reverse("imports:detail", args=[job.pk])
    assert "hx-trigger" in admin.get(page).content.decode()
    run_job(job_id=job.pk)
    shown = admin.get(page).content.decode()
    assert "No errors found. Nothing is written yet." in shown
    assert "Alpha" in shown
    assert reverse("imports:take", args=[job.pk]) in shown
    assert not Distributor.objects.exists()
    admin.post(reverse("imports:take", args=[job.pk]))
    run_job(job_id=job.pk)
    assert Distributor.objects.count() == 2
    shown = admin.get(page).content.decode()
    assert "Import complete." in shown
    assert reverse("imports:take", args=[job.pk]) not in shown


def test_wrong_rows_are_shown_mended_and_taken(admin: Client) -> None:
    """The person sees the row and the reason on the page, mends it in the file it offers, and goes on."""
    job = upload(admin, GOOD.replace("2024-01-31", "soon"))
    run_job(job_id=job.pk)
    job.refresh_from_db()
    assert job.status == JobStatus.FAILED
    shown = admin.get(reverse("imports:detail", args=[job.pk])).content.decode()
    assert "“soon” is not a date" in shown
    report = b"".join(admin.get(reverse("imports:wrong-rows", args=[job.pk])).streaming_content)
    corrected = SimpleUploadedFile("corrected.csv", report.replace(b",soon", b",2024-02-01"))
    admin.post(reverse("imports:corrected", args=[job.pk]), {"corrected": corrected})
    run_job(job_id=job.pk)
    job.refresh_from_db()
    assert (job.status, job.error) == (JobStatus.DONE, "")
    admin.post(reverse("imports:take", args=[job.pk]))
    run_job(job_id=job.pk)
    assert str(Distributor.objects.get(code="A").started_on) == "2024-02-01"


def test_rows_are_mended_in_more_than_one_round(admin: Client) -> None:
    """Who overlooked a row mends that one: what was corrected before stays corrected."""
    job = upload(admin, GOOD.replace("2024-01-31", "soon").replace("B,Beta,A,", "B,Beta,A,later"))
    run_job(job_id=job.pk)
    for wrong in (b",soon", b",later"):
        report = b"".join(admin.get(reverse("imports:wrong-rows", args=[job.pk])).streaming_content)
        corrected = SimpleUploadedFile("corrected.csv", report.replace(wrong, b",2024-02-01"))
        admin.post(reverse("imports:corrected", args=[job.pk]), {"corrected": corrected})
        run_job(job_id=job.pk)
    job.refresh_from_db()
    assert (job.status, job.error) == (JobStatus.DONE, "")


def test_profile_mistakes_stand_beside_the_field(admin: Client) -> None:
    """A mistake in the profile is said before anything is uploaded for good."""
    answer = admin.post(
        reverse("imports:upload"),
        {
            "profile": SimpleUploadedFile("my.toml", b"[[import]]\nentity = 'distributer'\nrows = [{ a = 1 }]"),
            "uploads": [SimpleUploadedFile("shops.csv", b"A\n1\n")],
        },
    )
    assert answer.status_code == 400
    assert "Did you mean “distributor”" in answer.content.decode()
    assert not Job.objects.exists()


def test_a_message_delivered_twice_does_the_work_once(admin: Client) -> None:
    """The queue may deliver again: the second one finds nothing to do."""
    job = upload(admin, GOOD)
    run_job(job_id=job.pk)
    finished = Job.objects.get().finished_at
    run_job(job_id=job.pk)
    assert Job.objects.get().finished_at == finished
    start_import(job_id=job.pk, actor=job.created_by, dry_run=False)
    with pytest.raises(Conflict):
        start_import(job_id=job.pk, actor=job.created_by, dry_run=False)


def test_the_relay_sends_it_to_a_worker(admin: Client) -> None:
    """An upload that no worker hears of would wait for ever."""
    job = upload(admin, GOOD)
    app.conf.task_always_eager = True
    try:
        relay()
    finally:
        app.conf.task_always_eager = False
    assert Job.objects.get(pk=job.pk).status == JobStatus.DONE


def test_only_administrators(client: Client) -> None:
    client.force_login(DirectorFactory.create())
    assert client.get(reverse("imports:upload")).status_code == 403


def test_many_files_and_names(admin: Client, tmp_path: Path) -> None:
    """Two files of one name would hide each other."""
    answer = admin.post(
        reverse("imports:upload"),
        {
            "shipped": "adventureworks",
            "uploads": [SimpleUploadedFile("a.csv", b"A\n1\n"), SimpleUploadedFile("a.csv", b"A\n2\n")],
        },
    )
    assert answer.status_code == 400
    assert "Two files have the same name." in answer.content.decode()


def test_every_door_of_a_result_opens(admin: Client) -> None:
    """After an import one goes on to what came of it, not to an error."""
    shown = [importer.entity.name for importer in importers() if importer.page]
    assert {"distributor", "product", "order", "plan"} <= set(shown)
    for name in shown:
        (line,) = count_lines({name: {"created": 1}}, written=True)
        assert admin.get(line.url).status_code == 200, name
    assert count_lines({"order": {"created": 1}}, written=False)[0].url == ""


def test_a_cell_that_was_not_understood_is_marked(admin: Client) -> None:
    """An empty cell in the preview would look as if nothing had been there."""
    job = upload(admin, GOOD.replace("2024-01-31", "soon"))
    run_job(job_id=job.pk)
    shown = admin.get(reverse("imports:detail", args=[job.pk])).content.decode()
    assert "not recognised" in shown
    assert "← Since" in shown


def test_orders_outside_of_every_year_are_warned_of_on_the_page(admin: Client) -> None:
    """In no plan and no evaluation: whoever took the import would look for the difference next spring."""
    rows = HEAD_OF_SALES + "T1,2024-05-01,P1,1,10\nT2,2025-05-01,P1,1,99\n"
    admin.post(
        reverse("imports:upload"),
        {
            "profile": SimpleUploadedFile("my.toml", (HEAD + SALES).encode()),
            "uploads": [SimpleUploadedFile("sales.csv", rows.encode())],
        },
    )
    job = Job.objects.get()
    page = reverse("imports:detail", args=[job.pk])
    run_job(job_id=job.pk)
    checked = admin.get(page).content.decode()
    admin.post(reverse("imports:take", args=[job.pk]))
    run_job(job_id=job.pk)
    taken = admin.get(page).content.decode()
    assert "Import complete." in taken
    for shown in (checked, taken):
        (note,) = re.findall(r"<div>([^<]*business year[^<]*)</div>", shown)
        assert "1 order" in note
        assert "EUR" in note
        assert "99" in note
    assert set(Order.objects.values_list("number", flat=True)) == {"T1", "T2"}
