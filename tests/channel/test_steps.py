"""The way of an agreement: drafted, sent, accepted by the owner, put in force with a signature, revised, ended."""

from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone, translation

from catalogue.models import BuyingRight, Product
from channel.enums import AgreementEvent, AgreementStatus
from channel.models import Agreement, AgreementSubject
from channel.permissions import AGREEMENT_STATES
from channel.rules import SubjectTerms
from channel.selectors.invariants import INVARIANTS
from channel.services.agreements import create_agreement, revise_agreement, save_agreement, terms_of_agreement
from channel.services.steps import (
    accept_agreement,
    decline_agreement,
    end_agreement,
    put_in_force,
    send_agreement,
    withdraw_agreement,
)
from core.errors import Conflict, DomainError, InvalidInput, NotAllowed, NotVisible, StaleVersion
from core.models import Event
from messaging.services.files import LARGEST, Attachment
from tests.factories.accounts import (
    AccountantFactory,
    BuyerFactory,
    DirectorFactory,
    DistributorFactory,
    FinanceFactory,
    ManagerFactory,
    OwnerFactory,
    ResponsibilityFactory,
    TerritoryFactory,
    WarehouseUserFactory,
)
from tests.factories.channel import accepted_agreement, agreement_in_force, terms
from tests.factories.company import CompanyFactory
from tests.factories.inventory import BrandFactory, CategoryFactory, ProductFactory
from tests.sql import offending_rows

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)
PDF = Attachment(name="协议 2026.pdf", content=b"%PDF-1.7 stamped")


class Scene:
    def __init__(self) -> None:
        CompanyFactory.create()
        self.distributor = DistributorFactory.create()
        self.director, self.owner = DirectorFactory.create(), OwnerFactory.create(distributor=self.distributor)
        self.brand, self.territory = BrandFactory.create(), TerritoryFactory.create(name="Jiangsu", name_zh="江苏")

    def terms(self, **changes: Any) -> Any:
        return terms(**{"brand": self.brand, "territory": self.territory, **changes})

    def draft(self, **changes: Any) -> Agreement:
        return create_agreement(distributor_id=self.distributor.pk, terms=self.terms(**changes), actor=self.director)

    def sent(self, **changes: Any) -> Agreement:
        draft = self.draft(**changes)
        return send_agreement(agreement_id=draft.pk, actor=self.director, expected_version=draft.version)

    def in_force(self, **changes: Any) -> Agreement:
        return agreement_in_force(self.distributor, self.terms(**changes))


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_the_whole_way(scene: Scene) -> None:
    """What a distributor lives under can be shown: who accepted what, when, and the stamped paper's hash."""
    agreement = scene.sent()
    assert (agreement.status, agreement.number) == ("sent", "DA100001")
    with translation.override("zh-hans"):
        agreement = accept_agreement(
            agreement_id=agreement.pk, name=" 李明 ", actor=scene.owner, expected_version=agreement.version
        )
    assert (agreement.status, agreement.accepted_name, agreement.accepted_by) == ("accepted", "李明", scene.owner)
    assert "江苏" in agreement.accepted_text
    assert scene.brand.name_zh in agreement.accepted_text
    assert agreement.accepted_at is not None
    agreement = put_in_force(
        agreement_id=agreement.pk, actor=scene.director, expected_version=agreement.version, scan=PDF
    )
    assert (agreement.status, agreement.scan_name, agreement.scan_type) == ("in_force", PDF.name, "application/pdf")
    assert agreement.scan_hash == sha256(PDF.content).hexdigest()
    with agreement.scan.open() as stored:
        assert stored.read() == PDF.content
    kinds = list(Event.objects.filter(subject_type="agreement").order_by("pk").values_list("kind", flat=True))
    assert kinds == ["agreement.saved", "agreement.sent", "agreement.accepted", "agreement.in_force"]
    assert offending_rows(INVARIANTS) == {}


