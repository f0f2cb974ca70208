"""Control modes: who decides what, and what is not kept of it, with evidence."""

from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.enums import ChannelKind
from channel.enums import ControlMode, ControlSubject, DepartureStatus, PriceRule
from channel.models import Agreement, ControlDeparture, ControlRule
from channel.rules import ControlTerms
from channel.services.agreements import confirm_agent, create_agreement, revise_agreement, save_agreement
from channel.services.departures import close_departure, record_departure
from core.errors import Conflict, DomainError, InvalidInput, NotAllowed, NotVisible, StaleVersion
from core.models import Event
from messaging.services.files import LARGEST, Attachment
from tests.factories.accounts import (
    AdministratorFactory,
    DirectorFactory,
    DistributorFactory,
    FinanceFactory,
    ManagerFactory,
    OwnerFactory,
    TerritoryFactory,
)
from tests.factories.channel import agreement_in_force, terms
from tests.factories.company import CompanyFactory
from tests.factories.inventory import BrandFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)
PNG = b"\x89PNG\r\n\x1a\n shelf"
FIXED = ControlTerms(subject=ControlSubject.RESALE_PRICE, mode=ControlMode.ORDERED, price_rule=PriceRule.FIXED)


class Scene:
    def __init__(self) -> None:
        CompanyFactory.create()
        self.distributor, self.director = DistributorFactory.create(), DirectorFactory.create()
        self.owner = OwnerFactory.create(distributor=self.distributor)
        rules = [
            ControlTerms(subject=ControlSubject.DISPLAY, mode=ControlMode.ORDERED),
            ControlTerms(subject=ControlSubject.OUTLETS, mode=ControlMode.FREE),
        ]
        self.agreement = agreement_in_force(self.distributor, self.terms(control_rules=rules))

    def terms(self, **changes: Any) -> Any:
        return terms(brand=BrandFactory.create(), territory=TerritoryFactory.create(), **changes)

    def record(self, **changes: Any) -> ControlDeparture:
        values: dict[str, Any] = {
            "agreement_id": self.agreement.pk,
            "subject": ControlSubject.DISPLAY,
            "noticed_on": TODAY,
            "text": "The shelf was empty.",
            "actor": self.director,
        }
        return record_departure(**{**values, **changes})

    def agency(self, **changes: Any) -> Agreement:
        values = {"channel_kinds": [ChannelKind.AGENT.value], **changes}
        return create_agreement(distributor_id=self.distributor.pk, terms=self.terms(**values), actor=self.director)


@pytest.fixture
def scene() -> Scene:
    return Scene()


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_what_was_seen_is_kept_with_its_evidence(scene: Scene) -> None:
    """A talk about what was not kept needs who saw what, when, and the picture as it was taken."""
    departure = scene.record(evidence=Attachment(name="货架.png", content=PNG))
    assert (departure.status, departure.recorded_by_id) == ("open", scene.director.pk)
    assert (departure.evidence_name, departure.evidence_type) == ("货架.png", "image/png")
    assert departure.evidence_hash == sha256(PNG).hexdigest()
    closed = close_departure(
        departure_id=departure.pk, status="remedied", outcome="Filled.", actor=scene.director, expected_version=1
    )
    assert (closed.status, closed.closed_by_id, closed.outcome) == ("remedied", scene.director.pk, "Filled.")
    kinds = list(Event.objects.filter(kind__startswith="agreement.departure").values_list("kind", flat=True))
    assert kinds == ["agreement.departure_recorded", "agreement.departure_closed"]
    with pytest.raises(Conflict):
        close_departure(
            departure_id=departure.pk, status="dismissed", outcome="No", actor=scene.director, expected_version=None
        )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"subject": ControlSubject.OUTLETS}, "subject"),
        ({"subject": ControlSubject.DATA}, "subject"),
        ({"noticed_on": date(2026, 11, 27)}, "noticed_on"),
        ({"noticed_on": date(2025, 12, 31)}, "noticed_on"),
        ({"text": "  "}, "text"),
        ({"evidence": Attachment(name="shelf.png", content=b"MZ program")}, "evidence"),
        ({"evidence": Attachment(name="shelf.png", content=b"<svg onload=alert(1)>")}, "evidence"),
        ({"evidence": Attachment(name="shelf.png", content=b"")}, "evidence"),
        ({"evidence": Attachment(name="shelf.png", content=PNG + b"0" * LARGEST)}, "evidence"),
    ],
)
def test_what_is_no_departure_is_refused(scene: Scene, changes: dict[str, Any], field: str) -> None:
    """What is left to the distributor is no breach; a file that lies about its type is no evidence."""
    with pytest.raises(InvalidInput) as refused:
        scene.record(**changes)
    assert refused.value.problems[0].field == field
    assert not ControlDeparture.objects.exists()


