"""Every sentence a person can see is in the catalogues, and nothing else is."""

import ast
import re
from collections.abc import Iterable, Iterator
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS

from tests.house import catalogue
from tests.house.tree import Source, sources

LANGUAGES = catalogue.locales()


def places(text: str) -> set[str]:
    """Return the named places of a sentence."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def forms(text: str | Iterable[str] | None) -> list[str]:
    """Return the singular and, where there is one, the plural."""
    return [text] if isinstance(text, str) else list(text or ())


def texts(message: Message) -> tuple[list[str], list[str]]:
    """Return the forms of a sentence: as the code has them, as the language has them."""
    return forms(message.id), forms(message.string)


def unreadable(source: Source) -> Iterator[str]:
    """Yield every sentence put together inside its call, where no reader of calls finds it."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and node.args:
            word = ast.unparse(node.func).rpartition(".")[2]
            if word in DEFAULT_KEYWORDS and isinstance(node.args[0], ast.JoinedStr | ast.BinOp):
                yield source.at(node, ast.unparse(node))


@pytest.mark.parametrize("call", ['_(f"a {b}")', 'ask._("a" + b)', 'ngettext(f"{n} leg", x, n)'])
def test_a_sentence_put_together_in_its_call_is_found(call: str) -> None:
    assert list(unreadable(Source("planted.py", call)))
    assert not list(unreadable(Source("innocent.py", '_("a {b}")\n_(CODES[code])')))


def test_every_sentence_is_written_out_where_it_is_translated() -> None:
    assert [line for source in sources("bot") for line in unreadable(source)] == []


def test_sentences_are_found_by_their_calls() -> None:
    code = (
        'ask._("One {a}")\n_("Two")\nask.ngettext("{n} leg", "{n} legs", n)\nN_("Later")\nf("No")\n'
    )
    found = {message for message, _, _ in catalogue.found_in(code)}
    assert found == {"One {a}", "Two", ("{n} leg", "{n} legs"), "Later"}


def test_a_plural_stands_for_itself_in_english_and_is_open_elsewhere() -> None:
    wanted = Catalog()
    wanted.add(("{n} leg", "{n} legs"))
    english, others = catalogue.updated("en", wanted), catalogue.updated("pt", wanted)
    assert english["{n} leg"].string == ("{n} leg", "{n} legs")
    assert not any(forms(others["{n} leg"].string))


@pytest.mark.parametrize("locale", LANGUAGES)
def test_a_catalogue_has_exactly_the_sentences_of_the_code(locale: str) -> None:
    wanted, there = catalogue.keys(catalogue.in_code()), catalogue.keys(catalogue.read(locale))
    assert wanted
    assert wanted - there == set(), "run: make messages"
    assert there - wanted == set(), "run: make messages"


def test_the_english_catalogue_is_complete() -> None:
    empty = [m.id for m in catalogue.read("en") if m.id and texts(m)[0] != texts(m)[1]]
    assert empty == []


@pytest.mark.parametrize("locale", LANGUAGES)
def test_a_translation_has_the_places_of_its_sentence(locale: str) -> None:
    for message in catalogue.read(locale):
        ids, strings = texts(message)
        if message.id and all(strings):
            wanted = set().union(*map(places, ids))
            assert [s for s in strings if places(s) != wanted and places(s) - wanted] == []
            assert set().union(*map(places, strings)) == wanted


def test_places_have_names() -> None:
    for message in catalogue.read("en"):
        if message.id:
            for text in texts(message)[0]:
                assert all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in places(text)), text
