"""A connection that asks one thing after the other and hands back the body; for what is timed by hand."""

from __future__ import annotations

import asyncio


class Connection:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    @classmethod
    async def to(cls, port: int) -> Connection:
        return cls(*await asyncio.open_connection("127.0.0.1", port, limit=2**24))

    async def ask(self, data: bytes) -> bytes:
        """Raises RuntimeError for an answer that is none of the 200s."""
        self.writer.write(data)
        return await self.answer()

    async def answer(self) -> bytes:
        head = await self.reader.readuntil(b"\r\n\r\n")
        lines = head.lower().split(b"\r\n")
        length = next((int(line[15:]) for line in lines if line.startswith(b"content-length:")), 0)
        body = await self.reader.readexactly(length)
        if not lines[0].split(b" ", 1)[1].startswith(b"2"):
            raise RuntimeError(f"{lines[0]!r} {body[:300]!r}")
        return body

    def close(self) -> None:
        self.writer.close()
