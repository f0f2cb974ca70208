"""What robots of chats understand: each product has a form of its own, and says in the answer whether it took it.

WeCom: https://developer.work.weixin.qq.com/document/path/91770 · DingTalk:
https://open.dingtalk.com/document/orgapp/custom-robot-access · Feishu:
https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from messaging.enums import ChatKind
from messaging.services.outgoing import CallRefused, post


@dataclass(frozen=True, kw_only=True)
class ChatText:
    """`id` is the same in a repeat, so that generic receivers can drop it."""

    id: str
    kind: str
    level: str
    text: str
    url: str

    @property
    def whole(self) -> str:
        return "\n".join(part for part in (self.text, self.url) if part)


def send_chat(*, kind: str, url: str, secret: str, text: ChatText, now: int) -> None:
    """Write a text into a chat; `now` in seconds. Raises CallRefused."""
    address, body = _request(ChatKind(kind), url, secret, text, now)
    _status, answer = post(address, json.dumps(body, ensure_ascii=False).encode(), _HEADERS)
    _check_answer(ChatKind(kind), answer)


_HEADERS: Mapping[str, str] = {"Content-Type": "application/json; charset=utf-8"}


def _request(kind: ChatKind, url: str, secret: str, text: ChatText, now: int) -> tuple[str, dict[str, Any]]:
    if kind == ChatKind.WECOM:
        return url, {"msgtype": "text", "text": {"content": text.whole}}
    if kind == ChatKind.DINGTALK:
        signed = f"{url}{'&' if '?' in url else '?'}{_dingtalk_signature(secret, now * 1000)}" if secret else url
        return signed, {"msgtype": "text", "text": {"content": text.whole}}
    if kind == ChatKind.FEISHU:
        body = {"msg_type": "text", "content": {"text": text.whole}}
        return url, {**({"timestamp": str(now), "sign": _feishu_signature(secret, now)} if secret else {}), **body}
    return url, {"id": text.id, "kind": text.kind, "level": text.level, "text": text.text, "url": text.url}


def _dingtalk_signature(secret: str, milliseconds: int) -> str:
    digest = hmac.new(secret.encode(), f"{milliseconds}\n{secret}".encode(), hashlib.sha256).digest()
    return f"timestamp={milliseconds}&sign={quote(base64.b64encode(digest), safe='')}"


def _feishu_signature(secret: str, seconds: int) -> str:
    return base64.b64encode(hmac.new(f"{seconds}\n{secret}".encode(), b"", hashlib.sha256).digest()).decode()


_RESULT_KEYS = {ChatKind.WECOM: "errcode", ChatKind.DINGTALK: "errcode", ChatKind.FEISHU: "code"}


def _check_answer(kind: ChatKind, answer: bytes) -> None:
    """The robots answer 200 to what they did not take, with a code that is not zero."""
    key = _RESULT_KEYS.get(kind)
    if key is None:
        return
    try:
        read = json.loads(answer)
    except ValueError as error:
        raise CallRefused("no JSON in the answer") from error
    code = read.get(key) if isinstance(read, dict) else None
    if code != 0:
        raise CallRefused(f"{key} {str(code)[:40]}")
