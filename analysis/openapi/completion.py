"""What joins the generated description: the objects, the keys?"""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from analysis.engine import report_schema
from analysis.openapi import webhook_objects
from analysis.openapi.schemas import COMPONENTS
from analysis.serializers.strict import StrictSerializer


def complete(result: dict[str, Any], **_: object) -> dict[str, Any]:
    """Hook of drf-spectacular: what it generated, joined by the objects and the keys."""
    components = result.setdefault("components", {})
    generated = components.setdefault("schemas", {})
    for name in _strict_names() & generated.keys():
        generated[name]["additionalProperties"] = False
    added = COMPONENTS | webhook_objects.COMPONENTS | _report_components()
    if doubled := generated.keys() & added.keys():
        raise ImproperlyConfigured(f"Two schemas are called {', '.join(sorted(doubled))}.")
    generated.update(added)
    result["webhooks"] = webhook_objects.WEBHOOKS
    components["securitySchemes"] = {
        "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "cc_…"},
        "header": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
    }
    # One or the other, or none: small texts may come from anybody.
    result["security"] = [{"bearer": []}, {"header": []}, {}]
    return result


def _strict_names() -> set[str]:
    """Of the bodies in which an unknown member is an error."""
    found: set[str] = set()
    left: list[type] = [StrictSerializer]
    while left:
        kinds = left.pop().__subclasses__()
        found |= {kind.__name__.removesuffix("Serializer") for kind in kinds}
        left += kinds
    return found


def _report_components() -> dict[str, Any]:
    """The engine's own JSON Schema, with its definitions as components."""
    schema = report_schema()
    definitions = schema.pop("$defs", {})
    schema.pop("$schema", None)
    schema.pop("$id", None)
    parts = {"Report": schema, **{f"Report{name}": part for name, part in definitions.items()}}
    return {name: _moved(part) for name, part in parts.items()}


def _moved(schema: Any) -> Any:
    if isinstance(schema, dict):
        return {
            key: value.replace("#/$defs/", "#/components/schemas/Report")
            if key == "$ref"
            else _moved(value)
            for key, value in schema.items()
        }
    return [_moved(item) for item in schema] if isinstance(schema, list) else schema
