"""The promises about the company's settings, recomputed over the whole database."""

from django.utils.translation import gettext_lazy as _

from core.invariants import Invariant, violations_of

INVARIANTS: tuple[Invariant, ...] = (
    Invariant(
        name="company.one_default_company",
        statement=_("Where there are companies, exactly one is the default."),
        find=violations_of("""
            SELECT COUNT(*) FILTER (WHERE is_default) AS defaults, COUNT(*) AS companies FROM company_company
            HAVING COUNT(*) > 0 AND COUNT(*) FILTER (WHERE is_default) <> 1
        """),
    ),
    Invariant(
        name="company.series_have_their_sequences",
        statement=_("Every number series that may have gaps has its sequence, and no sequence is without a series."),
        find=violations_of("""
            SELECT series.id AS series_id, drawn.sequencename
            FROM (SELECT id FROM company_numberseries WHERE NOT gapless) AS series
            FULL JOIN (SELECT sequencename FROM pg_sequences
                       WHERE schemaname = current_schema() AND sequencename ~ '^company_number_[0-9]+$') AS drawn
                ON drawn.sequencename = 'company_number_' || series.id
            WHERE series.id IS NULL OR drawn.sequencename IS NULL
        """),
    ),
)
