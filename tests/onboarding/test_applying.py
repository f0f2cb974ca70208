"""An applicant, who has no account: begins, is interrupted, comes back by the link, submits; and strangers who try things."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.errors import Conflict, InvalidInput, NotVisible
from core.models import Event, OutboxMessage
from core.outbox import relay
from messaging.models import Notification
from messaging.services.files import Attachment
from onboarding.enums import FileKind
from onboarding.errors import TooMany
from onboarding.forms.public import SALT
from onboarding.models import Application
from onboarding.services.applying import (
    attach_document,
    forget_drafts,
    remove_document,
    save_application,
    start_application,
    submit_application,
    withdraw_application,
)
from onboarding.services.links import LINK_ASKED, STARTS_OF_AN_ADDRESS, ask_for_link, send_asked_link
from tests.factories.accounts import DirectorFactory, DistributorFactory, ManagerFactory, ResponsibilityFactory
from tests.factories.onboarding import PDF, filled_in, received, started

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


def _mails(topic: str = "mail") -> list[dict[str, Any]]:
    return [message.payload for message in OutboxMessage.objects.filter(topic=topic).order_by("pk")]


def _began(seconds: int = 60) -> str:
    return signing.dumps(int(time.time()) - seconds, salt=SALT)


def _start(client: Client, **changes: str) -> Any:
    values = {"company_name": "Hehe", "contact_name": "Wang", "email": "w@hehe.test", "began": _began(), "website": ""}
    return client.post(reverse("onboarding:apply"), {**values, **changes})


def test_a_draft_is_continued_by_the_link_and_submitted() -> None:
    """Whoever is interrupted would have to type everything again, and nobody would hear of a complete application."""
    person = ResponsibilityFactory.create(user=ManagerFactory.create())
    place = person.distributor.territory
    _application, secret = filled_in(territory=place)
    assert f"/apply/{secret}/" in _mails()[0]["body"]
    assert secret not in str(vars(Application.objects.get()))
    save_application(secret=secret, values={"city": "Wuxi"}, now=timezone.now())
    submitted = submit_application(secret=secret, now=timezone.now())
    assert (submitted.status, submitted.city, submitted.number) == ("received", "Wuxi", "AP100001")
    event = Event.objects.get(kind="application.received")
    assert (event.actor_id, event.data["people"]) == (None, [person.user_id])
    assert [mail["to"] for mail in _mails()] == ["fang@hehe.test"] * 2
    with pytest.raises(Conflict):
        save_application(secret=secret, values={"city": "Nanjing"}, now=timezone.now())


def test_the_people_of_the_territory_and_the_leads_are_notified() -> None:
    """An application that nobody hears of waits until the applicant signs elsewhere."""
    from messaging.services.notifications import notify

    director, person = DirectorFactory.create(), ResponsibilityFactory.create(user=ManagerFactory.create())
    received(territory=person.distributor.territory)
    notify([Event.objects.get(kind="application.received")])
    rows = {row.recipient_id: row.level for row in Notification.objects.filter(kind="application.received")}
    assert rows[person.user_id] == "action"
    assert rows[director.pk] == "info"


def test_what_is_missing_is_named_and_nothing_is_submitted() -> None:
    application, secret = started()
    with pytest.raises(InvalidInput) as refused:
        submit_application(secret=secret, now=timezone.now())
    fields = {problem.field for problem in refused.value.problems}
    assert fields == {"country", "tax_number", "territory", "channel_kind", "file"}
    application.refresh_from_db()
    assert (application.status, application.number) == ("draft", None)


def test_a_link_that_was_guessed_has_run_out_or_was_replaced_opens_nothing() -> None:
    """Whoever finds an old mail, or tries links, would read or change somebody's papers."""
    application, secret = started()
    now = timezone.now()
    for guess in ("", "x", secret[:-1], secret.upper(), application.secret_hash):
        with pytest.raises(NotVisible):
            save_application(secret=guess, values={"city": "Wuxi"}, now=now)
    with pytest.raises(NotVisible):
        save_application(secret=secret, values={"city": "Wuxi"}, now=now + timedelta(days=31))
    ask_for_link(contact="FANG@hehe.test", address="10.0.0.1")
    relay()
    with pytest.raises(NotVisible):
        save_application(secret=secret, values={"city": "Wuxi"}, now=now)
    assert len(_mails()) == 2
    assert Client().get(reverse("onboarding:apply-form", args=["guessed"])).status_code == 404


