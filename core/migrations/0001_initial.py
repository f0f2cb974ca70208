import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


from core.initial_migration import InitialMigration


class Migration(InitialMigration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="at")),
                ("distributor_id", models.BigIntegerField(blank=True, null=True, verbose_name="distributor number")),
                ("kind", models.CharField(max_length=64, verbose_name="kind")),
                ("subject_type", models.CharField(max_length=32, verbose_name="subject")),
                ("subject_id", models.BigIntegerField(verbose_name="subject number")),
                ("data", models.JSONField(blank=True, default=dict, verbose_name="data")),
                ("request_id", models.CharField(blank=True, max_length=64, verbose_name="request")),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "on_behalf_of",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="on behalf of",
                    ),
                ),
            ],
            options={
                "verbose_name": "event",
                "verbose_name_plural": "events",
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="EventSubject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject_type", models.CharField(max_length=32, verbose_name="subject")),
                ("subject_id", models.BigIntegerField(verbose_name="subject number")),
                ("relation", models.CharField(max_length=32, verbose_name="relation")),
                (
                    "event",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extra_subjects",
                        to="core.event",
                        verbose_name="event",
                    ),
                ),
            ],
            options={
                "verbose_name": "extra subject of an event",
                "verbose_name_plural": "extra subjects of events",
            },
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("import", "Import"),
                            ("evaluation", "Evaluation"),
                            ("export", "Export"),
                            ("papers", "Documents to print"),
                        ],
                        max_length=32,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "status",
                    models.CharField(
                        choices=[("queued", "Queued"), ("running", "Running"), ("done", "Done"), ("failed", "Failed")],
                        default="queued",
                        max_length=16,
                        verbose_name="status",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="started at")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished at")),
                ("done", models.PositiveIntegerField(default=0, verbose_name="steps done")),
                ("total", models.PositiveIntegerField(default=0, verbose_name="total steps")),
                ("stage", models.CharField(blank=True, max_length=200, verbose_name="stage")),
                ("params", models.JSONField(blank=True, default=dict, verbose_name="parameters")),
                ("result", models.JSONField(blank=True, default=dict, verbose_name="result")),
                ("error", models.TextField(blank=True, verbose_name="error")),
                ("file", models.FileField(blank=True, upload_to="jobs/%Y/%m/", verbose_name="file")),
                (
                    "exclusive",
                    models.CharField(
                        blank=True,
                        help_text="Jobs with the same value run one after another.",
                        max_length=32,
                        verbose_name="concurrency key",
                    ),
                ),
                ("available_at", models.DateTimeField(blank=True, null=True, verbose_name="not before")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("max_attempts", models.PositiveSmallIntegerField(default=3, verbose_name="maximum attempts")),
                ("lease_owner", models.CharField(blank=True, max_length=64, verbose_name="leased by")),
                ("lease_until", models.DateTimeField(blank=True, null=True, verbose_name="lease until")),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="started by",
                    ),
                ),
            ],
            options={
                "verbose_name": "job",
                "verbose_name_plural": "jobs",
                "ordering": ["-created_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="JobRowError",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.CharField(blank=True, max_length=200, verbose_name="file")),
                ("row", models.PositiveIntegerField(verbose_name="row")),
                ("column", models.CharField(blank=True, max_length=200, verbose_name="column")),
                ("reason", models.TextField(verbose_name="reason")),
                (
                    "job",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="row_errors",
                        to="core.job",
                        verbose_name="job",
                    ),
                ),
            ],
            options={
                "verbose_name": "row error",
                "verbose_name_plural": "row errors",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="OutboxMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("topic", models.CharField(max_length=64, verbose_name="topic")),
                ("payload", models.JSONField(blank=True, default=dict, verbose_name="payload")),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                ("available_at", models.DateTimeField(verbose_name="not before")),
                ("feed_position", models.BigIntegerField(blank=True, null=True, verbose_name="feed position")),
                ("consumer_count", models.PositiveSmallIntegerField(db_default=0, default=0, verbose_name="consumers")),
                (
                    "event",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="message",
                        to="core.event",
                        verbose_name="event",
                    ),
                ),
            ],
            options={
                "verbose_name": "outbox message",
                "verbose_name_plural": "outbox messages",
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("consumer", models.CharField(max_length=64, verbose_name="consumer")),
                (
                    "status",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("delivered", "Done"), ("failed", "Failed")],
                        db_default="waiting",
                        default="waiting",
                        max_length=16,
                        verbose_name="status",
                    ),
                ),
                ("attempts", models.PositiveIntegerField(db_default=0, default=0, verbose_name="attempts")),
                ("available_at", models.DateTimeField(verbose_name="not before")),
                ("last_error", models.TextField(blank=True, db_default="", verbose_name="last error")),
                ("delivered_at", models.DateTimeField(blank=True, null=True, verbose_name="delivered at")),
                (
                    "message",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="core.outboxmessage",
                        verbose_name="outbox message",
                    ),
                ),
            ],
            options={
                "verbose_name": "delivery of a message",
                "verbose_name_plural": "deliveries of messages",
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("page", models.CharField(max_length=64, verbose_name="page")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("query", models.CharField(blank=True, max_length=2000, verbose_name="filter")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_views",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "saved view",
                "verbose_name_plural": "saved views",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="StoredReply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=255, verbose_name="key")),
                ("body_hash", models.CharField(max_length=64, verbose_name="hash of the request")),
                ("status", models.PositiveSmallIntegerField(verbose_name="status code")),
                ("body", models.JSONField(verbose_name="reply")),
                ("created_at", models.DateTimeField(db_index=True, verbose_name="created at")),
                (
                    "actor",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "stored reply",
                "verbose_name_plural": "stored replies",
            },
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["subject_type", "subject_id", "id"], name="event_subject"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("distributor_id__isnull", False)),
                fields=["distributor_id", "id"],
                name="event_distributor",
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["kind", "at"], name="event_kind_at"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="event",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="e10987bc9a49a1926c7e6570fb01934fa665dda6",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_56466",
                    table="core_event",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="eventsubject",
            index=models.Index(fields=["subject_type", "subject_id", "event"], name="event_extra_subject"),
        ),
        migrations.AddConstraint(
            model_name="eventsubject",
            constraint=models.UniqueConstraint(
                fields=("event", "subject_type", "subject_id", "relation"), name="event_extra_subject_unique"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="eventsubject",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only_subject",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="50f4b7601e4b7e43c6e2d166e7cba3b86a7668d9",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_subject_26099",
                    table="core_eventsubject",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(
                condition=models.Q(("status__in", ["queued", "running"])), fields=["created_at", "id"], name="job_due"
            ),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "running"), models.Q(("exclusive", ""), _negated=True)),
                fields=("exclusive",),
                name="job_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lease_until__isnull", False), ("status", "running")),
                    models.Q(models.Q(("status", "running"), _negated=True), ("lease_until__isnull", True)),
                    _connector="OR",
                ),
                name="job_running_has_lease",
            ),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["queued", "running", "done", "failed"])), name="job_status_legal"
            ),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=models.Q(("total", 0), ("done__lte", models.F("total")), _connector="OR"),
                name="job_done_within_total",
            ),
        ),
        migrations.AddIndex(
            model_name="outboxmessage",
            index=models.Index(condition=models.Q(("feed_position__isnull", True)), fields=["id"], name="outbox_new"),
        ),
        migrations.AddConstraint(
            model_name="outboxmessage",
            constraint=models.UniqueConstraint(
                condition=models.Q(("feed_position__isnull", False)),
                fields=("feed_position",),
                name="outbox_feed_position_unique",
            ),
        ),
        migrations.AddConstraint(
            model_name="outboxmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(("event__isnull", True), ("payload", {}), _connector="OR"),
                name="outbox_payload_only_without_event",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("status", "waiting")), fields=["available_at", "id"], name="delivery_waiting"
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(condition=models.Q(("status", "failed")), fields=["id"], name="delivery_failed"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(fields=("message", "consumer"), name="delivery_unique_per_consumer"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["waiting", "delivered", "failed"])), name="delivery_status_legal"
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("delivered_at__isnull", False), ("status", "delivered")),
                    models.Q(models.Q(("status", "delivered"), _negated=True), ("delivered_at__isnull", True)),
                    _connector="OR",
                ),
                name="delivery_delivered_has_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.UniqueConstraint(fields=("user", "page", "name"), name="saved_view_name"),
        ),
        migrations.AddConstraint(
            model_name="storedreply",
            constraint=models.UniqueConstraint(fields=("actor", "key"), name="reply_once_per_key"),
        ),
        migrations.RunSQL(
            "CREATE SEQUENCE core_feed_position_seq",
            "DROP SEQUENCE core_feed_position_seq",
        ),
    ]
