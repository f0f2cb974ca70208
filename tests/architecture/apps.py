"""The packages of this project: its apps, as the settings know them, and those that know no Django."""

from core.constraints import project_apps

APPS = tuple(sorted(project_apps()))
PACKAGES = (*APPS, "spreadsheets", "workbooks", "papers", "confined")
