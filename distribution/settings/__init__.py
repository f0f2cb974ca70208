"""Settings of Tributary, one file per subject, every value from the environment; see .env.example."""

from distribution.settings.base import *
from distribution.settings.services import *
from distribution.settings.web import *
from distribution.settings.accounts import *
from distribution.settings.api import *
from distribution.settings.celery import *
from distribution.settings.logs import *
