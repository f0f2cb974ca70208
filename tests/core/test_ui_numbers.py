"""Numbers, dates and drawings as people read them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from core.enums import Colour, JobStatus
from core.ui import numbers
from core.ui.figures import BulletChart, Spark, Waterfall, WaterfallStep
from core.ui.table_rows import state_badge


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        (numbers.money(Decimal("1234567.895"), "USD"), "USD\u202f1,234,567.90"),
        (numbers.money(Decimal("1234.5"), "JPY"), "JPY\u202f1,235"),
        (numbers.money_short(Decimal("-1234.5"), "CNY"), "−CNY\u202f1,235"),
        (numbers.money(None, "CNY"), "–"),
        (numbers.quantity(1234567), "1,234,567"),
        (numbers.percent(Decimal("0.305"), 1), "30.5%"),
        (numbers.signed(Decimal("3.25"), 1), "+3.3"),
        (numbers.signed(-3), "−3"),
        (numbers.signed(0), "0"),
    ],
)
def test_numbers_are_grouped_signed_and_have_their_unit(written: str, wanted: str) -> None:
    """A figure would be misread by a factor of ten."""
    assert written == wanted


def test_chinese_pages_group_by_three_too() -> None:
    """Django would group Chinese numbers by four, which no ledger does."""
    with translation.override("zh-hans"):
        assert numbers.quantity(1234567) == "1,234,567"
        assert numbers.day(date(2026, 3, 9)) == "2026-03-09"


def test_days_put_the_day_first_in_english() -> None:
    """9 March would read as 3 September."""
    assert numbers.day(date(2026, 3, 9)) == "9 Mar 2026"


@pytest.mark.parametrize(
    ("first", "last", "wanted"),
    [
        (date(2024, 2, 1), date(2024, 2, 29), "Feb 2024"),
        (date(2026, 1, 1), date(2026, 12, 31), "2026"),
        (date(2026, 2, 1), date(2026, 2, 27), "1 Feb 2026 – 27 Feb 2026"),
        (date(2025, 7, 1), date(2026, 6, 30), "1 Jul 2025 – 30 Jun 2026"),
    ],
)
def test_a_whole_month_or_year_has_a_name(first: date, last: date, wanted: str) -> None:
    """A table of twelve months on a phone would be a column of dates broken into six lines each."""
    assert numbers.span(first, last) == wanted


def test_relative_time_says_before_or_after() -> None:
    """Late and due would look alike."""
    now = datetime(2026, 3, 9, 12, tzinfo=UTC)
    assert numbers.relative(now - timedelta(seconds=40), now) == "just now"
    assert numbers.relative(now - timedelta(hours=2), now) == "2 hours ago"
    assert numbers.relative(now + timedelta(days=3), now) == "in 3 days"
    assert numbers.relative(date(2026, 3, 9), now) == "today"
    assert numbers.relative(date(2026, 3, 8), now) == "yesterday"


def test_a_state_is_a_word_with_its_colour() -> None:
    """Who does not see red would not see the state."""
    assert state_badge(JobStatus.FAILED) == '<span class="state state-red">Failed</span>'


def test_a_waterfall_adds_up_and_knows_no_data() -> None:
    """The bars would not lead to the score that stands above them."""
    fall = Waterfall(
        steps=[
            WaterfallStep(label="a", value=Decimal("30.5")),
            WaterfallStep(label="b", value=None),
            WaterfallStep(label="c", value=Decimal("-10.5")),
        ],
        total_label="Score",
        top=100,
    )
    assert fall.total == Decimal(20)
    assert [(bar.x, bar.width, bar.colour) for bar in fall.bars] == [
        ("0.00", "30.50", Colour.WORK),
        ("30.50", "0.00", Colour.WORK),
        ("20.00", "10.50", Colour.DANGER),
        ("0", "20.00", Colour.DONE),
    ]


def test_empty_drawings_do_not_break() -> None:
    """The first page of a new distributor would be an error."""
    assert BulletChart(actual=0, plan=None).actual_x == "0.00"
    assert Spark(title="new", values=[]).points == ""
    assert Spark(title="one", values=[5]).points == "0.0,2.0"


@pytest.mark.parametrize(
    ("language", "amount", "wanted"),
    [
        ("zh-hans", "16568923", "¥1,656.9\u202f万"),
        ("zh-hans", "99999600", "¥1.00\u202f亿"),
        ("zh-hans", "9999.6", "¥1.0\u202f万"),
        ("zh-hans", "9960", "¥9,960"),
        ("zh-hans", "-1657000", "−¥165.7\u202f万"),
        ("en", "1657000", "¥1.66M"),
        ("en", "999999.6", "¥1.00M"),
        ("en", "996000", "¥996,000"),
        ("en", "2500000000", "¥2.50B"),
        ("en", "0", "¥0"),
    ],
)
def test_overviews_count_money_in_the_units_of_the_reader(language: str, amount: str, wanted: str) -> None:
    """Thirty amounts of eight digits on a page are read by nobody; a wrong unit is a factor of ten thousand."""
    with translation.override(language), numbers.reader_of(lambda: "CNY"):
        assert numbers.money_short(Decimal(amount), "CNY") == wanted


def test_a_code_stands_only_where_it_is_not_the_readers_currency() -> None:
    """Dollars among yuan would look like yuan; yuan among yuan need no code thirty times a page."""
    with numbers.reader_of(lambda: "CNY"):
        assert numbers.money(Decimal("23562.1"), "CNY") == "¥23,562.10"
        assert numbers.money(Decimal("-23562.1"), "CNY") == "−¥23,562.10"
        assert numbers.money(Decimal("23562.1"), "USD") == "USD\u202f23,562.10"
        assert numbers.money(Decimal(5), "JPY") == "JPY\u202f5"
    with numbers.reader_of(lambda: "CHF"):
        assert numbers.money(Decimal(5), "CHF") == "CHF\u202f5.00"
    assert numbers.money(Decimal(5), "CNY") == "CNY\u202f5.00"
    assert numbers.money(Decimal(5), "") == "5.00"


def test_days_are_counted_by_the_calendar() -> None:
    """Yesterday evening would be "10 hours ago" in the morning, and the day before yesterday "yesterday"."""
    now = datetime(2026, 3, 9, 8, tzinfo=UTC)
    assert numbers.relative(now - timedelta(minutes=5), now) == "5 minutes ago"
    assert numbers.relative(now - timedelta(hours=20), now) == "yesterday"
    assert numbers.relative(now - timedelta(hours=33), now) == "2 days ago"
    assert numbers.relative(now + timedelta(days=1), now) == "tomorrow"
    assert numbers.relative(date(2026, 4, 20), now) == "in 42 days"
    assert numbers.relative(date(2025, 12, 1), now) == "3 months ago"
    assert numbers.relative(date(2024, 3, 1), now) == "2 years ago"
