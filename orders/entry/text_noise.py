"""What in a mail or a chat is no order line: dates, prices, telephone numbers, greetings, heads and signatures."""

import re
import unicodedata

_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_MONEY = r"(?:cny|rmb|usd|eur|gbp|hkd|jpy)"
_AMOUNT = r"\d[\d,]{0,17}(?:\.\d{1,6})?"
_ALONE, _END = r"(?<![a-z0-9_-])", r"(?![a-z0-9_-])"
_NO_QUANTITY = re.compile(
    "|".join(
        (
            r"https?://\S+|[^\s@]{1,64}@[^\s@]{1,100}",
            rf"[¥$€£]\s*{_AMOUNT}|{_ALONE}{_MONEY}\s*{_AMOUNT}|{_AMOUNT}\s*(?:元|块钱|块|{_MONEY}{_END})(?:/\S+)?",
            rf"(?:单价|价格|金额|合计|小计|总计|总价|价税合计|price|amount|total|subtotal)\s*[:=]?\s*{_AMOUNT}\s*元?|@\s*{_AMOUNT}\s*元?",
            rf"{_ALONE}(?:19|20)\d\d[-/.年]\s*\d{{1,2}}[-/.月]\s*\d{{1,2}}(?:日|号|{_END})",
            rf"{_ALONE}\d{{1,2}}月\d{{1,2}}[日号]?|{_ALONE}\d{{1,2}}[日号](?=$|[\s,;前后到送发要]|之)|{_ALONE}\d{{1,2}}月(?:底|初|份|中)",
            rf"{_ALONE}\d{{1,2}}[/.]\d{{1,2}}[/.](?:\d\d)?\d\d{_END}|{_ALONE}(?:0?[1-9]|1[0-2])/\d{{1,2}}{_END}",
            (
                rf"{_ALONE}\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTHS}(?:\s+\d{{4}})?{_END}"
                rf"|{_ALONE}{_MONTHS}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s*\d{{4}})?{_END}"
            ),
            rf"{_ALONE}\d{{1,2}}:\d\d(?::\d\d)?(?:\s*[ap]m)?{_END}|(?:上午|下午|早上|晚上)?\d{{1,2}}点(?:\d+分|半)?",
            rf"{_ALONE}(?:\+?86[- ]?)?1[3-9]\d(?:[ -]?\d{{4}}){{2}}{_END}",
            rf"{_ALONE}(?:tel|phone|fax|电话|手机|传真)\s*[:.]?\s*[+\d][\d ()-]{{5,30}}",
            r"\d{1,9}(?:\.\d{1,6})?\s{0,3}%",
        )
    ),
    re.IGNORECASE,
)
SIZE = re.compile(
    r"\d{1,9}(?:\.\d{1,6})?\s{0,3}(?:kg|mg|g|ml|cl|l|cm|mm|m|oz|lb|inch|w|v|公斤|千克|克|斤|毫升|升|厘米|毫米|寸)(?![a-z0-9])"
    r"(?:\s{0,3}[*×x/]\s{0,3}(?:\d{1,9}\s{0,3})?[^\s\d,;]{0,2}(?![\w-]))?"
    r"|\d{1,9}\s{0,3}[*×x]\s{0,3}(?=\d{1,9}(?:\.\d{1,6})?\s{0,3}(?:kg|g|ml|l|公斤|千克|克|斤|毫升|升)(?![a-z0-9]))",
    re.IGNORECASE,
)
"""Sizes, and packs such as `24*250g`: they belong to a name."""

_QUOTED = re.compile(r"^(?:[>|]\s?)+")
_NUMBERING = re.compile(r"^(?:[-*•·●▪–]\s+|\(?\d{1,3}(?:[)、]|\.(?!\d))\s*(?=\S)|[①-⑳]\s*)")
_HEAD = re.compile(
    r"^(?:from|to|cc|sent|date|subject|re|fw|fwd|发件人|收件人|抄送|发送时间|日期|时间|主题|回复|转发)\s*:"
    r"|^-{2,}.*-{2,}$|^-{3,}$|^_{3,}$|^on .+ wrote:$|^在.+写道:?$|^\[?(?:图片|语音|表情|文件|image|photo)\]?$"
    r"|^(?:tel|phone|mobile|fax|电话|手机|传真|地址|address)\s*[:.]",
    re.IGNORECASE,
)
_SPEAKER = re.compile(
    r"^(?:\[?\(?\d{1,2}:\d\d(?::\d\d)?\)?\]?\s*)?(?P<who>[^\d:]{1,20}?)(?:\s+\(?(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\s+)?"
    r"\d{1,2}:\d\d(?::\d\d)?\)?)?\s*:\s*(?P<said>.*)$"
)
_COURTESY = re.compile(
    r"您好|你好|谢谢|多谢|感谢|辛苦|麻烦|此致|敬礼|祝好|顺祝|商祺|好的|收到|在吗|老板|早上好|下午好|尽快"
    r"|\b(?:hi|hello|hey|dear|thanks|thank you|thx|regards|cheers|sincerely|best|good morning|good afternoon|asap|ok)\b",
    re.IGNORECASE,
)
NOT_WANTED = re.compile(
    r"不要|不用|取消|别发|先不|没有了|退货|停了|\b(?:cancel|don'?t|do not|not|without|no longer|instead of|except)\b",
    re.IGNORECASE,
)
FILLER = re.compile(
    r"给我们?|帮我们?|帮忙|麻烦|您好|你好|谢谢|请|我们?(?=要|需)|需要|想要|想订|再来|再要|再加|下单|订货|订|来(?=$|[\s\d一二两三四五六七八九十半])|要"
    r"|(?<=[\s\d])的(?=\s|$)|^的|各|共计|一共|共(?=\s|$)|吧|哈|呢|哦"
    r"|\b(?:please|pls|plz|send|ship|deliver|order|need|want|would like|like|give|get|add|i'd|we'd|we|i|us|me|of|for|the|and|also"
    r"|could you|can you|you|more|as well|too|qty|quantity|code|sku|item|thanks|thank you|hi|hello)\b"
    r"|(?:数量|编码|编号|货号|商品|产品|名称|品名|规格)\s*[:=]?",
    re.IGNORECASE,
)


def narrow(text: str) -> str:
    """Full-width characters as plain ones, without invisible marks and quotation."""
    plain = unicodedata.normalize("NFKC", text)
    plain = "".join(char for char in plain if unicodedata.category(char) not in ("Cf", "Cc") or char == "\t")
    return _QUOTED.sub("", plain.strip(" \r\n")).strip(" \r\n")


def without_numbering(line: str) -> str:
    return _NUMBERING.sub("", line, count=1)


def blank(pattern: re.Pattern[str], text: str) -> str:
    """The text with what fits as spaces, so that every character keeps its place."""
    return pattern.sub(lambda match: " " * len(match.group()), text)


def without_noise(line: str) -> str:
    return blank(_NO_QUANTITY, line)


def is_head(line: str) -> bool:
    """A line of a mail's head, a rule, or a picture of a chat."""
    return bool(_HEAD.search(line))


def is_courtesy(line: str) -> bool:
    return bool(_COURTESY.search(line))


def speech(line: str) -> tuple[str, str]:
    """Who says a line of a chat, and what; nobody where it names none."""
    found = _SPEAKER.match(line)
    return (found["who"].strip(), found["said"].strip()) if found else ("", line)
