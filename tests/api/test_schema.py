"""The committed description of the API, as somebody who writes a client reads it."""

import json
import re
from pathlib import Path
from typing import Any

import yaml

SCHEMA: dict[str, Any] = yaml.safe_load(
    (Path(__file__).resolve().parents[2] / "docs" / "api" / "schema.yaml").read_text(encoding="utf-8")
)


def named_in(part: Any) -> set[str]:
    return set(re.findall(r"#/components/schemas/(\w+)", json.dumps(part)))


def test_what_is_sent_is_not_described_as_what_is_answered() -> None:
    """Where a description is lost, the generator takes the answer's shape for the request's: a client sends nonsense."""
    sent, answered = set[str](), set[str]()
    for methods in SCHEMA["paths"].values():
        for operation in methods.values():
            sent |= {name.removesuffix("Request") for name in named_in(operation.get("requestBody", {}))}
            replies = {status: reply for status, reply in operation["responses"].items() if status < "300"}
            answered |= named_in(replies)
    assert sent
    assert sent & answered == set()
