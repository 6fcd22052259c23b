"""`python -m bot VERB`: the front door, which turns an old Python away before anything else.

Until the guard has passed, this file is written so that any Python can parse it.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit("Marginbot needs Python 3.11 or newer; this is Python %d.%d." % sys.version_info[:2])

from bot.cli import main

if __name__ == "__main__":
    sys.exit(main())
