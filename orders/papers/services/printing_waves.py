"""The pick list of a wave as PDF."""

from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import InvalidInput, NotVisible
from core.papers import pdf_of
from core.permissions import require
from orders.fulfilment.waves.models import Wave
from orders.fulfilment.waves.permissions import can_work_on
from orders.papers.enums import SIZES, PaperKind, PaperSize
from orders.papers.selectors.wave_lists import wave_list_of
from papers.contents import Size


def print_wave(*, wave_id: int, size: PaperSize | None, actor: Actor) -> bytes:
    """The pick list of all its orders, by place. Raises NotVisible, NotAllowed, InvalidInput at `size`, NoPaper."""
    sizes = SIZES[PaperKind.PICK_LIST]
    if size is not None and size not in sizes:
        message = _("%(paper)s is not printed in this size.") % {"paper": PaperKind.PICK_LIST.label}
        raise InvalidInput(message, code="wrong_size", field="size")
    wave = Wave.objects.visible_to(actor).filter(pk=wave_id).select_related("warehouse").first()
    if wave is None:
        raise NotVisible
    require(can_work_on(actor, wave))
    return pdf_of([wave_list_of(wave, size=Size((size or sizes[0]).value))])
