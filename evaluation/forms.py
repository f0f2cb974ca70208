"""What people type: a run, an objection, an answer, the rules of a scorecard."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from company.models import BusinessPeriod
from evaluation.enums import Metric, MetricUnit
from evaluation.models import Scorecard
from evaluation.models.scorecard import MINIMUM_COVERAGE
from evaluation.scoring.metrics import METRICS

HUNDRED = Decimal(100)
STANDARD = {
    Metric.REVENUE_SHARE: (25, 0, 10),
    Metric.GROWTH: (20, -20, 20),
    Metric.STEADINESS: (10, 1, "0.2"),
    Metric.PLAN_ATTAINMENT: (25, 60, 100),
    Metric.ON_TIME_IN_FULL: (10, 70, 98),
    Metric.ORDER_REGULARITY: (10, "1.5", "0.3"),
}
"""What a new scorecard proposes: weight, worth 0 points, worth 100 points, as typed."""


class RunForm(forms.Form):
    """A scorecard in force and the first and last period."""

    scorecard: Any = forms.ModelChoiceField(queryset=Scorecard.objects.none(), label=_("Scorecard"))
    first: Any = forms.ModelChoiceField(queryset=BusinessPeriod.objects.none(), label=_("From the period"))
    last: Any = forms.ModelChoiceField(
        queryset=BusinessPeriod.objects.none(),
        label=_("To the period"),
        help_text=_("A full business year is compared with the year before; part of a year with the same part of it."),
    )
    provisional: Any = forms.BooleanField(
        required=False,
        label=_("Provisional"),
        help_text=_(
            "Evaluates a period that is not over yet. The result is marked as provisional, is not compared with others, "
            "and is replaced by the next evaluation of the same period."
        ),
    )

    def __init__(self, *args: Any, scorecards: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["scorecard"].queryset, fields["scorecard"].empty_label = scorecards, None
        periods = BusinessPeriod.objects.select_related("year").order_by("-starts_on")
        fields["first"].queryset = fields["last"].queryset = periods
        finished = periods.filter(ends_on__lt=timezone.localdate()).first()
        if finished is not None:
            fields["last"].initial = finished.pk
            fields["first"].initial = periods.filter(year_id=finished.year_id).order_by("starts_on")[0].pk


class TextForm(forms.Form):
    """A few sentences."""

    text = forms.CharField(label=_("Text"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))

    def __init__(self, *args: Any, label: Any, help_text: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label, self.fields["text"].help_text = label, help_text


class ScorecardForm(forms.Form):
    """The rules: a weight and a band for each measure. One without a weight is not used. Shares are typed in %."""

    code = forms.SlugField(label=_("Code"), max_length=64)
    name = forms.CharField(label=_("Name"), max_length=200)
    name_zh = forms.CharField(label=_("Chinese name"), max_length=200, required=False)
    grades = forms.CharField(
        label=_("Grades"),
        widget=forms.Textarea(attrs={"rows": 5}),
        initial="A 85\nB 70\nC 50\nD 0",
        help_text=_("One per line: grade and minimum score. The lowest grade starts at 0."),
    )
    minimum_coverage = forms.DecimalField(
        label=_("Weight that must be measured (%)"),
        min_value=0,
        max_value=100,
        decimal_places=2,
        max_digits=5,
        initial=MINIMUM_COVERAGE,
        help_text=_("Below this share of the weight a score is shown without grade and rank."),
    )

    def __init__(self, *args: Any, new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for metric, (weight, floor, target) in STANDARD.items():
            for part, label, standard in (
                ("weight", _("%(metric)s: weight"), weight),
                ("floor", _("%(metric)s: value at 0 points"), floor),
                ("target", _("%(metric)s: value at 100 points"), target),
            ):
                self.fields[f"{metric}_{part}"] = forms.DecimalField(
                    label=str(label) % {"metric": metric.label},
                    required=False,
                    initial=standard if new else None,
                    max_digits=18,
                    decimal_places=2 if part == "weight" else 6,
                    help_text="" if part == "weight" else METRICS[metric].unit.label,
                )

    def groups(self) -> Iterator[tuple[str, Any, list[Any]]]:
        """The fields of each measure together, with what the measure is."""
        for metric in STANDARD:
            yield (
                str(metric.label),
                METRICS[metric],
                [self[f"{metric}_{part}"] for part in ("weight", "floor", "target")],
            )

    def clean_grades(self) -> list[tuple[str, Decimal]]:
        found = []
        for line in self.cleaned_data["grades"].splitlines():
            name, _space, least = line.strip().rpartition(" ")
            if line.strip():
                found.append((name.strip(), _decimal(least)))
        return found

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for metric in STANDARD:
            if cleaned.get(f"{metric}_weight") is None:
                continue
            for part in ("floor", "target"):
                if cleaned.get(f"{metric}_{part}") is None and f"{metric}_{part}" not in self.errors:
                    self.add_error(f"{metric}_{part}", _("This field is required."))
        return cleaned

    def bands(self) -> list[tuple[str, Decimal, Decimal, Decimal]]:
        """Metric, weight, floor and target of the measures used, in units of the measure."""
        data = self.cleaned_data
        return [
            (
                metric,
                data[f"{metric}_weight"],
                *(data[f"{metric}_{part}"] / scale_of(metric) for part in ("floor", "target")),
            )
            for metric in STANDARD
            if data.get(f"{metric}_weight") is not None
        ]


def scale_of(metric: str) -> Decimal:
    """By what a typed figure is divided: shares and changes are typed in per cent."""
    return Decimal(1) if METRICS[metric].unit == MetricUnit.VARIATION else HUNDRED


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text.replace(",", "."))
    except ArithmeticError:
        raise forms.ValidationError(_("“%(text)s” is not a number.") % {"text": text}) from None
