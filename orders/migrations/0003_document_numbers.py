from django.db import migrations


class Migration(migrations.Migration):
    """Numbers of documents come from sequences: no gap is promised, no number is given twice."""

    dependencies = [("orders", "0002_initial")]

    operations = [
        migrations.RunSQL("CREATE SEQUENCE order_number_seq START 100001", "DROP SEQUENCE order_number_seq"),
        migrations.RunSQL("CREATE SEQUENCE shipment_number_seq START 100001", "DROP SEQUENCE shipment_number_seq"),
    ]