def test_nothing_is_in_force_without_a_signature(scene: Scene) -> None:
    """An agreement nobody signed binds nobody: neither the service nor the database lets it through."""
    agreement = accepted_agreement(scene.distributor, scene.terms())
    with pytest.raises(InvalidInput) as refused:
        put_in_force(agreement_id=agreement.pk, actor=scene.director, expected_version=None, signature_reference="  ")
    assert refused.value.problems[0].field == "scan"
    with transaction.atomic(), pytest.raises(IntegrityError, match="agreement_in_force_is_signed"):
        Agreement.objects.filter(pk=agreement.pk).update(status="in_force", in_force_at=timezone.now())


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"MZ\x90 program", "media_type"),
        (b"<html>%PDF-", "media_type"),
        (b"%PDF-" + b"0" * LARGEST, "too_large"),
    ],
)
def test_a_scan_is_what_it_says_and_not_too_large(scene: Scene, content: bytes, code: str) -> None:
    """A program called contract.pdf would be opened by whoever trusts the name."""
    agreement = accepted_agreement(scene.distributor, scene.terms())
    with pytest.raises(InvalidInput) as refused:
        put_in_force(
            agreement_id=agreement.pk,
            actor=scene.director,
            expected_version=None,
            scan=Attachment(name="contract.pdf", content=content),
        )
    assert refused.value.problems[0].code == code
    agreement.refresh_from_db()
    assert agreement.status == "accepted"


def test_who_accepts_is_the_owner_of_this_distributor(scene: Scene) -> None:
    """Nobody signs for another company, and the brand not for its distributor."""
    agreement = scene.sent()
    for actor, error in (
        (scene.director, NotAllowed),
        (AccountantFactory.create(distributor=scene.distributor), NotAllowed),
        (BuyerFactory.create(distributor=scene.distributor), NotVisible),
        (OwnerFactory.create(), NotVisible),
        (OwnerFactory.create(distributor=DistributorFactory.create(parent=scene.distributor)), NotVisible),
    ):
        with pytest.raises(error):
            accept_agreement(agreement_id=agreement.pk, name="X", actor=actor, expected_version=None)
    assert Agreement.objects.get().status == "sent"


def test_who_writes_and_who_decides(scene: Scene) -> None:
    """A manager writes and sends for the own distributors; only a director binds the brand or ends an agreement."""
    manager = ManagerFactory.create()
    with pytest.raises(NotVisible):
        create_agreement(distributor_id=scene.distributor.pk, terms=scene.terms(), actor=manager)
    ResponsibilityFactory.create(user=manager, distributor=scene.distributor)
    draft = create_agreement(distributor_id=scene.distributor.pk, terms=scene.terms(), actor=manager)
    sent = send_agreement(agreement_id=draft.pk, actor=manager, expected_version=None)
    accept_agreement(agreement_id=draft.pk, name="Li", actor=scene.owner, expected_version=sent.version)
    with pytest.raises(NotAllowed):
        put_in_force(agreement_id=draft.pk, actor=manager, expected_version=None, signature_reference="S")
    for actor, error in ((FinanceFactory.create(), NotAllowed), (WarehouseUserFactory.create(), NotVisible)):
        with pytest.raises(error):
            withdraw_agreement(agreement_id=draft.pk, reason="No", actor=actor, expected_version=None)
    with pytest.raises(NotAllowed):
        create_agreement(distributor_id=scene.distributor.pk, terms=scene.terms(), actor=scene.owner)
    live = scene.in_force(starts_on=date(2028, 1, 1), ends_on=None)
    with pytest.raises(NotAllowed):
        end_agreement(agreement_id=live.pk, last_on=TODAY, reason="No", actor=manager, expected_version=None)


def test_a_distributor_sees_its_agreement_from_the_day_it_is_sent(scene: Scene) -> None:
    """A draft is the brand's own business: a discount that is still thought about is not a promise."""
    draft = scene.draft()
    assert not Agreement.objects.visible_to(scene.owner).exists()
    send_agreement(agreement_id=draft.pk, actor=scene.director, expected_version=None)
    assert Agreement.objects.visible_to(scene.owner).exists()
    assert not AgreementSubject.objects.visible_to(OwnerFactory.create()).exists()


