"""What was sent to the other side is not edited: only a draft is, the rest is a new revision."""

import pgtrigger

_REFUSE = "RAISE EXCEPTION 'agreement_terms_frozen' USING ERRCODE = '23514', CONSTRAINT = 'agreement_terms_frozen';"

_TERMS = (
    "company_id",
    "distributor_id",
    "revision",
    "previous_id",
    "starts_on",
    "ends_on",
    "grace_days",
    "channel_kinds",
    "currency",
    "payment_base",
    "payment_days",
    "payment_cut_day",
    "payment_from_month_end",
    "credit_limit",
    "deposit_amount",
    "discount_rate",
    "return_rate",
    "order_minimum_amount",
    "order_minimum_weight",
    "order_minimum_pallets",
    "full_truck_weight",
    "full_truck_pallets",
    "below_minimum",
    "freight_surcharge",
    "freight_terms",
    "freight_free_from",
    "least_remaining_days",
    "never_older",
    "report_days",
    "claim_days",
    "clauses",
    "agent_reason",
)
_OLD, _NEW = (", ".join(f"{row}.{name}" for name in _TERMS) for row in ("OLD", "NEW"))
_SIGNATURE = ("accepted_at", "accepted_by_id", "accepted_name", "accepted_text", "in_force_at", "signature_reference",
              "scan", "scan_name", "scan_type", "scan_hash", "is_imported", "imported_at", "imported_by_id")  # fmt: skip
_OLD_SIGNATURE, _NEW_SIGNATURE = (", ".join(f"{row}.{name}" for name in _SIGNATURE) for row in ("OLD", "NEW"))
_SIGNED = "('in_force', 'in_grace', 'ended')"

FREEZE_TERMS = pgtrigger.Trigger(
    name="freeze_terms",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func=f"""
IF (OLD.status <> 'draft' AND ({_OLD}) IS DISTINCT FROM ({_NEW}))
   OR (OLD.number IS NOT NULL AND NEW.number IS DISTINCT FROM OLD.number)
   OR (OLD.status IN {_SIGNED} AND (NEW.status NOT IN {_SIGNED} OR ({_OLD_SIGNATURE}) IS DISTINCT FROM ({_NEW_SIGNATURE})))
THEN {_REFUSE} END IF;
RETURN NEW;
""",
)
"""Terms change while the agreement is a draft; who accepted it, and what was signed, no more once it was in force."""

KEEP_AGREEMENTS = pgtrigger.Trigger(
    name="keep_agreements",
    when=pgtrigger.Before,
    operation=pgtrigger.Delete,
    func=f"IF OLD.status <> 'draft' THEN {_REFUSE} END IF; RETURN OLD;",
)

FREEZE_ROWS = pgtrigger.Trigger(
    name="freeze_rows",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func=f"""
IF EXISTS (
    SELECT FROM channel_agreement AS agreement
    WHERE agreement.status <> 'draft'
      AND agreement.id IN (
          CASE WHEN TG_OP = 'INSERT' THEN NEW.agreement_id ELSE OLD.agreement_id END,
          CASE WHEN TG_OP = 'DELETE' THEN OLD.agreement_id ELSE NEW.agreement_id END
      )
) THEN {_REFUSE} END IF;
IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
RETURN NEW;
""",
)
"""Likewise for the rows of an agreement."""

FIX_NO_PRICE = pgtrigger.Trigger(
    name="fix_no_price",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func="""
IF NEW.price_rule = 'fixed' AND NOT EXISTS (
    SELECT FROM channel_agreement AS agreement
    WHERE agreement.id = NEW.agreement_id AND agreement.agent_reason <> '' AND agreement.channel_kinds = ARRAY['agent']::varchar[]
) THEN
    RAISE EXCEPTION 'control_rule_price_never_fixed'
        USING ERRCODE = '23514', CONSTRAINT = 'control_rule_price_never_fixed';
END IF;
RETURN NEW;
""",
)
"""A resale price is fixed for nobody but a true agent whom an administrator confirmed with a reason."""
