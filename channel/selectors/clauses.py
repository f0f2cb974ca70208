"""An agreement in words: its clauses in the reader's language, numbered, as they are shown and accepted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts.enums import ChannelKind
from channel.enums import FreightTerms
from channel.models import Agreement, AgreementCarveOut, AgreementSubject, ControlRule, MinimumPurchase
from channel.rules import minimum_of_term
from channel.selectors.kind_clauses import kind_lines
from core.money import currency_digits
from core.sentences import listed
from core.ui.numbers import day, percent, quantity


class ClauseNumber(IntEnum):
    """The same in every agreement, so that a refusal can name its clause."""

    TERM = 1
    SUBJECTS = 2
    TERRITORIES = 3
    CARVE_OUTS = 4
    MINIMUM = 5
    PAYMENT = 6
    DELIVERY = 7
    CONTROL = 8
    DATA = 9
    FURTHER = 10
    CHANNEL_KINDS = 11


@dataclass(frozen=True, kw_only=True)
class Clause:
    number: ClauseNumber
    title: str
    lines: Sequence[str]


def clauses_of(agreement: Agreement) -> list[Clause]:
    """All that an agreement says; a clause that says nothing is left out. A fixed number of queries."""
    rows = {
        ClauseNumber.TERM: (_("Term"), _term(agreement)),
        ClauseNumber.SUBJECTS: (_("Brands and categories"), _subjects(agreement)),
        ClauseNumber.TERRITORIES: (_("Territories and channel kinds"), _territories(agreement)),
        ClauseNumber.CARVE_OUTS: (_("Carve-outs"), _carve_outs(agreement)),
        ClauseNumber.MINIMUM: (_("Minimum purchase"), _minimums(agreement)),
        ClauseNumber.PAYMENT: (_("Payment and credit"), _payment(agreement)),
        ClauseNumber.DELIVERY: (_("Orders, freight and returns"), _delivery(agreement)),
        ClauseNumber.CONTROL: (_("Who decides"), _control(agreement)),
        ClauseNumber.DATA: (_("Data to be delivered"), _data(agreement)),
        ClauseNumber.FURTHER: (_("Further clauses"), agreement.clauses.splitlines()),
        ClauseNumber.CHANNEL_KINDS: (_("Terms of the channel kind"), kind_lines(agreement)),
    }
    return [Clause(number=number, title=title, lines=lines) for number, (title, lines) in rows.items() if lines]


def text_of(agreement: Agreement) -> str:
    """The whole as plain text, in the reader's language: what is kept when it is accepted."""
    head = _("Agreement %(number)s between %(seller)s and %(distributor)s") % {
        "number": agreement,
        "seller": agreement.company.display_name,
        "distributor": agreement.distributor.legal_name or agreement.distributor.display_name,
    }
    paragraphs = ("\n".join([f"{clause.number:d}. {clause.title}", *clause.lines]) for clause in clauses_of(agreement))
    return "\n\n".join([head, *paragraphs])


def _money(amount: Decimal, currency: str) -> str:
    """With the currency always beside it: a text that is kept may not depend on its reader."""
    return f"{quantity(amount, currency_digits(currency))} {currency}"


def _rate(rate: Decimal) -> str:
    return percent(rate, 0 if rate * 100 == int(rate * 100) else 2)


def _term(agreement: Agreement) -> list[str]:
    days = {"from": day(agreement.starts_on), "to": day(agreement.ends_on), "grace": agreement.grace_days}
    if agreement.ends_on is None:
        return [_("From %(from)s until further notice.") % days]
    lines = [_("From %(from)s to %(to)s.") % days]
    if agreement.grace_days:
        lines.append(_("Orders are accepted on these terms for %(grace)s more days.") % days)
    return lines


def _subjects(agreement: Agreement) -> list[str]:
    return [
        f"{_goods(row)} ({_('exclusive')})" if row.is_exclusive else _goods(row)
        for row in agreement.subjects.select_related("brand", "category")
    ]


def _goods(row: AgreementSubject) -> str:
    return " · ".join(one.display_name for one in (row.brand, row.category) if one is not None)


def _territories(agreement: Agreement) -> list[str]:
    names = [row.territory.display_name for row in agreement.territories.select_related("territory")]
    kinds = [str(ChannelKind(kind).label) for kind in agreement.channel_kinds]
    return [listed(some) for some in (names, kinds) if some]


def _carve_outs(agreement: Agreement) -> list[str]:
    rows = agreement.carve_outs.select_related("other", "brand", "territory")
    return [
        _("%(place)s: %(effect)s (%(other)s)")
        % {"place": _place(row), "effect": row.get_effect_display(), "other": row.other.display_name}
        for row in rows
    ]


def _place(row: AgreementCarveOut) -> str:
    named = [one.display_name for one in (row.brand, row.territory) if one is not None]
    kind = [str(row.get_channel_kind_display())] if row.channel_kind else []
    return " · ".join([*named, *kind]) or _("Everywhere")


def _minimums(agreement: Agreement) -> list[str]:
    return [_minimum(agreement, row) for row in agreement.minimums.select_related("brand")]


