"""The profile for those who come from a plugin: what is not told counts as missing."""

import pytest

from analysis.engine import Format

PROSE = "The roof garden is warm. " + "It rains on the beds of the mill. " * 50


@pytest.fixture
def ratings(reports):
    def of(profile, source=PROSE, form=Format.TEXT, **meta):
        sections = reports.of(source, form, profile=profile, **meta)["sections"]
        return {
            f"{name}.{check['id']}": check["rating"]
            for name in ("seo_basics", "keyphrase")
            for check in sections[name]["metrics"]["checks"]
        }

    return of


ABSENT = [
    "seo_basics.title_width",
    "seo_basics.description_length",
    "seo_basics.images",
    "seo_basics.internal_links",
    "seo_basics.external_links",
    "keyphrase.title",
    "keyphrase.description",
    "keyphrase.slug",
    "keyphrase.images",
    "keyphrase.subheadings",
]


@pytest.mark.parametrize("check", ABSENT)
def test_what_is_not_told_is_missing_there_and_not_judged_elsewhere(ratings, check):
    compatible = ratings("yoast-compat", keyphrase="roof garden")
    ours = ratings("standard", keyphrase="roof garden")

    assert compatible[check] == "bad"
    assert check not in ours


def test_what_is_told_is_judged_as_elsewhere(ratings):
    meta = {"keyphrase": "roof garden", "title": "Roof garden", "slug": "roof-garden"}

    compatible = ratings("yoast-compat", **meta)

    assert compatible["keyphrase.title"] == "good"
    assert compatible["keyphrase.slug"] == "good"
    assert compatible["seo_basics.single_h1"] == "good"


def test_a_short_text_needs_no_subheadings(ratings):
    short = ratings("yoast-compat", "The roof garden is warm.", keyphrase="roof garden")

    assert "keyphrase.subheadings" not in short


FORMS = [
    ("hackathon", "Hackathons: not just for coders"),
    ("buy", "How to stop buying what you do not need"),
    ("roof garden", "Roof gardens for beginners"),
    ("roof gardens", "A roof garden for beginners"),
]


@pytest.mark.parametrize(("keyphrase", "title"), FORMS)
def test_another_form_of_a_word_is_another_word_there(ratings, keyphrase, title):
    slug = title.lower().replace(" ", "-").replace(":", "")

    compatible = ratings("yoast-compat", keyphrase=keyphrase, title=title, slug=slug)
    ours = ratings("standard", keyphrase=keyphrase, title=title, slug=slug)

    assert (compatible["keyphrase.title"], compatible["keyphrase.slug"]) == ("bad", "ok")
    assert (ours["keyphrase.title"], ours["keyphrase.slug"]) == ("ok", "good")


@pytest.mark.parametrize("keyphrase", ["roof garden", "Roof Garden", '"roof garden"'])
def test_the_very_form_is_found_there_too(ratings, keyphrase):
    meta = {"title": "The roof garden", "slug": "the-roof-garden", "description": "A roof garden."}

    compatible = ratings("yoast-compat", keyphrase=keyphrase, **meta)

    checks = ("title", "slug", "description", "introduction")
    assert [compatible[f"keyphrase.{check}"] for check in checks] == ["good"] * 4
