"""Values that cross the ports: their defaults are the product's."""

from core.people import ChatRules, Preferences


def test_a_stranger_has_set_nothing_and_confirms_everything() -> None:
    stranger = Preferences()
    chosen = (stranger.leverage, stranger.margin, stranger.wallet, stranger.fee, stranger.venue)
    assert chosen == (None,) * 5
    assert stranger.confirm


def test_a_new_chat_is_open_everywhere_and_not_flooded() -> None:
    rules = ChatRules()
    assert (rules.enabled, rules.quiet, rules.topics) == (True, False, frozenset())
    assert (rules.cooldown, rules.per_minute, rules.delete_after) == (20, 10, 0)
