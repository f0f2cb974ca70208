"""How a test says that a use case refuses: its own savepoint, as the outermost transaction of a request would be."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction

from core.errors import DomainError


@contextmanager
def refused(error: type[DomainError], match: str | None = None) -> Iterator[pytest.ExceptionInfo[DomainError]]:
    with pytest.raises(error, match=match) as found, transaction.atomic():
        yield found
