"""A connection that asks one thing after the other and hands back the body; for what is timed by hand."""

from __future__ import annotations

import asyncio

import httptools


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
        answer = Answer()
        parser = httptools.HttpResponseParser(answer)
        while not answer.is_whole:
            data = await self.reader.read(65_536)
            if not data:
                raise RuntimeError("The connection was closed in the middle of an answer.")
            parser.feed_data(data)
        if parser.get_status_code() // 100 != 2:
            raise RuntimeError(f"{parser.get_status_code()} {bytes(answer.body[:300])!r}")
        return bytes(answer.body)

    def close(self) -> None:
        self.writer.close()


class Answer:
    def __init__(self) -> None:
        self.body = bytearray()
        self.is_whole = False

    def on_body(self, body: bytes) -> None:
        self.body += body

    def on_message_complete(self) -> None:
        self.is_whole = True
