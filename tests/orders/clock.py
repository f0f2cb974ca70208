"""The moment at which the clock of every run is set, so that no run differs for its day: an ordinary Thursday."""

from datetime import UTC, datetime

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
