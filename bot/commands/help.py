"""/help: every command in a line, or one command in full."""

from bot.chat.ask import Ask
from bot.chat.command import command
from bot.chat.figures import Code, Label
from bot.chat.ports import Entry
from bot.chat.reply import Choice, Points, Reply, Text, Title, Tone, Words
from bot.chat.spelling import nearest

GROUP = "group"


@command(aliases=("h", "commands"), examples=("/help", "/help compare"))
def help(ask: Ask, text: str | None = None) -> Reply:
    """List the commands, or explain one."""
    word = (text or "").strip().lstrip("/").lower()
    if word == GROUP:
        return _in_groups(ask)
    if not word:
        return _all(ask)
    for entry in ask.menu:
        if word in (entry.name, *entry.aliases):
            return _one(ask, entry)
    return _no_such(ask, word)


def _no_such(ask: Ask, word: str) -> Reply:
    """No command of that name; those that are near, and the way to all."""
    text = Words(ask._("There is no such command. {line} lists them."), {"line": Code("/help")})
    near = nearest(word[:32], (entry.name for entry in ask.menu))[:3]
    choices = (*(Choice(f"/{n}", f"/help {n}") for n in near), Choice(ask._("Help"), "/help"))
    return Reply((Text(text),), choices=(choices,), tone=Tone.TROUBLE, outcome="unknown_command")


def _all(ask: Ask) -> Reply:
    """One line per command."""
    items = tuple(
        Words("{line} {help}", {"line": Code(f"/{e.name}"), "help": Label(e.help)})
        for e in ask.menu
    )
    return Reply(
        blocks=(
            Title(Words(ask._("What you can type."))),
            Text(
                Words(
                    ask._("Words in any order: {line}. Plain questions are looked up in the FAQ."),
                    {"line": Code("/compare 10x long BTC")},
                )
            ),
            Points(items),
        ),
        choices=(
            (
                Choice(ask._("Show me (10x long BTC)"), "/compare 10x long BTC"),
                Choice(ask._("In groups"), "/help group"),
            ),
        ),
        private=ask.in_group,
    )


def _one(ask: Ask, entry: Entry) -> Reply:
    """One command: what it needs, what it may take, examples to copy."""
    needs = ", ".join(p.name for p in entry.parameters if p.required)
    takes = ", ".join(p.name for p in entry.parameters if not p.required)
    lines = [Words("{help}", {"help": Label(entry.help)})]
    if needs:
        lines.append(Words(ask._("Needs: {fields}."), {"fields": Label(needs)}))
    if takes:
        lines.append(Words(ask._("May take: {fields}."), {"fields": Label(takes)}))
    if entry.aliases:
        short = ", ".join(f"/{alias}" for alias in entry.aliases)
        lines.append(Words(ask._("Also: {aliases}."), {"aliases": Label(short)}))
    lines += [Words("{line}", {"line": Code(example)}) for example in entry.examples]
    return Reply(
        blocks=(Title(Words("/{name}", {"name": Label(entry.name)})), *map(Text, lines)),
        choices=((Choice(ask._("Try it"), entry.examples[0]),),),
    )


def _in_groups(ask: Ask) -> Reply:
    """How the bot can be addressed where others talk."""
    return Reply(
        blocks=(
            Title(Words(ask._("In this group I answer commands."))),
            Points(
                (
                    Words(
                        ask._("Type {line}, or reply to one of my messages."),
                        {"line": Code("/compare 10x long BTC")},
                    ),
                    Words(
                        ask._(
                            "A mention with text reaches me only as an admin, or with my privacy "
                            "mode off."
                        )
                    ),
                    Words(
                        ask._("In reply to somebody's message, {line} answers that message."),
                        {"line": Code("/faq")},
                    ),
                    Words(
                        ask._("Play together: {line} shows the games."),
                        {"line": Code("/challenge")},
                    ),
                    Words(ask._("Answers here never show anybody's own figures.")),
                    Words(ask._("Admins set my manners with {line}."), {"line": Code("/host")}),
                )
            ),
        ),
        choices=((Choice(ask._("Show me (10x long BTC)"), "/compare 10x long BTC"),),),
    )
