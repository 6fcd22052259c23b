"""Numbers as people type them, and back: never guessed silently, never a float.

`1.000,50` and `1,000.50` are the same number, because the last mark is the decimal one. A single
kind of mark is read by its shape: commas before groups of three are thousands, one dot is always
decimal. What fits no shape is no number.
"""

import re
from decimal import Decimal

MAX_DIGITS = 28
"""Longer numbers are not amounts of anything."""

_PLAIN = re.compile(r"[0-9]{1,18}(?:\.[0-9]{1,9})?").fullmatch
_COMMAS = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+").fullmatch
_DOTS = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+").fullmatch
_LOOSE = re.compile(r"(?<=[0-9])[_' ](?=[0-9])")
_BARE = re.compile(r"[0-9]*\.?[0-9]+").fullmatch
_WHOLE = re.compile(
    r"\s*([+-]?)\s*[$€£]?\s*([0-9.,_' ]*[0-9])\s*(k|mil|mm|m|)\s*[$€£]?\s*", re.IGNORECASE
).fullmatch

_POWER = re.compile(r"[0-9]e[+-]?[0-9]", re.IGNORECASE).search
"""`1e9999` is no slip of somebody who meant 19999."""

SCALES = {
    "": Decimal(1),
    "k": Decimal(1000),
    "m": Decimal(1000000),
    "mm": Decimal(1000000),
    "mil": Decimal(1000000),
}
"""What a suffix multiplies by."""


def read_number(text: str) -> Decimal | None:
    """Return the number a text stands for, sign, currency and suffix included, or None."""
    match = _WHOLE(text)
    value = read_digits(match[2]) if match else None
    if match is None or value is None:
        return None
    value = scaled(value, SCALES[match[3].lower()])
    return -value if match[1] == "-" else value


def read_digits(text: str) -> Decimal | None:
    """Return the number of digits and separators alone, or None where they fit no shape."""
    if _PLAIN(text):
        return Decimal(text)
    if len(text) > 2 * MAX_DIGITS:
        return None
    text = _decimal_dot(_LOOSE.sub("", text))
    if not _BARE(text) or len(text) > MAX_DIGITS:
        return None
    return Decimal(text)


def _decimal_dot(text: str) -> str:
    """Drop thousands separators, write the decimal mark as a dot; nonsense stays as it is."""
    if "," not in text:
        return text.replace(".", "") if _DOTS(text) else text
    if "." not in text:
        if _COMMAS(text):
            return text.replace(",", "")
        return text.replace(",", ".")
    if text.rfind(".") > text.rfind(","):
        whole, _, rest = text.rpartition(".")
        return f"{whole.replace(',', '')}.{rest}" if _COMMAS(whole) else text
    whole, _, rest = text.rpartition(",")
    return f"{whole.replace('.', '')}.{rest}" if _DOTS(whole) else text


def scaled(value: Decimal, scale: Decimal) -> Decimal:
    """Multiply by a suffix; `1.5k` is the whole number 1500, not 1500.0."""
    if scale == 1:
        return value
    product = value * scale
    return product.to_integral_value() if product == product.to_integral_value() else product


def likely(text: str) -> str:
    """Return the number somebody may have meant by a text that is none, or "" for no idea."""
    if _POWER(text):
        return ""
    digits = re.sub(r"[^0-9.]", "", text)
    head, dot, tail = digits.partition(".")
    whole = head + dot + tail.replace(".", "")
    value = read_digits(whole.rstrip("."))
    return write_number(value) if value is not None and len(whole) <= 15 else ""


def write_number(value: Decimal) -> str:
    """Return a number as plain digits: no exponent, no separators, no trailing zeros."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def short_number(value: Decimal) -> str:
    """Return a number as short as it can be typed: `10k`, `2m`, `0.292`."""
    for suffix in ("m", "k"):
        times, rest = divmod(value, SCALES[suffix])
        if times and not rest:
            return f"{write_number(times)}{suffix}"
    return write_number(value)
