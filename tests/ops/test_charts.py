import re

import pytest

from ops.console.charts import HEIGHT, STATUS_LOOKS, WIDTH, chart
from ops.metrics.reading import Line, Point
from ops.metrics.windows import Window

WINDOW = Window(start_seconds=0, end_seconds=240, step_seconds=60, slot_seconds=60, now_seconds=240)


def line(*values, name="all"):
    points = (Point(step, value) for step, value in zip(WINDOW.steps, values, strict=True))
    return Line(name, tuple(points))


def drawn(*lines, looks=None):
    return chart("Requests", lines, WINDOW, "{:g}".format, looks)


def test_a_curve_spans_the_width_and_zero_lies_on_the_ground():
    (curve,) = drawn(line(0, 1, 2, 0)).curves

    assert curve.path.startswith(f"M0.0 {HEIGHT}.0L")
    assert curve.path.endswith(f"L{WIDTH}.0 {HEIGHT}.0")


def test_a_gap_breaks_the_curve_instead_of_falling_to_zero():
    (curve,) = drawn(line(1, None, None, 1)).curves

    assert re.findall("[A-Za-z]", curve.path) == ["M", "h", "M", "h"], "each a stroke to be seen"


def test_all_curves_share_one_scale():
    low, high = drawn(line(1, 1, 1, 1), line(4, 4, 4, 4)).curves

    assert low.path.split("L")[0] != high.path.split("L")[0]


@pytest.mark.parametrize("values", [(0, 0, 0, 0), (None, None, None, None)])
def test_nothing_to_show_is_drawn_without_a_fault(values):
    assert drawn(line(*values)).highest == "0"


def test_no_lines_at_all_are_an_empty_chart():
    assert drawn().curves == ()


def test_the_summary_tells_what_eyes_would_see():
    summary = drawn(line(1, 2, 9, 3, name="2xx")).summary

    assert "highest 9" in summary
    assert "2xx 3" in summary


def test_the_table_holds_the_numbers_newest_first():
    rows = drawn(line(1, None, 3, 4)).rows

    assert [row.values for row in rows] == [("4",), ("3",), ("–",), ("1",)]
    assert [row.moment for row in rows] == ["00:03", "00:02", "00:01", "00:00"]


@pytest.mark.parametrize(
    ("highest", "top", "middle"),
    [(9, "10", "5"), (72.5, "80", "40"), (0.132, "0.15", "0.075"), (1, "1", "0.5"), (0, "0", "0")],
)
def test_the_scale_ends_at_a_number_that_can_be_halved(highest, top, middle):
    made = drawn(line(0, 0, 0, highest))

    assert (made.top, made.middle) == (top, middle)


def test_no_value_leaves_the_picture_at_the_top():
    (curve,) = drawn(line(0, 7, 72.5, 3)).curves

    heights = [float(place.split(" ")[1]) for place in re.split("[ML]", curve.path)[1:]]
    assert min(heights) >= 0
    assert max(heights) == HEIGHT


def test_a_status_wears_the_same_colour_whoever_stands_beside_it():
    calm = drawn(line(1, 1, 1, 1, name="2xx"), line(0, 0, 0, 1, name="5xx"), looks=STATUS_LOOKS)
    busy = drawn(
        *(line(1, 1, 1, 1, name=name) for name in ("5xx", "429", "2xx", "503")), looks=STATUS_LOOKS
    )

    colours = {curve.name: curve.number for curve in busy.curves}
    assert {curve.name: curve.number for curve in calm.curves}.items() <= colours.items()
    assert list(colours) == ["2xx", "429", "503", "5xx"]
    assert len(set(colours.values())) == len(colours)


def test_names_that_nobody_foresaw_take_the_colours_that_are_left():
    made = drawn(line(1, 1, 1, 1, name="odd"), line(1, 1, 1, 1, name="hit"), looks={"hit": 0})

    assert [(curve.name, curve.number) for curve in made.curves] == [("hit", 0), ("odd", 1)]


def test_the_table_follows_the_order_of_the_legend():
    made = drawn(line(5, 5, 5, 5, name="5xx"), line(2, 2, 2, 2, name="2xx"), looks=STATUS_LOOKS)

    assert [curve.name for curve in made.curves] == ["2xx", "5xx"]
    assert made.rows[0].values == ("2", "5")
