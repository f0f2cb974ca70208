"""The small pictures of products."""

from celery import shared_task

from catalogue.services.files import make_thumbnails as make_missing
from core.locks import single_run


@shared_task
def make_thumbnails() -> None:
    """Make the small pictures that are missing; the schedule calls again for what is left."""
    with single_run("catalogue.thumbnails") as mine:
        if mine:
            make_missing()
