"""What gunicorn serves."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "distribution.settings")
application = get_wsgi_application()
import_module(settings.ROOT_URLCONF)  # before gunicorn forks: shared by its workers, and a fault shows at the start
