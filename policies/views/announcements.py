"""Pages of announcements and policies: the list, one to read and acknowledge, and writing a draft."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.ui.actions import ActionView
from core.ui.details import NextStep, ScopedDetailView, ScopedObjectMixin
from core.ui.forms import ScopedServiceFormView, ServiceFormView
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb
from core.ui.timeline import TimelineRow, timeline
from messaging.services.files import as_download
from policies.enums import AnnouncementEvent, AnnouncementKind, AnnouncementStatus
from policies.filters import AnnouncementFilterSet
from policies.forms import AnnouncementForm, FileForm, NameForm
from policies.models import Announcement, AnnouncementFile, AnnouncementRecipient
from policies.permissions import can_acknowledge, can_change_announcements, can_see_announcements, sees_recipients
from policies.selectors.policies import acknowledged_count
from policies.selectors.rules import rules_of
from policies.services.announcements import (
    attach_file,
    create_announcement,
    remove_file,
    revise_announcement,
    save_announcement,
    text_of,
)
from policies.services.publishing import acknowledge_announcement, publish_announcement, withdraw_announcement
from policies.tables import AnnouncementTable
from pricing.permissions import can_change_prices


def way_to_list() -> Sequence[Crumb]:
    return [Crumb(label=str(AnnouncementListView.title), url=reverse("policies:announcements"))]


class AnnouncementListView(ScopedListView):
    """Announcements and policies that a person may see, the newest first."""

    permission_required = can_see_announcements
    title = _("Announcements")
    model = Announcement
    table_class = AnnouncementTable
    filterset_class = AnnouncementFilterSet
    sorts: ClassVar[Mapping[str, Sequence[str]]] = {"number": ["pk"], "published_at": ["published_at", "pk"]}
    default_sort = "-number"
    template_name = "policies/announcements.html"
    empty = EmptyState(
        title=_("No announcements yet."), text=_("Announcements and policies appear here once they are published.")
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_create = can_change_announcements(self.actor)
        return super().get_context_data(may_create=may_create, sees_recipients=sees_recipients(self.actor), **kwargs)


class AnnouncementView(ScopedDetailView):
    """One announcement in the reader's language, and what is to be done with it."""

    permission_required = can_see_announcements
    model = Announcement
    template_name = "policies/announcement.html"

    def page_title(self) -> str:
        return str(self.object.display_title)

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_list()

    def state(self) -> AnnouncementStatus:
        return AnnouncementStatus(self.object.status)

    def next_steps(self) -> Sequence[NextStep]:
        row, steps = self.object, []
        if can_change_announcements(self.actor) and row.status == AnnouncementStatus.DRAFT:
            steps = [
                self._step(
                    "publish", _("Publish"), primary=True, confirm=_("Publish? It cannot be changed afterwards.")
                ),
                self._step("change", _("Change"), opens=True),
                self._step("attach", _("Attach a file"), opens=True),
            ]
        if can_change_announcements(self.actor) and row.status == AnnouncementStatus.PUBLISHED:
            if not Announcement.objects.visible_to(self.actor).filter(previous=row).exists():
                steps.append(self._step("revise", _("New revision")))
            steps.append(self._step("withdraw", _("Withdraw"), dangerous=True, confirm=_("Withdraw it?")))
        is_policy = row.kind == AnnouncementKind.POLICY and row.status == AnnouncementStatus.PUBLISHED
        if is_policy and can_change_prices(self.actor):
            steps.append(self._step("rules", _("Pricing rules"), opens=True))
        if self._may_acknowledge():
            steps.append(self._step("acknowledge", _("Acknowledge"), primary=True, opens=True))
        return steps

    def _step(self, step: str, label: Any, **options: Any) -> NextStep:
        url = reverse(f"policies:announcement-{step}", args=[self.object.pk])
        return NextStep(label=label, url=url, version=self.object.version, **options)

    def _mine(self) -> AnnouncementRecipient | None:
        if self.actor.distributor_id is None:
            return None
        rows = AnnouncementRecipient.objects.visible_to(self.actor).filter(announcement=self.object)
        return rows.filter(distributor=self.actor.distributor_id).first()

    def _may_acknowledge(self) -> bool:
        mine, row = self._mine(), self.object
        is_open = mine is not None and mine.acknowledged_at is None and row.needs_acknowledgement
        return is_open and row.status == AnnouncementStatus.PUBLISHED and can_acknowledge(self.actor, row)

    def get_event_subjects(self) -> Sequence[tuple[str, int]]:
        """Only the brand's people: the events of all recipients stand there."""
        return [("announcement", self.object.pk)] if sees_recipients(self.actor) else ()

    def time_line(self) -> Sequence[TimelineRow]:
        """Without a line for each recipient: those are counted above and have a list of their own."""
        return timeline(self.get_event_subjects(), actor=self.actor, but=[AnnouncementEvent.SENT])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.object
        is_counted = sees_recipients(self.actor) and row.status != AnnouncementStatus.DRAFT
        return super().get_context_data(
            files=row.files.all(),
            mine=self._mine(),
            count=acknowledged_count(self.actor, row) if is_counted else None,
            may_change=can_change_announcements(self.actor) and row.status == AnnouncementStatus.DRAFT,
            rules=rules_of(self.actor, row),
            newer=Announcement.objects.visible_to(self.actor).filter(previous=row).first(),
            **kwargs,
        )


