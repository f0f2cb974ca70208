"""How gunicorn serves: sync workers."""

import gc
import os
from typing import Any

from prometheus_client import multiprocess

from distribution.settings.environment import web_workers
from distribution.settings.logs import LOGGING

wsgi_app = "distribution.wsgi:application"
bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = web_workers()
preload_app = True
timeout = 60
graceful_timeout = 20
max_requests = 20_000
max_requests_jitter = 2_000
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108, PTH112  a disk that stalls must not look like a hung worker
control_socket_disable = True
logconfig_dict = LOGGING


def when_ready(_server: Any) -> None:
    """What was loaded stays until the end: the workers that are forked now need not look through it again and again."""
    gc.collect()
    gc.freeze()


def child_exit(_server: Any, worker: Any) -> None:
    """Drop the metrics file of a worker that is gone."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]  # no types there
