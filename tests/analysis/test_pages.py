import pytest
from django.template.loader import get_template

PLAIN_NAMES = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


@pytest.fixture(autouse=True)
def _static_files_need_not_be_collected(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": PLAIN_NAMES}


def test_an_unknown_address_shows_a_page_that_leads_back(client):
    answer = client.get("/no/such/page")

    assert answer.status_code == 404
    assert "There is no page here" in answer.content.decode()
    assert 'href="/"' in answer.content.decode()


@pytest.mark.parametrize("template", ["400.html", "403.html", "404.html"])
def test_pages_of_refusals_need_no_request(template):
    assert "<h1>" in get_template(template).render({})


def test_the_page_of_a_broken_server_uses_no_tag_that_could_break():
    source = get_template("500.html").template.source

    assert "{%" not in source
    assert "{{" not in source


def test_each_error_of_the_catalogue_has_a_page(client):
    catalogue = client.get("/errors", headers={"accept": "text/html"}).content.decode()
    page = client.get("/errors/text_too_long", headers={"accept": "text/html"}).content.decode()

    assert 'href="/errors/text_too_long"' in catalogue
    assert "What helps" in page