class _TextForm(ServiceFormView):
    """What writing a new draft and changing one share."""

    abstract = True
    permission_required = can_change_announcements
    form_class = AnnouncementForm
    submit_label = _("Save draft")

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_list()

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.actor}


class AnnouncementCreateView(_TextForm):
    title = _("New announcement")

    def back_url(self) -> str:
        return reverse("policies:announcements")

    def form_valid(self, form: Any) -> HttpResponse:
        self.success_url = create_announcement(text=form.written(), actor=self.actor).get_absolute_url()
        return super().form_valid(form)


class AnnouncementChangeView(ScopedServiceFormView, _TextForm):
    title = _("Change announcement")
    model = Announcement

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "text": text_of(self.object)}

    def form_valid(self, form: Any) -> HttpResponse:
        save_announcement(
            announcement_id=self.object.pk,
            text=form.written(),
            actor=self.actor,
            expected_version=self.expected_version(),
        )
        return super().form_valid(form)


class PublishAnnouncementView(ActionView):
    permission_required = can_change_announcements
    model = Announcement
    success_message = _("Published. The distributors are being notified.")

    def perform(self) -> None:
        publish_announcement(announcement_id=self.object.pk, actor=self.actor, expected_version=self.expected_version())


class WithdrawAnnouncementView(ActionView):
    permission_required = can_change_announcements
    model = Announcement
    success_message = _("Withdrawn.")

    def perform(self) -> None:
        withdraw_announcement(
            announcement_id=self.object.pk, actor=self.actor, expected_version=self.expected_version()
        )


class ReviseAnnouncementView(ActionView):
    permission_required = can_change_announcements
    model = Announcement
    success_message = _("This is the draft of the next revision. Change it, then publish it.")
    new: Announcement | None = None

    def perform(self) -> None:
        self.new = revise_announcement(
            announcement_id=self.object.pk, actor=self.actor, expected_version=self.expected_version()
        )

    def get_success_url(self) -> str:
        return (self.new or self.object).get_absolute_url()


class AcknowledgeAnnouncementView(ScopedServiceFormView):
    """The whole text, and below it the name of who has read it."""

    permission_required = can_acknowledge
    model = Announcement
    title = _("Acknowledge")
    template_name = "policies/acknowledge.html"
    form_class = NameForm
    submit_label = _("I have read it")
    success_message = _("Acknowledged. Thank you.")

    def page_title(self) -> str:
        return str(self.object.display_title)

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_list()

    def get_initial(self) -> dict[str, Any]:
        return {"name": self.actor.display_name}

    def form_valid(self, form: Any) -> HttpResponse:
        acknowledge_announcement(announcement_id=self.object.pk, name=form.cleaned_data["name"], actor=self.actor)
        return super().form_valid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(files=self.object.files.all(), **kwargs)


class AttachFileView(ScopedServiceFormView):
    permission_required = can_change_announcements
    model = Announcement
    title = _("Attach a file")
    form_class = FileForm
    submit_label = _("Attach")
    success_message = _("Attached.")

    def form_valid(self, form: Any) -> HttpResponse:
        attach_file(announcement_id=self.object.pk, attachment=form.attachment(), actor=self.actor)
        return super().form_valid(form)


class AnnouncementFileView(ScopedObjectMixin):
    """A file of an announcement, for whoever may see that; always to be saved."""

    permission_required = can_see_announcements
    model = AnnouncementFile

    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        return as_download(self.object.file, name=self.object.name, media_type=self.object.media_type)


class RemoveFileView(ActionView):
    permission_required = can_change_announcements
    model = AnnouncementFile
    related = ("announcement",)
    success_message = _("Removed.")

    def perform(self) -> None:
        remove_file(file_id=self.object.pk, actor=self.actor)

    def get_success_url(self) -> str:
        return str(self.object.announcement.get_absolute_url())
