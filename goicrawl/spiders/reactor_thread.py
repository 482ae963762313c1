"""One reactor for all crawls of a process, in a thread of its own.

A Twisted reactor cannot be started twice, and a crawl that owns the main thread can neither be called
from a test nor be followed by another. So the first crawl starts the reactor in a thread, where it goes
on to the end of the process. `scrapy crawl` does without this module.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from scrapy.settings import Settings
from scrapy.utils.misc import build_from_crawler, load_object
from scrapy.utils.reactor import install_reactor

R = TypeVar("R")


class _Owner:
    """Stands in for the crawler process that Scrapy's resolvers take their settings from."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings


class ReactorThread:
    """A running reactor; `run` awaits a coroutine in it."""

    def __init__(self, settings: Settings) -> None:
        self._ready: concurrent.futures.Future[asyncio.AbstractEventLoop] = concurrent.futures.Future()
        threading.Thread(target=self._work, args=(settings,), name="reactor", daemon=True).start()
        self._loop = self._ready.result()

    def run(self, make: Callable[[], Coroutine[Any, Any, R]]) -> concurrent.futures.Future[R]:
        """Start the coroutine that `make` returns; the future has its result."""

        async def wrapped() -> R:
            return await make()

        return asyncio.run_coroutine_threadsafe(wrapped(), self._loop)

    def _work(self, settings: Settings) -> None:
        try:
            reactor = _install(settings)
            threading.Thread(
                target=_stop_after_main, args=(reactor,), name="reactor-watch", daemon=True
            ).start()
            reactor.callWhenRunning(self._ready.set_result, asyncio.get_event_loop())
        except Exception as error:  # noqa: BLE001 (raised again where the thread was asked for)
            self._ready.set_exception(error)
            return
        # Signals are the main thread's.
        reactor.run(installSignalHandlers=False)


def _install(settings: Settings) -> Any:
    install_reactor(settings["TWISTED_REACTOR"], settings["ASYNCIO_EVENT_LOOP"])
    from twisted.internet import reactor

    resolver_class = load_object(settings["TWISTED_DNS_RESOLVER"])
    resolver: Any = build_from_crawler(resolver_class, _Owner(settings), reactor=reactor)  # type: ignore[call-overload]
    resolver.install_on_reactor()
    running: Any = reactor
    running.getThreadPool().adjustPoolsize(maxthreads=settings.getint("REACTOR_THREADPOOL_MAXSIZE"))
    return running


def _stop_after_main(reactor: Any) -> None:
    """The reactor's own threads would keep the process alive after the main thread has ended."""
    threading.main_thread().join()
    reactor.callFromThread(reactor.stop)


_lock = threading.Lock()
_running: list[ReactorThread] = []


def reactor_thread(settings: Settings) -> ReactorThread:
    """The process's reactor, started with these settings if it does not run yet."""
    with _lock:
        if not _running:
            _running.append(ReactorThread(settings))
        return _running[0]
