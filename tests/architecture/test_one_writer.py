"""Rows of an app are written by that app alone: a column that is new has one place where it must be filled."""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from distribution.launcher.folders import PROJECT
from tests.architecture.sql_texts import OUR_APPS, Found, owners, read_tables, written_tables

pytestmark = pytest.mark.xdist_group("one writer")  # all modules are read once, not by each worker
WRITES: dict[str, str] = {}
"""Files that write tables of another app, each with its reason."""

READS = {
    "orders/ordering/services/context_sql.py": "the hot path: everything about an order in one statement",
    "orders/ordering/services/placing_sql.py": "the hot path: an order, its lines and what they earn, written in one statement",
    "pricing/selectors/price_sql.py": "the hot path: the prices of an order, embedded in the statement that reads all of it",
    "orders/changes/selectors/other_prices.py": "the prices of open orders beside those of today, with the products' codes",
    "orders/ordering/selectors/usual_order.py": "the products of an order that is being entered, beside its lines",
    "channel/models/cells.py": "an agreement's goods and territories at the leaves of their trees",
    "channel/selectors/outside.py": "within the statement that reads all about an order: territories above, rights",
    "channel/selectors/invariants.py": "verify compares the rights that agreements grant with the agreements",
    "outlets/services/importing.py": "imported outlets lie at the leaves of the territories",
    "responsibility/selectors/radar_counts.py": "the states of all duties of all distributors, counted in one statement",
    "responsibility/selectors/coverage.py": "the sweep over the days of all duties, in one statement",
    "responsibility/selectors/silent.py": "duties in force against the events that count as doing them, in one statement",
    "planning/services/write_plans.py": "the periods of a plan that is given by days or years",
    "planning/selectors/progress.py": "plan and actual of all distributors in one statement, for overviews",
    "planning/selectors/owners.py": "the territories below a territory",
    "transfers/selectors/invariants.py": "verify compares what is in transit with the stock movements and expected receipts",
    "stocktaking/selectors/invariants.py": "verify recomputes what counts and scrap posted out of the stock movements",
    "orders/tracking/selectors/delivery_sql.py": "the report of deliveries: back orders and changes of all that was due",
    "billing/services/bulk_limits.py": "the default company, and the currency of many distributors at once",
    "orders/pages/selectors/credit_invariants.py": "verify compares what accounts have reserved for orders with the orders",
    "orders/pages/selectors/invariants.py": "verify recomputes what one app keeps out of what another has",
    "orders/fulfilment/claims/selectors/invariants.py": "verify compares damaged pieces of claims with the blocked stock",
    "orders/fulfilment/selectors/invariants.py": "verify compares receivers with the stock movements and the addresses",
    "evaluation/scoring/freeze.py": "the batch of the evaluation: one statement for all distributors",
    "evaluation/services/runs.py": "likewise",
    "evaluation/scoring/due_lines.py": "likewise: the lines that were due",
    "evaluation/selectors/step_rows.py": "likewise: what a figure came from",
    "orders/fulfilment/services/receiving_by_itself.py": "the agreed days of each shipment, where those due are locked",
    "orders/bulk/services/orders.py": "addresses and contacts that heads name, found for many orders at once",
    "orders/bulk/services/lines.py": "category and unit of the products, copied onto many lines at once",
    "orders/returns/selectors/invariants.py": "verify compares what returns say with the stock movements",
    "orders/bulk/services/reservations.py": "which of many orders hold something already",
    "planning/services/link_plans.py": "the territories above a plan",
    "inventory/models/lot_triggers.py": "whether a product is stocked by lot, asked by the trigger of every movement",
    "inventory/services/lot_sql.py": "whether a product is stocked by lot, and whether it expires, beside its lots",
    "inventory/selectors/lot_invariants.py": "verify recomputes the lots of products that are stocked by lot",
    "orders/fulfilment/selectors/lot_rules.py": "the lots of a distributor's last shipment, in one statement",
    "demo/history.py": "the demo draws from catalogue, prices and responsibilities",
    "demo/channel_stock.py": "the demo draws from what the distributors bought",
    "demo/plans.py": "the demo draws from last year's sales",
    "demo/problems.py": "the demo draws from the orders",
}
"""Files whose SQL reads tables of another app, each with its reason. Others ask a selector of the owner."""


