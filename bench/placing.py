"""Placing orders of ten lines over HTTP with everything on, beside the least that Django and DRF can do.

Ours and the floor of ../shared/bench take turns: two gunicorn sync workers, eight clients, the same PostgreSQL.
Needs wrk and psql (apt-get install wrk postgresql-client) and the floor beside the project.
"""

import importlib.util
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from django.conf import settings
from django.db import connection
from django.utils import timezone

from bench.database import kept_database
from bench.results import Result

HERE = Path(__file__).resolve().parent
FLOOR = HERE.parents[1] / "shared" / "bench"
NAME = "tributary_bench_placing"
PORT = 8210
CLIENTS = 8
DISTRIBUTORS = 700
FILLING = 8  # seconds of orders before what is measured

FILL = """
INSERT INTO inventory_warehouse (code, name, name_zh, is_active, is_default, kind)
    SELECT 'W' || g, 'Warehouse ' || g, '', true, false, 'sale'
    FROM generate_series(1, 5) g;
INSERT INTO catalogue_brand (code, name, name_zh) VALUES ('B', 'Brand', '');
INSERT INTO catalogue_category (code, name, name_zh) SELECT 'C' || g, 'Category ' || g, '' FROM generate_series(1, 10) g;
INSERT INTO catalogue_product (code, name, name_zh, brand_id, category_id, status, unit, pack_size, minimum_quantity,
        order_multiple, unit_cost, description, description_zh, pinyin, variant)
    SELECT 'SKU' || lpad(g::text, 6, '0'), 'Product ' || g, '', (SELECT id FROM catalogue_brand),
        (SELECT min(id) FROM catalogue_category) + g %% 10, 'active', 'pcs', 1, 1, 1, 4, '', '', '', '{}'
    FROM generate_series(1, 500) g;
INSERT INTO pricing_pricelist (code, name, name_zh, currency, channel_kind, priority, is_active, source_type)
    VALUES ('ALL', 'For all', '', 'USD', '', 0, true, '');
INSERT INTO pricing_price (price_list_id, product_id, from_quantity, amount, starts_on)
    SELECT (SELECT id FROM pricing_pricelist), id, 1, 5.5 + id %% 97, '2020-01-01' FROM catalogue_product;
INSERT INTO inventory_stock (warehouse_id, product_id, on_hand, reserved, waiting)
    SELECT w.id, p.id, 1000000000, 0, 0 FROM inventory_warehouse w, catalogue_product p;
INSERT INTO accounts_distributor (code, name, name_zh, legal_name, channel_kind, status, currency, language, city, country,
        address, phone, email, pinyin)
    SELECT 'D' || g, 'Distributor ' || g, '', '', 'wholesale', 'active', 'USD', 'en', '', '', '', '', '', ''
    FROM generate_series(1, %(count)s) g;
INSERT INTO inventory_supplyroute (distributor_id, warehouse_id, lead_days, priority)
    SELECT id, (SELECT min(id) FROM inventory_warehouse) + id %% 5, 5, 1 FROM accounts_distributor;
INSERT INTO catalogue_buyingright (distributor_id, brand_id, starts_on)
    SELECT id, (SELECT id FROM catalogue_brand), '2020-01-01' FROM accounts_distributor;
INSERT INTO accounts_user (password, is_superuser, email, full_name, full_name_zh, language, is_active, date_joined,
        session_epoch)
    SELECT '!', false, 'manager' || g || '@example.test', 'Manager ' || g, '', 'en', true, %(now)s, 0
    FROM generate_series(1, 30) g;
INSERT INTO accounts_membership (person_id, role, starts_on) SELECT id, 'manager', '2020-01-01' FROM accounts_user;
INSERT INTO accounts_duty (code, name, name_zh, covers, covers_zh, cadence_unit, done_by, position, is_active)
    VALUES ('sales', 'Sales', '', '', '', '', '{}', 0, true);
INSERT INTO accounts_responsibility (distributor_id, duty_id, user_id, starts_on, note)
    SELECT id, (SELECT id FROM accounts_duty), (SELECT min(id) FROM accounts_user) + id %% 30, '2020-01-01', ''
    FROM accounts_distributor;
INSERT INTO accounts_user (password, is_superuser, email, full_name, full_name_zh, language, is_active, date_joined,
        session_epoch)
    SELECT '!', false, 'buyer' || id || '@example.test', 'Buyer ' || id, '', 'en', true, %(now)s, 0
    FROM accounts_distributor;
INSERT INTO accounts_membership (person_id, role, distributor_id, starts_on)
    SELECT person.id, 'buyer', distributor.id, '2020-01-01'
    FROM accounts_distributor AS distributor
    JOIN accounts_user AS person ON person.email = 'buyer' || distributor.id || '@example.test';
"""

