"""How does JSON come in and go out? Through orjson, some ten times faster than DRF's own."""

from collections.abc import Iterable
from typing import Any

import orjson
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from rest_framework.exceptions import ParseError, UnsupportedMediaType
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

_ANYTHING = "*/*"


class JSONParser(BaseParser):
    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        coding = parser_context["request"].headers.get("Content-Encoding", "identity")
        if coding.lower() != "identity":
            raise UnsupportedMediaType("", f"The body comes packed as '{coding[:20]}'.")
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        body = stream.read(limit + 1)
        if len(body) > limit:
            raise RequestDataTooBig(f"The body has more than {limit} bytes.")
        try:
            return orjson.loads(body)
        except orjson.JSONDecodeError as error:
            raise ParseError(f"The body is not valid JSON: {error}.") from error


class FirstRendererNegotiation(DefaultContentNegotiation):
    """Most clients take anything, or name what is sent anyway: there is nothing to weigh."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        first, meta = next(iter(renderers)), request.META
        is_clear = meta.get("HTTP_ACCEPT", _ANYTHING) in (_ANYTHING, first.media_type)
        if is_clear and not meta.get("QUERY_STRING") and not format_suffix:
            return first, first.media_type
        return super().select_renderer(request, renderers, format_suffix)


class JSONRenderer(BaseRenderer):
    """A value that is JSON text already goes in as `orjson.Fragment`."""

    media_type = "application/json"
    format = "json"
    charset = None  # RFC 8259: JSON is UTF-8

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None
    ) -> bytes:
        return b"" if data is None else orjson.dumps(data, option=orjson.OPT_UTC_Z)
