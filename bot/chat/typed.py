"""A line as it was typed: what follows the command, letter by letter.

The grammar reads texts without marks over letters and without signs that only decorate. What is
kept for others to read stays as its writer spelled it.
"""

from bot.chat.request import Request


def typed(request: Request) -> str:
    """Return what a request says after its command."""
    if request.command:
        return request.options.get("text", "").strip()
    text = request.text.strip()
    if text.startswith("@"):  # the line was meant for us by name
        text = _behind(text)
    return _behind(text)


def _behind(text: str) -> str:
    """Return a text without its first word."""
    return "".join(text.split(maxsplit=1)[1:])
