"""The pages stay true: what is made is up to date, what is code runs, what is linked is there."""

import re
from decimal import Decimal

import pytest

from bot.app import commands
from bot.chat.games.wording import words_of_kinds
from bot.settings import options
from core.lessons.game.chance import commitment
from docs.duel import SEED, transcript
from docs.generate import QUESTION, TRADE, between, exchange, stale
from docs.session import session
from tests.docs.pages import Page, page, pages
from tests.house.tree import ROOT

PAGES = pages()
each_page = pytest.mark.parametrize("each", PAGES, ids=lambda each: each.name)
FIXED_BLOCKS = {"python", "sh", "text"}


def test_the_generated_pages_are_up_to_date() -> None:
    assert stale() == []


def test_the_glossary_tells_the_fields_own_words() -> None:
    told = page("docs/glossary.md").text

    for word in (
        "bracket",
        "liquidation band",
        "bankruptcy price",
        "maintenance margin",
        "notional",
    ):
        assert f"- **{word}**: " in told, word


def test_the_command_page_tells_every_command_and_alias() -> None:
    told = page("docs/commands.md").text

    for one in commands():
        assert f"## /{one.name}\n\n{one.help}\n" in told
        assert all(f"`/{alias}`" in told for alias in one.aliases)


def test_a_page_that_was_changed_by_hand_is_noticed() -> None:
    changed = between(page("README.md").text, "exchange", "something else\n")

    assert "something else" in changed
    assert changed != page("README.md").text


def test_a_page_without_its_comments_is_refused() -> None:
    with pytest.raises(ValueError, match="exchange"):
        between("no comments here", "exchange", "text")


def test_the_readme_shows_what_the_program_answers_at_the_demo_epoch() -> None:
    shown = page("README.md").blocks("text")[0]

    assert shown.startswith(f"> {QUESTION}\n")
    assert f"```text\n{shown}```\n" == exchange()
    assert "DEMO PRICES" in shown


def test_the_readmes_first_trade_is_the_programs_own() -> None:
    shown = page("README.md").blocks("text")[1]

    assert f"```text\n{shown}```\n" == session(*TRADE).transcript
    assert [line[2:] for line in shown.splitlines() if line.startswith("> ")] == list(TRADE)
    assert all(f"\n{said}" in shown for said in ("Open LONG", "Opened #1 LONG", "LIQUIDATED LONG"))


def test_the_readmes_duel_is_the_programs_own_and_can_be_checked() -> None:
    (shown,) = (each for each in page("README.md").blocks("text") if "Mode duel" in each)
    told, seed = (re.findall(rf"{name} ([0-9a-f]{{32}})", shown) for name in ("hash", "seed"))

    assert f"```text\n{shown}```\n" == transcript()
    assert [commitment(each) for each in seed] == told
    assert all(f"Round {number}: " in shown for number in (1, 2, 3))


def test_the_hosts_guide_names_every_kind_and_shows_what_the_program_says() -> None:
    guide = page("docs/challenges.md")

    assert all(f"`/challenge {name}`" in guide.text for name in words_of_kinds())
    assert guide.blocks("text")[0].startswith("Mode duel: not open yet.")
    assert guide.blocks("text")[-1].startswith("Mode duel: ")
    assert SEED in guide.blocks("python")[0]


def test_the_ledger_of_the_paper_page_balances_and_gives_cross_no_pocket() -> None:
    (shown,) = page("docs/paper.md").blocks("text")
    booked, _, sums = shown.partition("what each account holds now\n")
    postings = re.findall(r"^  ([\w:]+) +([+-][\d,.]+)$", booked, re.MULTILINE)

    assert sum(Decimal(amount.replace(",", "")) for _, amount in postings) == 0
    assert re.search(r"^  sum +0$", sums, re.MULTILINE)
    assert {name for name, _ in postings if name.startswith("margin:")} == {"margin:1"}
    assert booked.count("PositionIncreased") == 2
    assert max(len(line) for line in shown.splitlines()) <= 30


def test_the_readme_lists_every_setting_once_and_in_order() -> None:
    listed = re.findall(
        r"^\| `([A-Z_]+)` \| (?:`(.*?)`)? ?\| (.*) \|$", page("README.md").text, re.MULTILINE
    )

    assert listed == [(option.name, option.default, option.help) for option in options()]


@each_page
def test_the_python_of_a_page_runs(each: Page) -> None:
    for code in each.blocks("python"):
        exec(compile(code, each.name, "exec"), {"__name__": "docs_example"})


@each_page
def test_every_block_says_its_language(each: Page) -> None:
    fences = re.findall(r"^```(\w*)$", each.text, re.MULTILINE)[::2]

    assert set(fences) <= FIXED_BLOCKS


@each_page
def test_every_make_command_of_a_page_exists(each: Page) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    code = (*each.blocks("sh"), *re.findall(r"`([^`\n]+)`", each.prose))
    targets = {
        target for text in code for target in re.findall(r"^make ([a-z]+)", text, re.MULTILINE)
    }

    assert {t for t in targets if not re.search(rf"^{t}:", makefile, re.MULTILINE)} == set()


@each_page
def test_every_link_of_a_page_resolves(each: Page) -> None:
    for link in each.links:
        path, _, anchor = link.partition("#")
        target = (each.path.parent / path).resolve() if path else each.path
        assert target.exists(), link
        if anchor:
            assert anchor in page(target.relative_to(ROOT).as_posix()).anchors, link


def test_files_named_by_the_recipes_are_there() -> None:
    named = re.findall(r"`((?:bot|core)/[\w./]+)`", page("docs/grow.md").prose)

    missing = {name for name in named if not (ROOT / name).exists()}
    assert missing == {"bot/commands/tick.py"}  # the one that a newcomer is to write


def test_decisions_are_numbered_without_a_gap_and_half_a_page_long() -> None:
    decisions = [each for each in PAGES if each.name.startswith("docs/decisions/")]

    numbers = [int(each.path.name[:4]) for each in decisions]
    assert numbers == list(range(1, len(numbers) + 1))
    assert all(each.text.startswith(f"# {n}. ") for n, each in zip(numbers, decisions, strict=True))
    assert max(len(each.text.splitlines()) for each in decisions) <= 30
