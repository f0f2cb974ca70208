"""A carrier's service on a real socket, for tests."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
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
def carrier_service(*replies: tuple[int, Any]) -> Iterator[CarrierService]:
    service = CarrierService(replies=list(replies))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            service.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            status, body = service.reply()
            self.send_response(status)
            if status in {301, 302}:
                self.send_header("Location", service.url + "/elsewhere")
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
