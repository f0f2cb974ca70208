"""`make bench`: what this program does in a second, beside what the machine and the framework could do."""

import argparse
import importlib
import os
import sys

PARTS = (
    "placing",
    "availability",
    "lists",
    "pages",
    "evaluation",
    "importing",
    "landing",
    "workbooks",
    "papers",
    "fulfilment",
    "waves",
    "responsibility",
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}; all of them when none is named")
    parser.add_argument("--quick", action="store_true", help="small data and few rounds: to see that it runs")
    options = parser.parse_args()
    wrong = set(options.parts) - set(PARTS)
    if wrong:
        parser.error(f"no such part: {', '.join(sorted(wrong))}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "distribution.settings")
    os.environ["LOG_LEVEL"] = "WARNING"  # also for the servers that are measured: tables, and no line for each request
    import django

    django.setup()
    from bench.results import table
    from distribution.frontend import collect_if_changed

    collect_if_changed()  # pages name the files of a collected folder

    for part in options.parts or PARTS:
        results = importlib.import_module(f"bench.{part}").measure(quick=options.quick)
        print(f"\n{part}\n{table(results)}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
