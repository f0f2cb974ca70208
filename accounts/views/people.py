"""Pages of people: the list, a new one, one person, a role."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.errors import StillResponsible
from accounts.filters import UserFilter
from accounts.forms.people import PersonChangeForm, PersonForm, RoleForm
from accounts.models import Membership, User
from accounts.permissions import (
    can_administer,
    can_change_email,
    can_end_membership,
    can_hand_over,
    can_limit_orders,
    can_manage_people,
    can_manage_person,
    can_see_people,
)
from accounts.selectors.people import find_people
from accounts.selectors.responsibility_history import with_duty_counts
from accounts.services.people import change_role, change_user, create_user
from accounts.tables import PersonTable
from core.errors import DomainError
from core.ui.details import NextStep, ScopedDetailView
from core.ui.forms import ScopedServiceFormView, ServiceFormView
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb
from core.ui.search import SearchHit


def way_to_people() -> Sequence[Crumb]:
    return (Crumb(label=str(_("People")), url=reverse("accounts:people")),)


class PersonListView(ScopedListView):
    permission_required = can_see_people
    title = _("People")
    template_name = "accounts/people.html"
    model = User
    table_class = PersonTable
    filterset_class = UserFilter
    sorts: ClassVar = {"full_name": ["full_name"], "email": ["email"], "leaves_on": ["leaves_on"]}
    default_sort = "full_name"
    related = ("supervisor",)
    empty = EmptyState(title=_("No people yet."))

    def get_queryset(self) -> QuerySet[Any]:
        rows: Any = super().get_queryset()
        return with_duty_counts(rows.with_memberships(), on=timezone.localdate())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_create=can_manage_people(self.actor), **kwargs)


class PersonView(ScopedDetailView):
    permission_required = can_see_people
    model = User
    related = ("supervisor",)
    template_name = "accounts/person.html"

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_people()

    def get_event_subjects(self) -> Sequence[tuple[str, int]]:
        return (("user", self.object.pk),)

    def next_steps(self) -> Sequence[NextStep]:
        viewer, steps = self.actor, []
        if self.object.is_brand and can_hand_over(viewer):
            move = f"{reverse('responsibility:hand-over')}?from={self.object.pk}"
            steps.append(NextStep(label=_("Hand over everything"), url=move, opens=True))
        if can_manage_person(viewer, self.object):
            change = reverse("accounts:person-change", args=[self.object.pk])
            steps.append(NextStep(label=_("Change"), url=change, opens=True))
            if can_change_email(viewer, self.object):
                email = reverse("accounts:person-email", args=[self.object.pk])
                steps.append(NextStep(label=_("Change e-mail address"), url=email, opens=True))
            if viewer.pk != self.object.pk:
                role = reverse("accounts:person-role", args=[self.object.pk])
                steps.append(NextStep(label=_("Change role"), url=role, opens=True))
        if can_administer(viewer):
            sessions = reverse("person_sessions", args=[self.object.pk])
            steps.append(NextStep(label=_("Sessions"), url=sessions, opens=True))
        if can_limit_orders(viewer, self.object):
            limit = reverse("accounts:order-limit", args=[self.object.pk])
            steps.append(NextStep(label=_("Order limit"), url=limit, opens=True))
        return steps

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Membership.objects.visible_to(self.actor).filter(person=self.object).select_related("distributor")
        today = timezone.localdate()
        roles = [
            {"membership": row, "may_end": self.may_end(row) and (row.ends_on is None or row.ends_on >= today)}
            for row in rows.order_by("-starts_on", "-pk")
        ]
        return super().get_context_data(roles=roles, may_add=self.may_add(), **kwargs)

    def may_add(self) -> bool:
        return can_manage_people(self.actor) and self.actor.pk != self.object.pk

    def may_end(self, membership: Membership) -> bool:
        return can_end_membership(self.actor, membership)


class PersonNewView(ServiceFormView):
    permission_required = can_manage_people
    title = _("New person")
    form_class = PersonForm
    submit_label = _("Create account")
    success_message = _("Account created. They set a password with “Forgot password”.")

    def back_url(self) -> str:
        return reverse("accounts:people")

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_people()

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "viewer": self.actor}

    def form_valid(self, form: Any) -> HttpResponse:
        data = dict(form.cleaned_data)
        distributor = data.pop("distributor", None)
        made = create_user(actor=self.actor, distributor_id=distributor.pk if distributor else None, **data)
        self.success_url = made.get_absolute_url()
        return super().form_valid(form)


class HandOverOffered(ScopedServiceFormView):
    """Whoever still is responsible for duties hands them over first: there is the way."""

    abstract = True

    def person_id(self) -> int:
        """Whose duties they are."""
        return int(getattr(self.object, "person_id", self.object.pk))

    def form_refused(self, form: Any, error: DomainError) -> HttpResponse:
        if isinstance(error, StillResponsible) and can_hand_over(self.actor):
            messages.error(self.request, str(error))
            return HttpResponseRedirect(f"{reverse('responsibility:hand-over')}?from={self.person_id()}")
        return super().form_refused(form, error)


class PersonFormView(HandOverOffered):
    """A form about one person."""

    abstract = True
    permission_required = can_manage_people
    model = User

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_people()

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "viewer": self.actor}


class PersonChangeView(PersonFormView):
    permission_required = can_manage_people
    title = _("Change person")
    form_class = PersonChangeForm

    def get_initial(self) -> dict[str, Any]:
        names = ("full_name", "full_name_zh", "phone", "language", "supervisor", "leaves_on", "is_active")
        return {name: getattr(self.object, name) for name in names}

    def form_valid(self, form: Any) -> HttpResponse:
        data = dict(form.cleaned_data)
        supervisor = data.pop("supervisor")
        change_user(
            actor=self.actor,
            user_id=self.object.pk,
            supervisor_id=supervisor.pk if supervisor else None,
            **data,
        )
        return super().form_valid(form)


class PersonRoleView(PersonFormView):
    permission_required = can_manage_people
    title = _("Change role")
    form_class = RoleForm

    def get_initial(self) -> dict[str, Any]:
        distributor = self.object.distributor
        return {"role": self.object.role, "distributor": distributor.code if distributor else ""}

    def form_valid(self, form: Any) -> HttpResponse:
        distributor = form.cleaned_data.get("distributor")
        change_role(
            actor=self.actor,
            user_id=self.object.pk,
            role=form.cleaned_data["role"],
            distributor_id=distributor.pk if distributor else None,
        )
        return super().form_valid(form)


def person_hits(user: Any, text: str, limit: int) -> Sequence[SearchHit]:
    if not can_see_people(user):
        return []
    return [
        SearchHit(title=str(person), subtitle=person.login, url=person.get_absolute_url())
        for person in find_people(user, text, limit)
    ]
