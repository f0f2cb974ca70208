"""A company with ten scarce products on a data folder of its own; run as a program beside the test.

seed STOCK     make it, and print tokens and product codes as JSON
report         print what is there now, and every promise that is broken
"""

import json
import os
import sys
from typing import Any

CLIENTS = 16


def seed(on_hand: int) -> dict[str, Any]:
    from accounts.models import Notification
    from tests.factories.accounts import ApiTokenFactory, BuyerFactory
    from tests.orders.people import stage

    people = stage(products=10, on_hand=on_hand)
    buyers = [BuyerFactory.create(distributor=people.shop.distributor) for _number in range(CLIENTS)]
    return {
        "tokens": [ApiTokenFactory.create(user=buyer).secret for buyer in buyers],
        "products": [product.code for product in people.shop.products],
        "notifications": Notification.objects.count(),
    }


def report() -> dict[str, Any]:
    from accounts.models import Notification
    from core.models import Delivery, Event, OutboxMessage, StoredReply
    from inventory.models import Stock
    from orders.models import Order

    return {
        "numbers": list(Order.objects.values_list("number", flat=True)),
        "waiting": OutboxMessage.objects.filter(feed_position=None).count()
        + Delivery.objects.exclude(status="delivered").count(),
        "messages": OutboxMessage.objects.count(),
        "events": Event.objects.filter(kind="order.submitted").count(),
        "notifications": Notification.objects.filter(kind="order.submitted").count(),
        "replies": StoredReply.objects.count(),
        "free": [stock.available for stock in Stock.objects.all()],
    }


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "distribution.settings")
    import django

    django.setup()
    result = seed(int(sys.argv[2])) if sys.argv[1] == "seed" else report()
    sys.stdout.write("\n" + json.dumps(result))


if __name__ == "__main__":
    main()
