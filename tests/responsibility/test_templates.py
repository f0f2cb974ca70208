"""Assignment by template. Where this breaks, a new distributor begins with nobody to call."""

from datetime import date
from typing import Any

import pytest

from accounts.models import Responsibility, Territory, User
from accounts.selectors.responsibilities import accountable_people
from core.errors import Conflict, InvalidInput, NotAllowed, NotVisible
from core.models import Event
from responsibility.models import AssignmentTemplate
from responsibility.selectors.templates import template_for
from responsibility.services.templates import (
    LineInput,
    apply_assignment_template,
    apply_templates,
    change_template,
    create_template,
)
from tests.factories.accounts import (
    DirectorFactory,
    DistributorFactory,
    DutyFactory,
    FinanceFactory,
    ManagerFactory,
    ResponsibilityFactory,
)
from tests.factories.responsibility import AssignmentTemplateFactory, AssignmentTemplateLineFactory
from tests.orders.refusals import refused

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 15)


def given(distributor: Any) -> dict[str, User]:
    rows = Responsibility.objects.on(DAY).filter(distributor=distributor).select_related("duty", "user")
    return {row.duty.code: row.user for row in rows}


def test_the_closest_template_applies() -> None:
    """The rule for one province must not lose against that for the country."""
    country = Territory.objects.create(code="CN", name="China")
    province = Territory.objects.create(code="JS", name="Jiangsu", parent=country)
    city = Territory.objects.create(code="NJ", name="Nanjing", parent=province)
    distributor = DistributorFactory.create(territory=city, channel_kind="retail")
    assert template_for(distributor) is None
    for options in (
        {},
        {"channel_kind": "retail"},
        {"territory": country},
        {"territory": province},
        {"territory": province, "channel_kind": "retail"},
    ):
        template = AssignmentTemplateFactory.create(**options)
        assert template_for(distributor) == template, options
    for options in ({"channel_kind": "agent"}, {"territory": city, "is_active": False}):
        AssignmentTemplateFactory.create(**options)
        assert template_for(distributor) == template, options


def test_every_open_duty_gets_its_person_and_what_is_assigned_stays() -> None:
    director, distributor = DirectorFactory.create(), DistributorFactory.create()
    taken, by_name, by_role, nobody = (DutyFactory.create(code=code) for code in ("taken", "name", "role", "nobody"))
    kept = ResponsibilityFactory.create(distributor=distributor, duty=taken)
    template = AssignmentTemplateFactory.create()
    person, stand_in = ManagerFactory.create(), ManagerFactory.create()
    busy, idle = FinanceFactory.create(), FinanceFactory.create()
    ResponsibilityFactory.create(user=busy, duty=taken)
    AssignmentTemplateLineFactory.create(template=template, duty=taken)
    AssignmentTemplateLineFactory.create(template=template, duty=by_name, person=person, stand_in=stand_in)
    AssignmentTemplateLineFactory.create(template=template, duty=by_role, person=None, role="finance")
    done = apply_assignment_template(distributor_id=distributor.pk, actor=director, on=DAY)
    assert given(distributor) == {"taken": kept.user, "name": person, "role": idle}
    assert done.template == template
    assert [row.stand_in for row in done.assigned if row.duty == by_name] == [stand_in]
    assert [duty.code for duty in done.left] == ["nobody"]
    assert nobody.pk in Event.objects.get(kind="assignment_template.applied").data["left"]
    again = apply_assignment_template(distributor_id=distributor.pk, actor=director, on=DAY)
    assert (again.assigned, len(again.left)) == ([], 1), "a second time changes nothing"


def test_whoever_answers_in_the_territory_already_comes_before_whoever_has_less_to_do() -> None:
    director, distributor = DirectorFactory.create(), DistributorFactory.create()
    near = ManagerFactory.create()
    ManagerFactory.create()
    ResponsibilityFactory.create(user=near, distributor=DistributorFactory.create(territory=distributor.territory))
    line = AssignmentTemplateLineFactory.create(person=None, role="manager")
    apply_assignment_template(distributor_id=distributor.pk, actor=director, on=DAY)
    assert given(distributor)[line.duty.code] == near


def test_people_who_cannot_answer_are_passed_over() -> None:
    """Approving an applicant must not fail because somebody of a template has left."""
    director, distributor = DirectorFactory.create(), DistributorFactory.create()
    template = AssignmentTemplateFactory.create()
    for person in (ManagerFactory.create(is_active=False), ManagerFactory.create(leaves_on=date(2026, 6, 14))):
        AssignmentTemplateLineFactory.create(template=template, person=person)
    gone = ManagerFactory.create(is_active=False)
    able = AssignmentTemplateLineFactory.create(template=template, stand_in=gone)
    done = apply_assignment_template(distributor_id=distributor.pk, actor=director, on=DAY)
    assert (len(done.assigned), len(done.left)) == (1, 2)
    assert done.assigned[0].stand_in is None
    assert accountable_people([distributor.pk], on=DAY) == {distributor.pk: [able.person_id]}


def test_without_a_template_every_duty_is_left() -> None:
    duty = DutyFactory.create()
    done = apply_assignment_template(distributor_id=DistributorFactory.create().pk, actor=DirectorFactory.create())
    assert (done.template, done.assigned, done.left) == (None, [], [duty])


def test_several_distributors_are_assigned_together_or_not_at_all() -> None:
    manager = ResponsibilityFactory.create().user
    mine, other = Responsibility.objects.get().distributor, DistributorFactory.create()
    AssignmentTemplateLineFactory.create(person=manager)
    with refused(NotVisible):
        apply_templates(distributor_ids=[mine.pk, other.pk], actor=manager, on=DAY)
    assert len(given(mine)) == 1
    apply_templates(distributor_ids=[mine.pk], actor=manager, on=DAY)
    assert len(given(mine)) == 2
    with refused(NotAllowed):
        apply_assignment_template(distributor_id=mine.pk, actor=FinanceFactory.create(), on=DAY)


def test_templates_are_written_and_changed_by_leads() -> None:
    director, duty, person = DirectorFactory.create(), DutyFactory.create(), ManagerFactory.create()
    lines = [LineInput(duty_id=duty.pk, person_id=person.pk)]
    template = create_template(actor=director, code="all", name="All", lines=lines)
    change_template(
        actor=director, template_id=template.pk, name="Retail", channel_kind="retail",
        lines=[LineInput(duty_id=duty.pk, role="manager", stand_in_id=person.pk)],
    )  # fmt: skip
    template.refresh_from_db()
    line = template.lines.get()
    assert (template.name, template.channel_kind, line.role, line.person, line.stand_in) == (
        "Retail", "retail", "manager", None, person,
    )  # fmt: skip
    assert [one.kind for one in Event.objects.order_by("pk")] == [
        "assignment_template.created", "assignment_template.changed",
    ]  # fmt: skip
    for wrong in (
        [],
        [LineInput(duty_id=DutyFactory.create(is_active=False).pk, role="manager")],
        [LineInput(duty_id=duty.pk, person_id=ManagerFactory.create(is_active=False).pk)],
        [LineInput(duty_id=duty.pk, person_id=person.pk, stand_in_id=person.pk)],
    ):
        with refused(InvalidInput):
            create_template(actor=director, code="wrong", name="Wrong", lines=wrong)
    with refused(Conflict):
        create_template(actor=director, code="second", name="Same place", channel_kind="retail", lines=lines)
    with refused(NotAllowed):
        create_template(actor=person, code="mine", name="Mine", lines=lines)
    assert AssignmentTemplate.objects.count() == 1
