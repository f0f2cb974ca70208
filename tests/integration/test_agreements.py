"""Agreements that were signed before the program came: in force without an acceptance online, or refused row by row."""

from datetime import date
from pathlib import Path

import pytest

from accounts.models import Territory
from catalogue.models import Brand, BuyingRight
from channel.models import Agreement, AgreementCoverage
from channel.selectors.invariants import INVARIANTS
from company.models import Company
from core.models import Event, OutboxMessage
from integration.engine.profile import parse_profile
from integration.engine.run import import_folder
from tests.factories.accounts import AdministratorFactory, DistributorFactory, TerritoryFactory
from tests.factories.channel import agreement_in_force, terms
from tests.factories.company import CompanyFactory
from tests.factories.inventory import BrandFactory, CategoryFactory
from tests.integration.conftest import HEAD, Run, wrong

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]


@pytest.fixture
def places() -> None:
    CompanyFactory.create()
    for code in ("D1", "D2"):
        DistributorFactory.create(code=code, channel_kind="wholesale", currency="EUR")
    east = TerritoryFactory.create(code="EAST", name_zh="华东")
    for code in ("E1", "E2"):
        TerritoryFactory.create(code=code, parent=east)
    for code in ("B1", "B2"):
        BrandFactory.create(code=code)
    CategoryFactory.create(code="TEA")


def row(number: str = "A-1", distributor: str = "D1", **more: str) -> str:
    cells = {
        "number": number,
        "distributor": distributor,
        "starts_on": "2026-01-01",
        "ends_on": "2026-12-31",
        "brands": "B1",
        "territories": "华东",
        "signature_reference": "Cabinet 3",
        **more,
    }
    return "{" + ", ".join(f"{name}={value!r}" for name, value in cells.items() if value) + "}"


def block(*given: str) -> str:
    return f"[[import]]\nentity='agreement'\nrows=[{', '.join(given)}]"


def test_signed_agreements_are_in_force_without_an_acceptance(tmp_path: Path) -> None:
    """Two hundred contracts of the old system would have to be sent and accepted one by one again."""
    admin = AdministratorFactory.create()
    messages, events = OutboxMessage.objects.count(), Event.objects.exclude(kind__startswith="import").count()
    text = block(
        row(
            grace_days="31",
            categories="B2:TEA",
            minimums="1,200,000; B1:300000",
            minimum_basis="invoiced",
            instalments="30:0; 70%:60",
            discount_rate="5 %",
            control_rules="resale_price:agreed:recommended",
            data_duties="stock:monthly:5",
        ),
        row("A-2", "D2", ends_on="2026-10-31", grace_days="31"),
        row("A-3", "D2", ends_on="2026-10-31", starts_on="2025-01-01"),
    )
    outcome = import_folder(profile=parse_profile(HEAD + text), folder=tmp_path, actor_id=admin.pk)
    assert (wrong(outcome), outcome.counts["agreement"].created) == ([], 3)
    found = {one.number: one for one in Agreement.objects.all()}
    assert [found[key].status for key in ("A-1", "A-2", "A-3")] == ["in_force", "in_grace", "ended"]
    first = found["A-1"]
    assert (first.is_imported, first.imported_by_id, first.accepted_at) == (True, admin.pk, None)
    assert {(one.brand_id and one.brand.code, str(one.amount_a_year)) for one in first.minimums.all()} == {
        (None, "1200000.0000"),
        ("B1", "300000.0000"),
    }
    assert [str(one.share) for one in first.instalments.all()] == ["0.30000", "0.70000"]
    assert AgreementCoverage.objects.filter(agreement=first, territory__code="E1").count() == 2
    assert BuyingRight.objects.get(source_type="agreement", source_id=first.pk).ends_on == date(2027, 1, 31)
    assert not [one.name for one in INVARIANTS if list(one.find(10))]
    assert OutboxMessage.objects.count() == messages
    assert Event.objects.exclude(kind__startswith="import").count() == events


