"""Can readers who see no images still learn what they show?"""

import re
from collections import Counter

from analysis.engine.analyzers.analyzer import Analyzer, Draft, Outcome, Task
from analysis.engine.document.blocks import BlockKind, Image
from analysis.engine.document.document import Document
from analysis.engine.report import Category, Severity
from analysis.engine.scoring import Band

FAULTY_SHARE = Band(full=0.0, none=1.0)
MAX_ALT_CHARACTERS = 150
FILE_NAME = re.compile(
    r"[\w%.-]{1,200}(?: [\w%.()-]{1,50}){0,3}(?<! )"
    r"\.(?:jpe?g|png|gif|webp|svg|avif|bmp|tiff?|heic)",
    re.I,
)
# Between two numbers stands a sign, so that no row of digits can be split in two ways.
CAMERA_NAME = re.compile(
    r"(?:img|dscn?|pxl|screen ?shot|image|photo|picture)[\s_-]*\d{2,}"
    r"(?:[\s_.-]+(?:\d+|at|am|pm))*",
    re.I,
)
NOUNS = r"(?:image|picture|photo|photograph|graphic|icon|bild|foto|imagen|photographie)"
OPENINGS = re.compile(rf"(?:an? |the )?{NOUNS}(?: (?:of|showing|von|de|d')\b|$)", re.I)


def measure(task: Task) -> Outcome:
    document = task.document
    texts = Counter((image.alt or "").strip().lower() for image in document.images)
    captions = _captions(document)
    drafts = [
        draft
        for image in task.deadline.watch(document.images)
        for draft in (_fault(image, captions),)
        if draft
    ]
    missing = sum(image.alt is None for image in document.images)
    return Outcome(
        score=FAULTY_SHARE.score(len(drafts) / len(document.images)),
        metrics={
            "images": len(document.images),
            "without_alt": missing,
            "decorative": texts[""] - missing,
            "with_alt": len(document.images) - texts[""],
        },
        drafts=drafts,
    )


def _captions(document: Document) -> frozenset[str]:
    return frozenset(
        _plain(document.text[block.start : block.end])
        for block in document.blocks
        if block.kind is BlockKind.CAPTION
    )


def _plain(text: str) -> str:
    return " ".join(text.lower().split()).rstrip(".")


def _fault(image: Image, captions: frozenset[str]) -> Draft | None:
    alt = " ".join((image.alt or "").split())
    if image.alt is None:
        return _draft(image, "alt_missing", Severity.WARNING, "This image has no alt attribute.")
    if not alt:
        return None  # an empty text marks a decoration on purpose
    if FILE_NAME.fullmatch(alt) or CAMERA_NAME.fullmatch(alt):
        message = f"“{alt[:80]}” is a file name, not a description."
        return _draft(image, "alt_is_file_name", Severity.WARNING, message)
    if _plain(alt) in captions:
        message = "The alternative text repeats the caption; listeners hear it twice."
        return _draft(image, "alt_repeats_caption", Severity.SUGGESTION, message)
    if OPENINGS.match(alt):
        message = "Readers know that it is an image; describe what it shows."
        return _draft(image, "alt_says_image", Severity.SUGGESTION, message)
    if len(alt) > MAX_ALT_CHARACTERS:
        message = f"The alternative text has {len(alt)} characters; keep it to one sentence."
        return _draft(image, "alt_too_long", Severity.SUGGESTION, message)
    return None


def _draft(image: Image, name: str, severity: Severity, message: str) -> Draft:
    return Draft(
        id=f"images.{name}",
        severity=severity,
        message=message,
        params={"src": image.src[:200]},
        source=image.source,
    )


def _skip_reason(task: Task) -> str | None:
    return None if task.document.images else "no_images"


ANALYZER = Analyzer(
    id="images",
    version=2,
    category=Category.SEO,
    title="Images",
    measure=measure,
    skip_reason=_skip_reason,
)
