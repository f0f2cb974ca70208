"""The import of a folder by a profile, in one transaction: everything or nothing."""

import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from company.services.company import ensure_company
from core.events import record_event
from core.idempotency import lock_number
from core.importing import Counts, ImportRefused, importers
from core.importing.staging import run
from core.importing.writing import write
from core.money import currency_digits
from integration.engine.checking import check_records, leave_out, sample_of
from integration.engine.entities import entity_named, importer_for
from integration.engine.filling import fill_stage
from integration.engine.frames import INLINE, Corrections, Frame, inline_frame
from integration.engine.loading import load_frame
from integration.engine.mapping import default_wires, map_block
from integration.engine.outcome import Outcome, WrongRow
from integration.engine.profile import BlockSpec, Profile
from integration.engine.references import References
from integration.enums import ImportEvent
from integration.errors import ImportRuns, ProfileError

log = structlog.get_logger(__name__)
Progress = Callable[[int, int, str], None]
DEFAULT_DIGITS = 2
_SETTINGS = (
    "SET LOCAL jit = off; SET LOCAL work_mem = '64MB'; SET LOCAL default_statistics_target = 10; "
    "SET LOCAL client_connection_check_interval = '1s'"
)
"""The server looks whether this process still lives: the lock of one that was killed is free at once.

Few large statements, each run once. What is counted of the new rows only has to say whether they are few or many;
columns that were counted alone are counted again by autovacuum."""


def import_folder(
    *,
    profile: Profile,
    folder: Path,
    actor_id: int | None,
    dry_run: bool = False,
    corrected: Corrections | None = None,
    job_id: int = 0,
    progress: Progress = lambda _done, _total, _stage: None,
) -> Outcome:
    """Take the files of a folder into the database by a profile.

    With one wrong row nothing is written, and with `dry_run` never: the outcome then says what would have been.
    `corrected` are rows that replace those of the files. Imported history reserves no stock and tells nobody; one event
    records the import. Raises ProfileError where the profile itself is wrong, ImportRuns while another import is at
    work.
    """
    started = time.monotonic()
    work = _Import(profile, folder, corrected or {}, progress, actor_id)
    with transaction.atomic():
        _take_lock()
        ensure_company(currency=profile.currency or settings.COMPANY_CURRENCY)
        work.perform()
        if dry_run or not work.outcome.is_clean:
            transaction.set_rollback(True)
        else:
            work.outcome.written = True
            _record(work.outcome, profile, actor_id, job_id)
    work.outcome.seconds = time.monotonic() - started
    return work.outcome


def _record(outcome: Outcome, profile: Profile, actor_id: int | None, job_id: int) -> None:
    record_event(
        kind=ImportEvent.DONE,
        subject_type="job",
        subject_id=job_id,
        actor_id=actor_id,
        data={"profile": profile.name, "counts": outcome.as_json()["counts"]},
        publish=False,
    )


def _take_lock() -> None:
    """One import at a time: the second one is refused instead of waiting for half an hour."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [lock_number("import")])
        (got,) = cursor.fetchone()
        if got:
            cursor.execute(_SETTINGS)
    if not got:
        raise ImportRuns


class _Import:
    """One run: the frames that were read, what failed, and what came of it."""

    def __init__(
        self, profile: Profile, folder: Path, corrected: Corrections, progress: Progress, actor_id: int | None
    ) -> None:
        self.actor_id = actor_id
        self.profile = profile
        self.folder = folder
        self.corrected = corrected
        self.progress = progress
        self.outcome = Outcome()
        self.references = References()
        self.frames: dict[str, Frame | None] = {}
        order = [importer.entity.name for importer in importers()]
        self.blocks = sorted(
            profile.blocks, key=lambda block: order.index(entity_named(block.entity, block.place).name)
        )
        self.digits = currency_digits(profile.currency) if profile.currency else DEFAULT_DIGITS

    def perform(self) -> None:
        steps = len(self.blocks) + 1
        for importer in importers():
            if importer.prepare:
                importer.prepare()
        for number, block in enumerate(self.blocks):
            self.progress(number, steps, block.entity)
            self._load(block)
            self._import_block(block)
        self.progress(steps - 1, steps, "")
        self._count_rows()
        if self.outcome.is_clean:
            self._finish()
        self.progress(steps, steps, "")

    def _load(self, block: BlockSpec) -> None:
        for name in [block.file, *(join.file for join in block.joins)]:
            if name and name not in self.frames:
                self.frames[name] = load_frame(self.profile.files[name], self.folder, self.outcome, self.corrected)

    def _import_block(self, block: BlockSpec) -> None:
        importer = importer_for(block.entity, block.place)
        entity = importer.entity
        frame = self.frames[block.file] if block.file else inline_frame(block.rows)
        if frame is None or any(self.frames[join.file] is None for join in block.joins):
            self.references.unread.add(entity.name)
            self.references.note_fault(entity)
            return
        if not frame.headers:  # an optional file that is not there
            self.outcome.count(entity.name, Counts())
            return
        began = time.monotonic()
        mapped = map_block(entity, block, self.profile, frame, self.frames)
        frame.note_use(mapped.origin)
        self.outcome.samples.append(sample_of(mapped))
        check_records(mapped, self.outcome, self.references, currency=self.profile.currency)
        stage = fill_stage(
            mapped, default_wires(entity, self.profile, mapped), zone=self.profile.zone, digits=self.digits
        )
        stage.incomplete = frozenset(self.references.incomplete)
        stage.actor_id = self.actor_id
        count = len(mapped)
        with transaction.atomic():
            written = write(importer, stage)
        leave_out(mapped, written.faults, self.outcome, self.references)
        if written.left:
            self.outcome.untried += written.left
            self.references.unread.add(entity.name)
            self.references.note_fault(entity)
            self.outcome.notes.append(
                _("%(entity)s: %(count)s rows were not checked. Correct the rows listed, then check again.")
                % {"entity": entity.label, "count": written.left}
            )
        for name, counts in written.counts.items():
            self.outcome.count(name, counts)
        log.info("import_block", entity=entity.name, rows=count, seconds=round(time.monotonic() - began, 2))

    def _count_rows(self) -> None:
        """How many rows of each file were used, and how many of them are wrong."""
        used = {name: count for frame in self.frames.values() if frame for name, count in frame.used_of().items()}
        wrong = Counter(file for file, row in self.outcome.wrong_places if row)
        for file in self.outcome.files:
            file.used, file.wrong = used.get(file.name, 0), wrong[file.name]

    def _finish(self) -> None:
        """What the apps derive from the new rows, and whatever the database checks only at the end."""
        changed = frozenset(name for name, count in self.outcome.counts.items() if count.created or count.changed)
        try:
            for importer in importers():
                if importer.finish:
                    importer.finish(changed)
            for importer in importers():
                if importer.warn:
                    self.outcome.notes += importer.warn()
        except ImportRefused as error:
            self.outcome.report(WrongRow(file=INLINE, row=0, column=error.field, reason=str(error)))
            return
        run("SET CONSTRAINTS ALL IMMEDIATE")


def check_profile(profile: Profile) -> None:
    """Raise ProfileError for an entity that there is not. Columns are checked against the files when they are read."""
    for block in profile.blocks:
        entity = entity_named(block.entity, block.place)
        unknown = [name for name in block.fields if name not in entity.by_name]
        if unknown:
            raise ProfileError(
                _("%(place)s: %(entity)s has no field “%(name)s”.")
                % {"place": block.place, "entity": entity.name, "name": unknown[0]},
                field=block.place,
            )
