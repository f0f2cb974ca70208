"""The terms under which a distributor buys on a day, and why it may not."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from catalogue.models import BuyingRight, Product
from channel.enums import BINDING_STATUSES
from channel.models import Agreement
from channel.selectors.clauses import ClauseNumber
from core.ui.numbers import day as written_day

_BINDING = ", ".join(f"'{status}'" for status in sorted(BINDING_STATUSES))


@dataclass(frozen=True, kw_only=True)
class TermsInForce:
    """The agreement that holds on a day; `is_grace` where its term has run out and orders are still taken."""

    agreement: Agreement
    is_grace: bool


def agreed_sql(seller: str, buyer: str, day: str) -> str:
    """The agreements between a company and a distributor on which orders are taken on a day: a SELECT, a row a subject.

    The arguments are expressions or placeholders of a statement.
    """
    return f"""
    SELECT agreement.id, agreement.number, agreement.starts_on, agreement.currency, agreement.order_minimum_amount,
           agreement.order_minimum_weight, agreement.order_minimum_pallets, agreement.full_truck_weight,
           agreement.full_truck_pallets, agreement.below_minimum, agreement.freight_surcharge,
           agreement.freight_terms, agreement.freight_free_from, subject.brand_id,
           COALESCE(agreement.ends_on < {day}, FALSE) AS is_grace
    FROM channel_agreement AS agreement
    JOIN channel_agreementsubject AS subject ON subject.agreement_id = agreement.id
    WHERE agreement.company_id = {seller} AND agreement.distributor_id = {buyer} AND agreement.status IN ({_BINDING})
      AND agreement.starts_on <= {day} AND (agreement.orders_until IS NULL OR agreement.orders_until >= {day})
"""  # noqa: S608 - put together from expressions of the caller's statement, values are bound there


def chosen_terms_sql(agreed: str, brand: str) -> str:
    """Of the rows of `agreed_sql` the one whose terms hold for a brand; for any of them where the brand is NULL.

    One in its term goes before one in grace, one that names the brand before one that names categories of any brand, and
    a later one before an earlier one.
    """
    return f"""
    SELECT agreed.* FROM {agreed} AS agreed
    WHERE {brand} IS NULL OR agreed.brand_id = {brand} OR agreed.brand_id IS NULL
    ORDER BY agreed.is_grace, agreed.brand_id IS NULL, agreed.starts_on DESC, agreed.id DESC LIMIT 1
"""  # noqa: S608 - put together from expressions of the caller's statement, values are bound there


_TERMS = f"""
SELECT agreement.*, chosen.is_grace
FROM (
    {chosen_terms_sql("(" + agreed_sql("%(seller)s", "%(buyer)s", "%(day)s") + ")", "%(brand)s::bigint")}
) AS chosen
JOIN channel_agreement AS agreement ON agreement.id = chosen.id
"""  # noqa: S608 - put together from constants only


def terms_of(*, seller_id: int, buyer_id: int, brand_id: int | None, day: date) -> TermsInForce | None:
    """The terms between a company and a distributor for a brand on a day, None where nothing is agreed. One query.

    Which these are says `chosen_terms_sql`. Without a brand: whatever holds between the two.
    """
    values = {"seller": seller_id, "buyer": buyer_id, "brand": brand_id, "day": day}
    found: Any = next(iter(Agreement.objects.raw(_TERMS, values)), None)
    return None if found is None else TermsInForce(agreement=found, is_grace=found.is_grace)


def grace_warnings(*, buyer_id: int, product_ids: Collection[int], day: date) -> list[str]:
    """What a distributor is told when it orders in the days of grace: each agreement once. Two queries.

    Only where the right to one of the products comes from nothing but an agreement in grace.
    """
    by_agreement: dict[int, Agreement] = {
        one.pk: one for one in Agreement.objects.on(day).filter(distributor=buyer_id, ends_on__lt=day)
    }
    if not by_agreement:
        return []
    rights = BuyingRight.objects.filter(_of_products(product_ids), distributor=buyer_id).filter(_in_force(day))
    lasting = [right for right in rights if right.source_type != "agreement" or right.source_id not in by_agreement]
    covered_brands = {right.brand_id for right in lasting if right.brand_id}
    covered_products = {right.product_id for right in lasting if right.product_id}
    brands = dict(Product.objects.filter(pk__in=product_ids).values_list("pk", "brand_id"))
    only = [pk for pk in product_ids if brands.get(pk) not in covered_brands and pk not in covered_products]
    named = {
        right.source_id
        for right in rights
        if right.source_id in by_agreement
        and any(right.product_id == pk or right.brand_id == brands.get(pk) for pk in only)
    }
    return [_warning(by_agreement[pk]) for pk in sorted(named) if pk is not None]


def _warning(agreement: Agreement) -> str:
    return _("Agreement %(number)s ended on %(end)s. Orders are accepted on its terms until %(until)s.") % {
        "number": agreement,
        "end": written_day(agreement.ends_on),
        "until": written_day(agreement.orders_until),
    }


def refusals(*, buyer_id: int, product_ids: Collection[int], day: date) -> Mapping[int, str]:
    """Why a distributor may not buy each of these products: the clause of the agreement that says so. Three queries.

    For products without a right on that day; those about which no agreement says anything are left out.
    """
    products = list(Product.objects.filter(pk__in=product_ids))
    rights = BuyingRight.objects.filter(
        _of_products(product_ids), distributor=buyer_id, source_type="agreement"
    ).order_by("ends_on")
    agreements = {
        one.pk: one
        for one in Agreement.objects.filter(distributor=buyer_id, status__in=BINDING_STATUSES).order_by(
            "starts_on", "pk"
        )
    }
    if not agreements:
        return {}
    current = [
        one for one in agreements.values() if one.starts_on <= day and not (one.orders_until and one.orders_until < day)
    ]
    said = {}
    for product in products:
        granted = [
            agreements[right.source_id]
            for right in rights
            if right.source_id in agreements and (right.product_id == product.pk or right.brand_id == product.brand_id)
        ]
        if granted:
            said[product.pk] = _not_on(granted[-1], day)
        elif current:
            said[product.pk] = _not_agreed(current[-1])
    return said


def _not_on(agreement: Agreement, day: date) -> str:
    values = {"number": agreement, "clause": int(ClauseNumber.TERM)}
    if agreement.starts_on > day:
        text = _("Agreement %(number)s, clause %(clause)s: it begins on %(day)s.")
        return text % {**values, "day": written_day(agreement.starts_on)}
    text = _("Agreement %(number)s, clause %(clause)s: orders were accepted until %(day)s.")
    return text % {**values, "day": written_day(agreement.orders_until)}


def _not_agreed(agreement: Agreement) -> str:
    return _("Agreement %(number)s, clause %(clause)s: this product is not among its brands and categories.") % {
        "number": agreement,
        "clause": int(ClauseNumber.SUBJECTS),
    }


def _of_products(product_ids: Collection[int]) -> Q:
    brands = Product.objects.filter(pk__in=product_ids).values("brand")
    return Q(product__in=list(product_ids)) | Q(brand__in=brands)


def _in_force(day: date) -> Q:
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))