EMPTY = """
TRUNCATE orders_order, orders_orderline, orders_shipment, orders_shipmentline, orders_trackingevent,
    inventory_reservation, core_event, core_outboxmessage, core_storedreply, orders_returnedgoods CASCADE;
UPDATE inventory_stock SET reserved = 0
"""


def measure(*, quick: bool) -> list[Result]:
    """Orders per second, the median of the rounds."""
    if not shutil.which("wrk"):
        print("wrk is not installed (apt-get install wrk): placing is not measured.")
        return []
    rounds, seconds = (1, 3) if quick else (3, 6)
    floor = _floor()
    with _bench_database(), tempfile.TemporaryDirectory() as folder:
        tokens = Path(folder) / "tokens"
        tokens.write_text("\n".join(_tokens()))
        found: dict[str, list[float]] = {}
        for _round in range(rounds):
            if floor:
                _measure_floor(floor, seconds, found)
            _measure_ours(tokens, seconds, found)
    return _results({name: statistics.median(figures) for name, figures in found.items()})


def _results(median: dict[str, float]) -> list[Result]:
    shapes = {"uni": "orders of ten lines", "hot": "the same on hot products"}
    aims = {"order-auth": "1.0, never below 0.6", "order-hybrid": ""}
    results = []
    for shape, name in shapes.items():
        ours = median[f"ours {shape}"]
        for path, aim in aims.items():
            its = median.get(f"{path} {shape}")
            results.append(
                Result(name=name, figure=ours, unit="/s", compared_with=f"floor {path}", its_figure=its, aim=aim)
            )
    return results


def _floor() -> ModuleType | None:
    """The floor's own program, pointed at our server."""
    spec = importlib.util.spec_from_file_location("floor_run", FLOOR / "run.py") if FLOOR.exists() else None
    if spec is None or spec.loader is None or not shutil.which("psql"):
        print("../shared/bench or psql is not there: our figures stand alone.")
        return None
    connection.ensure_connection()  # the embedded server starts with the first one
    server = connection.settings_dict
    os.environ["PGHOST"], os.environ["PGUSER"] = str(server["HOST"]), str(server["USER"])
    os.environ["PGPORT"] = str(server["PORT"] or "5432")
    if server["PASSWORD"]:
        os.environ["PGPASSWORD"] = str(server["PASSWORD"])
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.psql(f"DROP DATABASE IF EXISTS {module.DB}", f"CREATE DATABASE {module.DB}", db="postgres")
    module.psql(file=str(FLOOR / "limit" / "schema.sql"))
    return module


def _measure_floor(floor: ModuleType, seconds: int, found: dict[str, list[float]]) -> None:
    floor.reset()
    ours = os.environ.pop("DJANGO_SETTINGS_MODULE", None)  # the floor has settings of its own
    server = floor.serve()
    if ours:
        os.environ["DJANGO_SETTINGS_MODULE"] = ours
    try:
        script, address = FLOOR / "floor" / "order.lua", f"http://127.0.0.1:{floor.PORT}"
        floor.wrk(f"{address}/order-auth", script, 4, 1)
        for path in ("order-auth", "order-hybrid"):
            for shape in ("uni", "hot"):
                figure = floor.wrk(f"{address}/{path}", script, CLIENTS, seconds, shape)
                found.setdefault(f"{path} {shape}", []).append(figure["rps"])
    finally:
        server.terminate()
        server.wait(10)


