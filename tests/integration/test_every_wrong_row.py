"""Of a file with many wrong rows each is named at once: nobody mends one, checks again, and finds the next."""

import pytest
from django.db import IntegrityError

from accounts.models import Distributor
from core.importing import Counts, Stage, entities, partly
from core.importing.staging import run as statement
from planning.models import SalesPlan
from pricing.models import Price, Promotion
from tests.integration.conftest import Run, wrong

pytestmark = pytest.mark.django_db

PROMOTIONS = """
[files.promotions]
path = "promotions.csv"
[[import]]
entity = "promotion"
file = "promotions"
fields = { code = "Code", name = "Name", discount_rate = "Rate", starts_on = "From", ends_on = "To" }
"""
PRICES = """
[[import]]
entity = "brand"
rows = [{ code = "B", name = "Brand" }]
[[import]]
entity = "category"
rows = [{ code = "C", name = "Category" }]
[files.products]
path = "products.csv"
[[import]]
entity = "product"
file = "products"
fields = { code = "Code", name = "Code", brand = { value = "B" }, category = { value = "C" } }
[[import]]
entity = "price_list"
rows = [{ code = "L", name = "List" }]
[files.prices]
path = "prices.csv"
[[import]]
entity = "price"
file = "prices"
fields = { price_list = { value = "L" }, product = "Product", amount = "Amount", starts_on = "From", ends_on = "To" }
"""


def test_each_row_that_a_constraint_refuses(run: Run) -> None:
    """Promotions that end before they begin, among good ones: all of them, with the column, and nothing else."""
    lines = [f"P{n},Name {n},0.1,2024-02-01,2024-0{'1' if n in (0, 7, 8, 39) else '3'}-01" for n in range(40)]
    outcome = run(PROMOTIONS, {"promotions.csv": "Code,Name,Rate,From,To\n" + "\n".join(lines)})
    found = wrong(outcome)
    assert [row[:3] for row in found] == [("promotions.csv", n + 2, "To") for n in (0, 7, 8, 39)]
    assert {row[3] for row in found} == {"The end date must not be before the start date. (From, To)"}
    assert (outcome.written, outcome.notes) == (False, [])
    assert vars(outcome.counts["promotion"]) == {"created": 36, "changed": 0, "unchanged": 0}
    assert not Promotion.objects.exists()


def test_rows_that_collide_with_an_earlier_one(run: Run) -> None:
    """Overlapping prices: the first of them is not to blame, each later one is, and the product after them is as well."""
    outcome = run(
        PRICES,
        {
            "products.csv": "Code\nA\nB\n",
            "prices.csv": "Product,Amount,From,To\nA,1,2024-01-01,2024-12-31\nA,2,2024-06-01,\nA,3,2025-01-01,\n"
            "A,4,2025-02-01,\nB,5,2024-01-01,2023-01-01\nB,6,2024-01-02,\nX,7,2024-01-01,\n",
        },
    )
    reason = "Another price for this list, product and quantity is valid on some of these days."
    found = sorted(wrong(outcome), key=lambda row: row[1])
    assert [row[1] for row in found] == [3, 5, 6, 8]
    assert [row[3] for row in found if row[1] in (3, 5)] == [reason, reason]
    assert "Unknown product “X”" in found[3][3]
    assert not Price.objects.exists()


def test_good_rows_beside_wrong_ones_are_there_for_what_follows(run: Run) -> None:
    """A mistake among the people does not hide those among their orders."""
    profile = """
[[import]]
entity = "distributor"
rows = [{ code = "A", name = "Alpha" }]
[files.people]
path = "people.csv"
[[import]]
entity = "user"
file = "people"
[files.orders]
path = "orders.csv"
[[import]]
entity = "order"
file = "orders"
"""
    outcome = run(
        profile,
        {
            "people.csv": "external_code,full_name,email\n1,Ann,a@x.example\n2,Bob,a@x.example\n",
            "orders.csv": "number,distributor,manager,ordered_at\nN1,A,1,2024-01-01\nN2,A,2,2024-01-01\n"
            "N3,A,9,2024-01-01\n",
        },
    )
    assert wrong(outcome) == [
        ("people.csv", 3, "email", "This email address is already in use."),
        ("orders.csv", 4, "manager", "Unknown user “9”."),
    ]
    assert outcome.waiting == 1
    assert not Distributor.objects.exists()


