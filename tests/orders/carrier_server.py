"""A carrier's service on a real socket, for tests."""

import json
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(kw_only=True)
class CarrierService:
    """Answers with `replies` in turn (status, body), the last one again and again; notes what it was asked."""

    replies: list[tuple[int, Any]]
    url: str = ""
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def reply(self) -> tuple[int, bytes]:
        status, body = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        return status, body if isinstance(body, bytes) else json.dumps(body).encode()


@contextmanager
def carrier_service(*replies: tuple[int, Any], headers: Mapping[str, str] | None = None) -> Iterator[CarrierService]:
    service = CarrierService(replies=list(replies))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            service.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            status, body = service.reply()
            self.send_response(status)
            if status in {301, 302}:
                self.send_header("Location", service.url + "/elsewhere")
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    service.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def trickling(head: bytes) -> Iterator[str]:
    """A service that begins with `head` and then sends a byte every fifth of a second, without end."""
    over = threading.Event()

    def serve() -> None:
        while not over.is_set():
            with suppress(OSError):
                connection, _address = listening.accept()
                with connection:
                    connection.sendall(head)
                    while not over.is_set():
                        connection.sendall(b"x")
                        time.sleep(0.2)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.2)
        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            over.set()
            thread.join()
