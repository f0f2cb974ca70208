"""Reads of applications: whom a new one concerns, what it resembles, and how the applicants of a territory compare."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor, Responsibility
from channel.models import InvoiceTitle
from core.actors import Actor
from core.errors import Message
from core.ui.numbers import percent, quantity
from core.ui.search import SearchHit
from onboarding.enums import Criterion
from onboarding.expressions import name_key, number_key, phone_key
from onboarding.models import Application
from onboarding.rules import DEFAULT_WEIGHTS, HUNDRED, Score, score_of

MOST_DUPLICATES = 20
SHORTEST_PHONE = 7


@dataclass(frozen=True, kw_only=True)
class Duplicate:
    """A distributor or another application that may be the same company, and why; `url` is empty where it is not seen."""

    label: str
    url: str
    reasons: Sequence[Message]
    is_distributor: bool


@dataclass(frozen=True, kw_only=True)
class CriterionRow:
    criterion: Criterion
    weight: int
    mark: Any


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """An applicant beside others: `rank` only where all is measured."""

    application: Application
    score: Score
    marks: Sequence["CriterionMark"]
    rank: int | None

    @property
    def words(self) -> str:
        return score_in_words(self.score)


@dataclass(frozen=True, kw_only=True)
class CriterionMark:
    criterion: Criterion
    value: Decimal | None


def people_of_territory(application: Application, day: date) -> list[int]:
    """Who is responsible for a distributor of the territory on a day."""
    if application.territory_id is None:
        return []
    rows = Responsibility.objects.on(day).filter(distributor__territory=application.territory_id)
    return sorted(set(rows.values_list("user_id", flat=True)))


def duplicates_of(application: Application, *, actor: Actor) -> list[Duplicate]:
    """What has the same name, tax number, telephone or territory, the most alike first. Three queries.

    What the actor does not see is named without a link, so that nobody appoints the same company again.
    """
    return sorted(
        [*_distributors(application, actor), *_applications(application, actor)], key=lambda one: -len(one.reasons)
    )[:MOST_DUPLICATES]


def _distributors(application: Application, actor: Actor) -> list[Duplicate]:
    names = {name: name_key(F(name)) for name in ("name", "name_zh", "legal_name")}
    rows = Distributor.objects.alias(**{f"{name}_key": key for name, key in names.items()}).annotate(
        same_phone=phone_key(F("phone"))
    )
    same_name = Q(name_key=application.company_key) | Q(name_zh_key=application.company_key)
    same_name |= Q(legal_name_key=application.company_key)
    titles = InvoiceTitle.objects.annotate(key=number_key(F("tax_number")))
    by_tax = set()
    if application.tax_key:
        by_tax = set(titles.filter(key=application.tax_key).values_list("distributor_id", flat=True))
    named = set(rows.filter(same_name).values_list("pk", flat=True)) if application.company_key else set()
    alike = Q(pk__in=named | by_tax)
    if _is_phone(application):
        alike |= Q(same_phone=application.phone_key)
    if application.territory_id:
        alike |= Q(territory=application.territory_id)
    seen = set(Distributor.objects.visible_to(actor).filter(alike_ids(rows, alike)).values_list("pk", flat=True))
    found = rows.filter(alike).exclude(pk=application.distributor_id or 0).order_by("code")[:200]
    return [
        Duplicate(
            label=str(row),
            url=row.get_absolute_url() if row.pk in seen else "",
            reasons=_reasons(
                name=row.pk in named,
                tax=row.pk in by_tax,
                phone=_is_phone(application) and row.same_phone == application.phone_key,
                territory=row.territory_id is not None and row.territory_id == application.territory_id,
            ),
            is_distributor=True,
        )
        for row in found
    ]


def alike_ids(rows: Any, alike: Q) -> Q:
    return Q(pk__in=rows.filter(alike).values("pk"))


def _applications(application: Application, actor: Actor) -> list[Duplicate]:
    alike = Q(pk__in=[])
    if application.company_key:
        alike |= Q(company_key=application.company_key)
    if application.tax_key:
        alike |= Q(tax_key=application.tax_key)
    if _is_phone(application):
        alike |= Q(phone_key=application.phone_key)
    if application.territory_id:
        alike |= Q(territory=application.territory_id, status__in=["received", "checked", "assessed"])
    others = Application.objects.exclude(pk=application.pk).exclude(submitted_at=None).filter(alike)
    seen = set(Application.objects.visible_to(actor).filter(alike).values_list("pk", flat=True))
    return [
        Duplicate(
            label=str(row),
            url=row.get_absolute_url() if row.pk in seen else "",
            reasons=_reasons(
                name=bool(row.company_key) and row.company_key == application.company_key,
                tax=bool(row.tax_key) and row.tax_key == application.tax_key,
                phone=_is_phone(application) and row.phone_key == application.phone_key,
                territory=row.territory_id is not None and row.territory_id == application.territory_id,
            ),
            is_distributor=False,
        )
        for row in others.order_by("-pk")[:200]
    ]


def _is_phone(application: Application) -> bool:
    return len(application.phone_key) >= SHORTEST_PHONE


def _reasons(*, name: bool, tax: bool, phone: bool, territory: bool) -> list[Message]:
    known = (
        (name, _("same name")),
        (tax, _("same tax number")),
        (phone, _("same phone")),
        (territory, _("same territory")),
    )
    return [words for holds, words in known if holds]


def score_of_application(application: Application) -> Score:
    """From its marks, prefetched where many are asked, and the weights that its assessment began with."""
    weights = application.policy.weights if application.policy else DEFAULT_WEIGHTS
    return score_of(weights, {row.criterion: row.mark for row in application.marks.all()})


def criteria_of(application: Application) -> list[CriterionRow]:
    """All six, with the mark where there is one."""
    weights = application.policy.weights if application.policy else DEFAULT_WEIGHTS
    marks = {row.criterion: row for row in application.marks.all()}
    return [CriterionRow(criterion=one, weight=weights[one], mark=marks.get(one)) for one in Criterion]


def compare(applications: Any) -> list[Candidate]:
    """Side by side, the best on top; who is not wholly measured comes last, without a rank. Two queries."""
    rows = list(applications.select_related("policy", "territory").prefetch_related("marks"))
    scored = [(row, score_of_application(row)) for row in rows]
    scored.sort(key=lambda pair: (-pair[1].rank_value, pair[0].pk))
    finals = [score.value for _row, score in scored if score.is_final]
    return [
        Candidate(
            application=row,
            score=score,
            marks=_marks(row),
            rank=finals.index(score.value) + 1 if score.is_final else None,
        )
        for row, score in scored
    ]


def _marks(application: Application) -> list[CriterionMark]:
    marks = {row.criterion: row.mark for row in application.marks.all()}
    return [CriterionMark(criterion=one, value=marks.get(one)) for one in Criterion]


def application_hits(actor: Actor, text: str, limit: int) -> list[SearchHit]:
    """For the search in the head of every page. One query."""
    rows = Application.objects.visible_to(actor)
    for word in text.lower()[:60].split()[:5]:
        rows = rows.filter(Q(search_text__contains=word) | Q(number__istartswith=word))
    return [
        SearchHit(
            title=row.company_name, url=row.get_absolute_url(), subtitle=f"{row.display_number} {row.city}".strip()
        )
        for row in rows.order_by("-pk")[:limit]
    ]


def score_in_words(score: Score) -> str:
    """The score, or how much of it is measured and what it comes to so far; empty without a mark."""
    if score.value is None:
        return ""
    if score.is_final:
        return quantity(score.value, 2)
    return gettext("%(measured)s measured, %(score)s provisional") % {
        "measured": percent(Decimal(score.measured) / HUNDRED),
        "score": quantity(score.value, 2),
    }