@pytest.mark.parametrize("name", ["../../shelf.png", "shelf\u202egnp.exe", "shelf.html", "a" * 300 + ".png"])
def test_evidence_is_saved_under_a_name_that_says_what_it_is(scene: Scene, name: str) -> None:
    """A director would open what looks like a picture and is called a program."""
    departure = scene.record(evidence=Attachment(name=name, content=PNG))
    assert departure.evidence_name.endswith(".png")
    assert not {"/", "\u202e"} & set(departure.evidence_name)
    assert len(departure.evidence_name) <= 200


def test_who_records_and_who_reads(scene: Scene) -> None:
    """The distributor reads what is noted about it, writes none of it, and its neighbour reads nothing."""
    departure = scene.record(evidence=Attachment(name="shelf.png", content=PNG))
    for actor, error in (
        (scene.owner, NotAllowed),
        (FinanceFactory.create(), NotAllowed),
        (ManagerFactory.create(), NotVisible),
        (OwnerFactory.create(), NotVisible),
    ):
        with pytest.raises(error):
            scene.record(actor=actor)
        with pytest.raises(error):
            close_departure(
                departure_id=departure.pk, status="remedied", outcome="x", actor=actor, expected_version=None
            )
    with pytest.raises(StaleVersion):
        close_departure(
            departure_id=departure.pk, status="remedied", outcome="x", actor=scene.director, expected_version=9
        )
    page, file = departure.get_absolute_url(), reverse("channel:departure-evidence", args=[departure.pk])
    assert client_of(scene.owner).get(page).status_code == 200
    sent: Any = client_of(scene.owner).get(file)
    assert (sent["Content-Type"], b"".join(sent.streaming_content)) == ("image/png", PNG)
    assert "attachment" in sent["Content-Disposition"]
    for address in (page, file):
        assert client_of(OwnerFactory.create()).get(address).status_code == 404


def test_on_pages_and_over_the_api_scripts_stay_text(scene: Scene) -> None:
    """A script in a text or a file name runs at nobody who reads it."""
    director, script = client_of(scene.director), "<script>alert(1)</script>"
    form = reverse("channel:agreement-departure", args=[scene.agreement.pk])
    typed = {"subject": "display", "noticed_on": "2026-11-26", "text": script}
    page = director.get(scene.agreement.get_absolute_url()).content.decode()
    assert form in page
    lying = SimpleUploadedFile("shelf.png", b"MZ program", "image/png")
    assert director.post(form, {**typed, "evidence": lying}).status_code == 400
    named = SimpleUploadedFile("<img src=x onerror=alert(1)>.png", PNG, "text/html")
    assert director.post(form, {**typed, "evidence": named}).status_code == 302
    departure = ControlDeparture.objects.get()
    close = reverse("channel:departure-close", args=[departure.pk])
    assert director.post(close, {"status": "dismissed", "outcome": script, "version": "1"}).status_code == 302
    for address in (departure.get_absolute_url(), reverse("channel:departures"), scene.agreement.get_absolute_url()):
        shown = director.get(address).content.decode()
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
    body = {"agreement": scene.agreement.pk, "subject": "display", "noticed_on": "2026-11-26", "text": "Again."}
    made = director.post(reverse("api:departures-list"), body, content_type="application/json")
    assert (made.status_code, made.json()["status"]) == (201, DepartureStatus.OPEN)
    found = director.get(reverse("api:departures-list"), {"status": "open"}).json()["results"]
    assert [row["text"] for row in found] == ["Again."]


def test_nothing_is_left_of_a_record_that_fails(scene: Scene) -> None:
    """Pictures without a record would lie on the disk for ever."""
    folder = Path(settings.MEDIA_ROOT) / "departures"
    before = set(folder.rglob("*.png"))
    with pytest.raises((DomainError, IntegrityError, ValueError)), transaction.atomic():
        scene.record(text="\x00", evidence=Attachment(name="shelf.png", content=PNG))
    assert set(folder.rglob("*.png")) == before