def test_plans_are_judged_as_a_whole(run: Run) -> None:
    """Parts of a plan make sense only together: no row is blamed because another one is missing."""
    profile = """
[[import]]
entity = "business_year"
rows = [{ code = "2024", starts_on = 2024-01-01, ends_on = 2024-12-31, periods = "quarters" }]
[files.plans]
path = "plans.csv"
[[import]]
entity = "plan"
file = "plans"
"""
    outcome = run(profile, {"plans.csv": "year,period,amount\n2024,1,10\n2024,9,10\n2024,2,10\n"})
    assert [row[1] for row in wrong(outcome)] == [3]
    assert outcome.notes == ["sales plan: 3 rows were not checked. Correct the rows listed, then check again."]
    assert not SalesPlan.objects.exists()


def test_a_file_that_is_wrong_altogether(run: Run) -> None:
    """Each of a thousand is named, and not after a night."""
    lines = [f"P{n},Name,0.1,2024-02-01,2024-01-01" for n in range(1_000)]
    outcome = run(PROMOTIONS, {"promotions.csv": "Code,Name,Rate,From,To\n" + "\n".join(lines)})
    assert (outcome.wrong_count, outcome.untried, outcome.seconds < 20) == (1_000, 0, True)


@pytest.fixture
def picky_stage() -> Stage:
    """Eight staged records, and a table that takes all but two of them, and those not by a writer of rows."""
    statement("CREATE TEMPORARY TABLE picky (n integer CHECK (n NOT IN (3, 6)))")
    statement("CREATE TEMPORARY TABLE import_stage AS SELECT n AS _n FROM generate_series(0, 7) AS n")
    return Stage(entity=entities()["promotion"], mapped=(), rows=8, zone="UTC", digits=2)


def picky(stage: Stage) -> dict[str, Counts]:
    return {"promotion": Counts(created=statement("INSERT INTO picky SELECT _n FROM import_stage"))}


def test_what_is_refused_only_by_the_block_is_found_by_halving(picky_stage: Stage) -> None:
    """Writers that work on all rows at once leave the person no less than a row."""
    done = partly.write_partly(picky_stage, picky, IntegrityError())
    assert [place for place, _field, _reason in done.faults] == [3, 6]
    assert (done.counts["promotion"].created, done.left) == (6, 0)


def test_the_search_has_an_end(picky_stage: Stage) -> None:
    """A file of the wrong kind does not keep the worker for hours; what was not tried is counted."""
    done = partly.write_partly(picky_stage, picky, IntegrityError(), seconds=0)
    assert ([place for place, _field, _reason in done.faults], done.left) == ([3], 4)


def test_rows_of_which_it_cannot_be_said_whether_they_are_wanted(run: Run) -> None:
    """A row that is left out in silence is missed by nobody until the sums are wrong."""
    profile = PROMOTIONS.replace('path = "promotions.csv"', 'path = "promotions.csv"\nwhere = "number(Rate) > 0.05"')
    text = "Code,Name,Rate,From,To\nA,Few,0.01,2024-01-01,\nB,Bad,much,2024-01-01,\nC,Good,0.1,2024-01-01,\n"
    outcome = run(profile, {"promotions.csv": text})
    assert wrong(outcome) == [("promotions.csv", 3, "Rate", "“much” is not a number.")]
    assert run(profile, {"promotions.csv": text.replace("much", "0.2")}).counts["promotion"].created == 2
    assert set(Promotion.objects.values_list("code", flat=True)) == {"B", "C"}