def _modules() -> Iterator[tuple[Path, ast.AST, ModuleType]]:
    for app in sorted(OUR_APPS):
        for path in sorted((PROJECT / app).rglob("*.py")):
            if "migrations" not in path.parts and path.name != "gunicorn_settings.py":
                name = ".".join(path.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__")
                yield path, ast.parse(path.read_text()), importlib.import_module(name)


def _foreign(found: list[Found], module: ModuleType) -> list[str]:
    app, known = module.__name__.split(".")[0], owners()
    return [f"{module.__name__}:{entry.line} {entry.table}" for entry in found if known.get(entry.table, app) != app]


@pytest.fixture(scope="module")
def traffic() -> list[tuple[str, list[str], list[str]]]:
    """Of each file its name, and what it writes and reads of other apps."""
    return [
        (
            str(path.relative_to(PROJECT)),
            _foreign(written_tables(tree, module), module),
            _foreign(read_tables(tree, module), module),
        )
        for path, tree, module in _modules()
    ]


def test_nobody_writes_the_tables_of_another_app(traffic: list[tuple[str, list[str], list[str]]]) -> None:
    """A second writer forgets the column that the owner filled from yesterday on, and no tool tells."""
    assert [entry for name, writes, _reads in traffic if name not in WRITES for entry in writes] == []


def test_statements_read_other_apps_for_a_reason(traffic: list[tuple[str, list[str], list[str]]]) -> None:
    """A table whose readers are unknown cannot be changed."""
    assert [entry for name, _writes, reads in traffic if name not in READS for entry in reads] == []


def test_no_exception_outlives_its_reason(traffic: list[tuple[str, list[str], list[str]]]) -> None:
    """A list of exceptions that nobody needs hides the next one."""
    assert set(WRITES) - {name for name, writes, _reads in traffic if writes} == set()
    assert set(READS) - {name for name, _writes, reads in traffic if reads} == set()


PLANTED = {
    "insert": 'STATEMENT = "INSERT INTO core_event (kind) VALUES (1)"',
    "lower case": 'STATEMENT = "update accounts_user set is_active = true"',
    "quoted": "STATEMENT = 'DELETE FROM \"accounts_user\"'",
    "truncate": 'STATEMENT = "TRUNCATE accounts_user"',
    "copy": 'STATEMENT = "COPY accounts_user FROM STDIN"',
    "merge": 'STATEMENT = "MERGE INTO accounts_user AS t USING given ON true"',
    "constant in an f-string": 'TABLE = "accounts_user"\nSTATEMENT = f"UPDATE {TABLE} SET is_active = true"',
    "local name": 'def work():\n    table = "accounts_user"\n    return f"DELETE FROM {table}"',
    "table of a model": (
        "from accounts.models import User\ndef work():\n    return f'UPDATE {User._meta.db_table} SET is_active = true'"
    ),
    "plus": 'TABLE = "accounts_user"\nSTATEMENT = "DELETE FROM " + TABLE',
    "percent": 'TABLE = "accounts_user"\nSTATEMENT = "DELETE FROM %s WHERE id = 1" % TABLE',
    "format": 'STATEMENT = "DELETE FROM {}".format("accounts_user")',
    "create": "from accounts.models import User\ndef work():\n    User.objects.create(email='x')",
    "update": "from accounts.models import User\ndef work():\n    User.objects.filter(pk=1).update(is_active=True)",
    "late import": "def work():\n    from accounts.models import User\n    User.objects.all().delete()",
    "save of a row": "from accounts.models import User\ndef work():\n    row = User.objects.get(pk=1)\n    row.save()",
    "save of an argument": "from accounts.models import User\ndef work(row: User):\n    row.save()",
    "save in a loop": "from accounts.models import User\ndef work():\n    for row in User.objects.all():\n        row.save()",
    "builder": (
        "from accounts.models import User\nfrom core.importing import insert_into\nSTATEMENT = insert_into(User, 'given')"
    ),
}


@pytest.mark.parametrize("kind", PLANTED)
def test_every_kind_of_writing_is_seen(kind: str) -> None:
    """A way of writing that the test does not see is the way the second writer takes."""
    assert _planted(PLANTED[kind]) != []


def test_the_owner_and_its_fragments_are_free() -> None:
    """What an app exports to be embedded is its own writing; a name with an article is no table."""
    fragment = (
        "from orders.ordering.services.placing_sql import PLACE_DRAFT\nSTATEMENT = f'WITH {PLACE_DRAFT} SELECT 1'"
    )
    assert _planted(fragment, name="evaluation.planted") == []
    assert (
        _planted("from core.importing import insert_into as build\nPART = build\nSTATEMENT = f'WITH {PART} SELECT 1'")
        == []
    )
    assert _planted('STATEMENT = "UPDATE orders_order SET note = 1"') == []
    assert _planted('TEXT = "Copy the file, then update users of it."') == []


def _planted(source: str, *, name: str = "orders.planted") -> list[str]:
    module = ModuleType(name)
    exec(compile(source, name, "exec"), vars(module))  # noqa: S102 - a text that stands above
    return _foreign(written_tables(ast.parse(source), module), module)
