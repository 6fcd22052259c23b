"""Refusals of challenges, worded; each names its cure."""

from bot.chat.figures import Code, Count, Figure, Label, Moment, Money, Name
from bot.chat.i18n import Translate
from bot.chat.reply import Choice, Reply, Words
from bot.chat.troubles import refused
from core.errors import Refusal
from core.lessons.game import errors as e


def game_refusal(refusal: Refusal, _: Translate) -> Reply | None:
    """Word a refusal of a challenge; None for others."""
    told = (_words, _answered, _captained, _acted, _hosted)
    words = next((words for each in told if (words := each(refusal, _)) is not None), None)
    if words is None:
        return None
    return refused(refusal, words, Choice(_("Challenges"), "/challenge", kept=True))


def _words(refusal: Refusal, _: Translate) -> Words | None:
    """What is wrong with a game or a seat in it."""
    match refusal:
        case e.NoGame():
            return Words(
                _("No such game is on here. {line} begins one."), {"line": Code("/challenge")}
            )
        case e.GameRunning():
            return Words(
                _("One of that kind is on here already. {line} shows it."),
                {"line": Code("/challenge status")},
            )
        case e.NotPlaying():
            return Words(
                _("You are not in this game. While it is open, {line} takes a seat."),
                {"line": Code("/challenge join")},
            )
        case e.NoSeat(why=why):
            return Words(_seats(_)[why])
        case e.TooFew(needed=needed, joined=joined):
            text = _("It takes {needed} to begin. Joined so far: {joined}.")
            return Words(text, {"needed": Count(needed), "joined": Count(joined)})
        case e.NoLeague():
            return Words(
                _("This chat is in no league. {line} tells how."), {"line": Code("/league")}
            )
        case e.BadCode():
            return Words(_("No league has that code. Ask its host for a new one."))
        case e.InLeague(name=name):
            text = _("This chat is in {name}. {line} takes it out first.")
            return Words(text, {"name": Name(name), "line": Code("/league leave")})
        case e.BadOption(option=option, value=value, allowed=allowed):
            return _option(option, value, allowed, _)
        case _:
            return None


def _seats(_: Translate) -> dict[str, str]:
    return {
        "full": _("It is full. The next one has room."),
        "begun": _("It has begun, and takes nobody in any more."),
        "stopped": _("It is over."),
    }


def _option(option: str, value: str, allowed: tuple[str, ...], _: Translate) -> Words:
    figures: dict[str, Figure] = {
        "option": Name(option),
        "value": Name(value),
        "allowed": Label(", ".join(allowed)),
    }
    if option in {"kind", "option", "action"}:
        return Words(_("There is no {value}. There are: {allowed}."), figures)
    return Words(_("{option} can't be {value}. There are: {allowed}."), figures)


def _acted(refusal: Refusal, _: Translate) -> Words | None:
    """Why an act is not taken."""
    match refusal:
        case e.NotNow(phase=phase):
            return Words(_phases(_).get(phase, _("Not now. Wait for the next message.")))
        case e.TooLate(until=until):
            return Words(_("Too late: the time was up at {until}."), {"until": Moment(until)})
        case e.ActUsed(times=times):
            return Words(_("That was done already ({times} at most)."), {"times": Count(times)})
        case e.OtherWall(mode=mode):
            texts = {
                "isolated": _("Only isolated may do that; you play cross."),
                "cross": _("Only cross may do that; you play isolated."),
            }
            return Words(texts[mode])
        case e.HeldTooShort(until=until):
            text = _("A position is held for two minutes at least: close it from {until} on.")
            return Words(text, {"until": Moment(until)})
        case e.NotAllowedHere(what=what, allowed=allowed):
            return _not_here(what, allowed, _)
        case e.OrderTooLarge(cap=cap):
            text = _("An order here is worth {cap} at most. Take a smaller one.")
            return Words(text, {"cap": Money(cap, "USDT", whole=True)})
        case e.ItemOpen(until=until):
            text = _("You have an open question, so that is answered after {until}.")
            return Words(text, {"until": Moment(until)})
        case _:
            return None


