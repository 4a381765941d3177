"""What waitress takes in of a body: no more than the limit; the rest goes by, so that the application can answer.

By itself waitress would answer a body over its limit in English and before it has come, which a client that is still
sending may never read.
"""

from __future__ import annotations

from typing import Any

from waitress.buffers import OverflowableBuffer  # type: ignore[import-untyped]
from waitress.channel import HTTPChannel  # type: ignore[import-untyped]
from waitress.parser import HTTPRequestParser  # type: ignore[import-untyped]

from server.api.bodies import MAX_BODY

LONGEST = 1 << 30  # bytes; a body that says it is longer is not let by either


class _Bounded(OverflowableBuffer):  # type: ignore[misc]
    """Keeps what fits into the limit and counts what came."""

    _came = 0

    def __len__(self) -> int:
        return self._came

    def append(self, data: bytes) -> None:
        """Keep a piece, or let it go by."""
        self._came += len(data)
        if self._came <= MAX_BODY:
            super().append(data)


class _Parser(HTTPRequestParser):  # type: ignore[misc]
    body_rcv: Any
    content_length: int
    expect_continue: bool

    def parse_header(self, header_plus: bytes) -> None:
        """Decide from the head of a request what becomes of its body."""
        super().parse_header(header_plus)
        if self.body_rcv is not None:
            self.body_rcv.buf = _Bounded(self.adj.inbuf_overflow)
        if self.content_length > LONGEST or (self.content_length > MAX_BODY and self.expect_continue):
            self.body_rcv, self.content_length, self.expect_continue = None, 0, False  # answered without it
            self.headers["CONNECTION"] = "close"


class Channel(HTTPChannel):  # type: ignore[misc]
    """A conversation with one client."""

    parser_class = _Parser
