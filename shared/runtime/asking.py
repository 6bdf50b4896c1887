"""Ask several stores at once, and wait no longer than whoever watches us does: a database that hangs never answers."""

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, wait
from typing import Generic, TypeVar

T = TypeVar("T")


class Asking(Generic[T]):
    """Questions by name, each in a thread of its own. One that has no answer yet is not asked a second time beside it."""

    def __init__(self, patience: float) -> None:
        self._patience = patience  # s, for all of them together
        self._asked: dict[str, Future[T]] = {}
        self._lock = threading.Lock()

    def ask(self, questions: Mapping[str, Callable[[], T]]) -> dict[str, T | Exception]:
        """The answer of each, or what was raised; `TimeoutError` when it did not come in time."""
        asked = {name: self._begun(name, question) for name, question in questions.items()}
        wait(asked.values(), self._patience)
        return {name: _answer(future) for name, future in asked.items()}

    def _begun(self, name: str, question: Callable[[], T]) -> Future[T]:
        with self._lock:
            before = self._asked.get(name)
            if before and not before.done():
                return before
            future = self._asked[name] = Future[T]()
        # a daemon: one that hangs does not keep the process from ending
        threading.Thread(target=_find, args=(question, future), name=f"asking {name}", daemon=True).start()
        return future


def _find(question: Callable[[], T], future: Future[T]) -> None:
    try:
        future.set_result(question())
    except Exception as error:
        future.set_exception(error)


def _answer(future: Future[T]) -> T | Exception:
    if not future.done():
        return TimeoutError()
    error = future.exception()
    return error if isinstance(error, Exception) else future.result()
