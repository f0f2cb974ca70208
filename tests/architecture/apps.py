"""The packages of this project: its apps, as the settings know them, and the reader of workbooks, which knows no Django."""

from core.constraints import project_apps

APPS = tuple(sorted(project_apps()))
PACKAGES = (*APPS, "workbooks")
