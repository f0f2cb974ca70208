"""The list and the job pattern in a real browser."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.enums import Role
from core.enums import JobKind, JobStatus
from core.models import Job, JobRowError
from tests.e2e.conftest import Visitor
from tests.factories.accounts import UserFactory


def make_jobs(user: Any, number: int) -> list[Job]:
    states = [JobStatus.DONE, JobStatus.FAILED, JobStatus.QUEUED]
    return Job.objects.bulk_create(
        [
            Job(
                kind=JobKind.IMPORT,
                title=f"Import of orders {index:03d}",
                created_by=user,
                status=states[index % 3],
                done=7,
                total=12,
                result={"orders": 120 + index},
            )
            for index in range(number)
        ]
    )


@pytest.mark.django_db(transaction=True)
def test_a_long_list_is_filtered_sorted_and_continued(visitor: Visitor, screen: str, language: str) -> None:
    """A manager with many jobs would not find the failed one."""
    user: Any = UserFactory.create(role=Role.DIRECTOR, language=language)
    make_jobs(user, 130)
    page = visitor.signed_in(user).open("/jobs/")
    visitor.check()
    visitor.shoot(f"jobs-{screen}-{language}")
    rows = page.locator("[data-row]")
    expect(rows).to_have_count(50)
    page.locator("#more a").click()
    expect(rows).to_have_count(100)
    page.locator("details.filters summary").click()
    page.locator("select[name=status]").select_option("failed")
    expect(page.locator(".chip")).to_have_count(1)
    expect(rows).to_have_count(43)
    assert "status=failed" in page.url
    assert "kind=" not in page.url
    visitor.check()
    visitor.shoot(f"jobs-filtered-{screen}-{language}")
    page.go_back()
    expect(page.locator(".chip")).to_have_count(0)


@pytest.mark.django_db(transaction=True)
def test_keys_walk_the_list(make_visitor: Callable[..., Visitor]) -> None:
    """Going through fifty rows would take fifty aims with the mouse."""
    user: Any = UserFactory.create(role=Role.DIRECTOR)
    make_jobs(user, 3)
    page = make_visitor().signed_in(user).open("/jobs/?sort=title")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Import of orders 001")


@pytest.mark.django_db(transaction=True)
def test_a_job_shows_its_end_without_a_reload(visitor: Visitor, screen: str, language: str) -> None:
    """Who started an import would not see that it is done, nor which rows failed."""
    user: Any = UserFactory.create(role=Role.DIRECTOR, language=language)
    job = Job.objects.create(
        kind=JobKind.IMPORT,
        title="Import of orders.csv",
        created_by=user,
        status=JobStatus.RUNNING,
        lease_until=timezone.now(),
        done=30,
        total=100,
        stage="orders.csv",
    )
    page = visitor.signed_in(user).open(f"/jobs/{job.pk}/")
    expect(page.locator("progress")).to_be_visible()
    visitor.check()
    visitor.shoot(f"job-running-{screen}-{language}")
    JobRowError.objects.create(job=job, file="orders.csv", row=17, column="quantity", reason="“ten” is not a number")
    Job.objects.filter(pk=job.pk).update(
        status=JobStatus.DONE, lease_until=None, done=100, result={"orders": 99, "lines": 1200}
    )
    expect(page.locator("progress")).to_have_count(0)
    expect(page.get_by_text("1,200")).to_be_visible()
    expect(page.get_by_text("“ten” is not a number")).to_be_visible()
    visitor.check()
    visitor.shoot(f"job-done-{screen}-{language}")


@pytest.mark.django_db(transaction=True)
def test_a_list_works_without_javascript(make_visitor: Callable[..., Visitor]) -> None:
    """Where a script is blocked or broken, nobody could see more than fifty rows."""
    user: Any = UserFactory.create(role=Role.DIRECTOR)
    make_jobs(user, 60)
    page = make_visitor(javascript=False).signed_in(user).open("/jobs/")
    page.locator("#more a").click()
    expect(page.locator("[data-row]")).to_have_count(10)
