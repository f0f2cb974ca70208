"""Who may do what stands in one table: a role that is compared somewhere else follows no grant."""

import importlib
import re

from accounts.enums import Role
from core.permissions import declared_permissions
from distribution.launcher.folders import PROJECT
from tests.architecture.sql_texts import OUR_APPS

COMPARED = re.compile(r"\.role\s*(==|!=|not in|in)\b|Role\.\w+\s*(==|!=)")
# What an organisation is: people of the brand owner, or of a distributor.
STRUCTURE = re.compile(r"BRAND_ROLES|DISTRIBUTOR_ROLES|Role\.values")
ALLOWED = {"accounts/services/people.py": "only an administrator stays Django's superuser"}


def declarations() -> dict[str, str]:
    """Codename to the module that declares it."""
    found: dict[str, str] = {}
    for app in sorted(OUR_APPS):
        for path in (PROJECT / app).rglob("permissions.py"):
            name = ".".join(path.relative_to(PROJECT).with_suffix("").parts)
            importlib.import_module(name)
            found |= dict.fromkeys(re.findall(r'declare\(\s*"([a-z_.]+)"', path.read_text(encoding="utf-8")), name)
    return found


def test_each_app_declares_its_own_permissions_for_roles_that_exist() -> None:
    """A default for a role that is misspelt gives it to nobody."""
    modules = declarations()
    ours = {name: one for name, one in declared_permissions().items() if not name.startswith("core.test")}
    assert set(modules) == set(ours)
    assert [name for name, module in modules.items() if name.split(".")[0] != module.split(".")[0]] == []
    assert {role for one in ours.values() for role in one.roles} <= set(Role.values)
    assert [name for name, one in ours.items() if not one.roles] == []


def test_roles_are_compared_in_permissions_only() -> None:
    found = []
    for app in sorted(OUR_APPS):
        for path in sorted((PROJECT / app).rglob("*.py")):
            where = str(path.relative_to(PROJECT))
            if path.name == "permissions.py" or "migrations" in path.parts or where in ALLOWED:
                continue
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                if COMPARED.search(line) and not STRUCTURE.search(line):
                    found.append(f"{where}:{number}: {line.strip()}")
    assert found == []
