"""The API's description: valid, whole, and true."""

import jsonschema
import pytest

from tests.analysis.api import Api, work_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def description(client):
    return client.get("/api/v1/openapi.json").json()


def test_it_is_openapi_31_and_all_its_references_resolve(description):
    assert description["openapi"].startswith("3.1")
    names = set(description["components"]["schemas"])
    assert set(_references(description)) <= {f"#/components/schemas/{name}" for name in names}


def test_it_lists_every_endpoint(description):
    assert {path: sorted(methods) for path, methods in description["paths"].items()} == {
        "/api/v1/analyses": ["get", "post"],
        "/api/v1/analyses/{public_id}": ["delete", "get"],
        "/api/v1/analyses/{public_id}/cancel": ["post"],
        "/api/v1/analyses/{public_id}/comparison": ["get"],
        "/api/v1/analyses/{public_id}/content": ["get"],
        "/api/v1/analyzers": ["get"],
        "/api/v1/batches": ["get", "post"],
        "/api/v1/batches/{public_id}": ["get"],
        "/api/v1/batches/{public_id}/cancel": ["post"],
        "/api/v1/batches/{public_id}/results": ["get"],
        "/api/v1/me": ["get"],
        "/api/v1/webhook-deliveries/{public_id}": ["get"],
        "/api/v1/webhook-deliveries/{public_id}/retry": ["post"],
        "/api/v1/webhook-endpoints": ["get", "post"],
        "/api/v1/webhook-endpoints/{public_id}": ["delete", "get", "patch"],
        "/api/v1/webhook-endpoints/{public_id}/deliveries": ["get"],
        "/api/v1/webhook-endpoints/{public_id}/rotate-secret": ["post"],
        "/api/v1/webhook-endpoints/{public_id}/secret": ["get"],
        "/api/v1/webhook-endpoints/{public_id}/test": ["post"],
        "/api/v1/profiles": ["get"],
        "/api/v1/usage": ["get"],
        "/api/v1/errors": ["get"],
        "/api/v1/errors/{code}": ["get"],
        "/api/v1/limits": ["get"],
    }


@pytest.mark.parametrize("path", ["/api/v1/analyses", "/api/v1/analyses/{public_id}"])
def test_every_refusal_is_a_problem_document(description, path):
    for operation in description["paths"][path].values():
        for status, answer in operation["responses"].items():
            if int(status) >= 400:
                schema = answer["content"]["application/problem+json"]["schema"]
                assert schema == {"$ref": "#/components/schemas/Problem"}


def test_what_the_api_answers_fits_what_it_says(api: Api, description):
    queued = api.submit("The harbour was quiet. Nobody had expected the ferry.")
    work_off()
    finished = api.get(queued["Location"])
    listed = api.get("/api/v1/analyses")
    refused = api.submit("")

    for name, answer in {
        "Analysis": queued,
        "Analysis ": finished,
        "AnalysisList": listed,
        "Problem": refused,
    }.items():
        schema = {"$ref": f"#/components/schemas/{name.strip()}"} | description
        jsonschema.validate(answer.json(), schema, jsonschema.Draft202012Validator)


def test_both_ways_to_show_a_key_are_described(description):
    schemes = description["components"]["securitySchemes"]

    assert schemes["bearer"] == {"type": "http", "scheme": "bearer", "bearerFormat": "cc_…"}
    assert schemes["header"] == {"type": "apiKey", "in": "header", "name": "X-API-Key"}
    assert description["security"] == [
        {"bearer": []},
        {"header": []},
        {},
    ]


def test_the_documentation_is_there(client):
    assert client.get("/docs").status_code == 200


def _references(part):
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "$ref":
                yield value
            else:
                yield from _references(value)
    elif isinstance(part, list):
        for item in part:
            yield from _references(item)
