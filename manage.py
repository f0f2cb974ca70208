#!/usr/bin/env python
"""Django's command line for Tributary."""

import atexit
import gc
import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "distribution.settings")
    from django.core.management import execute_from_command_line

    from distribution.launcher.folders import EmbeddedServiceError

    # All that is there at the end goes with the process: to look through it for garbage would take a second.
    atexit.register(gc.freeze)
    try:
        execute_from_command_line(sys.argv)
    except EmbeddedServiceError as error:
        sys.exit(f"Error: {error}")


if __name__ == "__main__":
    main()
