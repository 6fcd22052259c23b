"""Whatever market and players do: an independent reckoning agrees to the last digit."""

from dataclasses import dataclass, replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import Refusal
from core.lessons.game.match import WALLET as OURS
from core.margin.pool import MarginMode
from core.money import D, Rate
from tests.builders import BTC, flat, instrument
from tests.core.lessons.challenges.duel_model import WALLET, Rules, Wallet
from tests.core.lessons.game.builders import CROSS, ISOLATED, Fixture, ground

ROUND = 900
acts = st.sampled_from(["add", "hedge", "close", "close"])


@dataclass(frozen=True)
class Look:
    """After some seconds a mark, moved by so many thousandths; before it somebody acts."""

    after: int
    move: int
    mode: MarginMode
    act: str | None


looks = st.lists(
    st.builds(
        Look,
        st.integers(1, 90),
        st.one_of(st.integers(-12, 12), st.integers(-90, 90)),
        st.sampled_from([ISOLATED, CROSS]),
        st.one_of(st.none(), acts),
    ),
    min_size=8,
    max_size=40,
)


@dataclass(frozen=True)
class Trade:
    """What is traded, and what it costs here."""

    side: str
    leverage: str
    fee: Decimal
    spread: Decimal
    maintenance: Decimal

    @property
    def rules(self) -> Rules:
        sign = 1 if self.side == "long" else -1
        return Rules(sign, D(self.leverage), self.maintenance, self.fee, self.spread)

    def duel(self) -> Fixture:
        contract = replace(instrument(BTC, flat(self.maintenance)), taker_fee=Rate(self.fee))
        two = Fixture(
            on=ground(contract, spread=self.spread),
            setup={"side": self.side, "leverage": self.leverage},
        )
        two.join("Mira", "Tobi")
        two.sent()
        return two


trades = st.builds(
    Trade,
    st.sampled_from(["long", "short"]),
    st.sampled_from(["10", "20", "50"]),
    st.sampled_from([D(0), D("0.0005"), D("0.00037")]),
    st.sampled_from([D(0), D("0.0001")]),
    st.sampled_from([D("0.004"), D("0.01")]),
)


class Both:
    """A duel and its reckoning, side by side."""

    def __init__(self, trade: Trade) -> None:
        self.duel = trade.duel()
        self.models = {mode: Wallet(trade.rules, mode is ISOLATED) for mode in (ISOLATED, CROSS)}
        self.done: dict[MarginMode, list[str]] = {ISOLATED: [], CROSS: []}

    def enter(self, price: Decimal, second: Decimal) -> None:
        self.duel.mark(float(second), price)
        for model in self.models.values():
            model.enter(price, second)

    def ask(self, mode: MarginMode, act: str, second: Decimal) -> None:
        """Let somebody act in both; one takes it exactly if the other does."""
        model, number = self.models[mode], self.duel.behind(mode)
        expected = model.may(act, second, self.done[mode])
        try:
            self.duel.act(number, act, float(second))
        except Refusal:
            assert not expected, (act, second)
            return
        assert expected, (act, second)
        model.asked.append(act)

    def meet(self, price: Decimal, second: Decimal) -> None:
        """Let a mark come to both; what was done is what the duel says was done."""
        self.duel.mark(float(second), price)
        for model in self.models.values():
            model.meet(price, second)
        bout = self.duel.duel.rounds[0].bout if self.duel.duel.rounds else self.duel.duel.round.bout
        for mode, done in self.done.items():
            done[:] = [act for player, act in bout.acts if bout.mode(player) is mode]

    def agree(self, price: Decimal) -> None:
        """Both must have the same result, falls and winner."""
        (result,) = self.duel.duel.rounds
        gained = {
            ISOLATED: result.gained[result.isolated],
            CROSS: result.gained[1 - result.isolated],
        }
        ours = {mode: model.final(price) for mode, model in self.models.items()}
        assert gained == ours
        for player, notes in result.bout.notes.items():
            assert notes.liquidations == self.models[result.bout.mode(player)].falls
        winner = None
        if abs(ours[ISOLATED] - ours[CROSS]) > WALLET / 1000:
            better = max(ours, key=lambda mode: ours[mode])
            winner = result.isolated if better is ISOLATED else 1 - result.isolated
        assert result.winner == winner


@given(trades, looks)
@settings(max_examples=150)
def test_a_reckoning_of_its_own_agrees_with_every_score(trade: Trade, seen: list[Look]) -> None:
    both, price, second = Both(trade), D(60000), D(1)
    both.enter(price, second)
    for look in seen:
        price = (price * (1000 + look.move) / 1000).quantize(D("0.1"))
        if second + look.after >= ROUND + 1:
            break
        if look.act is not None:
            both.ask(look.mode, look.act, second + D(look.after) / 2)
        second += look.after
        both.meet(price, second)
    both.meet(price, D(ROUND + 1))
    both.agree(price)


def test_the_model_knows_the_worked_example() -> None:
    rules = Rules(1, D(10), D("0.005"), D(0), D(0))
    isolated, cross = Wallet(rules, isolated=True), Wallet(rules, isolated=False)
    for wallet in (isolated, cross):
        wallet.enter(D(60000), D(1))
        wallet.meet(D(52000), D(2))
    assert isolated.final(D(63000)) == -D("996")  # 0.166, not a sixth
    assert cross.final(D(63000)) == D("498")
    assert WALLET == OURS
