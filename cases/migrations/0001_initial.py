import core.codes
import django.db.models.deletion
from django.db import migrations, models


from core.initial_migration import InitialMigration


class Migration(InitialMigration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("orders", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Complaint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", core.codes.CodeField(max_length=64, verbose_name="complaint number")),
                ("subject", models.CharField(max_length=200, verbose_name="complaint about")),
                ("text", models.TextField(blank=True, verbose_name="text")),
                (
                    "amount",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=19, null=True, verbose_name="amount at stake"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "Open"), ("closed", "Closed")],
                        default="open",
                        max_length=16,
                        verbose_name="status",
                    ),
                ),
                ("received_on", models.DateField(verbose_name="received on")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="closed on")),
                (
                    "distributor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="complaints",
                        to="accounts.distributor",
                        verbose_name="distributor",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="complaints",
                        to="orders.order",
                        verbose_name="order",
                    ),
                ),
            ],
            options={
                "verbose_name": "complaint",
                "verbose_name_plural": "complaints",
                "ordering": ["-received_on", "-id"],
                "indexes": [models.Index(fields=["distributor", "-received_on"], name="complaint_of_distributor")],
                "constraints": [
                    core.codes.CodeConstraint(core.codes.NormalCode("code"), name="complaint_code_once"),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["open", "closed"])), name="complaint_status_legal"
                    ),
                ],
            },
        ),
    ]