def test_declined_and_withdrawn_are_drafts_again(scene: Scene) -> None:
    """What the other side refused can be changed and sent again, under the same number."""
    agreement = scene.sent()
    with pytest.raises(InvalidInput):
        decline_agreement(agreement_id=agreement.pk, reason=" ", actor=scene.owner, expected_version=None)
    decline_agreement(agreement_id=agreement.pk, reason="Too little", actor=scene.owner, expected_version=None)
    agreement.refresh_from_db()
    assert (agreement.status, agreement.number) == ("draft", "DA100001")
    save_agreement(
        agreement_id=agreement.pk, terms=scene.terms(grace_days=5), actor=scene.director, expected_version=None
    )
    sent = send_agreement(agreement_id=agreement.pk, actor=scene.director, expected_version=None)
    accept_agreement(agreement_id=agreement.pk, name="Li", actor=scene.owner, expected_version=sent.version)
    withdraw_agreement(agreement_id=agreement.pk, reason="Typo", actor=scene.director, expected_version=None)
    agreement.refresh_from_db()
    assert (agreement.status, agreement.accepted_at, agreement.accepted_text) == ("draft", None, "")


def test_what_was_read_is_what_is_accepted(scene: Scene) -> None:
    """Between reading and accepting the agreement was withdrawn, changed and sent again: the owner must read it anew."""
    agreement = scene.sent()
    read = agreement.version
    withdraw_agreement(agreement_id=agreement.pk, reason="Typo", actor=scene.director, expected_version=None)
    save_agreement(
        agreement_id=agreement.pk, terms=scene.terms(grace_days=0), actor=scene.director, expected_version=None
    )
    send_agreement(agreement_id=agreement.pk, actor=scene.director, expected_version=None)
    with pytest.raises(StaleVersion):
        accept_agreement(agreement_id=agreement.pk, name="Li", actor=scene.owner, expected_version=read)
    with pytest.raises(Conflict) as refused:
        accept_agreement(agreement_id=agreement.pk, name="Li", actor=scene.owner, expected_version=None)
    assert refused.value.problems[0].code == "version_required"
    assert Agreement.objects.get().status == "sent"


def test_a_scan_goes_again_where_putting_in_force_fails(scene: Scene) -> None:
    """Signed papers that belong to no agreement would lie on the disk, and nobody could tell whose they are."""
    agreement = accepted_agreement(scene.distributor, scene.terms())
    before = stored_scans()
    with pytest.raises((DomainError, DataError)), transaction.atomic():
        put_in_force(
            agreement_id=agreement.pk,
            actor=scene.director,
            expected_version=None,
            scan=PDF,
            signature_reference="S" * 201,
        )
    assert stored_scans() == before
    put_in_force(agreement_id=agreement.pk, actor=scene.director, expected_version=None, scan=PDF)
    assert len(stored_scans() - before) == 1


def stored_scans() -> set[Path]:
    return {path for path in (Path(settings.MEDIA_ROOT) / "agreements").rglob("*") if path.is_file()}


def test_terms_are_not_edited_once_they_are_sent(scene: Scene) -> None:
    """Who signed one text is not bound by another: neither the service nor a statement past it changes a term."""
    agreement = scene.sent()
    with pytest.raises(Conflict):
        save_agreement(agreement_id=agreement.pk, terms=scene.terms(), actor=scene.director, expected_version=None)
    changes = [
        lambda: Agreement.objects.filter(pk=agreement.pk).update(discount_rate="0.1"),
        lambda: Agreement.objects.filter(pk=agreement.pk).update(number="DA1"),
        lambda: AgreementSubject.objects.filter(agreement=agreement).update(is_exclusive=True),
        lambda: AgreementSubject.objects.filter(agreement=agreement).delete(),
        lambda: AgreementSubject.objects.create(agreement=agreement, brand=BrandFactory.create()),
        lambda: Agreement.objects.filter(pk=agreement.pk).delete(),
    ]
    for change in changes:
        with transaction.atomic(), pytest.raises(IntegrityError, match="agreement_terms_frozen"):
            change()
    signed = scene.in_force(starts_on=date(2027, 1, 1), ends_on=None)
    for values in ({"status": "draft"}, {"accepted_name": "Another"}, {"signature_reference": "Another"}):
        with transaction.atomic(), pytest.raises(IntegrityError, match="agreement_terms_frozen"):
            Agreement.objects.filter(pk=signed.pk).update(**values)


