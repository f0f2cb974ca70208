"""The one detail pattern: found or 404, a head with state and next steps, tabs, a time line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.functional import cached_property

from core.errors import Message
from core.paths import whole_number
from core.ui.page import Page, must_be_scoped, rows_of
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


class ScopedObjectMixin(Page):
    """Finds the one row of the address among those the person may see; another's answers 404."""

    abstract = True
    model: ClassVar[type[Model]]
    lookup: ClassVar[str] = "pk"
    related: ClassVar[Sequence[str]] = ()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.abstract:
            return
        if not hasattr(cls, "model"):
            raise ImproperlyConfigured(f"{cls.__qualname__} must name its model")
        must_be_scoped(cls.__qualname__, cls.model)

    def visible(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = rows_of(self.model).visible_to(self.request.user).select_related(*self.related)
        return rows

    @cached_property
    def object(self) -> Any:
        found = self.visible().filter(**{self.lookup: self.kwargs[self.lookup]}).first()
        if found is None:
            raise Http404
        return found

    def expected_version(self) -> int | None:
        """The edition that the person saw, which the form or the button carries."""
        return whole_number(self.request.POST.get("version", ""))


class ScopedDetailView(ScopedObjectMixin):
    """One thing. A subclass gives `state`, `next_steps`, `tabs` and `subjects`, and blocks in its template."""

    abstract = True
    template_name = "core/detail.html"

    def page_title(self) -> str:
        return str(self.object)

    def state(self) -> Any:
        """The enum member whose label and colour stand beside the title, or None."""
        return None

    def next_steps(self) -> Sequence[NextStep]:
        """What this person may do now, the most likely first. What is not allowed is left out."""
        return ()

    def tabs(self) -> Sequence[Tab]:
        return ()

    def subjects(self) -> Sequence[tuple[str, int]]:
        """(subject_type, id) of the events in the time line; none means no time line."""
        return ()

    def time_line(self) -> Sequence[TimelineRow]:
        return timeline(self.subjects())

    def current_tab(self, tabs: Sequence[Tab]) -> Tab | None:
        wanted = self.request.GET.get("tab", "")
        return next((tab for tab in tabs if tab.key == wanted), tabs[0] if tabs else None)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ARG002 - Django's signature
        _found = self.object
        tabs = self.tabs()
        return self.render(
            self.get_context(
                object=self.object,
                state=self.state(),
                next_steps=self.next_steps(),
                tabs=tabs,
                tab=self.current_tab(tabs),
                time_line=self.time_line(),
            )
        )
