"""The weights of the ranking are those of the present entries and words."""

from bot.adapters.content.faq_ranking import load_ranking
from tests.house.weights import fingerprint


def test_the_weights_are_not_older_than_what_they_were_made_from() -> None:
    assert load_ranking().fitted.fingerprint == fingerprint(), "run `make weights`"
