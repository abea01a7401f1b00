import pytest


def policy(response):
    return dict(
        directive.split(" ", 1) for directive in response["Content-Security-Policy"].split("; ")
    )


def test_everything_is_strict(client):
    strict = policy(client.get("/there-is-no-such-page"))

    assert strict["default-src"] == "'self'"
    assert strict["frame-ancestors"] == "'none'"
    assert "script-src" not in strict
    assert "style-src" not in strict


@pytest.mark.django_db
def test_the_console_may_evaluate_but_never_run_inline_scripts(client):
    console = policy(client.get("/admin/login/"))

    assert console["script-src"] == "'self' 'unsafe-eval'"
    assert console["frame-ancestors"] == "'none'"


def test_a_path_that_only_resembles_the_console_is_strict(client):
    assert "script-src" not in policy(client.get("/administration"))


def test_browsers_are_told_what_no_page_needs(client):
    response = client.get("/there-is-no-such-page")

    assert "camera=()" in response["Permissions-Policy"]
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
