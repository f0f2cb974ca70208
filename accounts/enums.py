from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.enums import Colour, ColouredChoices


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator", _("Administrator")
    DIRECTOR = "director", _("Channel director")
    MANAGER = "manager", _("Channel manager")
    WAREHOUSE = "warehouse", _("Warehouse")
    FINANCE = "finance", _("Finance")
    OWNER = "owner", _("Distributor owner")
    BUYER = "buyer", _("Distributor buyer")
    KEEPER = "keeper", _("Distributor warehouse keeper")
    ACCOUNTANT = "accountant", _("Distributor accountant")


BRAND_ROLES = frozenset({Role.ADMINISTRATOR, Role.DIRECTOR, Role.MANAGER, Role.WAREHOUSE, Role.FINANCE})
DISTRIBUTOR_ROLES = frozenset({Role.OWNER, Role.BUYER, Role.KEEPER, Role.ACCOUNTANT})


class ChannelKind(models.TextChoices):
    DIRECT = "direct", _("Direct sales")
    WHOLESALE = "wholesale", _("Wholesale")
    RETAIL = "retail", _("Retail")
    E_COMMERCE = "e_commerce", _("E-commerce")
    AGENT = "agent", _("Agent")
    CHAIN = "chain", _("Chain")
    FRANCHISE = "franchise", _("Franchise")
    DIRECT_MARKETING = "direct_marketing", _("Direct marketing")
    INTERNATIONAL = "international", _("International")


class DistributorStatus(ColouredChoices):
    APPLICANT = "applicant", Colour.DRAFT, _("Applicant")
    ACTIVE = "active", Colour.DONE, _("Active")
    PROBATION = "probation", Colour.WARNING, _("On probation")
    SUSPENDED = "suspended", Colour.DANGER, _("Suspended")
    TERMINATED = "terminated", Colour.DRAFT, _("Terminated")


ORDERING_STATUSES = frozenset({DistributorStatus.ACTIVE, DistributorStatus.PROBATION})


class TokenScope(models.TextChoices):
    READ = "read", _("Read")
    ORDER = "order", _("Read and order")
    ALL = "all", _("Everything the person can do")


class AccountsEvent(models.TextChoices):
    RESPONSIBILITY_ASSIGNED = "responsibility.assigned", _("Responsibility assigned")
    RESPONSIBILITY_ENDED = "responsibility.ended", _("Responsibility ended")
    RESPONSIBILITY_HANDED_OVER = "responsibility.handed_over", _("Responsibility handed over")
    HANDED_OVER_ALL = "responsibility.handed_over_all", _("Everything handed over")
    WORK_HANDED_OVER = "responsibility.work_handed_over", _("Open work handed over")
    MANAGER_CHANGED = "responsibility.manager_changed", _("Contact person changed")
    RESPONSIBILITIES_RECEIVED = "responsibility.received", _("Responsibilities received")
    DISTRIBUTOR_CREATED = "distributor.created", _("Distributor created")
    DISTRIBUTOR_CHANGED = "distributor.changed", _("Distributor changed")
    DISTRIBUTOR_MERGED = "distributor.merged", _("Merged into another distributor")
    MERGE_UNDONE = "distributor.merge_undone", _("Merge of distributors undone")
    USER_CREATED = "user.created", _("Account created")
    USER_CHANGED = "user.changed", _("Account changed")
    MEMBERSHIP_GRANTED = "membership.granted", _("Membership granted")
    MEMBERSHIP_ENDED = "membership.ended", _("Membership ended")
    GRANT_CREATED = "grant.created", _("Permission granted or denied")
    GRANT_ENDED = "grant.ended", _("Grant ended")
    INVITATION_CREATED = "invitation.created", _("Invitation created")
    INVITATION_ACCEPTED = "invitation.accepted", _("Invitation accepted")
    INVITATION_WITHDRAWN = "invitation.withdrawn", _("Invitation withdrawn")
    ROLE_CHANGED = "user.role_changed", _("Role changed")
    EMAIL_CHANGE_ASKED = "user.email_change_asked", _("Change of e-mail address asked for")
    EMAIL_CHANGED = "user.email_changed", _("E-mail address changed")
    ABSENCE_RECORDED = "absence.recorded", _("Absence recorded")
    ABSENCE_CHANGED = "absence.changed", _("Absence changed")
    ABSENCE_CANCELLED = "absence.cancelled", _("Absence cancelled")
    DUTY_CREATED = "duty.created", _("Duty created")
    DUTY_CHANGED = "duty.changed", _("Duty changed")
    TOKEN_ISSUED = "token.issued", _("API token issued")
    TOKEN_REVOKED = "token.revoked", _("API token revoked")


class SecurityEvent(models.TextChoices):
    """What happened with the sign-in of a person, in the person's history."""

    SIGNED_IN = "user.signed_in", _("Signed in")
    PASSWORD_CHANGED = "user.password_changed", _("Password changed")
    PASSWORD_RESET = "user.password_reset", _("Password reset")
    SECOND_STEP_ADDED = "user.second_step_added", _("Two-step sign-in turned on")
    SECOND_STEP_REMOVED = "user.second_step_removed", _("Two-step sign-in turned off")
    RECOVERY_CODES_MADE = "user.recovery_codes_made", _("Recovery codes generated")
    SIGN_IN_REFUSED = "user.sign_in_refused", _("Sign-in refused after failed attempts")
    SESSION_ENDED = "user.session_ended", _("Session ended")
    SSO_LINKED = "user.sso_linked", _("Single sign-on linked")
    PASSWORD_REMOVED = "user.password_removed", _("Password removed: single sign-on takes its place")


class AccountsTopic(models.TextChoices):
    """Messages of the outbox that report no event."""

    PASSWORD_RESET_ASKED = "account.password_reset_asked", _("New password asked for")
    SIGN_IN_REFUSED = "account.sign_in_refused", _("Too many failed attempts to sign in")


class CadenceUnit(models.TextChoices):
    DAY = "day", pgettext_lazy("unit of time", "days")
    WEEK = "week", pgettext_lazy("unit of time", "weeks")
    MONTH = "month", pgettext_lazy("unit of time", "months")


class Capacity(models.TextChoices):
    """As what somebody acts for a duty on a day."""

    RESPONSIBLE = "responsible", _("Responsible person")
    STAND_IN = "stand_in", _("Stand-in")
    SUPERVISOR = "supervisor", _("Supervisor")
    NOBODY = "nobody", _("Unassigned")


class CellState(ColouredChoices):
    """The state of one duty of one distributor on a day: the most severe that applies."""

    GAP = "gap", Colour.DANGER, _("Unassigned")
    INACTIVE = "inactive", Colour.WARNING, _("Person is not active")
    AWAY = "away", Colour.WARNING, _("Person is away")
    LEAVING = "leaving", Colour.WARNING, _("Person leaves soon")
    ENDING = "ending", Colour.WARNING, _("Ends soon")
    NO_STAND_IN = "no_stand_in", Colour.DRAFT, _("No stand-in")
    OK = "ok", Colour.DONE, _("Covered")

    @property
    def sign(self) -> str:
        """Stands beside the colour, for whoever cannot see it."""
        return {"gap": "!", "inactive": "✕", "away": "☾", "leaving": "→", "ending": "…", "no_stand_in": "1", "ok": "✓"}[
            self.value
        ]
