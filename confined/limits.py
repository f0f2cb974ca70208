"""What the process itself does first: it binds itself, and cannot undo it."""

import os
import resource

NICE = 5


def confine(*, memory_bytes: int, seconds: int) -> None:
    """Bound this process in memory and in seconds of the processor, and let others go first."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(NICE)
