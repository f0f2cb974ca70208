"""The guide for ERPs: each of its commands is run as it stands there, against a real server."""

import json
import os
import re
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from tests.concurrency.site import ROOT, running
from tests.hook_server import hook_server

GUIDE = ROOT / "docs" / "howto" / "erp.md"
_BLOCK = re.compile(r"```(sh|json)\n(.*?)```", re.DOTALL)
_BREAK = "=====next====="
_PEOPLE = """
from decimal import Decimal
from tests.factories.accounts import AdministratorFactory, ApiTokenFactory, BuyerFactory
from tests.factories.inventory import BrandFactory, BuyingRightFactory, CategoryFactory
from tests.factories.planning import PriceListFactory
from tests.factories.orders import shop
place = shop(products=0)
place.warehouse.code = "MAIN"
place.warehouse.save()
brand = BrandFactory.create(code="LEAF")
CategoryFactory.create(code="TEA")
BuyingRightFactory.create(distributor=place.distributor, brand=brand)
PriceListFactory.create(code="STANDARD", currency=place.distributor.currency)
people = AdministratorFactory.create(), BuyerFactory.create(distributor=place.distributor)
print("keys", *(ApiTokenFactory.create(user=person, scope="all").secret for person in people))
"""


def contains(found: Any, expected: Any) -> bool:
    """Whether an answer has everything that the guide shows of it."""
    if isinstance(expected, dict):
        return isinstance(found, dict) and all(
            name in found and contains(found[name], expected[name]) for name in expected
        )
    if isinstance(expected, list):
        return len(found) == len(expected) and all(map(contains, found, expected))
    return bool(found == expected)


@pytest.mark.processes
@pytest.mark.slow
@pytest.mark.timeout(400)
def test_the_guide_works_as_it_stands(tmp_path: Path) -> None:
    """Whoever connects an ERP by the guide would find out line by line that it describes another program."""
    blocks = _BLOCK.findall(GUIDE.read_text())
    commands = [(text, blocks[place + 1 : place + 2]) for place, (kind, text) in enumerate(blocks) if kind == "sh"]
    script = f"\necho '{_BREAK}'\n".join(["set -euo pipefail", *(text for text, _after in commands)])
    with (
        hook_server() as hook,
        running(
            tmp_path / "data",
            names=("web", "short", "outgoing", "beat"),
            environment={"WEBHOOK_PRIVATE_ADDRESSES": "1"},
        ) as site,
    ):
        keys = next(line for line in site.manage("shell", "-c", _PEOPLE).splitlines() if line.startswith("keys "))
        _word, brand, buyer = keys.split()
        site.wait_for_web()
        url = f"http://127.0.0.1:{site.port}"
        done = subprocess.run(
            ["/bin/bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False,
            env={**os.environ, "URL": url, "BRAND_KEY": brand, "BUYER_KEY": buyer, "HOOK_URL": hook.url},
        )  # fmt: skip
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
        outputs = done.stdout.split(f"{_BREAK}\n")[1:]
        assert len(outputs) == len(commands)
        for (text, after), output in zip(commands, outputs, strict=True):
            for kind, shown in after:
                if kind == "json":
                    assert contains(json.loads(output), json.loads(shown)), f"{text}\n{output}\n{shown}"
        until = time.monotonic() + 60
        wanted = {"order.approved", "order.shipped", "order.cancelled"}
        while wanted - {call.body["kind"] for call in hook.calls} and time.monotonic() < until:
            time.sleep(0.3)
        assert {call.body["kind"] for call in hook.calls} == wanted
