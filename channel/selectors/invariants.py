"""What always holds of agreements, recomputed over the whole database by `verify`."""

from django.utils.translation import gettext_lazy as _

from channel.models.cells import cells_of
from core.invariants import Invariant, violations_of

INVARIANTS: tuple[Invariant, ...] = (
    Invariant(
        name="channel.exclusive_stands_alone",
        statement=_("Nobody else covers what an agreement has exclusively, unless both carve each other out."),
        find=violations_of("""
            SELECT one.agreement_id, two.agreement_id AS other_id, one.territory_id, one.channel_kind
            FROM channel_agreementcoverage AS one
            JOIN channel_agreementcoverage AS two
              ON one.is_exclusive AND two.distributor_id <> one.distributor_id
             AND two.territory_id = one.territory_id AND two.channel_kind = one.channel_kind
             AND (one.brand_id IS NULL OR two.brand_id IS NULL OR one.brand_id = two.brand_id)
             AND (one.category_id IS NULL OR two.category_id IS NULL OR one.category_id = two.category_id)
             AND daterange(one.starts_on, one.ends_on, '[]') && daterange(two.starts_on, two.ends_on, '[]')
            WHERE (two.is_exclusive OR NOT EXISTS (
                SELECT FROM channel_agreementcarveout AS carve
                WHERE carve.agreement_id = one.agreement_id AND carve.other_id = two.distributor_id
                  AND carve.effect = 'both'
            ) OR NOT EXISTS (
                SELECT FROM channel_agreementcarveout AS carve
                WHERE carve.agreement_id = two.agreement_id AND carve.other_id = one.distributor_id
                  AND carve.effect = 'both'
            ))
        """),
    ),
    Invariant(
        name="channel.coverage_follows_trees",
        statement=_("An agreement in force covers every leaf of its territories and categories, and nothing else."),
        find=violations_of(f"""
            {cells_of("SELECT id FROM channel_agreement WHERE status IN ('in_force', 'in_grace')")}
            SELECT COALESCE(covered.agreement_id, kept.agreement_id) AS agreement_id,
                   COALESCE(covered.territory_id, kept.territory_id) AS territory_id
            FROM covered
            FULL JOIN (
                SELECT coverage.* FROM channel_agreementcoverage AS coverage
                JOIN channel_agreement AS agreement ON agreement.id = coverage.agreement_id
                WHERE agreement.status IN ('in_force', 'in_grace')
            ) AS kept
              ON (kept.agreement_id, kept.territory_id, kept.channel_kind) =
                 (covered.agreement_id, covered.territory_id, covered.channel_kind)
             AND COALESCE(kept.brand_id, 0) = COALESCE(covered.brand_id, 0)
             AND COALESCE(kept.category_id, 0) = COALESCE(covered.category_id, 0)
            WHERE kept.agreement_id IS NULL OR covered.agreement_id IS NULL
               OR (kept.starts_on, kept.ends_on, kept.is_exclusive, kept.parties)
                  IS DISTINCT FROM (covered.starts_on, covered.ends_on, covered.is_exclusive, covered.parties)
        """),  # noqa: S608 - put together from constants only
    ),
    Invariant(
        name="channel.rights_follow_agreements",
        statement=_("A buying right of an agreement holds no longer than the agreement."),
        find=violations_of("""
            SELECT buying.id AS buying_right_id, agreement.id AS agreement_id
            FROM catalogue_buyingright AS buying
            LEFT JOIN channel_agreement AS agreement
              ON agreement.id = buying.source_id AND agreement.status IN ('in_force', 'in_grace', 'ended')
            WHERE buying.source_type = 'agreement'
              AND (agreement.id IS NULL OR agreement.distributor_id <> buying.distributor_id
                   OR COALESCE(buying.ends_on, 'infinity') > COALESCE(agreement.orders_until, 'infinity'))
        """),
    ),
    Invariant(
        name="channel.agreements_are_whole",
        statement=_("The instalments of an agreement add up to the whole."),
        find=violations_of("""
            SELECT instalment.agreement_id, sum(instalment.share) AS shares
            FROM channel_paymentinstalment AS instalment
            GROUP BY instalment.agreement_id
            HAVING sum(instalment.share) <> 1
        """),
    ),
)
