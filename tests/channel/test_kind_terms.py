"""What each channel kind adds to an agreement: its own fields, asked for that kind only, frozen and accepted with it."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.enums import ChannelKind
from channel.models import Agreement, AgreementShop, KindTerms
from channel.rules import KindTerms as Terms
from channel.rules import ShopTerms
from channel.selectors.clauses import text_of
from channel.services.agreements import create_agreement, revise_agreement, terms_of_agreement
from core.errors import InvalidInput
from tests.factories.accounts import DirectorFactory, DistributorFactory, TerritoryFactory
from tests.factories.channel import AgreementFactory, agreement_in_force, terms
from tests.factories.company import CompanyFactory
from tests.factories.inventory import BrandFactory

pytestmark = pytest.mark.django_db
AGENT = Terms(kind="agent", commission_rate=Decimal("0.05"), commission_basis="invoiced")
CHAIN = Terms(kind="chain", head_office="Good Leaf, Shanghai", sites=12, billing="one")
EXPORT = Terms(
    kind="international", incoterm="CIF", incoterm_place="Hamburg", export_papers=["packing_list", "bill_of_lading"]
)
SHOP = ShopTerms(platform="Tmall", name="Tea house", url="https://tea.example.com")
SCRIPT = "<script>alert(1)</script>"


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def agreed(**more: Any) -> Any:
    return terms(brand=BrandFactory.create(), territory=TerritoryFactory.create(), ends_on=None, **more)


def test_the_terms_of_its_kinds_are_in_the_text_that_is_accepted_and_in_the_next_revision() -> None:
    """A commission that nobody accepted would be owed, or it would be gone with the next revision."""
    kinds = ["agent", "chain", "international", "e_commerce"]
    what = agreed(channel_kinds=kinds, kind_terms=[AGENT, CHAIN, EXPORT], shops=[SHOP])
    agreement = agreement_in_force(DistributorFactory.create(), what)
    for part in (
        "5%",
        "Good Leaf, Shanghai",
        "CIF Hamburg (Incoterms 2020)",
        "Tmall · Tea house https://tea.example.com",
    ):
        assert part in agreement.accepted_text, part
    kept = terms_of_agreement(agreement)
    assert [(one.kind, one.commission_rate, one.billing, one.incoterm) for one in kept.kind_terms] == [
        (one.kind, one.commission_rate, one.billing, one.incoterm) for one in what.kind_terms
    ]
    assert list(kept.kind_terms[2].export_papers) == list(EXPORT.export_papers)
    director = DirectorFactory.create()
    new = revise_agreement(
        agreement_id=agreement.pk,
        starts_on=agreement.starts_on.replace(year=2099),
        actor=director,
        expected_version=None,
    )
    assert [row.kind for row in new.kind_terms.all()] == ["agent", "chain", "international"]
    assert new.shops.get().url == SHOP.url
    for rows in (KindTerms.objects.filter(agreement=agreement), AgreementShop.objects.filter(agreement=agreement)):
        with pytest.raises(IntegrityError, match="agreement_terms_frozen"), transaction.atomic():
            rows.delete()


@pytest.mark.parametrize("more", [{"kind_terms": [AGENT]}, {"kind_terms": [CHAIN]}, {"shops": [SHOP]}])
def test_terms_of_another_kind_are_refused(more: Any) -> None:
    """A wholesaler would be promised an agent's commission."""
    CompanyFactory.create()
    with pytest.raises(InvalidInput) as refusal:
        create_agreement(
            distributor_id=DistributorFactory.create().pk,
            terms=agreed(channel_kinds=["wholesale"], **more),
            actor=DirectorFactory.create(),
        )
    assert refusal.value.problems[0].field == "channel_kinds"


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("kind_terms_of_its_kind", {"kind": "agent"}),
        ("kind_terms_of_its_kind", {"kind": "wholesale"}),
        ("kind_terms_of_its_kind", {"kind": "chain", "head_office": "A", "billing": "one", "incoterm": "FOB"}),
        ("kind_terms_of_its_kind", {"kind": "international", "incoterm": "XXX", "incoterm_place": "A"}),
        ("kind_terms_of_its_kind", {"kind": "direct_marketing", "programme": ""}),
        ("kind_terms_commission", {"kind": "agent", "commission_rate": "1.5", "commission_basis": "invoiced"}),
        (
            "kind_terms_export_papers_legal",
            {"kind": "international", "incoterm": "FOB", "incoterm_place": "A", "export_papers": ["poem"]},
        ),
    ],
)
def test_the_database_keeps_each_kind_to_its_fields(constraint: str, values: dict[str, Any]) -> None:
    """An import or a batch could write what no page allows."""
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        KindTerms.objects.create(agreement=AgreementFactory.create(), **values)


