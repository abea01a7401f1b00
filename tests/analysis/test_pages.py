import pytest
from django.conf import settings as django_settings
from django.template.loader import get_template

from analysis.pages import SAMPLES

SAMPLE_FOLDER = django_settings.BASE_DIR / "contentcreate" / "static" / "site" / "samples"


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


@pytest.mark.parametrize("address", ["/", "/playground"])
def test_the_playground_may_be_kept_by_an_edge(client, address):
    answer = client.get(address)

    assert answer.status_code == 200
    assert "public" in answer["Cache-Control"]
    assert "Cookie" not in answer.get("Vary", "")
    assert not answer.cookies


def test_the_playground_without_scripts_shows_the_line_for_a_shell(client):
    page = client.get("/", headers={"host": "localhost"}).content.decode()

    noscript = page.partition("<noscript>")[2].partition("</noscript>")[0]
    assert "curl http://localhost/api/v1/analyses" in noscript
    assert "needs JavaScript" in noscript


def test_every_sample_fits_an_anonymous_submission(settings):
    for sample in SAMPLES:
        text = (SAMPLE_FOLDER / sample.file).read_text()
        assert 200 < len(text) <= settings.ANALYSIS_ANONYMOUS_MAX_CHARS
