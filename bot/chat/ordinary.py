"""Tickers that are words as well: they need `$`, the quote behind them, or a place for a coin.

A venue lists hundreds of contracts, and many are called like something people write to a bot.
A coin must not turn a question into a trade, nor a number or a unit into a coin; so such a ticker
alone is a word, unless a command lacks its coin.
"""

import re

from bot.chat.lexicon import LEXICON

_NUMERIC = re.compile(r"[0-9]+[a-z]{0,2}").fullmatch
"""What reads as a number with a unit: `1000x`, `2h`, `4`."""

_SHORT = 3
"""Shorter tickers are letters of units and of words that were cut off."""

KNOWN = frozenset(("op",))
"""Short and known to everybody who trades."""

ORDINARY = frozenset(
    """
    ace act age ai air alert all alt ape arc ark ask auction auto bake band bank base bat beam bear
    bee best big bio bit bite blast block blue blur board bob bond book boom bot bounty box break
    bull burn buy cake calm can card case cash cat catch cents chain change chat check chess chill
    cloud coin cold come comp compare cook core corn cost cover cow crown cup cut daily data day
    deal deep degen diff dog dollar done double down drift drop dusk each early earn ease edge
    edit ego end era even ever exit fact fair fall fan farm fast fee feed few file fire first flash
    flat flip flow fluid flux for forth free from fuel full fun fund funding future game gap gas
    gem get gift give glass goal goat going gold good grass grid group grow guess guild half hard
    has hash have he heart hedge height help here high hive hold hole home hook hope host hot hour
    house how icon idea image index info ink island isolated it jail join joke just keep key kick
    kind king kite know land last late launch lay layer learn least leave less level leverage life
    lift light like limit line list lit live loan lock logic loka look loop loot loss lot love low
    luck mad made magic main make man many map margin mark market mask maybe me melt meme memes
    menu merge mind mine mint mode moment money month moon more most mother move movement much my
    name need net never new news next nice night no non none not note now number off oil ok old one
    only open or order orders other our out over own page pal parallel part party pass path pay
    pen people per perp phone pick pixel place plan play plus pocket point pond pool portal
    position post power price prime print privacy proof proper pump purse push put question
    quick quiz rad rare rate ray read ready real receipt red reef rent replay reset rest rice rich
    ride right ring rise risk road rose rule rules run safe saga sale same sand say score scroll sea
    second see self sell send set settle share sharp she shell shift shock short show side sign
    silver simple sky slip slow small smart smile snow so social solar some soon sort soul space
    spell spot spread squad stable star start state stats status stay steam step still stock stop
    storm story sun super support sure swap sweat sweep swell switch sync table tag tail take talk
    tap target tax team tell ten test text than that the then there think this tier time tip to
    token top total touch tower town track trade tree trend true trust try turbo turtle two type
    under unit unlink up use user usual value very view vine virtual volume vote wait wallet want
    warm warn water wave way we well what when where which white who why wide will win wing wire
    wish with word work world worth write wrong year yes yet yield you young your zero zone
    """.split()  # noqa: SIM905 - a text is read and kept in order best as a text
)
"""Words that people write to this bot and that are, or may well become, tickers."""


def is_shy(coin: str) -> bool:
    """Whether a ticker in small letters, standing alone, is read as something else."""
    if coin in KNOWN:
        return False
    return len(coin) < _SHORT or coin in LEXICON or coin in ORDINARY or _NUMERIC(coin) is not None


def marked(coin: str) -> str:
    """Return a ticker in small letters as it is always read as one: behind `$` where need be."""
    return f"${coin}" if is_shy(coin) else coin