def _hosted(refusal: Refusal, _: Translate) -> Words | None:
    """What a host asks of pairs and of who joins, and why an account is not put right."""
    match refusal:
        case e.NotKnown(when=when):
            text = _("Its host asks for people I have known for a while. You may join from {when}.")
            return Words(text, {"when": Moment(when)})
        case e.OwnPlace():
            return Words(_("You play in it: to adjust there costs your place, for good."))
        case e.NotWaiting(key=key):
            return Words(_("No chat of the key {key} waits."), {"key": Name(key)})
        case e.FewPairs(fewest=fewest):
            text = _("Name at least {fewest} pairs: {line}.")
            line = Code("/challenge set pairs BTC ETH")
            return Words(text, {"fewest": Count(fewest), "line": line})
        case e.NoPlayer(value=value):
            text = _("{value} does not play here. Take a name as the board has it.")
            return Words(text, {"value": Name(value)})
        case e.NotCovered(free=None):
            return Words(_("So much is not free in that wallet. Take less."))
        case e.NotCovered(free=free) if free is not None:
            text = _("Free in that wallet: {free}. Take no more than that out of it.")
            return Words(text, {"free": Money(free, "USDT")})
        case _:
            return None


def _answered(refusal: Refusal, _: Translate) -> Words | None:
    """Why an answer is not taken."""
    match refusal:
        case e.ActUsed(act="answer", times=times):
            return Words(_used(times, _))
        case e.BadAnswer(text=text, allowed=allowed):
            return _unread(text, allowed, _)
        case _:
            return None


def _captained(refusal: Refusal, _: Translate) -> Words | None:
    """Why a captain is not voted for, or a squad not named."""
    match refusal:
        case e.OtherSquad():
            text = _("You vote for somebody in your own squad. {line} shows it.")
            return Words(text, {"line": Code("/challenge captain ?")})
        case e.NotCaptain():
            text = _("Only your squad's captain names it. {line} shows who that is.")
            return Words(text, {"line": Code("/challenge captain ?")})
        case e.BadName(why=why):
            texts = {
                "nothing": _("A squad's name needs a letter or a digit."),
                "reserved": _("That is the name of somebody in charge. Take another one."),
                "taken": _("That name is taken here. Take another one."),
            }
            return Words(texts[why])
        case _:
            return None


def _used(times: int, _: Translate) -> str:
    """Why no further answer is taken."""
    if times == 1:
        return _("You have answered already, and the first answer counts.")
    return _("You have changed your answer already; that is done once.")


def _unread(text: str, allowed: tuple[str, ...], _: Translate) -> Words:
    """What answers nothing, and what would."""
    figures: dict[str, Figure] = {"text": Name(text), "allowed": Label(", ".join(allowed))}
    if allowed:
        return Words(_('"{text}" is no answer here. There are: {allowed}.'), figures)
    return Words(_('"{text}" is no price. Write 54,000 or 54k.'), figures)


def _not_here(what: str, allowed: str, _: Translate) -> Words:
    """What the game's options leave no room for."""
    texts = {
        "leverage": _("The leverage here is {allowed}x at most."),
        "mode": _("Only {allowed} is played here."),
        "pairs": _("Only these are traded here: {allowed}. Take one of them."),
        "action": _("That can't be done in a challenge."),
    }
    return Words(texts[what], {"allowed": Label(allowed)})


def _phases(_: Translate) -> dict[str, str]:
    return {
        **_choices(_),
        "draft": _("It is not open yet. Its host opens it."),
        "open": _("It has not begun yet."),
        "running": _("It has begun already."),
        "frozen": _("Frozen: prices are away. Nothing is done until they are back."),
        "nothing": _("No question is open for you now. Wait for the next one."),
        "waiting": _("It is on its way to everybody. Press again in a moment."),
        "void": _("That one does not count any more. Wait for the next one."),
        "asking": _("A quiz or a guess is on here. When it is over, ask again."),
        "between": _("Nothing is open now. Wait for the next mark or round."),
        "audit": _("Its seed is secret until it is over; then anybody can check it."),
        "over": _("It is over, so nothing more can be done in it."),
        "fixed": _("Its options are fixed once it is open. Stop it to choose others."),
    }


def _choices(_: Translate) -> dict[str, str]:
    """Why a choice among a game's own ones cannot be made."""
    return {
        "tick": _("That tick is over. Choose under the newest message."),
        "out": _("You are out. The others play on."),
        "adjust": _(
            "Accounts are put right in an arena, a squad battle or a prop desk, while it runs."
        ),
        "ruling": _("There is nothing to decide before it is over."),
        "away": _("You were away for more than 7 days, so your desk is closed."),
        "flat": _("You hold nothing any more, so there is nothing to do it with."),
        "pocket": _("You hold no isolated position that margin could go into."),
        "hedge": _("Nothing is left behind the cross wall that could be hedged."),
        "cash": _("No money is free on either side."),
        "squad": _("That squad is full. Take another one."),
        "squadless": _("You are in no squad yet. Choose one first."),
        "naming": _("Squads are still being chosen. Name yours when they are fixed."),
        "muster": _("The squads are fixed. Moving is not allowed any more."),
    }
