"""What an applicant is written, in the language of the application: by mail, else by text message, and as a page to print."""

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from core.mail import post
from messaging.services.sms import post_sms
from onboarding.enums import ApplicationStatus, RefusalReason
from onboarding.models import Application


@dataclass(frozen=True, kw_only=True)
class Letter:
    subject: str
    paragraphs: tuple[str, ...]

    @property
    def body(self) -> str:
        return "\n\n".join(self.paragraphs)


def letter_of(application: Application) -> Letter:
    """How it stands, in words."""
    with translation.override(application.language):
        words = {"name": application.contact_name, "company": application.company_name}
        greeting = _("Dear %(name)s,") % words
        subject = _("Your application %(number)s") % {"number": application.number or ""}
        return Letter(subject=subject.strip(), paragraphs=(greeting, *_paragraphs(application, words)))


def _paragraphs(application: Application, words: dict[str, str]) -> tuple[str, ...]:
    if application.status == ApplicationStatus.REFUSED:
        return (
            _("Thank you for applying as a distributor with %(company)s. We cannot accept the application.") % words,
            _("Reason: %(reason)s") % {"reason": RefusalReason(application.refusal_reason).label},
            application.refusal_text,
            _("You are welcome to apply again when this has changed."),
        )
    if application.status == ApplicationStatus.APPROVED:
        return (
            _("We are glad to accept %(company)s as a distributor.") % words,
            _("You receive a separate link with which you open the account of your company."),
        )
    if application.status == ApplicationStatus.WITHDRAWN:
        return (_("The application of %(company)s was withdrawn.") % words,)
    if application.question:
        return (
            _("We have looked at the application of %(company)s and need more from you:") % words,
            application.question,
        )
    return (
        _("We have received the application of %(company)s.") % words,
        _("We check the documents, assess the application, and write to you again."),
    )


def send_letter(application: Application, *, address: str = "") -> None:
    """Before: in the transaction of the step. `address` is the link to go on with."""
    letter = letter_of(application)
    if application.email:
        body = f"{letter.body}\n\n{address}" if address else letter.body
        post(to=application.email, subject=f"[Tributary] {letter.subject}", body=body)
    elif application.phone:
        text = f"{letter.subject}: {' '.join(letter.paragraphs[1:])} {address}"
        post_sms(to=application.phone, text=text.strip())
