import gc

import pytest

from analysis.engine import AnalysisRequest, ContentEmpty, Format, analyze


@pytest.fixture
def clock():
    """Tells at every reading whether the collector was at work."""
    readings = []

    def read():
        readings.append(gc.isenabled())
        return 0.0

    read.readings = readings
    return read


def test_the_collector_rests_during_an_analysis_and_works_again_afterwards(clock):
    analyze(AnalysisRequest("The bees fly home.", Format.TEXT, "en"), clock=clock)

    assert clock.readings
    assert not any(clock.readings)
    assert gc.isenabled()


def test_the_collector_works_again_after_a_refusal():
    with pytest.raises(ContentEmpty):
        analyze(AnalysisRequest(" ", Format.TEXT, "en"))

    assert gc.isenabled()


def test_a_collector_that_rested_before_is_left_alone():
    gc.disable()
    try:
        analyze(AnalysisRequest("The bees fly home.", Format.TEXT, "en"))

        assert not gc.isenabled()
    finally:
        gc.enable()
