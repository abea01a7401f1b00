"""The whole story, once: content goes in over HTTP, a worker reads it, reports come out."""

import json
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from tests.demo import EXAMPLES, TRIES, ask, example, read
from tests.processes import Installation


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_real_document_comes_back_as_a_report(installation, key, name):
    wish = example(name)
    # As nobody sent it before: other tests send these documents too.
    source = wish["content"] = f"{wish['content']}\n{uuid4()}\n"

    status, accepted, headers = ask(f"{installation.base_url}/api/v1/analyses", wish, key)
    finished = read(headers["location"], key)

    assert status == 202
    assert accepted["status"] in {"queued", "running"}
    assert finished["id"] == accepted["id"]
    assert finished["status"] == "succeeded"
    report = finished["results"]
    assert report["complete"]
    assert report["language"]["code"] == "en"
    assert finished["input"]["words"] > 300
    assert 0 < report["scores"]["overall"]["score"] <= 100
    findings = [f for section in report["sections"].values() for f in section["findings"]]
    placed = [finding for finding in findings if finding["spans"]]  # others speak of the whole
    assert placed
    for finding in placed:
        first = finding["spans"][0]
        assert source[first["start"] : first["end"]] == finding["excerpt"]


def test_a_submission_that_waits_is_answered_with_its_report(installation, key):
    url = f"{installation.base_url}/api/v1/analyses"

    for _ in range(TRIES):  # A busy service grants no wait, and says so.
        wish = {"content": f"One sentence, sent once, and waited for. {uuid4()}"}
        status, analysis, headers = ask(url, wish, key, prefer="wait=20")
        if "preference-applied" in headers:
            break

    assert headers["preference-applied"] == "wait=20"
    assert status == 200
    assert analysis["status"] == "succeeded"


def test_a_body_that_comes_in_chunks_is_read(installation, key):
    connection = HTTPConnection(urlsplit(installation.base_url).netloc, timeout=60)
    wish = json.dumps({"content": f"A text in chunks. {uuid4()}"}).encode()
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {key}"}

    connection.request(
        "POST", "/api/v1/analyses", iter([wish[:10], wish[10:]]), headers, encode_chunked=True
    )
    answer = connection.getresponse()

    assert answer.status == 202
    assert json.load(answer)["status"] == "queued"
    connection.close()


def test_a_hundred_equal_submissions_are_one_job_and_one_report(installation, key):
    url = f"{installation.base_url}/api/v1/analyses"
    text = "A hundred people sent this sentence at the same moment, and it was read once."

    def send(number: int) -> str:
        wish = {"content": text, "metadata": {"sender": str(number)}}
        return ask(url, wish, key)[1]["urls"]["self"]

    with ThreadPoolExecutor(25) as pool:
        places = list(pool.map(send, range(100)))
    bodies = {json.dumps(read(place, key)["results"]) for place in places}

    assert len(set(places)) == 100
    assert len(bodies) == 1
    assert _counted(installation, text) == {"analyses": 100, "attempts": 1, "reports": 1}


def _counted(installation: Installation, text: str) -> dict[str, int]:
    """Asked of the installation's own database, by its own shell."""
    script = (
        "import hashlib, json\n"
        "from analysis.models import Analysis, Report\n"
        "from ops.models import Job\n"
        f"digest = hashlib.sha256({text!r}.encode()).hexdigest()\n"
        "mine = Analysis.objects.filter(content__sha256=digest)\n"
        "jobs = Job.objects.filter(key='analysis:' + mine.first().content_id)\n"
        "print(json.dumps({'analyses': mine.count(),"
        " 'attempts': sum(job.attempts for job in jobs),"
        " 'reports': Report.objects.filter(content__sha256=digest).count()}))"
    )
    return json.loads(installation.manage("shell", "--verbosity=0", "-c", script).stdout)
