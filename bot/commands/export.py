"""/export: everything kept about you, as files."""

from bot.chat.ask import Ask
from bot.chat.command import command
from bot.chat.exports import csv_file, json_file
from bot.chat.figures import Count
from bot.chat.reply import Choice, File, Reply, Text, Title, Words


@command(examples=("/export", "/export csv"), personal=True)
def export(ask: Ask, text: str | None = None) -> Reply:
    """Get everything kept about you as JSON and CSV."""
    everything = ask.services.identities.everything(ask.identity)
    made = {"json": json_file, "csv": csv_file}
    wanted = (text or "").strip().lower()
    files: list[File] = [make(everything) for name, make in made.items() if wanted in {name, ""}]
    if not files:
        files = [make(everything) for make in made.values()]
    events = sum(len(owned.history) for owned in everything.accounts)
    figures = {"accounts": Count(len(everything.accounts)), "events": Count(events)}
    games = {"games": Count(len(everything.games))}
    return Reply(
        blocks=(
            Title(Words(ask._("Everything kept about you."))),
            Text(Words(ask._("Accounts: {accounts}, events: {events}."), figures)),
            *((Text(Words(ask._("Challenges: {games}."), games)),) if everything.games else ()),
            *files,
        ),
        choices=((Choice(ask._("What is kept?"), "/privacy"),),),
    )
