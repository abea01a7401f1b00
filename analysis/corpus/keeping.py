"""What is kept of a text when its report is finished?"""

from analysis.engine import Document
from analysis.engine.corpus.sketch import normal_keyphrase, sketch_of
from analysis.models import Content, Sketch


def remember(content: Content, document: Document) -> None:
    """Once for each text; it is erased with it."""
    keyphrase = normal_keyphrase(content.meta.get("keyphrase", ""), document)
    row = Sketch.of(content, sketch_of(document), keyphrase)
    Sketch.objects.bulk_create([row], ignore_conflicts=True)
