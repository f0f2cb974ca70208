"""大写金额: an amount in the characters of a contract, which nobody can change with a stroke of a pen."""

from decimal import ROUND_HALF_UP, Decimal

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_TEN_THOUSAND, _HUNDRED_MILLION = 10**4, 10**8


def capital_amount(amount: Decimal, currency_name: str = "人民币") -> str:
    """`人民币壹仟零伍元叁角整`, in 元, 角 and 分. Before: at most two decimals count, the rest is rounded half up."""
    cents = int(abs(amount).scaleb(2).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    yuan, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    text = f"{_whole(yuan)}元" if yuan or not cents else ""
    if jiao:
        text += f"{_DIGITS[jiao]}角"
    elif fen and yuan:
        text += "零"
    text += f"{_DIGITS[fen]}分" if fen else "整"
    sign = "负" if amount < 0 and cents else ""
    return f"{currency_name}{sign}{text}"


def _whole(number: int) -> str:
    if number < _TEN_THOUSAND:
        return _below_ten_thousand(number) or _DIGITS[0]
    size, name = (_HUNDRED_MILLION, "亿") if number >= _HUNDRED_MILLION else (_TEN_THOUSAND, "万")
    high, low = divmod(number, size)
    text = f"{_whole(high)}{name}"
    if not low:
        return text
    return f"{text}{'零' if low < size // 10 else ''}{_whole(low)}"


def _below_ten_thousand(number: int) -> str:
    """One 零 for any zeros between digits, none at the end."""
    text, gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            text += f"{'零' if gap and text else ''}{_DIGITS[digit]}{_PLACES[place]}"
        gap = not digit
    return text
