"""The grammar: from a line, or from typed options, to a reading.

Words stand in any order; each is known by its shape (`bot.chat.lexer`), fills its field
(`bot.chat.readers`), and what is left is settled, checked and completed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.chat.bounds import check
from bot.chat.collisions import Collisions
from bot.chat.demands import demand, example_lines
from bot.chat.draft import Draft
from bot.chat.fill import before_demands, filled
from bot.chat.forms import read_about, read_fills, read_legs, read_shocks
from bot.chat.intent import TERMS, courtesy, is_complete, is_slip, wants_advice
from bot.chat.lexer import Lexer, Tok, normal
from bot.chat.lexicon import FILLERS, Kind
from bot.chat.line import Line
from bot.chat.options import option_words
from bot.chat.readers import gather
from bot.chat.reading import Context, Misread, Reading
from bot.chat.setting import read_setting
from bot.chat.settle import ignore_mode, settle
from bot.chat.spelling import nearest
from bot.chat.symbols import SymbolBook
from bot.chat.verbs import Verb
from core.market import Symbol

LONGEST, LONGEST_QUESTION = 256, 4096
_SHORT = 5
"""Shorter command names are too alike for two slips."""
_COMMANDS_END = 40
"""A command has no more words; what is longer is looked at no further."""
_READ_AT_MOST = LONGEST_QUESTION + 64


class _Spoken(NamedTuple):
    """The command a text may be, with its words and their tokens."""

    verb: Verb
    words: Sequence[str]
    toks: Sequence[Tok]


class Grammar:
    """Reads lines for one set of commands and one book of symbols. Safe to share by threads."""

    def __init__(self, verbs: Iterable[Verb], symbols: SymbolBook) -> None:
        """Learn the verbs' names."""
        self.verbs = tuple(verbs)
        self._names = {n: v for v in self.verbs for n in (v.name, *v.aliases)}
        self._book = symbols
        self._lexer = Lexer(symbols)
        self._collisions = Collisions(symbols)

    def learn(self, listed: Mapping[str, Iterable[Symbol]]) -> None:
        """Learn further contracts by venue; lines that are read meanwhile know them or do not."""
        self._book.add(listed)
        self._lexer = Lexer(self._book)
        self._collisions = Collisions(self._book)

    def read(self, text: str, context: Context) -> Reading | None:
        """Read a line; None where it is not for us. Raises `Misread`."""
        cut = normal(text[:_READ_AT_MOST]).strip()
        words = cut.split()
        if words and words[0][:1] == "@" and words[0][1:2].isalpha():
            context = _mentioned(words[0][1:], context)
            words = words[1:]
        if not words:
            if context.private or context.addressed:
                raise _empty(self._names.get("compare"), context)
            return None
        if words[0].startswith("/") and len(words[0]) > 1:
            return self._slashed(words, cut, len(text), context)
        if not (context.private or context.addressed):
            return None
        return self._plain(words, cut, len(text), context)

    def read_fields(self, command: str, options: Mapping[str, str], context: Context) -> Reading:
        """Read typed options, each by its own field. Raises `Misread`."""
        verb = self._names.get(command)
        if verb is None:
            raise self._unknown(command, ())
        text = options.get("text", "")
        if "text" in verb.fields:
            return self._texted(verb, normal(text[:_READ_AT_MOST]).strip(), len(text))
        words = option_words(self._lexer, options)
        return self._verbed(verb, f"/{verb.name}", words, context)

    def _slashed(
        self, words: Sequence[str], cut: str, length: int, context: Context
    ) -> Reading | None:
        """A line that begins with a command."""
        name, _, bot = words[0][1:].lower().partition("@")
        if bot and context.bot_name and bot != context.bot_name.lower():
            return None
        verb = self._names.get(name)
        if not (context.private or context.addressed or bot) and (verb is None or len(name) == 1):
            return None  # other bots live here too, and their commands are as short as ours
        if verb is None:
            raise self._unknown(name, words[1:])
        implied = verb.implied.get(name)
        if "text" in verb.fields:
            rest = cut[cut.index(words[0]) + len(words[0]) :].strip()
            return self._texted(verb, f"{implied} {rest}".strip() if implied else rest, length)
        if length > LONGEST:
            raise Misread("too_long", hint=str(LONGEST))
        spoken = [*([implied] if implied else []), *words[1:]]
        head = f"/{verb.name}" if implied else f"/{name}"
        return self._verbed(verb, head, spoken, context)

    def _texted(self, verb: Verb, rest: str, length: int) -> Reading:
        """A command whose only field is the rest of the line."""
        if length > LONGEST_QUESTION:
            raise Misread("too_long", hint=str(LONGEST_QUESTION))
        if verb.name == "faq" and wants_advice(rest):
            raise self._advice(rest)
        return Reading(verb.name, {"text": rest} if rest else {})

    def _plain(
        self, words: Sequence[str], cut: str, length: int, context: Context
    ) -> Reading | None:
        """A text for us without a slash."""
        if length > LONGEST_QUESTION:
            raise Misread("too_long", hint=str(LONGEST_QUESTION))
        greeted = self._names.get(courtesy(cut[:LONGEST]))
        if greeted is not None:
            return Reading(greeted.name, {})
        if wants_advice(cut):
            raise self._advice(cut)
        spoken = self._meant(words)
        if spoken is not None and length <= LONGEST:
            reading = self._tried(spoken, words, context)
            if reading is not None and is_complete(spoken.verb, words[0].lower(), reading):
                return reading
        return Reading("faq", {"text": cut})

    def _tried(self, spoken: _Spoken, words: Sequence[str], context: Context) -> Reading | None:
        """A text read as a command; None where its mistakes show that it is none."""
        verb = spoken.verb
        if any(tok.kind is Kind.UNKNOWN and tok.name in self._book.shy for tok in spoken.toks):
            return None  # "cross mode", where MODE is a coin
        try:
            return self._verbed(verb, f"/{verb.name}", spoken.words, context, spoken.toks)
        except Misread as misread:
            compare, slip = self._names.get("compare"), is_slip(misread, spoken.toks)
            looks = misread.kind == "missing_size" or (
                slip and misread.kind == "leverage_out_of_range"
            )
            if looks and compare and words[0].lower() in verb.implied:
                return self._verbed(compare, "/compare", words, context)
            if slip:
                raise
            # "cross btc 20x short": the mode came first, but what is named is a trade.
            kinds = {tok.kind for tok in spoken.toks}
            trade = {Kind.SIDE, Kind.SYMBOL} <= kinds and Kind.UNKNOWN not in kinds
            if verb.name == "mode" and trade and compare:
                return self._tried(self._spoken(compare, words), words, context)
        return None

    def _meant(self, words: Sequence[str]) -> _Spoken | None:
        """The command a text without a slash may be, and its words."""
        low = [word.lower() for word in words]
        first = self._names.get(low[0]) if len(low[0]) > 1 else None
        if len(words) == 1 and first is not None and low[0] == first.name not in TERMS:
            return _Spoken(first, (), ())
        if first is not None and first.writes and "text" not in first.fields:
            implied = first.implied.get(low[0])
            return self._spoken(first, [*([implied] if implied else []), *words[1:]])
        toks = self._lexer.lex(low[:_COMMANDS_END])
        kinds = {tok.kind for tok in toks}
        if not {Kind.SIDE, Kind.HINT} & kinds or not {Kind.SYMBOL, Kind.QUANTITY} & kinds:
            return None
        at = next((i for i, word in enumerate(low) if word not in FILLERS), 0)
        verb = self._names.get(low[at]) if len(low[at]) > 1 else None
        if verb is not None and not verb.writes and {"side", "legs"} & verb.fields:
            return self._spoken(verb, words[at + 1 :])
        compare = self._names.get("compare")
        if Kind.UNKNOWN in kinds or compare is None:
            return None
        return _Spoken(compare, words, toks if len(low) <= _COMMANDS_END else self._lexer.lex(low))

    def _spoken(self, verb: Verb, words: Sequence[str]) -> _Spoken:
        return _Spoken(verb, words, self._lexer.lex([word.lower() for word in words]))

    def _verbed(
        self,
        verb: Verb,
        head: str,
        words: Sequence[str],
        context: Context,
        toks: Sequence[Tok] | None = None,
    ) -> Reading:
        """Read the words of a known command, and their tokens where somebody has them already."""
        line = Line(head, words)
        if "key" in verb.fields:
            return Reading(verb.name, read_setting(line))
        if toks is None:
            toks = self._lexer.lex([word.lower() for word in words])
        draft = Draft(verb, line, toks, context)
        self._collisions.settle(draft)
        if "legs" in verb.fields:
            read_legs(draft, self._book)
        elif "fills" in verb.fields:
            read_fills(draft)
        elif "shocks" in verb.fields:
            read_shocks(draft)
        elif "about" in verb.fields:
            read_about(draft)
        gather(draft)
        settle(draft, self._book)
        ignore_mode(draft)
        before_demands(draft)
        demand(draft)
        check(draft)
        return filled(draft)

    def _unknown(self, name: str, words: Sequence[str]) -> Misread:
        """A command nobody knows, with those that are near and the words it was given."""
        slips = 1 if len(name) < _SHORT else 2
        names = nearest(name[:32], (v.name for v in self.verbs), slips)
        found = tuple((f"/{n}", Line(f"/{n}", words).say(words) or f"/{n}") for n in names[:3])
        options = found or (("/help", "/help"),)
        return Misread(
            "unknown_command", f"/{name[:32]}", suggestion=options[0][1], options=options
        )

    def _advice(self, text: str) -> Misread:
        """A wish for advice: the tools to decide, for the coin that was named."""
        toks = self._lexer.lex([word.lower() for word in text.split()[:40]])
        coin = next((tok.name for tok in toks if tok.kind is Kind.SYMBOL), "BTCUSDT")
        line = f"/compare 10x long {coin.removesuffix('USDT')}"
        options = ((line, line), ("/faq safer", "/faq safer-mode-beginners"))
        return Misread("advice_request", suggestion=line, options=options)


def _mentioned(name: str, context: Context) -> Context:
    """A line that begins with a name: meant for us if the name is ours."""
    ours = bool(context.bot_name) and name.rstrip(",:").lower() == context.bot_name.lower()
    return replace(context, addressed=context.addressed or ours)


def _empty(compare: Verb | None, context: Context) -> Misread:
    """Nothing but spaces: three lines to begin with."""
    lines = example_lines(compare, "/compare", context) if compare else ("/help",)
    return Misread("empty", options=tuple((line, line) for line in lines))
