"""From received to assessed or refused: documents one by one, marks, letters, and who sees and may do it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from core.errors import Conflict, DomainError, InvalidInput, NotAllowed, NotVisible, StaleVersion
from core.models import Event, OutboxMessage
from onboarding.enums import Criterion, FileState, RefusalReason
from onboarding.models import Application, ScreeningPolicy
from onboarding.selectors.applications import (
    application_hits,
    compare,
    duplicates_of,
    score_in_words,
    score_of_application,
)
from onboarding.selectors.waiting import waiting_applications
from onboarding.services.applying import submit_application
from onboarding.services.letters import letter_of
from onboarding.services.reviewing import check_file, finish_check, refuse_application, return_application
from onboarding.services.screening import finish_assessment, reopen_assessment, set_mark, set_policy
from tests.factories.accounts import (
    DirectorFactory,
    DistributorFactory,
    FinanceFactory,
    ManagerFactory,
    OwnerFactory,
    ResponsibilityFactory,
    TerritoryFactory,
)
from tests.factories.channel import InvoiceTitleFactory
from tests.factories.onboarding import MARKS, assessed, checked, filled_in, marked, received

pytestmark = pytest.mark.django_db


def _refuse(application: Application, actor: Any, **changes: Any) -> Application:
    values = {"reason": RefusalReason.COVERED, "text": "We have somebody there.", "expected_version": None}
    return refuse_application(application_id=application.pk, actor=actor, **{**values, **changes})


def test_each_document_is_looked_at_and_the_licence_is_valid() -> None:
    """A company without a licence would become a distributor because somebody pressed a button."""
    application, director = received(), DirectorFactory.create()
    row = application.files.get()
    with pytest.raises(InvalidInput):
        finish_check(application_id=application.pk, actor=director, expected_version=None)
    with pytest.raises(InvalidInput):
        check_file(file_id=row.pk, state=FileState.INVALID, note=" ", actor=director)
    check_file(file_id=row.pk, state=FileState.INVALID, note="Not readable", actor=director)
    with pytest.raises(InvalidInput):
        finish_check(application_id=application.pk, actor=director, expected_version=None)
    check_file(file_id=row.pk, state=FileState.VALID, note="", actor=director)
    done = finish_check(application_id=application.pk, actor=director, expected_version=None)
    assert done.status == "checked"
    with pytest.raises(Conflict):
        check_file(file_id=row.pk, state=FileState.INVALID, note="Too late", actor=director)


def test_the_applicant_is_asked_for_more_and_hands_in_again() -> None:
    """An honest applicant who forgot a page would have to be refused."""
    application, director = received(), DirectorFactory.create()
    returned = return_application(
        application_id=application.pk, question="The second page", actor=director, expected_version=None
    )
    assert returned.status == "draft"
    body = OutboxMessage.objects.filter(topic="mail").latest("pk").payload["body"]
    assert "The second page" in body
    secret = body.rsplit("/apply/", 1)[1].split("/")[0]
    again = submit_application(secret=secret, now=timezone.now())
    assert (again.status, again.number, again.question) == ("received", application.number, "")
    assert Application.objects.visible_to(director).filter(pk=application.pk).exists()


def test_a_refusal_is_a_letter_in_the_applicants_language() -> None:
    """The applicant would wait for an answer, or read one that they cannot read."""
    application, director = received(language="zh-hans"), DirectorFactory.create()
    for wrong in ({"reason": "because"}, {"text": "  "}):
        with pytest.raises(InvalidInput):
            _refuse(application, director, **wrong)
    refused = _refuse(application, director)
    assert (refused.status, refused.decided_by_id) == ("refused", director.pk)
    letter = letter_of(refused)
    assert "We have somebody there." in letter.paragraphs
    with translation.override("zh-hans"):
        assert letter == letter_of(refused)
    mail = OutboxMessage.objects.filter(topic="mail").latest("pk").payload
    assert (mail["to"], "We have somebody there." in mail["body"]) == ("fang@hehe.test", True)
    assert Event.objects.get(kind="application.refused").actor_id == director.pk
    with pytest.raises(Conflict):
        _refuse(application, director)


def test_a_telephone_gets_the_letter_where_there_is_no_address() -> None:
    application = received(email="", phone="+8613912345678")
    _refuse(application, DirectorFactory.create())
    assert "We have somebody there." in OutboxMessage.objects.filter(topic="sms").latest("pk").payload["text"]


def test_a5_as_the_brand_reads_it() -> None:
    """71.75 of six marks; of five, what is measured and what it comes to so far, without a rank."""
    place = TerritoryFactory.create()
    whole = assessed(territory=place)
    less = assessed(MARKS[:-1], territory=place, email="b@hehe.test", address="10.0.0.2")
    best = assessed((90,) * 6, territory=place, email="c@hehe.test", address="10.0.0.3")
    same = assessed((90,) * 6, territory=place, email="d@hehe.test", address="10.0.0.4")
    assert score_in_words(score_of_application(whole)) == "71.75"
    assert score_in_words(score_of_application(less)).replace("\u202f", " ").replace("\xa0", " ") in {
        "90 % measured, 73.61 provisional",
        "90% measured, 73.61 provisional",
    }
    rows = compare(Application.objects.filter(territory=place))
    assert [(row.application.pk, row.rank) for row in rows] == [
        (best.pk, 1),
        (same.pk, 1),
        (whole.pk, 3),
        (less.pk, None),
    ]
    client = Client()
    client.force_login(DirectorFactory.create())
    page = client.get(reverse("onboarding:compare"), {"territory": place.code}).content.decode()
    assert page.index(best.company_name) < page.index("71.75") < page.index("73.61")


def test_marks_need_evidence_a_range_and_the_right_moment() -> None:
    director, waiting = DirectorFactory.create(), received(email="x@hehe.test", address="10.0.0.8")
    application = checked()

    def give(**changes: Any) -> Any:
        values = {"criterion": Criterion.REPUTATION, "mark": Decimal(70), "evidence_text": "Seen.", "actor": director}
        return set_mark(**{"application_id": application.pk, **values, **changes})

    for wrong in (
        {"mark": Decimal("100.01")},
        {"mark": Decimal("-0.01")},
        {"criterion": "luck"},
        {"evidence_text": " "},
    ):
        with pytest.raises(InvalidInput):
            give(**wrong)
    with pytest.raises(Conflict):
        give(application_id=waiting.pk)
    with pytest.raises(InvalidInput):
        finish_assessment(application_id=application.pk, actor=director, expected_version=None)
    give(mark=Decimal(0))
    give(mark=Decimal(100))
    assert [row.mark for row in application.marks.all()] == [Decimal(100)]
    assert [event.data["before"] for event in Event.objects.filter(kind="application.marked").order_by("pk")] == [
        None,
        "0.00",
    ]


def test_an_assessment_keeps_the_weights_it_began_with() -> None:
    """Applicants of one round would be ranked by different rules from one day to the next."""
    director = DirectorFactory.create()
    application = marked()
    weights = {**dict.fromkeys(Criterion.values, 0), Criterion.SERVICE_QUALITY.value: 100}
    policy = set_policy(weights=weights, needs_second_person=False, actor=director)
    assert policy.revision == ScreeningPolicy.objects.count() == 2
    assert score_of_application(application).value == Decimal("71.75")
    later = marked(email="l@hehe.test", address="10.0.0.6")
    assert score_of_application(later).value == Decimal("55.00")
    with pytest.raises(InvalidInput):
        set_policy(weights={**weights, "reputation": 1}, needs_second_person=False, actor=director)
    with pytest.raises(NotAllowed):
        set_policy(weights=weights, needs_second_person=False, actor=ManagerFactory.create())


def test_a_second_person_decides_where_the_policy_says_so() -> None:
    """Whoever marks a friend well would also appoint them."""
    one, two = DirectorFactory.create(), DirectorFactory.create()
    weights = {name: 20 if name != "service_quality" else 0 for name in Criterion.values}
    set_policy(weights=weights, needs_second_person=True, actor=one)
    application = marked()
    finish_assessment(application_id=application.pk, actor=one, expected_version=None)
    with pytest.raises(NotAllowed):
        _refuse(application, one)
    assert _refuse(application, two).status == "refused"


def test_an_assessment_is_reopened_and_finished_again() -> None:
    director, application = DirectorFactory.create(), assessed()
    with pytest.raises(StaleVersion):
        reopen_assessment(application_id=application.pk, actor=director, expected_version=application.version - 1)
    reopened = reopen_assessment(application_id=application.pk, actor=director, expected_version=application.version)
    assert (reopened.status, reopened.assessed_by_id) == ("checked", None)


def test_managers_see_the_applications_of_their_territories_and_nobody_sees_drafts() -> None:
    """A manager would read the papers of companies that are none of their business, a rival those of anybody."""
    manager, idle = ManagerFactory.create(), ManagerFactory.create()
    mine = ResponsibilityFactory.create(user=manager).distributor.territory
    application = received(territory=mine)
    received(email="e@hehe.test", address="10.0.0.4")
    filled_in(territory=mine, email="draft@hehe.test", address="10.0.0.5")

    def seen(actor: Any) -> list[int]:
        return list(Application.objects.visible_to(actor).values_list("pk", flat=True))

    assert seen(manager) == [application.pk]
    assert (seen(idle), seen(OwnerFactory.create()), seen(FinanceFactory.create())) == ([], [], [])
    assert len(seen(DirectorFactory.create())) == 2
    with pytest.raises(NotVisible):
        finish_check(application_id=application.pk, actor=idle, expected_version=None)
    with pytest.raises(NotAllowed):
        _refuse(application, manager)


def test_what_waits_for_whom_and_how_long(client: Client) -> None:
    """An applicant would wait for weeks, and nobody could say for whom."""
    manager = ManagerFactory.create(full_name="Li Hua")
    territory = ResponsibilityFactory.create(user=manager).distributor.territory
    today = timezone.localdate()
    with time_machine.travel(timezone.now() - timedelta(days=12)):
        waiting, back = received(territory=territory), received(email="b@hehe.test", address="10.0.0.6")
    checked(territory=territory, email="c@hehe.test", address="10.0.0.7")
    elsewhere = received(email="d@hehe.test", address="10.0.0.8")
    assessed(email="e@hehe.test", address="10.0.0.9")
    return_application(
        application_id=back.pk, actor=DirectorFactory.create(), question="The licence?", expected_version=None
    )
    found = waiting_applications(DirectorFactory.create(), today=today)
    assert [(step.status, step.waiting.number, step.waiting.days) for step in found.steps] == [
        ("draft", 1, 0), ("received", 2, 12), ("checked", 1, 0), ("assessed", 1, 0)
    ]  # fmt: skip
    people = [(row.person, row.to_check, row.to_assess, row.waiting.days) for row in found.people]
    assert people == [(manager, 1, 1, 12), (None, 1, 0, 0)]
    assert sum(step.waiting.number for step in waiting_applications(manager, today=today).steps) == 2
    client.force_login(manager)
    assert client.get("/api/v1/applications/waiting/").json()["people"][0]["longest_days"] == 12
    page = client.get(reverse("onboarding:applications")).content.decode()
    assert ("longest 12 days" in page, waiting.company_name in page, elsewhere.get_absolute_url() in page) == (
        True, True, False
    )  # fmt: skip


def test_an_application_is_found_by_the_initials_of_its_company(client: Client) -> None:
    """Whoever reads Chinese types szhh for 苏州和合, and would find nobody."""
    application = received(company_name="苏州和合商贸有限公司")
    client.force_login(DirectorFactory.create())
    for text, there in (("szhh", True), ("SZHHSM", True), ("shht", False)):
        rows = client.get("/api/v1/applications/", {"q": text}).json()["results"]
        assert bool(rows) is there, text
    assert [hit.title for hit in application_hits(DirectorFactory.create(), "szhh", 5)] == [application.company_name]


@pytest.mark.parametrize(
    ("alike", "reason"),
    [
        ({"company_name": "SUZHOU HEHE  trading"}, "same name"),
        ({"company_name": "suzhou-hehe trading limited"}, "same name"),
        ({"tax_number": "9132 0500 MA1XX-XXX0K"}, "same tax number"),
        ({"phone": "139 1234 5678"}, "same phone"),
    ],
)
def test_another_application_of_the_same_company_is_found(alike: dict[str, str], reason: str) -> None:
    """One company would be assessed twice, by two managers, with two answers."""
    different = {"company_name": "Quite Another", "tax_number": "1", "phone": "+8613500000000"}
    first = received(phone="+86 139 1234 5678")
    second = received(**{**different, **alike}, email="s@hehe.test", address="10.0.0.7")
    found = duplicates_of(second, actor=DirectorFactory.create())
    assert [(one.url, [str(words) for words in one.reasons]) for one in found] == [(first.get_absolute_url(), [reason])]


def test_distributors_are_found_by_name_tax_number_phone_and_territory() -> None:
    place = TerritoryFactory.create()
    by_name = DistributorFactory.create(name="Other", name_zh="苏州合和贸易有限公司", phone="")
    by_phone = DistributorFactory.create(phone="(139) 1234-5678")
    by_tax = InvoiceTitleFactory.create(tax_number="91320500 MA1XXXXX0K").distributor
    by_place = DistributorFactory.create(territory=place)
    DistributorFactory.create(phone="+1 555 0199")
    application = received(company_name="苏州合和贸易公司", phone="+8613912345678", territory=place)
    director = DirectorFactory.create()
    found = {one.url: [str(words) for words in one.reasons] for one in duplicates_of(application, actor=director)}
    assert found == {
        by_name.get_absolute_url(): ["same name"],
        by_phone.get_absolute_url(): ["same phone"],
        by_tax.get_absolute_url(): ["same tax number"],
        by_place.get_absolute_url(): ["same territory"],
    }
    manager = ResponsibilityFactory.create(user=ManagerFactory.create(), distributor=by_place).user
    links = [one.url for one in duplicates_of(application, actor=manager)]
    assert sorted(links) == ["", "", "", by_place.get_absolute_url()]


def test_an_application_waits_for_ever_but_its_link_does_not() -> None:
    application = received()
    assert application.link_expires_at > timezone.now() + timedelta(days=179)


def test_a_refusal_changes_nothing_where_it_is_not_allowed() -> None:
    application = received()
    for actor in (ManagerFactory.create(), OwnerFactory.create(), FinanceFactory.create()):
        with pytest.raises(DomainError):
            _refuse(application, actor)
    application.refresh_from_db()
    assert application.status == "received"