STEPS = {
    "send": send_agreement,
    "accept": accept_agreement,
    "decline": decline_agreement,
    "withdraw": withdraw_agreement,
    "put_in_force": put_in_force,
    "end": end_agreement,
}
EXTRA: dict[str, dict[str, Any]] = {
    "accept": {"name": "Li"},
    "decline": {"reason": "No"},
    "withdraw": {"reason": "No"},
    "put_in_force": {"signature_reference": "S"},
    "end": {"last_on": TODAY - timedelta(days=1), "reason": "No"},
}


@pytest.mark.parametrize("action", STEPS)
@pytest.mark.parametrize("status", AgreementStatus)
def test_a_step_is_taken_from_where_the_table_says(scene: Scene, status: AgreementStatus, action: str) -> None:
    """An agreement never comes in force unaccepted, nor back from its end."""
    makers: dict[str, Any] = {"draft": scene.draft, "sent": scene.sent}
    if status in makers:
        agreement = makers[status]()
    elif status == "accepted":
        agreement = accepted_agreement(scene.distributor, scene.terms())
    else:
        agreement = scene.in_force()
        Agreement.objects.filter(pk=agreement.pk).update(status=status)
    actor = scene.owner if action in {"accept", "decline"} else scene.director
    agreement.refresh_from_db()
    arguments = {"agreement_id": agreement.pk, "actor": actor, "expected_version": agreement.version}
    arguments |= EXTRA.get(action, {})
    target = AGREEMENT_STATES.target(status, action)
    if target is None:
        with pytest.raises(DomainError):
            STEPS[action](**arguments)
        target = status
    else:
        STEPS[action](**arguments)
    assert Agreement.objects.get(pk=agreement.pk).status == target


def rights(distributor: Any) -> list[tuple[Any, ...]]:
    rows = BuyingRight.objects.filter(distributor=distributor, source_type="agreement").order_by("starts_on", "pk")
    return list(rows.values_list("brand", "product__code", "starts_on", "ends_on"))


def test_in_force_grants_what_it_says_and_the_end_takes_it_back(scene: Scene) -> None:
    """What may be ordered follows the agreement, days of grace included, and what a person granted stays."""
    tea = CategoryFactory.create()
    green = CategoryFactory.create(parent=tea)
    product = ProductFactory.create(category=green, code="GREEN-1")
    kept = BuyingRight.objects.create(distributor=scene.distributor, brand=BrandFactory.create(), starts_on=TODAY)
    agreement = scene.in_force(
        subjects=[SubjectTerms(brand_id=scene.brand.pk), SubjectTerms(category_id=tea.pk, brand_id=product.brand_id)]
    )
    until = date(2027, 1, 31)
    expected = {(scene.brand.pk, None, date(2026, 1, 1), until), (None, "GREEN-1", date(2026, 1, 1), until)}
    assert set(rights(scene.distributor)) == expected
    assert Product.objects.buyable_by(scene.distributor.pk).filter(pk=product.pk).exists()
    end_agreement(
        agreement_id=agreement.pk,
        last_on=TODAY - timedelta(days=1),
        reason="Broke the agreement",
        actor=scene.director,
        expected_version=None,
    )
    assert not Product.objects.buyable_by(scene.distributor.pk).filter(pk=product.pk).exists()
    assert {row[3] for row in rights(scene.distributor)} == {date(2026, 11, 25)}
    assert BuyingRight.objects.get(pk=kept.pk).ends_on is None
    agreement.refresh_from_db()
    assert (agreement.status, agreement.orders_until) == ("ended", date(2026, 11, 25))


