import re

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_readiness")]

PAGE = "/admin/console/traffic/"


@pytest.fixture
def shown(admin_client):
    def show(period="1h"):
        page = admin_client.get(PAGE, {"period": period}).text
        found = re.findall(r'data-tile="(\w+)".*?ops-tile-value">(.*?)<', page, re.DOTALL)
        return page, dict(found)

    return show


def test_a_new_installation_says_that_nothing_was_counted(shown):
    page, tiles = shown()

    assert "Nothing was counted yet" in page
    assert tiles["errors"] == "–"
    assert "Nobody asked for anything in this period." in page


def test_figures_tell_errors_from_refusals(shown, counted):
    counted("http_requests", 90, route="/a", status="200")
    counted("http_requests", 8, route="/a", status="429")
    counted("http_requests", 2, route="/a", status="500")

    page, tiles = shown()

    assert tiles["errors"] == "2.0 %"
    assert tiles["refused"] == "8.0 %"
    assert "429" in page


def test_the_slowest_routes_stand_in_a_table(shown, counted):
    counted("http_requests", 3, route="/slow", status="200")
    counted("http_request_duration_seconds", 2.0, route="/slow")

    page, tiles = shown()

    assert re.search(r"<span>/slow<.*?>3<", page, re.DOTALL)
    assert float(tiles["p95"].removesuffix(" s")) == pytest.approx(2.0, abs=0.15)


def test_analyzers_are_listed_by_the_time_they_take(shown, counted):
    counted("engine_seconds", 0.1, analyzer="parse")
    counted("engine_seconds", 0.3, analyzer="keywords")

    page, _ = shown()

    rows = re.findall(r'<tr data-row="(keywords|parse)">.*?(\d+\.\d %)', page, re.DOTALL)
    assert rows == [("keywords", "75.0 %"), ("parse", "25.0 %")]


def test_refusals_are_listed_by_cause(shown, counted):
    counted("refusals", 3, code="rate_limited", tier="free")
    counted("refusals", 1, code="queue_full", tier="free")

    page, _ = shown()

    assert re.search(r"rate_limited<.*?>3<.*?>75.0 %<", page, re.DOTALL)


def test_figures_that_nobody_stores_any_more_are_called_old(shown, counted):
    counted("http_requests", 1, minutes_ago=10, route="/a", status="200")

    page, _ = shown()

    assert "No process stored a count for" in page


@pytest.mark.parametrize("period", ["15min", "1h", "6h", "24h", "7d", "30d"])
def test_the_period_stays_in_the_address(shown, period):
    page, _ = shown(period)

    assert f'href="?period={period}" aria-current="true"' in page
    assert f'data-live="?period={period}&amp;now"' in page


def test_an_unknown_period_is_the_usual_one(shown):
    page, _ = shown("forever")

    assert 'href="?period=1h" aria-current="true"' in page


def test_the_chart_and_its_table_say_what_prometheus_reads(shown, counted, client, settings):
    settings.OPS_METRICS_TOKEN = "let-me-read"
    for minutes_ago in (40, 12, 3, 3, 1):
        counted("http_requests", 30, minutes_ago=minutes_ago, route="/a", status="200")
        counted("http_requests", 6, minutes_ago=minutes_ago, route="/b", status="500")
    durations = [milliseconds / 1000 for milliseconds in range(1, 2001)]
    counted("http_request_duration_seconds", *durations, route="/a")

    page, tiles = shown()
    read = client.get("/metrics", headers={"Authorization": "Bearer let-me-read"}).text

    for status, cell in (("200", 0), ("500", 1)):
        rates = [row[cell] for row in table_of("Requests per second", page)]
        charted = 60 * sum(float(rate) for rate in rates if rate != "–")  # the minute that runs
        exposed = re.search(rf'http_requests_total\{{.*status="{status}".*\}} (\d+)', read)
        assert charted == pytest.approx(int(exposed[1]), rel=0.02)
    ((p50, p95, _p99),) = {row for row in table_of("Time to answer", page) if "–" not in row}
    assert seconds_of(p95) == pytest.approx(1.9, rel=0.05)
    assert seconds_of(p50) == pytest.approx(1.0, rel=0.05)
    assert seconds_of(tiles["p95"]) == seconds_of(p95)


def table_of(title, page):
    """The rows behind a chart, without their moments."""
    table = re.search(rf'aria-label="{title} as a table".*?<tbody>(.*?)</tbody>', page, re.DOTALL)
    rows = re.findall(r"<tr>(.*?)</tr>", table[1], re.DOTALL)
    return [tuple(re.findall(r'ops-number">(.*?)<', row)) for row in rows]


def seconds_of(said):
    number, unit = said.split(" ")
    return float(number) / {"s": 1, "ms": 1000}[unit]


def test_a_busy_service_costs_no_more_queries(
    admin_client, counted, known_switches, django_assert_max_num_queries
):
    for status in ("200", "202", "404", "429", "500", "503"):
        for route in "abcdefgh":
            counted("http_requests", 5, route=f"/{route}", status=status)
    admin_client.get(f"{PAGE}?now")

    with django_assert_max_num_queries(30):
        admin_client.get(f"{PAGE}?now")
