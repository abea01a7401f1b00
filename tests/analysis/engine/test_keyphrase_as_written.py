"""Where a keyphrase counts as found: its words as they are written, compounds, other pages."""

import pytest

from analysis.engine import Format

PROSE = "The roof garden is warm. It rains on the beds."


@pytest.fixture
def checks(reports):
    def of(source=PROSE, form=Format.MARKDOWN, **meta):
        section = reports.section("keyphrase", source, form, **meta)
        return {check["id"]: check["rating"] for check in section["metrics"]["checks"]}

    return of


@pytest.mark.parametrize(
    ("title", "rating"),
    [
        ("Roof garden", "good"),
        ("Roof-garden ideas", "good"),
        ("How to make a roof garden", "good"),
        ("What is the roof garden?", "good"),
        ("Seven things to try in a roof garden", "ok"),
        ("The first roof garden", "good"),
        ("A better roof garden", "good"),
        ("Cheaper than a roof garden", "ok"),
        ("Roof: garden ideas", "ok"),
        ("Roof, garden and balcony", "ok"),
        ("Roof – garden", "ok"),
        ("All that you ever wanted to know about the roof garden", "ok"),
    ],
)
def test_a_title_begins_with_it_only_when_nothing_of_weight_stands_before(checks, title, rating):
    assert checks(keyphrase="roof garden", title=title)["title"] == rating


@pytest.mark.parametrize(
    ("title", "rating"),
    [
        ("Roof garden", "good"),
        ("Ideas for a roof garden", "ok"),
        ("Roof, garden", "bad"),
        ("Roof gardens", "bad"),
        ("Garden roof", "bad"),
    ],
)
def test_in_quotes_a_title_must_hold_it_as_it_is_written(checks, title, rating):
    assert checks(keyphrase='"roof garden"', title=title)["title"] == rating


@pytest.mark.parametrize(
    ("description", "rating"),
    [
        ("Your roof garden in five steps.", "good"),
        ("A roof, a garden and five steps.", "bad"),
        ("A roof. Garden it!", "bad"),
        ("Roof garden, roof garden, roof garden!", "bad"),
    ],
)
def test_in_quotes_a_description_is_searched_for_it_as_it_is_written(checks, description, rating):
    rated = checks(keyphrase='"roof garden"', description=description)["description"]

    assert rated == rating


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("A roof garden. A roof-garden. Roof\ngarden.", 3),
        ("A roof, garden and beds. The roof. Garden it!", 0),
        ("Garden roof and roof gardens.", 0),
    ],
)
def test_in_quotes_the_text_is_searched_for_it_as_it_is_written(reports, source, count):
    section = reports.section("keyphrase", source, keyphrase='"roof garden"')

    assert section["metrics"]["count"] == count


@pytest.mark.parametrize(
    ("keyphrase", "source", "count"),
    [
        ("roof garden", "Our roof-gardens are warm. A roof‑garden is dry.", 2),
        ("roof-garden", "A garden on the roof.", 1),
        ("roof-garden", "The roof-garden of the roof garden.", 2),
        ("e-mail", "Two e-mails. The mail of E.", 2),
        ("garden", "A well-kept garden-gate.", 1),
        ("roof garden", "A roof-light and a gardener.", 0),
    ],
)
def test_a_hyphen_is_as_good_as_a_space(reports, keyphrase, source, count):
    assert reports.section("keyphrase", source, keyphrase=keyphrase)["metrics"]["count"] == count


def test_in_quotes_an_alternative_text_must_hold_it_as_it_is_written(checks):
    def images(alt):
        return checks(f"{PROSE}\n\n![{alt}](a.png)", keyphrase='"roof garden"')["images"]

    assert images("A roof garden in May") == "good"
    assert images("A garden under a roof") == "ok"


@pytest.mark.parametrize(
    ("address", "rating"),
    [
        ("https://other.example/roof", "bad"),
        ("/gardens/roof", "bad"),
        ("#beds", "good"),
        ("mailto:keeper@mill.example", "good"),
    ],
)
def test_only_a_link_to_another_page_competes(checks, address, rating):
    source = f"{PROSE} More: [roof garden]({address})."

    assert checks(source, keyphrase="roof garden")["links"] == rating