@pytest.mark.parametrize(
    ("changes", "column", "reason"),
    [
        ({"brands": "B1; NONE"}, "brands", "Unknown: “NONE”."),
        ({"brands": ""}, "brands", "Name at least one brand"),
        ({"territories": ""}, "brands", "Name at least one brand"),
        ({"brands": "B1", "categories": "TEA"}, "brands", "Two of the brands and categories"),
        ({"exclusive": "B1"}, "exclusive", "“B1” is not among"),
        ({"signature_reference": ""}, "signature_reference", "Say where the signed paper is found."),
        ({"status": "draft"}, "status", "Only agreements that were signed are imported."),
        ({"status": "ended"}, "last_on", "Give the day on which it ended."),
        ({"minimums": "many"}, "minimums", "“many” is not a number."),
        ({"minimums": "1,20"}, "minimums", "“1,20” is not a number"),
        ({"minimums": "$5"}, "minimums", "“$5” is not a number."),
        ({"commission": "5 %"}, "commission_basis", "This field is required."),
        ({"commission": "5", "commission_basis": "invoiced"}, "commission", "“5” is not between 0 and 100 %."),
        ({"incoterm": "CIF", "incoterm_place": "Rotterdam"}, "channel_kinds", "Only an agreement of the channel kind"),
        ({"channel_kinds": "e_commerce", "shops": "Tmall"}, "shops", "Write a shop as PLATFORM:NAME"),
        ({"channel_kinds": "e_commerce", "shops": "T:S:javascript:1"}, "shops", "Enter a valid URL"),
        ({"minimums": "-5"}, "minimums", "“-5” is not a number."),
        ({"minimums": "5"}, "minimum_basis", "“” is not one of: shipped, invoiced, collected."),
        ({"instalments": "30:0"}, "instalments", "The instalments do not add up to 100 %."),
        ({"control_rules": "resale_price:agreed:fixed"}, "control_rules", "A resale price can be"),
        ({"channel_kinds": "shops"}, "channel_kinds", "“shops” is not one of"),
        ({"ends_on": "2025-01-01"}, "ends_on", "The end"),
        ({"freight_terms": "seller_from"}, "freight_terms", "Give the order amount exactly"),
        ({"revision": "2"}, "revision", "The revision before this one is missing."),
        ({"carve_outs": "D2:some"}, "carve_outs", "“some” is not one of"),
        ({"carve_outs": "D1:both"}, "carve_outs", "A carve-out names another distributor."),
    ],
)
def test_each_wrong_row_is_named_and_nothing_is_written(
    run: Run, changes: dict[str, str], column: str, reason: str
) -> None:
    """Of a file of contracts half would be in, and nobody knows which."""
    outcome = run(block(row(), row("A-2", **{"brands": "B2", **changes} if "brands" not in changes else changes)))
    found = [(line, name, text) for _file, line, name, text in wrong(outcome)]
    assert [one[:2] for one in found] == [(2, column)], found
    assert found[0][2].startswith(reason)
    assert not Agreement.objects.exists()
    assert not BuyingRight.objects.exists()


def test_exclusivity_is_kept_by_the_database(run: Run) -> None:
    """Two distributors would hold the same sole right, from the first day on."""
    exclusive = agreement_in_force(
        DistributorFactory.create(code="D3"),
        terms(brand=_brand("B2"), territory=_territory("E1"), is_exclusive=True),
    )
    outcome = run(
        block(
            row("A-1", exclusive="yes"),
            row("A-2", "D2"),
            row("A-3", "D2", brands="B2"),
            row("A-4", "D2", brands="B2", territories="E2"),
        )
    )
    reasons = [(line, text) for _file, line, _column, text in wrong(outcome)]
    assert [line for line, _text in reasons] == [2, 3], reasons
    assert "overlaps with agreement A-1 R1" in reasons[0][1]
    assert f"overlaps with agreement {exclusive.number} R1" in reasons[1][1]
    assert Agreement.objects.count() == 1
    carved = run(
        block(
            row("A-1", exclusive="yes", carve_outs="D2:both"),
            row("A-2", "D2", carve_outs="D1:both"),
        )
    )
    assert (wrong(carved), carved.written) == ([], True)


def test_again_changes_nothing_and_other_terms_are_refused(run: Run) -> None:
    """Whoever sends the same file again has each contract twice, or signed terms changed under them."""
    first = run(block(row(), row("A-2", "D2", last_on="2026-06-30", end_reason="Sold")))
    assert first.written
    revised = run(block(row("A-2", "D2", revision="2", starts_on="2026-07-01", ends_on="")))
    assert (wrong(revised), revised.written) == ([], True)
    second = Agreement.objects.get(number="A-2", revision=2)
    assert second.previous.revision == 1
    again = run(block(row()))
    assert (again.changes, again.counts["agreement"].unchanged) == (0, 1)
    other = run(block(row(brands="B2")))
    assert [text for *_place, text in wrong(other)] == [
        "This agreement is there with other terms. Create a new revision to change them."
    ]
    assert Company.objects.count() == 1


def _brand(code: str) -> Brand:
    return Brand.objects.get(code=code)


def _territory(code: str) -> Territory:
    return Territory.objects.get(code=code)