def _minimum(agreement: Agreement, row: MinimumPurchase) -> str:
    named = row.brand.display_name + _(": ") if row.brand else ""
    words = [
        _("%(amount)s a year") % {"amount": _money(row.amount_a_year, agreement.currency)},
        str(row.get_basis_display()),
        _("with tax") if row.with_tax else _("without tax"),
        _("net of returns") if row.net_of_returns else _("returns not deducted"),
        _("gifts count") if row.gifts_count else _("gifts do not count"),
    ]
    if agreement.ends_on is not None:
        of_term = minimum_of_term(
            row.amount_a_year,
            starts_on=agreement.starts_on,
            ends_on=agreement.ends_on,
            currency=agreement.currency,
        )
        words.append(_("%(amount)s in this term") % {"amount": _money(of_term, agreement.currency)})
    return named + listed(words)


def _payment(agreement: Agreement) -> list[str]:
    lines = []
    base = str(agreement.get_payment_base_display())
    if agreement.payment_days is not None:
        values = {"days": agreement.payment_days, "base": base, "cut": agreement.payment_cut_day}
        text = _("%(days)s days after the end of the month, counted from: %(base)s")
        lines.append(
            (text if agreement.payment_from_month_end else _("%(days)s days, counted from: %(base)s")) % values
        )
        if agreement.payment_cut_day is not None:
            lines.append(_("What comes after day %(cut)s of a month counts as of the next month.") % values)
    lines += [
        _("%(share)s after %(days)s days, counted from: %(base)s")
        % {"share": _rate(row.share), "days": row.days, "base": base}
        for row in agreement.instalments.all()
    ]
    amounts = ((_("Credit limit"), agreement.credit_limit), (_("Deposit"), agreement.deposit_amount))
    lines += [_labelled(label, _money(amount, agreement.currency)) for label, amount in amounts if amount is not None]
    if agreement.discount_rate is not None:
        lines.append(_labelled(_("Discount"), _rate(agreement.discount_rate)))
    return lines


def _delivery(agreement: Agreement) -> list[str]:
    lines = []
    minimums = list(_order_minimums(agreement))
    if minimums:
        lines += [*minimums, _labelled(_("An order below the minimum"), agreement.get_below_minimum_display())]
    if agreement.freight_surcharge is not None:
        lines.append(_labelled(_("Freight surcharge"), _money(agreement.freight_surcharge, agreement.currency)))
    freight = _labelled(_("Freight"), agreement.get_freight_terms_display())
    if agreement.freight_terms == FreightTerms.SELLER_FROM and agreement.freight_free_from is not None:
        freight += f" ({_money(agreement.freight_free_from, agreement.currency)})"
    lines.append(freight)
    if agreement.least_remaining_days is not None:
        days = agreement.least_remaining_days
        text = ngettext("%(days)d day", "%(days)d days", days) % {"days": days}
        lines.append(_labelled(_("Least remaining life at arrival"), text))
    if agreement.never_older:
        lines.append(_("Nothing is shipped that was produced before the product's last delivery."))
    for agreed, label in (
        (agreement.report_days, _("Differences are reported after the delivery within")),
        (agreement.claim_days, _("Delivery claims are decided after the receipt within")),
    ):
        if agreed is not None:
            lines.append(_labelled(label, ngettext("%(days)d day", "%(days)d days", agreed) % {"days": agreed}))
    if agreement.return_rate is not None:
        lines.append(_labelled(_("Return rate"), _rate(agreement.return_rate)))
    return lines


def _order_minimums(agreement: Agreement) -> Iterator[str]:
    if agreement.order_minimum_amount is not None:
        yield _labelled(_("Order minimum"), _money(agreement.order_minimum_amount, agreement.currency))
    least = _by_load(agreement.order_minimum_weight, agreement.order_minimum_pallets)
    for text in least:
        yield _labelled(pgettext("amount or load", "Order minimum"), text)
    full = _by_load(agreement.full_truck_weight, agreement.full_truck_pallets)
    if full:
        yield _labelled(_("Full trucks only"), pgettext("between two quantities", " or ").join(full))


def _by_load(weight: Decimal | None, pallets: int | None) -> list[str]:
    texts = []
    if weight is not None:
        texts.append(_("%(weight)s kg") % {"weight": f"{weight.normalize():,f}"})
    if pallets is not None:
        texts.append(ngettext("%(count)s pallet", "%(count)s pallets", pallets) % {"count": pallets})
    return texts


def _control(agreement: Agreement) -> list[str]:
    return [_rule(row) for row in agreement.control_rules.all()]


def _rule(row: ControlRule) -> str:
    text = _labelled(row.get_subject_display(), row.get_mode_display())
    return f"{text} ({row.get_price_rule_display()})" if row.price_rule else text


def _data(agreement: Agreement) -> list[str]:
    return [
        _("%(data)s: %(frequency)s, at most %(days)s days later")
        % {"data": row.get_kind_display(), "frequency": row.get_frequency_display(), "days": row.days_after}
        for row in agreement.data_duties.all()
    ]


def _labelled(label: str, text: str) -> str:
    return f"{label}{_(': ')}{text}"
