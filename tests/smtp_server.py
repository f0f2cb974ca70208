"""A mail server on a real socket, for tests: takes mail, or is down until it is started."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from django.test import override_settings


@dataclass(kw_only=True)
class MailServer:
    """`mails` are those that it took; a repeat has the same Message-ID. `taken` is called before it says so."""

    mails: list[EmailMessage] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)
    is_down: bool = False
    connections: int = 0
    port: int = 0
    taken: Callable[[], None] = lambda: None

    def by_identity(self) -> dict[str, str]:
        """Recipient by Message-ID: a repeat counts once."""
        return {str(mail["Message-ID"]): str(mail["To"]) for mail in self.mails}


class _Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        server: MailServer = vars(self.server)["state"]
        server.connections += 1
        if server.is_down:
            return
        self._say("220 ready")
        while line := self.rfile.readline().strip().decode():
            verb = line.upper()
            if verb.startswith("DATA"):
                self._say("354 go on")
                self._take(server)
            elif verb.startswith("RCPT") and any(one in line for one in server.refuses):
                self._say("550 no such mailbox")
            elif verb.startswith("QUIT"):
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _take(self, server: MailServer) -> None:
        content = bytearray()
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            content += line.removeprefix(b".") if line.startswith(b"..") else line
        server.mails.append(message_from_bytes(bytes(content), policy=policy.default))
        server.taken()
        self._say("250 taken")

    def _say(self, text: str) -> None:
        with suppress(ConnectionError):  # who asked may have been killed
            self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Django's mail goes there meanwhile."""
    state = MailServer()
    server: Any = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Session)
    server.daemon_threads, server.state = True, state
    state.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        with override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=server.server_address[1],
        ):
            yield state
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
