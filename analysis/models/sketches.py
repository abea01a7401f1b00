"""What is kept of a text to compare later ones with?"""

from __future__ import annotations

from dataclasses import astuple

from django.db import models

from analysis.engine.corpus.sketch import Sketch as EngineSketch
from analysis.engine.corpus.sketch import Term, unpacked
from analysis.models.contents import Content


class Sketch(models.Model):
    """A small, fixed sample of a text's wording and what it is about; erased with the text.

    It has no owner: whoever compares begins at the analyses of one client.
    """

    content = models.OneToOneField(Content, on_delete=models.CASCADE, primary_key=True)
    words = models.PositiveIntegerField()
    shingles = models.BinaryField()
    terms = models.JSONField(default=list)
    title = models.CharField(max_length=200, blank=True)
    keyphrase = models.CharField(max_length=200, blank=True)  # in its normal form

    def __str__(self) -> str:
        return self.content_id[:12]

    @property
    def sample(self) -> frozenset[int]:
        return unpacked(bytes(self.shingles))

    @property
    def topics(self) -> list[Term]:
        return [Term(*term) for term in self.terms]

    @classmethod
    def of(cls, content: Content, sketch: EngineSketch, keyphrase: str) -> Sketch:
        return cls(
            content=content,
            words=sketch.words,
            shingles=sketch.packed(),
            terms=[astuple(term) for term in sketch.terms],
            title=content.meta.get("title", "")[:200] or sketch.title,
            keyphrase=keyphrase[:200],
        )