def test_a_link_is_of_no_use_once_it_was_withdrawn() -> None:
    _application, secret = filled_in()
    withdraw_application(secret=secret, now=timezone.now())
    for again in (withdraw_application, submit_application):
        with pytest.raises(Conflict):
            again(secret=secret, now=timezone.now())


def test_the_answer_never_tells_whether_somebody_is_known() -> None:
    """A rival would find out by mail addresses, numbers and tax numbers who applies or already sells."""
    DistributorFactory.create(phone="+8613912345678", email="known@hehe.test", name="Known Trading")
    started(email="known@hehe.test", phone="+8613912345678", company_name="Known Trading", address="10.0.0.9")
    answers = []
    for values in (
        {"email": "known@hehe.test", "phone": "+8613912345678", "company_name": "Known Trading"},
        {"email": "unknown@hehe.test", "phone": "+8613912345679", "company_name": "Unknown Trading"},
    ):
        first = _start(Client(), **values)
        assert first.status_code == 302
        link = Client().post(
            reverse("onboarding:apply-link"), {"contact": values["email"], "began": _began(), "website": ""}
        )
        page = Client().get(link.headers["Location"]).content
        answers.append((link.status_code, link.headers["Location"], page))
    assert answers[0][:2] == answers[1][:2]
    sent = OutboxMessage.objects.filter(topic=LINK_ASKED)
    assert sent.count() == 2, "looked up by the consumer, in the same time for everybody"
    before = len(_mails())
    for message in sent.exclude(payload__contact="known@hehe.test"):
        message.payload["contact"] = "nobody@hehe.test"
        send_asked_link(message)
    assert len(_mails()) == before


def test_a_program_that_fills_in_everything_makes_nothing_and_is_not_told() -> None:
    """Spam would bury the applications of people."""
    answer = _start(Client(), website="https://spam.test")
    assert (answer.status_code, Application.objects.count(), _mails()) == (302, 0, [])


@pytest.mark.parametrize(
    "began",
    [lambda: _began(0), lambda: _began(-60), lambda: _began(25 * 3600), str, lambda: "forged",
     lambda: signing.dumps(1, salt="other")],
)  # fmt: skip
def test_who_types_in_no_time_or_forges_the_time_is_asked_again(began: Callable[[], str]) -> None:
    answer = _start(Client(), began=began())
    assert (answer.status_code, Application.objects.count()) == (400, 0)
    assert b"submit once more" in answer.content


def test_one_address_begins_a_few_applications_an_hour() -> None:
    """One program could fill the table and send mail to strangers all night."""
    for number in range(STARTS_OF_AN_ADDRESS):
        started(email=f"a{number}@hehe.test")
    with pytest.raises(TooMany):
        started(email="another@hehe.test")
    assert Application.objects.count() == STARTS_OF_AN_ADDRESS
    started(email="other@hehe.test", address="10.0.0.2")
    client = Client()
    statuses = [_start(client, email=f"b{number}@hehe.test").status_code for number in range(STARTS_OF_AN_ADDRESS + 1)]
    assert statuses == [302] * STARTS_OF_AN_ADDRESS + [429]


def test_one_person_is_sent_three_links_a_day_whoever_asks() -> None:
    """Strangers could have somebody mailed or texted without end, at the brand's cost."""
    for number in range(5):
        started(email="victim@hehe.test", address=f"10.0.0.{number}")
        started(email="", phone="+8613912345678", address=f"10.0.0.{number}")
    assert [mail["to"] for mail in _mails()].count("victim@hehe.test") == 3
    assert len(_mails("sms")) == 3


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("licence.pdf", b"MZ\x90\x00 a program"),
        ("licence.pdf", b"<html><script>alert(1)</script>"),
        ("licence.png", b"GIF89a"),
        ("licence.docx", b"PK\x03\x04 not a zip"),
        ("licence.pdf", b""),
        ("large.pdf", b"%PDF-" + b"x" * (10 * 1024 * 1024)),
    ],
)
def test_a_file_that_lies_about_its_type_is_refused(name: str, content: bytes) -> None:
    """The brand's people would open it."""
    application, secret = started()
    with pytest.raises(InvalidInput):
        attach_document(
            secret=secret, kind=FileKind.LICENCE, attachment=Attachment(name=name, content=content), now=timezone.now()
        )
    assert not application.files.exists()


