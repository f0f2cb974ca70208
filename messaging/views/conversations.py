"""Conversations: one with its form, as a page and as a panel of its subject's page; those with something unread; files."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.errors import Message, NotVisible, Problem
from core.subjects import address_of, subject_type
from core.ui.actions import ActionView
from core.ui.details import ScopedObjectMixin
from core.ui.forms import ServiceFormView
from core.ui.page import Crumb, Page
from messaging.conversations import find_subject
from messaging.forms.conversations import ConversationForm
from messaging.models import ConversationMessage, MessageFile
from messaging.permissions import can_converse
from messaging.selectors.conversation_people import mentionable
from messaging.selectors.conversations import (
    can_write_internally,
    can_write_to_both,
    count_unread_messages,
    shown_messages,
    sides_to_choose,
    subjects_of,
    unread_conversations,
)
from messaging.services.conversations import mark_conversation_read, post_message, withdraw_message
from messaging.services.files import as_download


class ConversationsView(Page):
    """The conversations that a person may read, the newest first, with what is unread."""

    permission_required = can_converse
    title = _("Conversations")
    template_name = "messaging/conversations.html"

    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        rows = subjects_of(unread_conversations(self.actor), actor=self.actor)
        return self.render_to_response(self.get_context_data(rows=rows))


class OfSubject(Page):
    """What is about the subject of the address; another's answers 404."""

    abstract = True
    subject: Any

    def prepare(self) -> None:
        super().prepare()
        try:
            self.kind, self.subject = find_subject(self.kwargs["name"], self.kwargs["pk"], actor=self.actor)
        except NotVisible:
            raise Http404 from None

    def address(self) -> str:
        return reverse("messaging:conversation", args=[self.kind.name, self.subject.pk])


class ConversationView(OfSubject, ServiceFormView):
    """Asked by htmx, only the panel, which the page of the subject shows."""

    permission_required = can_converse
    form_class = ConversationForm
    template_name = "messaging/conversation.html"
    partial_name = "panel"
    submit_label = pgettext_lazy("conversation", "Send")
    success_message = ""

    def page_title(self) -> str:
        return str(_("Conversation about %(subject)s") % {"subject": self.label()})

    def label(self) -> str:
        return subject_type(self.kind.name).label(self.subject)

    def crumbs(self) -> Sequence[Crumb]:
        return [Crumb(label=self.label(), url=address_of(self.subject))]

    def get_success_url(self) -> str:
        return f"{self.address()}#conversation"

    def get_form_kwargs(self) -> dict[str, Any]:
        both = can_write_to_both(self.kind, self.subject, self.subject.pk, actor=self.actor)
        about = ConversationMessage(
            subject_type=self.kind.name,
            subject_id=self.subject.pk,
            distributor_id=self.kind.distributor_of(self.subject) or self.actor.distributor_id,
            is_internal=not both,
        )
        asked = {
            "people": mentionable(about, actor=self.actor),
            "sides": sides_to_choose(self.kind, self.subject, self.subject.pk, actor=self.actor),
            "may_be_internal": can_write_internally(self.actor),
            "always_internal": not both,
        }
        return super().get_form_kwargs() | asked

    def get_field_name(self, problem: Problem) -> str | None:
        return "attachments" if problem.field == "files" else super().get_field_name(problem)

    def form_valid(self, form: Any) -> HttpResponse:
        post_message(
            subject_type=self.kind.name,
            subject_id=self.subject.pk,
            message=form.message(),
            actor=self.actor,
            now=timezone.now(),
        )
        if self.is_partial():
            fresh = self.get_form_class()(**{**self.get_form_kwargs(), "data": None, "files": None})
            return self.render_to_response(self.get_context_data(form=fresh))
        return HttpResponseRedirect(self.get_success_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        name, number = self.kind.name, self.subject.pk
        context = super().get_context_data(
            address=self.address(),
            rows=shown_messages(name, number, actor=self.actor, now=timezone.now()),
            unread=count_unread_messages(name, number, actor=self.actor),
            subject_address=address_of(self.subject),
            has_sides=bool(self.kind.distributor == "" and can_write_internally(self.actor)),
            **kwargs,
        )
        if self.is_partial():  # a panel of another page does not take the focus from it
            for field in context["form"].fields.values():
                field.widget.attrs.pop("autofocus", None)
        return context


class ReadConversationView(OfSubject):
    """All of it has been read."""

    permission_required = can_converse
    http_method_names = ["post", "options"]

    def post(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        mark_conversation_read(subject_type=self.kind.name, subject_id=self.subject.pk, actor=self.actor)
        return HttpResponseRedirect(self.address())


class WithdrawMessageView(ActionView):
    """Takes back what one wrote a moment ago."""

    permission_required = can_converse
    model = ConversationMessage
    success_message = _("The message was withdrawn.")

    def perform(self) -> Message | None:
        withdraw_message(message_id=self.object.pk, actor=self.actor, now=timezone.now())
        return None


class MessageFileView(ScopedObjectMixin):
    """A file of a message, for whoever may read that; always to be saved."""

    permission_required = can_converse
    model = MessageFile

    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        return as_download(self.object.file, name=self.object.name, media_type=self.object.media_type)
