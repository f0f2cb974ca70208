from django.utils.translation import gettext_lazy as _

from core.errors import Conflict, InvalidInput


class ProfileError(InvalidInput):
    """The profile itself cannot be used. `field` says where in it: `import.3.fields.code`."""

    code = "invalid_profile"
    default_message = _("The profile cannot be used.")


class ImportRuns(Conflict):
    """Another import is at work (409)."""

    code = "import_runs"
    default_message = _("Another import is running. Try again when it has finished.")
