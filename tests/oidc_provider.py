"""An OpenID Connect provider as a program of its own: discovery, authorize, token, keys, userinfo; RS256, PKCE.

`python -m tests.oidc_provider` prints its address. `POST /configure` says what the next tokens claim,
how they are signed, and what time it is.
"""

import base64
import hashlib
import hmac
import json
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CLIENT_ID, CLIENT_SECRET = "tributary", "of-the-tests"
OWN = rsa.generate_private_key(public_exponent=65537, key_size=2048)
FOREIGN = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PUBLIC = OWN.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


class Provider(BaseHTTPRequestHandler):
    asked: dict[str, dict[str, str]] = {}
    wanted: dict[str, Any] = {}
    last: dict[str, str] = {}

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = dict(parse_qsl(parts.query))
        if parts.path == "/.well-known/openid-configuration":
            self.reply(self.discovery())
        elif parts.path == "/jwks":
            key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(OWN.public_key()))
            self.reply({"keys": [{**key, "kid": "one", "use": "sig", "alg": "RS256"}]})
        elif parts.path == "/authorize":
            self.authorize(query)
        elif parts.path == "/userinfo":
            self.reply(self.wanted.get("userinfo", {}))
        elif parts.path == "/last":
            self.reply(self.last)
        else:
            self.reply({}, 404)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.path == "/configure":
            type(self).wanted = json.loads(body)
            self.reply({})
        elif self.path == "/token":
            self.token(dict(parse_qsl(body)))
        else:
            self.reply({}, 404)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def discovery(self) -> dict[str, Any]:
        ways = {f"{name}_endpoint": f"{self.address}/{way}" for name, way in WAYS.items()}
        named = {"issuer": self.address, "jwks_uri": f"{self.address}/jwks", **ways}
        return {**named, **self.wanted.get("discovery", {})}

    def authorize(self, query: dict[str, str]) -> None:
        type(self).last = query
        answer = {"state": self.wanted.get("state", query["state"])}
        if "error" in self.wanted:
            answer["error"] = self.wanted["error"]
        else:
            answer["code"] = secrets.token_urlsafe()
            self.asked[answer["code"]] = query
        self.send_response(302)
        self.send_header("Location", f"{query['redirect_uri']}?{urlencode(answer)}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def token(self, form: dict[str, str]) -> None:
        query = self.asked.pop(form.get("code", ""), None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest()).rstrip(
            b"="
        )
        good = (
            query is not None
            and (form.get("client_id"), form.get("client_secret")) == (CLIENT_ID, CLIENT_SECRET)
            and query["redirect_uri"] == form.get("redirect_uri")
            and (query.get("code_challenge_method"), query.get("code_challenge")) == ("S256", challenge.decode())
        )
        if query is None or not good:
            self.reply({"error": "invalid_grant"}, 400)
            return
        now = self.wanted.get("now", int(time.time()))
        claims = {
            "iss": self.address, "sub": "s-1", "aud": CLIENT_ID, "iat": now, "exp": now + self.wanted.get("lasts", 300),
            "nonce": query["nonce"],
            **self.wanted.get("claims", {}),
        }  # fmt: skip
        claims = {name: value for name, value in claims.items() if value is not None}
        self.reply({"access_token": "a", "token_type": "Bearer", "expires_in": 300, "id_token": self.signed(claims)})

    def signed(self, claims: dict[str, Any]) -> str:
        way = self.wanted.get("signed", "well")
        header = {"kid": self.wanted.get("kid", "one")}
        if way == "not":
            return jwt.encode(claims, None, algorithm="none", headers=header)
        if way == "with the public key":
            return symmetric(claims, header)
        return jwt.encode(claims, FOREIGN if way == "by another" else OWN, algorithm="RS256", headers=header)

    def reply(self, body: Any, status: int = 200) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_arguments: Any) -> None:
        """Quiet."""


class Running:
    """The program as tests talk to it."""

    def __init__(self, url: str) -> None:
        self.url = url

    def ask(self, method: str, way: str, body: Any = None) -> tuple[str, Any]:
        """Where it sends the browser, and what it answers."""
        connection = HTTPConnection(urlsplit(self.url).netloc, timeout=10)
        try:
            connection.request(method, way, json.dumps(body) if body is not None else None)
            reply = connection.getresponse()
            return reply.headers.get("Location", ""), reply.read()
        finally:
            connection.close()

    def configure(self, **wanted: Any) -> None:
        """Its time is that of the test, whose clock may stand still."""
        self.ask("POST", "/configure", {"now": int(time.time()), **wanted})


@contextmanager
def running_provider() -> Iterator[Running]:
    command = [sys.executable, "-m", "tests.oidc_provider"]
    root = Path(__file__).resolve().parents[1]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield Running(process.stdout.readline().strip())
        finally:
            process.terminate()


WAYS = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}


def symmetric(claims: dict[str, Any], header: dict[str, str]) -> str:
    """HS256 with what everybody can read: the attack on programs that believe the token about its own algorithm."""
    parts = [json.dumps(part).encode() for part in ({**header, "alg": "HS256", "typ": "JWT"}, claims)]
    text = b".".join(base64.urlsafe_b64encode(part).rstrip(b"=") for part in parts)
    signature = hmac.new(PUBLIC, text, hashlib.sha256).digest()
    return (text + b"." + base64.urlsafe_b64encode(signature).rstrip(b"=")).decode()


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    print(f"http://127.0.0.1:{server.server_address[1]}", flush=True)  # noqa: T201  whoever started it reads this
    server.serve_forever()
