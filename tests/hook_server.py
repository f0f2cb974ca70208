"""The other side of webhooks on a real socket, for tests."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(kw_only=True)
class Call:
    path: str
    headers: dict[str, str]
    content: bytes

    @property
    def body(self) -> Any:
        return json.loads(self.content)


@dataclass(kw_only=True)
class HookServer:
    """`answer` says what to answer to a call: status, body, headers. With `hangs` set it answers once that is over."""

    url: str = ""
    calls: list[Call] = field(default_factory=list)
    answer: Callable[[Call], tuple[int, bytes, dict[str, str]]] = lambda _call: (200, b"{}", {})
    hangs: threading.Event | None = None


@contextmanager
def hook_server() -> Iterator[HookServer]:
    state = HookServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            call = Call(
                path=self.path, headers={name.lower(): value for name, value in self.headers.items()}, content=content
            )
            if state.hangs is not None:
                state.hangs.wait(30)
                return
            state.calls.append(call)
            status, body, headers = state.answer(call)
            with suppress(ConnectionError):  # who asked may have been killed
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, *_arguments: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    state.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield state
    finally:
        if state.hangs is not None:
            state.hangs.set()
        server.shutdown()
        thread.join()
        server.server_close()
