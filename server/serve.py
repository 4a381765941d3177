"""The service as a process: a production server on one socket, ended cleanly by a signal."""

from __future__ import annotations

import gc
import logging
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Any

from flask import Flask
from waitress.server import create_server  # type: ignore[import-untyped]

from server.app import create_app
from server.database import open_engine
from server.intake import LONGEST, Channel
from server.migrate import migrate

THREADS = 8


class Server:
    """An application that listens; `run` answers until `close` is called, from whichever thread."""

    def __init__(self, app: Flask, host: str, port: int) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.create_server((host, port), family=family, backlog=512)
        self.host = host
        self.effective_port: int = listening.getsockname()[1]
        self._server: Any = create_server(
            app,
            sockets=[listening],
            threads=THREADS,
            max_request_body_size=LONGEST + 1,
            ident=None,
            asyncore_use_poll=True,
        )
        self._server.channel_class = Channel

    @property
    def address(self) -> str:
        """Where it listens."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.effective_port}"

    def run(self) -> None:
        """Answer requests."""
        self._server.run()
        self._server.task_dispatcher.shutdown()

    def close(self) -> None:
        """Stop listening and end every conversation; `run` returns."""
        with suppress(OSError):  # woken by an answer at this very moment, the loop has hung up already
            self._server.trigger.pull_trigger(self._hang_up)

    def _hang_up(self) -> None:
        for channel in list(self._server._map.values()):  # noqa: SLF001 waitress has no public way to end its loop
            channel.close()


def make_server(app: Flask, host: str, port: int) -> Server:
    """A server that listens already, so that its address is known before it runs; port 0 takes a free one."""
    return Server(app, host, port)


def serve(host: str, port: int, database_url: str, ready: Callable[[str], None] | None = None) -> None:
    """Create or migrate the database, say the address in one line, and answer until SIGTERM or SIGINT."""
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a queue under load is no news
    engine = open_engine(database_url)
    try:
        migrate(engine)
        server = make_server(create_app(engine=engine), host, port)
        _settle_memory()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, _leave)
        (ready or _say)(server.address)
        server.run()
    finally:
        engine.dispose()


def _settle_memory() -> None:
    # What the application is made of lives as long as the process: it is put aside once, so that no collection walks it
    # again, and a send's own objects are collected less often. That takes away pauses of 80 ms in single requests.
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def _say(address: str) -> None:
    sys.stdout.write(f"{address}\n")
    sys.stdout.flush()


def _leave(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)
