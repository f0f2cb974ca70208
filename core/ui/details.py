"""The one detail pattern: found or 404, a head with state and next steps, tabs, a time line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import ImproperlyConfigured
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.generic.detail import SingleObjectMixin

from core.errors import Message
from core.paths import whole_number
from core.registry import registry
from core.ui.page import Page, must_be_scoped, objects_of
from core.ui.tabs import Tab
from core.ui.timeline import TimelineRow, timeline

__all__ = ["NextStep", "ScopedDetailView", "ScopedObjectMixin", "Tab"]


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """A button of the head. `url` takes a POST, or is a form's page when `opens` is set; a `reason` disables it."""

    label: Message
    url: str
    primary: bool = False
    dangerous: bool = False
    confirm: Message = ""
    opens: bool = False
    reason: Message = ""
    version: int | None = None


class ScopedObjectMixin(SingleObjectMixin[Any], Page):
    """Finds the one row of the address among those the person may see; another's answers 404."""

    abstract = True
    lookup_field: ClassVar[str] = "pk"
    related: ClassVar[Sequence[str]] = ()
    object: Any

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.abstract:
            return
        if cls.model is None:
            raise ImproperlyConfigured(f"{cls.__qualname__} must name its model")
        must_be_scoped(cls.__qualname__, cls.model)

    def prepare(self) -> None:
        super().prepare()
        self.object = self.get_object()

    def get_queryset(self) -> QuerySet[Any]:
        """The rows the person may see. A subclass narrows super().get_queryset(), it does not start anew."""
        rows: QuerySet[Any] = objects_of(self.model).visible_to(self.actor)
        return rows.select_related(*self.related) if self.related else rows

    def get_object(self, queryset: QuerySet[Any] | None = None) -> Any:
        rows = self.get_queryset() if queryset is None else queryset
        row = rows.filter(**{self.lookup_field: self.kwargs[self.lookup_field]}).first()
        if row is None:
            raise Http404
        return row

    def get_context_object_name(self, _obj: Any) -> str | None:  # type: ignore[override]  # Django's stubs have two signatures of it
        """`object` alone: a page about a user must not replace the `user` of the layout."""
        return self.context_object_name

    def expected_version(self) -> int | None:
        """The version that the person saw, which the form or the button carries."""
        return whole_number(self.request.POST.get("version", ""))


class ScopedDetailView(ScopedObjectMixin):
    """One thing. A subclass gives `state`, `next_steps`, `tabs` and `get_event_subjects`, and blocks in its template."""

    abstract = True
    template_name = "core/detail.html"

    def page_title(self) -> str:
        return str(self.object)

    def state(self) -> Any:
        """The enum member whose label and colour appear beside the title, or None."""
        return None

    def next_steps(self) -> Sequence[NextStep]:
        """What this person may do now, the most likely first. What is not allowed is left out."""
        return ()

    def tabs(self) -> Sequence[Tab]:
        return ()

    def get_event_subjects(self) -> Sequence[tuple[str, int]]:
        """(subject_type, id) of the events in the time line; none means no time line."""
        return ()

    def time_line(self) -> Sequence[TimelineRow]:
        return timeline(self.get_event_subjects(), actor=self.actor)

    def current_tab(self, tabs: Sequence[Tab]) -> Tab | None:
        wanted = self.request.GET.get("tab", "")
        return next((tab for tab in tabs if tab.key == wanted), tabs[0] if tabs else None)

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:  # noqa: ARG002 - pages of this kind read it
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tabs = self.tabs()
        context = {
            "state": self.state(),
            "next_steps": self.next_steps(),
            "tabs": tabs,
            "tab": self.current_tab(tabs),
            "time_line": self.time_line(),
            "panels": [shown for panel in registry.panels if (shown := panel(self.actor, self.object))],
        }
        return super().get_context_data(**(context | kwargs))
