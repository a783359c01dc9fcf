"""Bodies of requests, which may be neither too large nor too slow."""

from __future__ import annotations

from asyncio import timeout

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

#: Bytes that a request's body may have; up to how many it is read before it is refused, since
#: many clients hear of that only when they have sent all; seconds that it may take.
LARGEST, READ, SLOWEST = 1 << 20, 4 << 20, 20.0
CLOSE = {"Connection": "close"}


async def read_body(request: Request) -> bytes:
    """Read a request's body; raise HTTPException if it is too large or too slow."""
    size = int(request.headers.get("content-length", "") or 0)  # a number, says who read it
    try:
        async with timeout(SLOWEST):
            body = await read_parts(request) if size <= READ else None
    except TimeoutError as error:
        raise HTTPException(408, "the request came too slowly; send it again", CLOSE) from error
    except ClientDisconnect as error:
        raise HTTPException(400, "the request broke off; send it again") from error
    if body is None or len(body) > LARGEST:
        told = f"a query may have {LARGEST >> 20} MB; send a shorter one"
        raise HTTPException(413, told, CLOSE if body is None else None)
    return body


async def read_parts(request: Request) -> bytes | None:
    """Read a request's body; None if it is much too large."""
    parts, size = [], 0
    async for part in request.stream():
        parts.append(part)
        size += len(part)
        if size > READ:
            return None
    return b"".join(parts)
