from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PaperKind(models.TextChoices):
    ORDER = "order", pgettext_lazy("paper", "Order")
    PICK_LIST = "pick_list", pgettext_lazy("paper", "Pick list")
    DELIVERY_NOTE = "delivery_note", pgettext_lazy("paper", "Delivery note")
    LABEL = "label", pgettext_lazy("paper", "Shipping label")


class PaperSize(models.TextChoices):
    A4 = "a4", _("A4")
    CONTINUOUS = "continuous", _("Three-ply form, 241 × 140 mm")
    LABEL = "label", _("Label, 100 × 150 mm")


OF_SHIPMENTS = frozenset({PaperKind.DELIVERY_NOTE, PaperKind.LABEL})
SIZES = {
    PaperKind.ORDER: (PaperSize.A4,),
    PaperKind.PICK_LIST: (PaperSize.A4, PaperSize.CONTINUOUS),
    PaperKind.DELIVERY_NOTE: (PaperSize.A4, PaperSize.CONTINUOUS),
    PaperKind.LABEL: (PaperSize.LABEL,),
}
"""The sizes of a paper, the usual one first."""
RETURN_NOTE_SIZES = (PaperSize.A4, PaperSize.CONTINUOUS, PaperSize.LABEL)
"""Of the note that goes with returned goods; the last is the label that is glued on them."""
