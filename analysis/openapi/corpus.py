"""What does an analysis say about its client's earlier texts?"""

from typing import Any

from analysis.openapi.parts import nullable


def _object(description: str = "", /, **members: Any) -> dict[str, Any]:
    told = {"description": description} if description else {}
    return {
        "type": "object",
        **told,
        "required": list(members),
        "properties": members,
        "additionalProperties": False,
    }


def _list(items: dict[str, Any], description: str) -> dict[str, Any]:
    return {"type": "array", "items": items, "description": description}


_TEXT = {"type": "string"}
_COUNT = {"type": "integer", "minimum": 0}
_PERCENT = {"type": "number", "minimum": 0, "maximum": 100}
_RATING = {"enum": ["good", "ok", "bad"]}
_SPAN = _object(start=_COUNT, end=_COUNT)
_NAMED = {
    "analysis": _TEXT | {"description": "The id of the analysis of the earlier text."},
    "title": _TEXT,
    "created_at": {"type": "string", "format": "date-time"},
}
_PASSAGE = _object(
    "The same words in both sources, in the unit of offsets that was chosen.",
    words=_COUNT,
    span=_SPAN,
    other_span=_SPAN,
    excerpt=_TEXT,
)
_MATCH = _object(
    **_NAMED,
    shared_words=_COUNT,
    shared_percent=_PERCENT,
    passages=_list(_PASSAGE, "The longest of them, in the order of this text."),
    passages_total=_COUNT,
)
_ORIGINALITY = _object(
    "Other versions of the same piece (same text, `meta.slug` or `meta.url`) do not count.",
    status={"enum": ["ok", "skipped"]},
    reason={"enum": ["too_short", "service_busy", None]},
    unique_percent=nullable(_PERCENT),
    rating=nullable(_RATING),
    compared=_COUNT,
    partial={"type": "boolean", "description": "More texts resemble it than were read."},
    matches=_list(_MATCH, "The most shared words first."),
)
_RELATED = _object(
    analysis=_NAMED["analysis"],
    title=_TEXT,
    url=_TEXT,
    similarity={"type": "number", "minimum": 0, "maximum": 1},
    because=_list(_TEXT, "Words that both are about."),
)
_KEYPHRASE = _object(
    rating=_RATING,
    total=_COUNT,
    used_by=_list(_object(**_NAMED), "The newest of them."),
)
CORPUS = _object(
    "What the client's earlier texts say about this one; null without an API key. Computed when "
    "read: it changes when earlier texts are erased.",
    earlier_texts=_COUNT,
    complete={"type": "boolean", "description": "There are no more earlier texts than these."},
    originality=_ORIGINALITY,
    related=_list(_RELATED, "Texts of your own that are worth a link."),
    keyphrase=nullable(_KEYPHRASE),
)