def test_files_are_bounded_in_number_and_removed_by_their_applicant_only() -> None:
    _one, secret = started()
    other, _other_secret = filled_in(email="o@hehe.test", address="10.0.0.5")
    for number in range(10):
        attach_document(
            secret=secret,
            kind=FileKind.OTHER,
            attachment=Attachment(name=f"../{number}.pdf", content=PDF),
            now=timezone.now(),
        )
    with pytest.raises(InvalidInput):
        attach_document(
            secret=secret, kind=FileKind.OTHER, attachment=Attachment(name="a.pdf", content=PDF), now=timezone.now()
        )
    with pytest.raises(NotVisible):
        remove_document(secret=secret, file_id=other.files.get().pk, now=timezone.now())
    assert other.files.count() == 1


def test_script_in_every_field_is_shown_as_text() -> None:
    """A stranger's script would run with the rights of whoever reads the application."""
    application, secret = filled_in(
        company_name=SCRIPT, contact_name=SCRIPT, city=SCRIPT, categories=SCRIPT, present_brands=SCRIPT, message=SCRIPT
    )
    save_application(secret=secret, values={"address": SCRIPT, "tax_number": SCRIPT}, now=timezone.now())
    attach_document(
        secret=secret, kind=FileKind.OTHER, attachment=Attachment(name=f"{SCRIPT}.pdf", content=PDF), now=timezone.now()
    )
    pages = [Client().get(reverse("onboarding:apply-form", args=[secret]))]
    submit_application(secret=secret, now=timezone.now())
    director = Client()
    director.force_login(DirectorFactory.create())
    pages += [
        Client().get(reverse("onboarding:apply-form", args=[secret])),
        director.get(application.get_absolute_url()),
        director.get(reverse("onboarding:letter", args=[application.pk])),
        director.get(reverse("onboarding:applications")),
        director.get(reverse("onboarding:compare"), {"territory": application.territory.code}),
    ]
    for page in pages:
        assert page.status_code == 200
        assert SCRIPT.encode() not in page.content
        assert b"&lt;script&gt;" in page.content


def test_what_is_typed_is_saved_also_where_another_field_is_not_right() -> None:
    """An error at the bottom would lose what was typed at the top."""
    application, secret = started()
    client = Client()
    typed = {
        "company_name": "Hehe",
        "contact_name": "Wang",
        "email": "fang@hehe.test",
        "city": "Wuxi",
        "sales_staff": "-3",
    }
    answer = client.post(reverse("onboarding:apply-save", args=[secret]), typed)
    application.refresh_from_db()
    assert (answer.status_code, application.city, application.sales_staff) == (200, "Wuxi", None)
    page = client.post(reverse("onboarding:apply-form", args=[secret]), {**typed, "city": "Nanjing", "submit": "1"})
    application.refresh_from_db()
    assert (page.status_code, application.city, application.status) == (400, "Nanjing", "draft")


def test_drafts_whose_link_ran_out_are_forgotten_with_their_files() -> None:
    """Personal data of people who never applied would be kept for ever."""
    application, _secret = filled_in()
    kept = received(email="kept@hehe.test", address="10.0.0.3")
    assert forget_drafts(now=timezone.now() + timedelta(days=29)) == 0
    assert forget_drafts(now=timezone.now() + timedelta(days=400)) == 1
    assert list(Application.objects.all()) == [kept]
    assert application.pk != kept.pk


def test_nobody_starts_without_a_way_to_answer() -> None:
    with pytest.raises(InvalidInput):
        start_application(
            company_name="Hehe", contact_name="Wang", language="en", address="10.0.0.1", now=timezone.now()
        )
