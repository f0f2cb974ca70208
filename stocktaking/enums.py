from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.enums import Colour, ColouredChoices


class CountStatus(ColouredChoices):
    """Of a count of a warehouse."""

    COUNTING = "counting", Colour.WORK, pgettext_lazy("count", "Counting")
    RECOUNTING = "recounting", Colour.WARNING, pgettext_lazy("count", "Second count")
    WAITING = "waiting", Colour.WARNING, _("Waiting for approval")
    POSTED = "posted", Colour.DONE, pgettext_lazy("count", "Posted")
    CANCELLED = "cancelled", Colour.DRAFT, _("Cancelled")


class CountScope(models.TextChoices):
    """What a count begins with. Whatever else is there can be added while counting."""

    ALL = "all", _("Everything in stock")
    MOVED = "moved", _("What moved since the last count")
    CATEGORIES = "categories", _("Some categories")
    PRODUCTS = "products", _("Some products")


class Uncounted(models.TextChoices):
    """What becomes of rows that nobody counted."""

    REFUSE = "refuse", _("None may be left")
    NONE_THERE = "zero", _("There is none of it")
    LEAVE = "leave", _("They stay as they are")


class DifferenceReason(models.TextChoices):
    MISPICK = "mispick", _("Wrong product picked")
    MISPLACED = "misplaced", _("Put in another place")
    RECEIPT = "receipt", _("Wrong receipt")
    DAMAGE = "damage", _("Broken or expired")
    LOSS = "loss", _("Lost or stolen")
    UNKNOWN = "unknown", _("Unexplained")


class RowState(models.TextChoices):
    """Rows of a count, for filters."""

    UNCOUNTED = "uncounted", _("Not counted yet")
    COUNTED = "counted", _("Counted")
    RIGHT = "right", _("No difference")
    DIFFERS = "differs", _("With a difference")
    RECOUNT = "recount", _("To be counted again")
    ADDED = "added", _("Not on the list")


class ScrapStatus(ColouredChoices):
    DRAFT = "draft", Colour.DRAFT, _("Draft")
    WAITING = "waiting", Colour.WARNING, _("Waiting for approval")
    POSTED = "posted", Colour.DONE, pgettext_lazy("scrap", "Scrapped")
    REVERSED = "reversed", Colour.DRAFT, pgettext_lazy("scrap", "Undone")
    CANCELLED = "cancelled", Colour.DRAFT, _("Cancelled")


class ScrapReason(models.TextChoices):
    BROKEN = "broken", pgettext_lazy("scrap", "Broken")
    EXPIRED = "expired", pgettext_lazy("scrap", "Expired")
    LOST = "lost", pgettext_lazy("scrap", "Lost")
    SAMPLE = "sample", pgettext_lazy("scrap", "Sample")
    QUALITY = "quality", pgettext_lazy("scrap", "Poor quality")
    OTHER = "other", pgettext_lazy("reason", "Other")


class StocktakingEvent(models.TextChoices):
    COUNT_OPENED = "count.opened", _("Count opened")
    COUNT_RECORDED = "count.recorded", _("Rows counted")
    COUNT_SUBMITTED = "count.submitted", _("Count submitted")
    COUNT_ASKED_AGAIN = "count.asked_again", _("Second count asked for")
    COUNT_REOPENED = "count.reopened", _("Count reopened")
    COUNT_POSTED = "count.posted", _("Differences approved and posted")
    COUNT_CANCELLED = "count.cancelled", _("Count cancelled")
    SCRAP_PREPARED = "scrap.prepared", _("Scrap prepared")
    SCRAP_CHANGED = "scrap.changed", _("Scrap changed")
    SCRAP_SUBMITTED = "scrap.submitted", _("Scrap submitted")
    SCRAP_RETURNED = "scrap.returned", _("Scrap returned")
    SCRAP_POSTED = "scrap.posted", _("Scrap approved and posted")
    SCRAP_REVERSED = "scrap.reversed", _("Scrap undone")
    SCRAP_CANCELLED = "scrap.cancelled", _("Scrap cancelled")
