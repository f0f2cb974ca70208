#!/bin/sh
# Say in one sentence each what this machine lacks to set Tributary up: check_machine.sh [PYTHON]. Ends with 1 if anything.
python=${1:-$(sh "$(dirname "$0")/find_python.sh")}
free_megabytes_needed=2000
lacking=0

lacks() {
    echo "$1" >&2
    lacking=1
}

has() { command -v "$1" >/dev/null 2>&1; }

has make || lacks "make is missing: install it (Debian, Ubuntu: apt install make; macOS: xcode-select --install)."
if [ -z "$python" ]; then
    lacks "Python 3.11, 3.12 or 3.13 is missing: install one (Debian, Ubuntu: apt install python3 python3-venv; macOS: brew install python@3.13)."
elif ! "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1; then
    lacks "$python is not a Python from 3.11 to 3.13: choose one, as in \`make run PYTHON=python3.12\`."
elif ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
    lacks "$python cannot make virtual environments: install its venv package (Debian, Ubuntu: apt install python3-venv)."
fi
has "${CC:-cc}" || has gcc || has clang ||
    lacks "A C compiler is missing: install one (Debian, Ubuntu: apt install build-essential; macOS: xcode-select --install)."
free_megabytes=$(df -Pm . 2>/dev/null | awk 'NR == 2 { print $4 }')
if [ -n "$free_megabytes" ] && [ "$free_megabytes" -lt "$free_megabytes_needed" ]; then
    lacks "The disk has $free_megabytes MB left here, and setting up takes $free_megabytes_needed MB: make room first."
fi
exit $lacking
