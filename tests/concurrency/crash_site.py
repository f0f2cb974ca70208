"""A company with ten scarce products on a data folder of its own; run as a program beside the test, which
takes one command after the other: a line of JSON with its words on its input, and a line of JSON with the answer back.

collect        put the static files where the web server finds them, unless they are there
seed STOCK     make it, and print tokens, product codes and the distributor's code as JSON
supply CODE PIECES  let so many pieces come in of each product in the warehouse from which a distributor is supplied
report CODE    print what is there now of that distributor's orders, and every promise that is broken
services       start Redis and PostgreSQL again where they are gone
seed_goods, goods    see `goods_site`
stage          make what `queue` needs
queue          queue an import and an evaluation, and print their jobs
jobs           print how each job is
empty_redis    take everything out of Redis
sign_in        sign a buyer in who may order, and print the key of the session
waiting NAME   print how many connections of that application wait for a lock
publish        publish a policy to the distributor of the stage, which goes to its owner by page and mail
brands         print the codes of all brands
make_channel COUNT HOOK HANGING, publish_policy, told, acknowledge POLICY COUNT    see `channel_site`
"""

import json
import os
import sys
import traceback
from collections.abc import Callable
from typing import Any

from distribution.launcher import postgres, redis
from tests.concurrency import channel_site, goods_site

CLIENTS = 16


def seed(on_hand: int) -> dict[str, Any]:
    from tests.factories.accounts import ApiTokenFactory, BuyerFactory
    from tests.orders.people import stage

    people = stage(products=10, on_hand=on_hand)
    buyers = [BuyerFactory.create(distributor=people.shop.distributor) for _number in range(CLIENTS)]
    return {
        "tokens": [ApiTokenFactory.create(user=buyer).secret for buyer in buyers],
        "products": [product.code for product in people.shop.products],
        "distributor": people.shop.distributor.code,
    }


def report(distributor: str) -> dict[str, Any]:
    from core.models import Delivery, Event, OutboxMessage, StoredReply
    from inventory.models import BackOrder, Stock
    from messaging.models import Notification
    from orders.models import Order

    orders = Order.objects.filter(distributor__code=distributor)
    events = Event.objects.filter(distributor_id__in=orders.values("distributor"))
    return {
        "numbers": list(orders.values_list("number", flat=True)),
        "waiting": OutboxMessage.objects.filter(feed_position=None).count()
        + Delivery.objects.exclude(status="delivered").count(),
        "messages": OutboxMessage.objects.filter(event__kind="order.submitted", event__in=events).count(),
        "events": events.filter(kind="order.submitted").count(),
        "notifications": Notification.objects.filter(kind="order.waits", event__in=events).count(),
        "replies": StoredReply.objects.count(),
        "free": [stock.available for stock in Stock.objects.all()],
        "back_ordered": sum(BackOrder.objects.filter(source_id__in=orders).values_list("quantity", flat=True)),
        "cancelled": orders.filter(status="cancelled").count(),
    }


def supply(distributor: str, pieces: int) -> bool:
    from inventory.models import Stock, SupplyRoute
    from inventory.services.stock import receive_stock

    warehouse = SupplyRoute.objects.get(distributor__code=distributor).warehouse_id
    products = list(Stock.objects.filter(warehouse=warehouse).values_list("product_id", flat=True))
    receive_stock(
        warehouse_id=warehouse, product_ids=products, quantities=[pieces] * len(products), reference="GR", actor=None
    )
    return True


def stage() -> None:
    from tests.evaluation.world import World
    from tests.factories.accounts import AdministratorFactory

    World()
    AdministratorFactory.create()


def queue() -> list[int]:
    from django.db import transaction
    from django.utils import timezone

    from accounts.enums import Role
    from accounts.models import User
    from core.models import Job
    from evaluation.models import EvaluationRun, Scorecard
    from evaluation.services.runs import start_run
    from integration.engine.jobs import upload_import
    from tests.evaluation.world import YEAR

    with transaction.atomic():
        EvaluationRun.objects.update(status="failed")  # so that the same year can be evaluated again
        profile = f"[[import]]\nentity='brand'\nrows=[{{code='B{Job.objects.count()}', name='A brand'}}]"
        first = upload_import(profile_text=profile, files=[], actor=User.objects.get(is_superuser=True))
        Job.objects.filter(pk=first.pk).update(params={"dry_run": False})
        director = User.objects.get(memberships__role=Role.DIRECTOR)
        card = Scorecard.objects.get()
        second = start_run(
            scorecard_id=card.pk, starts_on=YEAR[0], ends_on=YEAR[1], actor=director, now=timezone.now()
        ).job
        assert second is not None
    return [first.pk, second.pk]


def jobs() -> dict[str, list[Any]]:
    from core.models import Job

    return {str(job.pk): [job.status, job.attempts, job.error] for job in Job.objects.order_by("pk")}


def empty_redis() -> bool:
    from django.conf import settings
    from redis import Redis

    return bool(Redis.from_url(settings.REDIS_URL).flushall())


def sign_in() -> str:
    from django.conf import settings
    from django.test import Client

    from tests.orders.people import stage

    client = Client()
    client.force_login(stage().buyer, backend="sign_in.backends.PasswordBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def waiting(application: str) -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND application_name = %s",
            [application],
        )
        return int(cursor.fetchone()[0])


def publish() -> str:
    """The address of the owner who is told."""
    from tests.factories.accounts import OwnerFactory
    from tests.factories.announcements import published

    owner = OwnerFactory.create()
    published(blocks_orders=False)
    return str(owner.email)


def brands() -> list[str]:
    from catalogue.models import Brand

    return list(Brand.objects.values_list("code", flat=True))


def answer(words: list[str]) -> dict[str, Any]:
    """What the command gives, or how it failed. Like a program of its own it finds Redis running and opens its connection."""
    from django.db import connections

    from distribution.frontend import collect_if_changed

    commands: dict[str, Callable[..., Any]] = {
        "seed": lambda on_hand: seed(int(on_hand)), "supply": lambda code, pieces: supply(code, int(pieces)),
        "report": report, "services": lambda: True, "goods": goods_site.goods,
        "seed_goods": lambda pieces, clients: goods_site.seed_goods(int(pieces), int(clients)),
        "stage": stage, "queue": queue, "jobs": jobs,
        "collect": collect_if_changed, "empty_redis": empty_redis, "sign_in": sign_in, "publish": publish,
        "waiting": waiting, "brands": brands,
        "make_channel": lambda count, *hooks: channel_site.make_channel(int(count), *hooks),
        "publish_policy": channel_site.publish_policy, "told": channel_site.told,
        "acknowledge": lambda policy, count: channel_site.acknowledge(int(policy), int(count)),
    }  # fmt: skip
    try:
        postgres.ensure()
        redis.ensure()
        return {"answer": commands[words[0]](*words[1:])}
    except Exception:  # noqa: BLE001 - whatever it was, the test shows it
        return {"failed": traceback.format_exc()[-3000:]}
    finally:
        connections.close_all()


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "distribution.settings")
    import django

    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what is printed on the way is no answer
    django.setup()
    for line in sys.stdin:
        answers.write(json.dumps(answer(json.loads(line))) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