def test_a_shops_address_is_one_of_the_web() -> None:
    """A link in an agreement would run a program."""
    with pytest.raises(IntegrityError, match="agreement_shop_url"), transaction.atomic():
        AgreementShop.objects.create(
            agreement=AgreementFactory.create(), platform="A", name="B", url="javascript:alert(1)"
        )


def test_the_form_asks_for_the_kinds_of_the_agreement_only() -> None:
    """Thirty fields that concern nobody, or a commission that cannot be typed."""
    CompanyFactory.create()
    director, agent = DirectorFactory.create(), DistributorFactory.create(channel_kind=ChannelKind.AGENT)
    client = client_of(director)
    page = client.get(f"{reverse('channel:agreement-new')}?distributor={agent.code}")
    fields = set(page.context["form"].fields)
    assert {"agent_commission_rate", "agent_commission_basis"} <= fields
    assert not {name for name in fields if name.startswith(("chain_", "international_", "shop_"))}
    typed = {
        "distributor": agent.code,
        "starts_on": "2027-01-01",
        "grace_days": "0",
        "currency": "USD",
        "payment_base": "invoiced",
        "freight_terms": "seller",
        "channel_kinds": ["agent", "e_commerce"],
        "territories": [TerritoryFactory.create().pk],
        "subject_1_brand_id": BrandFactory.create().pk,
        "agent_commission_rate": "7.5",
        "shop_1_platform": SCRIPT,
        "shop_1_name": "Tea house",
        "shop_1_url": "javascript:alert(1)",
    }
    refused = client.post(reverse("channel:agreement-new"), typed)
    assert set(refused.context["form"].errors) == {"agent_commission_basis", "shop_1_url"}
    typed |= {"agent_commission_basis": "collected", "shop_1_url": "https://tea.example.com"}
    assert client.post(reverse("channel:agreement-new"), typed).status_code == 302
    agreement = Agreement.objects.get()
    assert agreement.kind_terms.get().commission_rate == Decimal("0.075")
    text = client.get(agreement.get_absolute_url()).content.decode()
    assert "7.50" in text
    assert SCRIPT not in text
    form = client.get(reverse("channel:agreement-change", args=[agreement.pk])).context["form"]
    assert (form.initial["agent_commission_rate"], form.initial["shop_1_name"]) == (Decimal("7.5"), "Tea house")


def test_systems_write_and_read_them() -> None:
    """An ERP could not know by what incoterm to ship."""
    CompanyFactory.create()
    client = client_of(DirectorFactory.create())
    body = {
        "distributor": DistributorFactory.create().code,
        "starts_on": "2027-01-01",
        "currency": "EUR",
        "channel_kinds": ["international"],
        "territories": [TerritoryFactory.create().code],
        "subjects": [{"brand": BrandFactory.create().code}],
        "kind_terms": [
            {"kind": "international", "incoterm": "DAP", "incoterm_place": "Lyon", "export_papers": ["insurance"]}
        ],
    }
    made = client.post("/api/v1/agreements/", body, content_type="application/json")
    assert made.status_code == 201, made.content
    assert made.json()["kind_terms"][0]["incoterm_place"] == "Lyon"
    wrong = client.post(
        "/api/v1/agreements/", {**body, "kind_terms": [{"kind": "agent"}]}, content_type="application/json"
    )
    assert wrong.status_code == 400
    assert "DAP Lyon" in text_of(Agreement.objects.get())