def _measure_ours(tokens: Path, seconds: int, found: dict[str, list[float]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(EMPTY)
        cursor.execute("VACUUM ANALYZE")
    with _served():
        _wrk(tokens, "uni", CLIENTS, FILLING)
    with connection.cursor() as cursor:  # plans made for an empty table look through all of it for each foreign key
        cursor.execute("VACUUM ANALYZE")
    with _served():
        _wrk(tokens, "uni", 4, 1)
        for shape in ("uni", "hot"):
            found.setdefault(f"ours {shape}", []).append(_wrk(tokens, shape, CLIENTS, seconds))


def _wrk(tokens: Path, shape: str, clients: int, seconds: int) -> float:
    address = f"http://127.0.0.1:{PORT}/api/v1/orders/"
    said = subprocess.run(
        ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--timeout", "20s", "-s", str(HERE / "placing.lua"), address, "--",
         shape, str(tokens)],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    words = dict(part.split("=") for part in said.split("RES ")[1].split())
    if float(words["err"]):
        raise RuntimeError(f"{words['err']} of {words['n']} requests failed")
    return float(words["rps"])


@contextmanager
def _served() -> Iterator[None]:
    """Our own web server as in production, on the benchmark's database."""
    server = connection.settings_dict
    account = f"{server['USER']}:{server['PASSWORD']}" if server["PASSWORD"] else server["USER"]
    host = f"/{server['HOST']}" if str(server["HOST"]).startswith("/") else server["HOST"]
    port = f":{server['PORT']}" if server["PORT"] else ""
    environment = os.environ | {
        # A host that is a path is the folder of a socket: postgres://somebody@//the/folder/database
        "DATABASE_URL": f"postgres://{account}@{host}{port}/{server['NAME']}",
        "REDIS_URL": settings.REDIS_URL,
        "SECRET_KEY": settings.SECRET_KEY,
        "ALLOWED_HOSTS": "127.0.0.1",
        "HTTPS": "false",
        "PORT": str(PORT),
        "WEB_WORKERS": "2",
        "API_REQUESTS_PER_MINUTE": "1000000",
    }
    command = [sys.executable, "-m", "gunicorn", "-c", "distribution/gunicorn_settings.py"]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, cwd=HERE.parent, env=environment, stdout=log, stderr=log)
        try:
            _wait(process)
            yield
        finally:
            process.terminate()
            process.wait(30)


def _wait(process: "subprocess.Popen[bytes]") -> None:
    for _try in range(120):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/healthz", timeout=2)
        except OSError:
            if process.poll() is not None:
                raise RuntimeError("our server ended") from None
            time.sleep(0.25)
        else:
            return
    raise RuntimeError("our server does not answer")


@contextmanager
def _bench_database() -> Iterator[None]:
    """700 distributors, 500 products and five warehouses, as the floor has; made once and kept."""
    from company.services.company import ensure_company

    with kept_database(NAME):
        ensure_company(currency="USD")
        with connection.cursor() as cursor:
            cursor.execute("SELECT EXISTS (SELECT 1 FROM catalogue_product)")
            if not cursor.fetchone()[0]:
                cursor.execute(FILL, {"count": DISTRIBUTORS, "now": timezone.now()})
        yield


def _tokens() -> list[str]:
    """A new token for each buyer: only their hashes are kept in the database."""
    from accounts.enums import TokenScope
    from accounts.models import ApiToken, User

    ApiToken.objects.all().delete()
    made = []
    for buyer in User.objects.with_roles(["buyer"]).order_by("pk"):
        _token, secret = ApiToken.objects.create(user=buyer, name="bench", scope=TokenScope.ORDER)
        made.append(secret)
    return made
