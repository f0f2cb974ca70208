from celery import shared_task

from core.models import OutboxMessage
from integration.engine.jobs import perform_import


@shared_task
def import_files(job_id: int) -> None:
    """Check or take the files of an import job."""
    perform_import(job_id=job_id)


def send_import_to_worker(message: OutboxMessage) -> None:
    """Outbox consumer of `import.requested`."""
    import_files.delay(message.payload["job_id"])
