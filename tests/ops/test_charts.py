import pytest

from ops.console.charts import HEIGHT, WIDTH, chart
from ops.metrics.reading import Line, Point
from ops.metrics.windows import Window

WINDOW = Window(start_seconds=0, end_seconds=240, step_seconds=60, slot_seconds=60, now_seconds=240)


def line(*values, name="all"):
    points = (Point(step, value) for step, value in zip(WINDOW.steps, values, strict=True))
    return Line(name, tuple(points))


def drawn(*lines):
    return chart("Requests", lines, WINDOW, "{:g}".format)


def test_a_curve_spans_the_width_and_zero_lies_on_the_ground():
    (curve,) = drawn(line(0, 1, 2, 0)).curves

    assert curve.path.startswith(f"M0.0 {HEIGHT}.0L")
    assert curve.path.endswith(f"L{WIDTH}.0 {HEIGHT}.0")


def test_a_gap_breaks_the_curve_instead_of_falling_to_zero():
    (curve,) = drawn(line(1, None, None, 1)).curves

    assert curve.path.count("M") == 2
    assert "L" not in curve.path


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
