from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    """Apart from the constraint itself, so that the ledger is looked through without being locked."""

    dependencies = [("inventory", "0004_distributors_stock")]

    operations = [ValidateConstraint(model_name="stockmove", name="stock_move_kind_legal")]
