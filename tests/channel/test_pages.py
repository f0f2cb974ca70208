"""Agreements on their pages and over the API, as people and systems use them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from channel.models import Agreement
from channel.services.agreements import create_agreement, terms_of_agreement
from channel.services.steps import send_agreement
from core.models import Event
from tests.factories.accounts import DirectorFactory, DistributorFactory, OwnerFactory, TerritoryFactory
from tests.factories.channel import accepted_agreement, agreement_in_force, terms
from tests.factories.company import CompanyFactory
from tests.factories.inventory import BrandFactory

pytestmark = pytest.mark.django_db


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


class Scene:
    def __init__(self) -> None:
        CompanyFactory.create()
        self.distributor, self.director = DistributorFactory.create(), DirectorFactory.create()
        self.other = DistributorFactory.create()
        self.brand, self.territory = BrandFactory.create(), TerritoryFactory.create()

    def typed(self, **changes: Any) -> dict[str, Any]:
        values = {
            "distributor": self.distributor.code,
            "starts_on": "2027-01-01",
            "ends_on": "2027-12-31",
            "grace_days": "31",
            "currency": "USD",
            "channel_kinds": ["wholesale", "retail"],
            "territories": [self.territory.pk],
            "subject_1_brand_id": self.brand.pk,
            "subject_1_is_exclusive": "on",
            "carve_out_1_other_id": self.other.code,
            "carve_out_1_effect": "both",
            "minimum_1_amount_a_year": "1200000",
            "minimum_1_basis": "invoiced",
            "minimum_1_net_of_returns": "on",
            "instalment_1_share": "30",
            "instalment_1_days": "0",
            "instalment_2_share": "70",
            "instalment_2_days": "30",
            "payment_base": "shipped",
            "payment_days": "30",
            "payment_from_month_end": "on",
            "discount_rate": "2.5",
            "return_rate": "5",
            "freight_terms": "seller_from",
            "freight_free_from": "5000",
            "control_resale_price": "ordered",
            "price_rule": "maximum",
            "data_stock": "weekly",
            "data_stock_days": "2",
            "clauses": "<script>alert(1)</script>",
        }
        return {**values, **changes}


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_all_that_is_typed_is_kept_and_shown_again(scene: Scene) -> None:
    """Whoever opens a draft and saves it without a change changes nothing."""
    client = client_of(scene.director)
    response = client.post(reverse("channel:agreement-new"), scene.typed())
    assert response.status_code == 302, response.context["form"].errors
    agreement = Agreement.objects.get()
    kept = terms_of_agreement(agreement)
    assert (kept.discount_rate, kept.return_rate) == (Decimal("0.025"), Decimal("0.05"))
    assert [one.share for one in kept.instalments] == [Decimal("0.3"), Decimal("0.7")]
    assert kept.carve_outs[0].other_id == scene.other.pk
    assert kept.control_rules[0].price_rule == "maximum"
    url = reverse("channel:agreement-change", args=[agreement.pk])
    form = client.get(url).context["form"]
    again = {name: form[name].value() for name in form.fields}
    again = {name: value for name, value in again.items() if value is not None and value is not False and value != ""}
    response = client.post(url, again)
    assert response.status_code == 302, response.context["form"].errors
    assert terms_of_agreement(Agreement.objects.get()) == kept
    page = client.get(agreement.get_absolute_url()).content.decode()
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page


def test_from_draft_to_in_force_on_pages(scene: Scene) -> None:
    """The way that a manager and an owner take, each from the buttons of the page."""
    director, owner = client_of(scene.director), client_of(OwnerFactory.create(distributor=scene.distributor))
    director.post(reverse("channel:agreement-new"), scene.typed())
    agreement = Agreement.objects.get()
    page = agreement.get_absolute_url()
    assert owner.get(page).status_code == 404
    assert reverse("channel:agreement-send", args=[agreement.pk]) in director.get(page).content.decode()
    director.post(reverse("channel:agreement-send", args=[agreement.pk]), {"version": agreement.version})
    accept = reverse("channel:agreement-accept", args=[agreement.pk])
    assert accept in owner.get(page).content.decode()
    form = owner.get(accept)
    assert scene.brand.display_name in form.content.decode()
    assert owner.post(accept, {"name": "Li Ming", "version": form.context["version"]}).status_code == 302
    put = reverse("channel:agreement-put-in-force", args=[agreement.pk])
    assert director.post(put, {}).status_code == 400
    wrong = SimpleUploadedFile("signed.pdf", b"MZ no paper", "application/pdf")
    assert director.post(put, {"scan": wrong}).status_code == 400
    right = SimpleUploadedFile("盖章.pdf", b"%PDF-1.7 stamped", "text/html")
    assert director.post(put, {"scan": right}).status_code == 302
    agreement.refresh_from_db()
    assert agreement.status == "in_force"
    scan = owner.get(reverse("channel:agreement-scan", args=[agreement.pk]))
    assert scan["Content-Type"] == "application/pdf"
    assert "attachment" in scan["Content-Disposition"]
    assert b"".join(scan.streaming_content) == b"%PDF-1.7 stamped"
    assert agreement.number in director.get(reverse("channel:agreements")).content.decode()
    tab = director.get(reverse("accounts:distributor", args=[scene.distributor.code]), {"tab": "agreements"})
    assert agreement.number in tab.content.decode()


def test_an_overlap_is_told_on_the_page(scene: Scene) -> None:
    """Who holds the place, and for which days, stands above the form."""
    agreement_in_force(scene.other, terms(brand=scene.brand, territory=scene.territory, is_exclusive=True))
    agreement = accepted_agreement(scene.distributor, terms(brand=scene.brand, territory=scene.territory))
    put = reverse("channel:agreement-put-in-force", args=[agreement.pk])
    response = client_of(scene.director).post(put, {"signature_reference": "S"})
    assert response.status_code == 409
    assert "from 2026-01-01 to 2026-12-31" in response.content.decode()


def test_the_list_is_filtered_searched_and_exported(scene: Scene) -> None:
    first = agreement_in_force(scene.distributor, terms(brand=scene.brand, territory=scene.territory))
    second = agreement_in_force(scene.other, terms(brand=BrandFactory.create(), territory=scene.territory))
    client, url = client_of(scene.director), reverse("channel:agreements")
    found = client.get(url, {"q": first.number}).content.decode()
    assert first.number in found
    assert second.number not in found
    assert second.number not in client.get(url, {"distributor": scene.distributor.code}).content.decode()
    assert first.number not in client.get(url, {"status": "ended"}).content.decode()
    exported = b"".join(client.get(url, {"export": "csv"}).streaming_content).decode()
    assert first.number in exported
    assert second.number in exported


def api_terms(scene: Scene, **changes: Any) -> dict[str, Any]:
    values = {
        "distributor": scene.distributor.code,
        "starts_on": "2027-01-01",
        "ends_on": "2027-12-31",
        "currency": "USD",
        "channel_kinds": ["wholesale"],
        "territories": [scene.territory.code],
        "subjects": [{"brand": scene.brand.code, "is_exclusive": True}],
        "minimums": [{"amount_a_year": "1200000.00", "basis": "invoiced"}],
        "carve_outs": [{"other": scene.other.code, "effect": "both"}],
        "control_rules": [{"subject": "resale_price", "mode": "agreed", "price_rule": "recommended"}],
    }
    return {**values, **changes}


def post(client: Any, name: str, pk: int | None = None, body: Any = None, **options: Any) -> Any:
    url = reverse(f"api:agreements-{name}", args=[pk] if pk else [])
    return client.post(url, body or {}, content_type="application/json", **options)


def test_the_same_way_over_the_api(scene: Scene) -> None:
    """The distributor's own system accepts; the brand's puts in force; each reads what may be done next."""
    director, owner = client_of(scene.director), client_of(OwnerFactory.create(distributor=scene.distributor))
    made = post(director, "list", body=api_terms(scene))
    assert made.status_code == 201, made.content
    pk = made.json()["id"]
    assert made.json()["actions"] == ["send"]
    assert made.json()["minimums"][0]["basis"] == "invoiced"
    url = reverse("api:agreements-detail", args=[pk])
    changed = api_terms(scene, grace_days=10)
    changed.pop("distributor")
    stale = director.put(url, changed, content_type="application/json", headers={"If-Match": '"99"'})
    assert stale.status_code == 412
    assert director.put(url, changed, content_type="application/json").json()["grace_days"] == 10
    assert post(director, "send", pk).json()["status"] == "sent"
    assert owner.get(url).json()["actions"] == ["accept", "decline"]
    unread = post(owner, "accept", pk, {"name": "Li"})
    assert (unread.status_code, unread.json()["errors"][0]["code"]) == (409, "version_required")
    assert post(owner, "accept", pk, {"name": "Li"}, headers={"If-Match": made.headers["ETag"]}).status_code == 412
    read = {"If-Match": owner.get(url).headers["ETag"]}
    assert post(owner, "accept", pk, {"name": "Li"}, headers=read).json()["accepted_name"] == "Li"
    refused = post(director, "put-in-force", pk)
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["attr"] == "scan"
    scan = SimpleUploadedFile("signed.png", b"\x89PNG\r\n\x1a\n...")
    signed = director.post(reverse("api:agreements-put-in-force", args=[pk]), {"scan": scan})
    assert signed.json()["status"] == "in_force"
    assert len(signed.json()["scan_hash"]) == 64
    revised = post(director, "revise", pk, {"starts_on": "2027-06-01"})
    assert (revised.status_code, revised.json()["revision"]) == (201, 2)
    ended = post(director, "end", pk, {"last_on": date(2027, 3, 31).isoformat(), "reason": "Breach"})
    assert ended.json()["orders_until"] == "2027-03-31"
    assert {row["id"] for row in owner.get(reverse("api:agreements-list")).json()["results"]} == {pk}


def test_a_fixed_resale_price_is_refused_over_the_api(scene: Scene) -> None:
    """No system writes by accident what is unlawful."""
    rules = [{"subject": "resale_price", "mode": "ordered"}]
    response = post(client_of(scene.director), "list", body=api_terms(scene, control_rules=rules))
    assert response.status_code == 400
    assert not Agreement.objects.exists()


def test_whoever_is_concerned_is_notified(scene: Scene, django_capture_on_commit_callbacks: Any) -> None:
    """The event of each step carries what its notification says."""
    agreement = create_agreement(
        distributor_id=scene.distributor.pk,
        terms=terms(brand=scene.brand, territory=scene.territory),
        actor=scene.director,
    )
    send_agreement(agreement_id=agreement.pk, actor=scene.director, expected_version=None)
    event = Event.objects.get(kind="agreement.sent")
    assert event.data["number"] == "DA100001"


@pytest.mark.parametrize("size", [1, 30])
def test_the_list_asks_as_much_for_many_as_for_few(scene: Scene, size: int, django_assert_max_num_queries: Any) -> None:
    for _number in range(size):
        create_agreement(
            distributor_id=scene.distributor.pk,
            terms=terms(brand=scene.brand, territory=scene.territory),
            actor=scene.director,
        )
    client = client_of(scene.director)
    client.get(reverse("channel:agreements"))
    with django_assert_max_num_queries(14):
        client.get(reverse("channel:agreements"))
