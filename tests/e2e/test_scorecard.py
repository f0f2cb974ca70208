"""The scorecard as an owner and a director see it, on a desk's screen and on a phone, in both languages."""

from collections.abc import Callable
from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from evaluation.models import Evaluation, EvaluationRun
from tests.e2e.conftest import Visitor
from tests.evaluation.world import World
from tests.factories.accounts import OwnerFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def evaluated() -> World:
    """Two runs, three distributors; the first of them has figures for every measure."""
    world = World()
    harbour = world.distributor("HARBOUR", name="Harbour Trading", name_zh="海港贸易")
    world.sold(harbour, date(2024, 2, 1), "52000")
    for month in range(1, 13):
        world.sold(harbour, date(2025, month, 1), str(4000 + 700 * (month % 4)))
    for code, name, name_zh, net in (
        ("NORTH", "North Gate", "北门商行", "41000"),
        ("PEAK", "Peak Supply", "高峰供应", "9000"),
    ):
        rival = world.distributor(code, name=name, name_zh=name_zh)
        world.sold(rival, date(2024, 3, 1), net)
        world.sold(rival, date(2025, 3, 1), net)
    world.planned(harbour, "66000")
    for month in range(1, 13):
        world.ordered(harbour, date(2025, month, 3 + month % 5), arrived=date(2025, month, 20 if month % 4 == 0 else 9))
    world.run(date(2024, 1, 1), date(2024, 12, 31))
    world.run()
    return world


def test_an_owner_reads_the_scorecard_opens_a_step_and_contests(
    visitor: Visitor, evaluated: World, screen: str, language: str
) -> None:
    """The one page that tells a distributor where it stands would not be readable."""
    evaluation = Evaluation.objects.get(distributor__code="HARBOUR", run__ends_on=date(2025, 12, 31))
    owner = OwnerFactory.create(distributor=evaluation.distributor, language=language)
    page = visitor.signed_in(owner).open(evaluation.get_absolute_url())
    expect(page.locator("[data-grade]")).to_have_text(evaluation.grade)
    expect(page.locator("#steps-title")).to_be_visible()
    page.wait_for_timeout(400)
    visitor.shoot(f"scorecard-{screen}-{language}")
    visitor.check()
    page.locator(f"a[href='{reverse('evaluation:step', args=[evaluation.pk, 'on_time_in_full'])}']").first.click()
    expect(page.locator(".state-red")).to_have_count(3)
    visitor.shoot(f"scorecard-step-{screen}-{language}")
    visitor.check()
    page.go_back()
    page.locator(f"a[href='{reverse('evaluation:contest', args=[evaluation.pk])}']").click()
    page.locator("textarea[name=text]").fill("April was the carrier's fault.")
    page.locator("form.form-page button.btn-primary").click()
    expect(page.locator("main")).to_contain_text("April was the carrier's fault.")
    visitor.check()


def test_a_director_reads_ranking_rules_and_starts_a_run(
    make_visitor: Callable[..., Visitor], evaluated: World, screen: str, language: str
) -> None:
    """A director could not see who rose and who fell."""
    evaluated.director.language = language
    evaluated.director.save()
    visitor = make_visitor(screen, language).signed_in(evaluated.director)
    run = EvaluationRun.objects.get(ends_on=date(2025, 12, 31))
    for name, address in (
        ("run", reverse("evaluation:run", args=[run.pk])),
        ("evaluations", reverse("evaluation:evaluations")),
        ("rules", reverse("evaluation:card", args=[evaluated.scorecard.pk])),
        ("rules-form", reverse("evaluation:card-edit", args=[evaluated.scorecard.pk])),
        ("run-start", reverse("evaluation:run-start")),
        ("complaints", reverse("cases:complaints")),
    ):
        page = visitor.open(address)
        page.wait_for_timeout(300)
        visitor.shoot(f"evaluation-{name}-{screen}-{language}")
        visitor.check()
