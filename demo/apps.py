"""The demo company: what it is made of, and the command that fills an empty database with it."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "demo"
