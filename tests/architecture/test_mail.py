"""Mail leaves in one way."""

import re

from distribution.launcher.folders import PROJECT
from tests.architecture.apps import PACKAGES
from tests.architecture.test_sources import sources

MAKES_MAIL = re.compile(
    r"EmailMessage|EmailMultiAlternatives|send_mass_mail|mail_admins|mail_managers|django\.core\.mail import send_mail"
)


def test_mail_is_made_by_consumers_of_the_outbox_alone() -> None:
    """Sent inside a request, it answers 500 when the mail server is away, or is sent for a change that is not kept."""
    found = [str(path.relative_to(PROJECT)) for path in sources(*PACKAGES) if MAKES_MAIL.search(path.read_text())]
    assert found == ["core/mail.py"]
