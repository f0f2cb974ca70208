"""The first migration of an app, applied at once."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState

_IN_THE_TABLE = migrations.AddField, migrations.AddConstraint, migrations.AddIndex


class InitialMigration(migrations.Migration):
    """Makes the tables as the last operation leaves them, so that the models are rendered once.

    Django renders every model that relates to another anew after each operation: nine tenths of the time of the first
    `migrate`. Holds only where every table is made by this migration and no operation takes anything away. Undone it is
    as any other.
    """

    def apply(
        self, project_state: ProjectState, schema_editor: BaseDatabaseSchemaEditor, *_args: Any, **_kwargs: Any
    ) -> ProjectState:
        state = project_state.clone()
        vars(state).pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(self.app_label, state)
        for operation in self.operations:
            if not isinstance(operation, _IN_THE_TABLE):
                operation.database_forwards(self.app_label, schema_editor, project_state, state)
        return state
