"""What always holds of agreements, recomputed over the whole database by `verify`."""

from django.utils.translation import gettext_lazy as _

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
