"""The same engine does the same work."""

from analysis.engine import AnalysisRequest, Format, Meta, analyze
from bench.peers.stock.models import Text


def run(pk: int) -> None:
    text = Text.objects.get(pk=pk)
    request = AnalysisRequest(source=text.content, format=Format.TEXT, meta=Meta())
    text.report = analyze(request).to_json().decode()
    text.save()
