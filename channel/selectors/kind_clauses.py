"""The clause of an agreement's channel kinds, in the reader's language."""

from django.utils.translation import gettext as _

from accounts.enums import ChannelKind
from channel.enums import ExportPaper
from channel.models import Agreement, KindTerms
from channel.rules import CHAIN_KINDS
from core.sentences import listed
from core.ui.numbers import percent


def kind_lines(agreement: Agreement) -> list[str]:
    """What is agreed for each channel kind alone, and the shops on platforms. Two queries."""
    lines = [
        f"{row.get_kind_display()}{_(': ')}{_(', ').join(_words(agreement, row))}" for row in agreement.kind_terms.all()
    ]
    shops = [f"{row.platform} · {row.name} {row.url}".strip() for row in agreement.shops.all()]
    return lines + [f"{ChannelKind.E_COMMERCE.label}{_(': ')}{shop}" for shop in shops]


def _words(agreement: Agreement, row: KindTerms) -> list[str]:
    if row.kind == ChannelKind.AGENT and row.commission_rate is not None:
        rate = percent(row.commission_rate, 0 if row.commission_rate * 100 == int(row.commission_rate * 100) else 2)
        return [_("commission of %(rate)s on: %(basis)s") % {"rate": rate, "basis": row.get_commission_basis_display()}]
    if row.kind in CHAIN_KINDS:
        sites = [_("sites: %(number)s") % {"number": row.sites}] if row.sites is not None else []
        return [_("head office: %(name)s") % {"name": row.head_office}, *sites, str(row.get_billing_display())]
    if row.kind == ChannelKind.DIRECT_MARKETING:
        return row.programme.splitlines()
    papers = [str(ExportPaper(paper).label) for paper in row.export_papers]
    term = f"{row.incoterm} {row.incoterm_place} (Incoterms 2020), {agreement.currency}"
    return [term, *([_("papers: %(names)s") % {"names": listed(papers)}] if papers else [])]
