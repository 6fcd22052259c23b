"""`.env.example` from the settings: `python -m tests.house.example` writes it."""

from bot.settings import options
from tests.house.tree import ROOT

PATH = ROOT / ".env.example"

HEAD = """\
# Copy this file to `.env` and fill in what you need. Every line is as if it were not there: the
# values are the defaults, and nothing is needed to start.
"""


def example() -> str:
    """Return the whole file: a heading per section, one comment line and one line per setting."""
    lines, section = [HEAD], ""
    for option in options():
        if option.section != section:
            section = option.section
            lines.append(f"# --- {section.rstrip('.')}\n")
        lines.append(f"# {option.help}\n{option.name}={option.default}\n")
    return "\n".join(lines)


if __name__ == "__main__":
    PATH.write_text(example(), encoding="utf-8")
