"""Charts and small drawings in templates: `{% load figures %}`. What they show is in core.ui.figures."""

from typing import Any

from django import template

from core.ui.figures import BulletChart, DivergingBars, Figure, KpiCard, Spark, Step, Waterfall

register = template.Library()


@register.inclusion_tag("core/figures/chart.html")
def chart(figure: Figure) -> dict[str, Any]:
    return {"figure": figure, "data_id": f"chart-{figure.key}"}


@register.inclusion_tag("core/figures/bullet_chart.html")
def bullet_chart(bar: BulletChart) -> dict[str, Any]:
    return {"bar": bar}


@register.inclusion_tag("core/figures/spark.html")
def spark(line: Spark) -> dict[str, Any]:
    return {"line": line}


@register.inclusion_tag("core/figures/steps.html")
def steps(line: list[Step]) -> dict[str, Any]:
    return {"line": line}


@register.inclusion_tag("core/figures/waterfall.html")
def waterfall(fall: Waterfall) -> dict[str, Any]:
    return {"fall": fall}


@register.inclusion_tag("core/figures/diverging_bars.html")
def diverging_bars(bars: DivergingBars) -> dict[str, Any]:
    return {"bars": bars}


@register.inclusion_tag("core/figures/kpi_card.html")
def kpi_card(kpi: KpiCard) -> dict[str, Any]:
    return {"kpi": kpi}
