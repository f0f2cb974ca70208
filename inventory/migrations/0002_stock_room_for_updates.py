from django.db import migrations


class Migration(migrations.Migration):
    """Stock rows are updated all day: half-empty pages keep the updates inside them (heap-only tuples)."""

    dependencies = [("inventory", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE inventory_stock SET (fillfactor = 50)", "ALTER TABLE inventory_stock RESET (fillfactor)"
        ),
    ]
