#!/bin/sh
# Print the newest Python from 3.11 to 3.13 that this machine really has; nothing where it has none.
# Each one is run: a name on the PATH may be a shim of a version manager that stands for nothing.
for candidate in python3.13 python3.12 python3.11 python3 python; do
    if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1; then
        echo "$candidate"
        exit 0
    fi
done
