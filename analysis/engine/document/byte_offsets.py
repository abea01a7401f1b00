"""Which code point does a UTF-8 byte offset of the Markdown parser mean?"""

from bisect import bisect_right

STRIDE = 4096


class ByteOffsets:
    """Offsets mostly rise, so each step decodes only what lies between; jumps use checkpoints."""

    def __init__(self, data: bytes, characters: int) -> None:
        self._data = data
        self._ascii = len(data) == characters
        self._bytes: list[int] = [0]
        self._points: list[int] = [0]
        self._last = (0, 0)

    def code_point(self, offset: int) -> int:
        if self._ascii:
            return offset
        known_byte, known_point = self._last
        if offset < known_byte or offset - known_byte > STRIDE:
            known_byte, known_point = self._checkpoint(offset)
        point = known_point + len(self._data[known_byte:offset].decode())
        self._last = (offset, point)
        return point

    def _checkpoint(self, offset: int) -> tuple[int, int]:
        while self._bytes[-1] + STRIDE <= offset:
            start = self._bytes[-1]
            end = start + STRIDE
            while self._data[end : end + 1] and self._data[end] & 0xC0 == 0x80:
                end -= 1
            self._bytes.append(end)
            self._points.append(self._points[-1] + len(self._data[start:end].decode()))
        index = bisect_right(self._bytes, offset) - 1
        return self._bytes[index], self._points[index]
