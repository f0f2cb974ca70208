"""The project: what joins the apps. Importing it loads Celery, so that shared tasks find their application."""

from distribution.celery import app as celery_app

__all__ = ["celery_app"]