def test_an_end_to_come_is_in_force_until_then(scene: Scene) -> None:
    """Notice is given ahead: the terms hold to their last day."""
    agreement = scene.in_force()
    last = TODAY + timedelta(days=10)
    agreement = end_agreement(
        agreement_id=agreement.pk, last_on=last, reason="Notice", actor=scene.director, expected_version=None
    )
    assert (agreement.status, agreement.orders_until) == ("in_force", last)
    assert {row[3] for row in rights(scene.distributor)} == {last}
    with pytest.raises(InvalidInput):
        end_agreement(
            agreement_id=agreement.pk,
            last_on=TODAY - timedelta(days=2),
            reason="Back then",
            actor=scene.director,
            expected_version=None,
        )


def test_a_change_is_a_revision_that_supersedes_from_its_day(scene: Scene) -> None:
    """Which terms held on a day is answered by the revision of that day, for ever."""
    first = scene.in_force(discount_rate="0.05", is_exclusive=True)
    new = revise_agreement(
        agreement_id=first.pk, starts_on=date(2026, 12, 1), actor=scene.director, expected_version=None
    )
    assert (new.number, new.revision, new.status, new.ends_on) == (first.number, 2, "draft", first.ends_on)
    assert terms_of_agreement(new) == terms_of_agreement(
        Agreement.objects.get(pk=first.pk), starts_on=date(2026, 12, 1)
    )
    with pytest.raises(Conflict):
        revise_agreement(
            agreement_id=first.pk, starts_on=date(2026, 12, 5), actor=scene.director, expected_version=None
        )
    save_agreement(
        agreement_id=new.pk,
        terms=terms_of_agreement(new, discount_rate="0.07"),
        actor=scene.director,
        expected_version=None,
    )
    sent = send_agreement(agreement_id=new.pk, actor=scene.director, expected_version=None)
    accept_agreement(agreement_id=new.pk, name="Li", actor=scene.owner, expected_version=sent.version)
    put_in_force(agreement_id=new.pk, actor=scene.director, expected_version=None, signature_reference="S2")
    first.refresh_from_db()
    assert (first.status, first.last_on) == ("in_force", date(2026, 11, 30))
    assert [row[2:] for row in rights(scene.distributor)] == [
        (date(2026, 1, 1), date(2026, 11, 30)),
        (date(2026, 12, 1), date(2027, 1, 31)),
    ]
    assert Event.objects.filter(kind=AgreementEvent.ENDING, subject_id=first.pk).count() == 1
    assert offending_rows(INVARIANTS) == {}


@pytest.mark.parametrize(
    "empty", [{"subjects": []}, {"territory_ids": []}, {"channel_kinds": []}, {"ends_on": TODAY - timedelta(days=32)}]
)
def test_what_covers_nothing_is_not_sent(scene: Scene, empty: dict[str, Any]) -> None:
    draft = scene.draft(**empty)
    with pytest.raises(InvalidInput):
        send_agreement(agreement_id=draft.pk, actor=scene.director, expected_version=None)


def test_a_renewal_signed_late_is_put_in_force_in_its_days_of_grace(scene: Scene) -> None:
    """Orders go on during grace, so the paper that says so can still be signed; after it, it cannot."""
    late = scene.draft(ends_on=TODAY - timedelta(days=10), grace_days=10)
    assert send_agreement(agreement_id=late.pk, actor=scene.director, expected_version=None).status == "sent"
    over = scene.draft(ends_on=TODAY - timedelta(days=11), grace_days=10)
    with pytest.raises(InvalidInput) as refused:
        send_agreement(agreement_id=over.pk, actor=scene.director, expected_version=None)
    assert refused.value.problems[0].code == "over"
