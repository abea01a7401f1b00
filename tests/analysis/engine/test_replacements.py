"""What is offered in place of a phrase has the form of the phrase."""

import pytest


@pytest.mark.parametrize(
    ("source", "replacements"),
    [
        ("It terminates soon.", ["ends", "stops"]),
        ("The hive was utilised.", ["used"]),
        ("She replied back.", ["replied"]),
        ("They expedited it.", ["sped up"]),
        ("They are leveraging it.", ["using"]),
        ("We ascertained it.", ["found out"]),
        ("Two deep dives followed.", ["close looks"]),
        ("We facilitate it.", ["help", "ease"]),
        ("He makes reference to bees.", ["refers to"]),
    ],
)
def test_a_replacement_has_the_form_of_what_it_replaces(reports, source, replacements):
    (finding,) = reports.section("style_lexicon", source)["findings"]

    assert finding["replacements"] == replacements


@pytest.mark.parametrize(
    ("source", "replacements"),
    [
        ("The fishermen left.", ["fishers"]),
        ("Two chairwomen spoke.", ["chairs", "chairpersons"]),
        ("The cancer victims left.", ["people with cancer"]),
        ("The clergymen left.", ["members of the clergy"]),
        ("The convicts left.", ["people who were in prison"]),
        ("Their spokesmen left.", ["spokespeople"]),
    ],
)
def test_several_people_are_replaced_by_several(reports, source, replacements):
    (finding,) = reports.section("inclusive", source)["findings"]

    assert finding["replacements"] == replacements
