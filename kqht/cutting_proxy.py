"""A bad line: a proxy on this machine that passes requests on and cuts the reply after so many bytes."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit


class CuttingProxy:
    """Passes each connection to the service; the reply is cut after `cut_after` bytes (None: never).

    The service has then done its work, and the caller cannot know it: the case that sending twice must survive.
    """

    def __init__(self, server: str, cut_after: int | None = None) -> None:
        parts = urlsplit(server)
        self._target = (parts.hostname or "127.0.0.1", parts.port or 80)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self.cut_after = cut_after
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    def _accept(self) -> None:
        with suppress(OSError):  # the listener was closed: the end
            while True:
                caller, _ = self._listener.accept()
                threading.Thread(target=self._carry, args=(caller,), daemon=True).start()

    def _carry(self, caller: socket.socket) -> None:
        with caller, suppress(OSError), socket.create_connection(self._target) as service:
            request = threading.Thread(target=_pass, args=(caller, service), daemon=True)
            request.start()
            _pass(service, caller, self.cut_after)


def _pass(source: socket.socket, target: socket.socket, limit: int | None = None) -> None:
    left = limit
    with suppress(OSError):
        while data := source.recv(65536):
            if left is None:
                target.sendall(data)
                continue
            target.sendall(data[:left])
            left -= min(left, len(data))
            if left == 0:
                target.shutdown(socket.SHUT_RDWR)
                return
