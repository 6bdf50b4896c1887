"""Liveness: a loop that has stopped is named, and one that only has nothing to do is not."""

from shared.runtime.pulse import Pulse


class Watch:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_loop_that_stops_beating_is_named_and_one_that_beats_again_is_not() -> None:
    watch = Watch()
    pulse = Pulse(patience=10, now=watch)
    pulse.beat("first")
    second = pulse.of("second")
    watch.now = 9
    second()
    assert pulse.silent() == []
    watch.now = 11
    assert pulse.silent() == ["first"]
    pulse.beat("first")
    assert pulse.silent() == []


def test_a_duty_that_runs_once_an_hour_may_be_silent_for_an_hour() -> None:
    watch = Watch()
    pulse = Pulse(patience=10, now=watch)
    pulse.of("hourly", patience=3600 + 10)
    watch.now = 3605
    assert pulse.silent() == []
    watch.now = 3611
    assert pulse.silent() == ["hourly"]