def test_a_resale_price_is_fixed_for_a_true_agent_only(scene: Scene) -> None:
    """Price fixing is unlawful; an administrator answers for the exception by name and reason."""
    draft, admin = scene.agency(), AdministratorFactory.create()
    fixed = scene.terms(channel_kinds=[ChannelKind.AGENT.value], control_rules=[FIXED])

    def save() -> Agreement:
        return save_agreement(agreement_id=draft.pk, terms=fixed, actor=scene.director, expected_version=None)

    with pytest.raises(InvalidInput):
        save()
    with pytest.raises(NotAllowed):
        confirm_agent(agreement_id=draft.pk, reason="Agent", actor=scene.director, expected_version=None)
    with pytest.raises(InvalidInput):
        confirm_agent(agreement_id=draft.pk, reason=" ", actor=admin, expected_version=None)
    confirm_agent(agreement_id=draft.pk, reason="Sells in our name.", actor=admin, expected_version=None)
    assert save().control_rules.get().price_rule == PriceRule.FIXED
    event = Event.objects.get(kind="agreement.agent_confirmed")
    assert (event.actor_id, event.data["reason"]) == (admin.pk, "Sells in our name.")
    with pytest.raises(InvalidInput):  # no agent any more
        save_agreement(
            agreement_id=draft.pk,
            terms=scene.terms(channel_kinds=[ChannelKind.RETAIL.value], control_rules=[FIXED]),
            actor=scene.director,
            expected_version=None,
        )


def test_a_wholesaler_is_no_agent_and_the_database_knows(scene: Scene) -> None:
    wholesale = scene.agency(channel_kinds=[ChannelKind.WHOLESALE.value])
    with pytest.raises(InvalidInput):
        confirm_agent(
            agreement_id=wholesale.pk, reason="Agent", actor=AdministratorFactory.create(), expected_version=None
        )
    for agreement in (wholesale, scene.agency()):
        with transaction.atomic(), pytest.raises(IntegrityError, match="control_rule_price_never_fixed"):
            ControlRule.objects.create(
                agreement=agreement, subject="resale_price", mode="ordered", price_rule=PriceRule.FIXED
            )


def test_the_form_offers_a_fixed_price_to_true_agents_only(scene: Scene) -> None:
    draft = scene.agency()
    change = reverse("channel:agreement-change", args=[draft.pk])
    client = client_of(AdministratorFactory.create())
    assert 'value="fixed"' not in client.get(change).content.decode()
    assert reverse("channel:agreement-agent", args=[draft.pk]) in client.get(draft.get_absolute_url()).content.decode()
    client.post(reverse("channel:agreement-agent", args=[draft.pk]), {"reason": "Sells in our name."})
    assert 'value="fixed"' in client.get(change).content.decode()


def test_a_revision_stays_one_of_a_true_agent(scene: Scene) -> None:
    draft = scene.agency()
    confirm_agent(agreement_id=draft.pk, reason="Ours", actor=AdministratorFactory.create(), expected_version=None)
    Agreement.objects.filter(pk=draft.pk).update(
        status="in_force", number="DA7", accepted_at="2026-01-01T00:00Z", accepted_by=scene.owner, accepted_name="Li",
        accepted_text="x", in_force_at="2026-01-01T00:00Z", signature_reference="S",
    )  # fmt: skip
    new = revise_agreement(
        agreement_id=draft.pk, starts_on=date(2026, 12, 1), actor=scene.director, expected_version=None
    )
    assert new.agent_reason == "Ours"


def test_agreements_are_found_by_brand_place_and_end(scene: Scene) -> None:
    """Whoever asks "which agreements in 江苏 end within 60 days" gets an answer, and not a list to read through."""
    jiangsu = TerritoryFactory.create(code="JS")
    nanjing = TerritoryFactory.create(code="NJ", parent=jiangsu)
    brand = BrandFactory.create(code="X")
    found = agreement_in_force(DistributorFactory.create(), terms(brand=brand, territory=nanjing))
    open_end = agreement_in_force(DistributorFactory.create(), terms(brand=brand, territory=jiangsu, ends_on=None))
    client = client_of(scene.director)

    def numbers(**query: str) -> set[str]:
        rows = client.get(reverse("api:agreements-list"), query).json()["results"]
        page = client.get(reverse("channel:agreements"), query).content.decode()
        assert all(row["number"] in page for row in rows)
        return {row["number"] for row in rows}

    assert numbers(brand="X") == {found.number, open_end.number}
    assert numbers(territory="JS") == {found.number, open_end.number}
    assert numbers(territory="NJ") == {found.number, open_end.number}
    assert numbers(territory="NJ", ends_within="60") == {found.number}
    assert numbers(ends_within="30") == set()
    assert client.get(reverse("api:agreements-list"), {"ends_within": "7"}).status_code == 400
