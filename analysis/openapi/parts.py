"""Of which parts is the description of an endpoint made?"""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from ops.problems import CATALOGUE


def reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def nullable(schema: dict[str, Any]) -> dict[str, Any]:
    return {"oneOf": [schema, {"type": "null"}]}


def answer(name: str, description: str) -> OpenApiResponse:
    return OpenApiResponse(response=reference(name), description=description)


def answers(successes: dict[Any, OpenApiResponse], *problems: int) -> dict[Any, Any]:
    refused = {
        (status, "application/problem+json"): answer(
            "Problem", "; ".join(k.title for k in CATALOGUE.values() if k.status == status)
        )
        for status in sorted({400, *problems})  # any address may be malformed
    }
    return {**successes, **refused}


def query(name: str, description: str, kind: Any = str, **more: Any) -> OpenApiParameter:
    return OpenApiParameter(name, kind, OpenApiParameter.QUERY, description=description, **more)


def header(name: str, description: str, **more: Any) -> OpenApiParameter:
    kind = {"type": "string", **more}
    return OpenApiParameter(name, kind, OpenApiParameter.HEADER, description=description)


PREFER = header(
    "Prefer", "`wait=N`: answer when the report is there, or after N seconds (at most 25)."
)
IDEMPOTENCY_KEY = header(
    "Idempotency-Key",
    "A name of your own for this request. Sent again within 24 hours, it gets the first answer.",
    pattern='^(?:"[ !#-\\[\\]-~]{1,255}"|[!#-~]{1,255})$',
)
LIMIT = query(
    "limit", "How many on a page, at most 100.", {"type": "integer", "minimum": 1, "default": 20}
)
FIELDS = query(
    "fields", "Only these members, as dotted paths: `id,status,results.scores.overall.score`."
)
ID = OpenApiParameter(
    "public_id", str, OpenApiParameter.PATH, description="The `id` of the analysis."
)
