"""The API does what its description says, whatever comes; and what it says stays true.

`contract.txt` holds one line for each promise: an operation with its answers and parameters, or
a member of an object. New lines may come; none may go or change within /api/v1.
`python -m tests.analysis.test_contract` writes it anew.
"""

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

FROZEN = Path(__file__).parent / "contract.txt"
METHODS = ("get", "post", "put", "patch", "delete")

pytestmark = pytest.mark.django_db

anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**40), 2**40)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20),
    lambda parts: (
        st.lists(parts, max_size=3) | st.dictionaries(st.text(max_size=10), parts, max_size=3)
    ),
    max_leaves=5,
)


@st.composite
def mostly(draw, members):
    """A body of these members, of which now and then one is replaced or unknown."""
    body = draw(st.fixed_dictionaries(members[0], optional=members[1]))
    if draw(st.integers(0, 3)) == 0:
        body[draw(st.sampled_from([*members[0], *members[1], "colour"]))] = draw(anything)
    return body


words = st.text(max_size=8)
rules = mostly(
    (
        {"name": st.just("R"), "kind": st.sampled_from(["existence", "capitalization"])},
        {"tokens": st.lists(words, max_size=2), "is_pattern": st.booleans(), "message": words},
    )
)
terms = mostly(({"text": words}, {"maximum": st.integers(0, 3)}))
options = mostly(
    (
        {},
        {
            "exclude": st.just(["passive"]),
            "ignore": st.lists(words.filter(str.strip), max_size=2),
            "offset_unit": st.sampled_from(["utf8", "utf16", "codepoint"]),
            "synonyms": st.lists(words, max_size=2),
            "terms": st.lists(
                mostly(({"text": words}, {"maximum": st.integers(0, 3)})), max_size=2
            ),
            "house_rules": st.lists(rules, max_size=2),
        },
    )
)
TEXTS = ["The ferry left the the harbour.", "# A\n\n<p>B & c."]
submissions = mostly(
    (
        {
            "content": st.sampled_from(["The ferry left the the harbour.", "# A\n\n<p>B & c."])
            | words
        },
        {
            "format": st.sampled_from(["text", "markdown", "html", "page"]),
            "profile": st.sampled_from(["quick", "standard"]),
            "language": st.sampled_from(["en", "de-CH"]),
            "analyzers": st.just(["tone", "readability"]),
            "options": options,
            "meta": mostly(({}, {"keyphrase": words, "slug": words})),
            "metadata": st.dictionaries(st.sampled_from("ab"), words),
        },
    )
)
items = st.builds(
    lambda body, name: {**body, "custom_id": name}, submissions, st.sampled_from("ab")
)
batches = mostly(({"items": st.lists(items, min_size=1, max_size=2)}, {"metadata": st.just({})}))
BODIES = {"/api/v1/analyses": submissions, "/api/v1/batches": batches}
OPERATIONS = [
    ("/api/v1/analyses", "post"),
    ("/api/v1/analyses", "get"),
    ("/api/v1/analyses/{public_id}", "get"),
    ("/api/v1/analyses/{public_id}/comparison", "get"),
    ("/api/v1/analyses/{public_id}/cancel", "post"),
    ("/api/v1/batches", "post"),
    ("/api/v1/batches", "get"),
    ("/api/v1/batches/{public_id}", "get"),
    ("/api/v1/batches/{public_id}/cancel", "post"),
    ("/api/v1/usage", "get"),
    ("/api/v1/limits", "get"),
    ("/api/v1/me", "get"),
    ("/api/v1/analyzers", "get"),
    ("/api/v1/profiles", "get"),
]
queries = st.dictionaries(
    st.sampled_from(
        ["limit", "cursor", "status", "created_after", "wait", "fields", "before", "from", "to",
         "group_by", "validate_only", "metadata[a]", "batch"]
    ),
    st.text(max_size=12) | st.sampled_from(["1", "0", "true", "id", "queued", "2026-01-01"]),
    max_size=1,
)  # fmt: skip
headers = st.dictionaries(
    st.sampled_from(["Idempotency-Key", "Prefer", "If-None-Match", "Accept"]),
    st.sampled_from(["k1", '"k2"', "*/*", "wait=0", "respond-async", "x y"]),
    max_size=2,
)


