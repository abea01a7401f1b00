"""What do clients, contents and jobs look like when a test does not care?"""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta

import factory
from django.utils import timezone

from analysis.models import Analysis, Content, Report
from ops.models import ApiKey, Client, Job, Priority, Tier, WorkerHost


class ClientFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Client

    name = factory.Sequence(lambda n: f"Client {n}")
    tier = Tier.FREE


class ApiKeyFactory(factory.django.DjangoModelFactory):
    """A row only: a key that opens doors comes from `ops.keys.mint`."""

    class Meta:
        model = ApiKey

    client = factory.SubFactory(ClientFactory)
    prefix = factory.Sequence(lambda n: f"k{n:07d}")
    digest = factory.LazyAttribute(lambda key: _sha256(key.prefix))


class ContentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Content

    source = factory.Sequence(lambda n: f"The cat number {n} sat on the mat. It was warm.")
    format = "text"
    language = "en"
    profile = "standard"
    sha256 = factory.LazyAttribute(lambda content: _sha256(content.source))
    chars = factory.LazyAttribute(lambda content: len(content.source))
    key = factory.LazyAttribute(lambda content: _sha256(f"report {content.source}"))


class ReportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Report

    content = factory.SubFactory(ContentFactory)
    body = json.dumps({"score": 80})
    engine = "tests"
    language = "en"
    score = 80.0
    words = 10


class JobFactory(factory.django.DjangoModelFactory):
    """Waiting, unless a test says otherwise."""

    class Meta:
        model = Job

    kind = "analysis"
    key = factory.Sequence(lambda n: f"job-{n}")
    priority = Priority.FREE
    available_at = factory.LazyFunction(timezone.now)
    created_at = factory.LazyFunction(timezone.now)

    class Params:
        running = factory.Trait(
            state=Job.State.RUNNING,
            attempts=1,
            token=1,
            started_at=factory.LazyFunction(timezone.now),
            lease_until=factory.LazyFunction(lambda: timezone.now() + timedelta(minutes=1)),
        )
        done = factory.Trait(
            state=Job.State.DONE,
            attempts=1,
            started_at=factory.LazyFunction(timezone.now),
            finished_at=factory.LazyFunction(timezone.now),
        )
        dead = factory.Trait(
            state=Job.State.DEAD,
            attempts=5,
            finished_at=factory.LazyFunction(timezone.now),
        )


class WorkerHostFactory(factory.django.DjangoModelFactory):
    """Alive, with two workers."""

    class Meta:
        model = WorkerHost

    name = factory.Sequence(lambda n: f"host-{n}")
    cluster_id = factory.SelfAttribute("name")
    hostname = factory.SelfAttribute("name")
    pid = factory.Sequence(lambda n: 1000 + n)
    worker_pids = [2, 3]
    started_at = factory.LazyFunction(timezone.now)
    beat_at = factory.LazyFunction(timezone.now)

    class Params:
        silent = factory.Trait(
            beat_at=factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1))
        )


class AnalysisFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Analysis

    client_key = "client:1"
    content = factory.SubFactory(ContentFactory)
    job = factory.SubFactory(JobFactory, key=factory.SelfAttribute("..content.key"))
    fingerprint = factory.Sequence(lambda n: _sha256(str(n)))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