@pytest.fixture
def description(client):
    return client.get("/api/v1/openapi.json").json()


@pytest.fixture
def staff(db):
    from ops.models import Tier
    from tests.analysis.api import Api

    return Api.as_client(Tier.STAFF)


@pytest.fixture
def known_ids(staff) -> list[str]:
    from tests.analysis.api import work_off

    done = staff.submit("The ferry left the the harbour.").json()["id"]
    work_off()
    items = [{"custom_id": "a", "content": "The ferry is late."}]
    batch = staff.post("/api/v1/batches", {"items": items}).json()["id"]
    return [done, batch, staff.submit("The ferry came back.").json()["id"]]


@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data(), operation=st.sampled_from(OPERATIONS), query=queries, fields=headers)
def test_whatever_comes_is_answered_as_described(
    staff, description, known_ids, data, operation, query, fields
):
    path, method = operation
    ids = st.sampled_from(known_ids) | st.text("anb_%x.é", min_size=1, max_size=8)
    url = path.replace("{public_id}", data.draw(ids) if "{" in path else "")
    body = data.draw(BODIES[path]) if path in BODIES and method == "post" else None

    if method == "get":
        answer = staff.get(url, query_params=query, headers=fields)
    else:
        answer = staff.post(url, body, query_params=query, headers=fields)

    _check(answer, description, path, method)


def _check(answer, description, path, method) -> None:
    described = description["paths"][path][method]["responses"]
    assert str(answer.status_code) in described | {"406": ..., "404": ...}, answer.content
    if answer.status_code in (304, 406):
        return
    kind = answer["Content-Type"].split(";")[0]
    if answer.status_code >= 400:
        assert kind == "application/problem+json"
        schema = {"$ref": "#/components/schemas/Problem"}
    else:
        schema = described[str(answer.status_code)]["content"][kind]["schema"]
    if answer.status_code < 400 and "fields=" in answer.wsgi_request.get_full_path():
        return  # what is left out is not required
    jsonschema.validate(
        answer.json(),
        schema | {"components": description["components"]},
        jsonschema.Draft202012Validator,
    )


def test_every_example_fits_what_it_is_an_example_of(description):
    checked = 0
    for schema, example in _examples(description):
        whole = schema | {"components": description["components"]}
        jsonschema.validate(example, whole, jsonschema.Draft202012Validator)
        checked += 1

    assert checked >= 7


def test_nothing_that_was_promised_is_taken_back(description):
    kept, now = set(FROZEN.read_text().splitlines()), set(promises(description))

    assert not kept - now, "within /api/v1 the contract only grows"


def _examples(description):
    for operations in description["paths"].values():
        for operation in operations.values():
            content = operation.get("requestBody", {}).get("content", {})
            for media in content.values():
                for example in media.get("examples", {}).values():
                    yield media["schema"], example["value"]
    for schema in description["components"]["schemas"].values():
        for example in schema.get("examples", []):
            yield schema, example


def promises(description) -> list[str]:
    lines = []
    for path, operations in description["paths"].items():
        for method in METHODS:
            if operation := operations.get(method):
                name = f"{method.upper()} {path}"
                lines += [f"{name} answers {status}" for status in operation["responses"]]
                lines += [
                    f"{name} takes {parameter['in']} {parameter['name']}"
                    for parameter in operation.get("parameters", [])
                ]
    for name, schema in description["components"]["schemas"].items():
        lines += [f"{name} is one of {value}" for value in schema.get("enum", [])]
        for member, part in schema.get("properties", {}).items():
            lines.append(f"{name}.{member} is {_kind(part)}")
            lines += [f"{name}.{member} may be {value}" for value in part.get("enum", [])]
        lines += [f"{name} has {member}" for member in schema.get("required", [])]
    return sorted(lines)


def _kind(part) -> str:
    for word in ("type", "$ref", "const"):
        if word in part:
            return json.dumps(part[word]).strip('"')
    return "one of several" if {"oneOf", "anyOf", "allOf"} & part.keys() else "a choice"


if __name__ == "__main__":
    import sys

    print("\n".join(promises(json.load(sys.stdin))))  # noqa: T201
