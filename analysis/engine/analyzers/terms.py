"""Does the content hold the terms that its author wants, and as often as wanted?"""

from dataclasses import dataclass

from analysis.engine.analyzers.analyzer import Analyzer, Draft, Outcome, Task
from analysis.engine.analyzers.keyphrase_matches import Match, find_runs, keyphrase_of
from analysis.engine.options import Term
from analysis.engine.report import Category, Metric, Severity

GRADES = ((95, "A++"), (90, "A+"), (80, "A"), (70, "B"), (60, "C"), (50, "D"), (0, "F"))


@dataclass(frozen=True, slots=True)
class Found:
    term: Term
    count: int
    matches: list[Match]

    @property
    def coverage(self) -> float:
        """1 when the term occurs often enough and not too often, else the share of the way."""
        if self.count < self.term.minimum:
            return self.count / self.term.minimum
        if self.term.maximum is not None and self.count > self.term.maximum:
            return self.term.maximum / self.count
        return 1.0


def measure(task: Task) -> Outcome:
    found = [_search(task, term) for term in _terms(task)]
    percent = round(100 * sum(item.coverage for item in found) / len(found), 1)
    return Outcome(
        score=percent,
        metrics={
            "coverage_percent": percent,
            "grade": next(grade for least, grade in GRADES if percent >= least),
            "terms": [_metric(item) for item in found],
        },
        drafts=[_draft(item) for item in found if item.coverage < 1],
    )


def _terms(task: Task) -> list[Term]:
    return [term for term in task.request.options.terms if term.text.strip()]


def _search(task: Task, term: Term) -> Found:
    task.deadline.tick()
    document = task.document
    phrase = keyphrase_of(document, term.text)
    matches = find_runs(document, phrase) if phrase.words else []
    return Found(term, sum(match.count for match in matches), matches)


def _metric(found: Found) -> Metric:
    term = found.term
    return {
        "text": term.text,
        "count": found.count,
        "minimum": term.minimum,
        "maximum": term.maximum,
        "coverage": round(found.coverage, 3),
    }


def _draft(found: Found) -> Draft:
    term = found.term
    if found.count < term.minimum:
        name = "missing" if found.count == 0 else "too_rare"
        message = f"“{term.text}” occurs {found.count} times; {term.minimum} or more are wanted."
    else:
        name = "too_often"
        message = f"“{term.text}” occurs {found.count} times; {term.maximum} is the most wanted."
    spans = tuple(span for match in found.matches for span in match.spans)
    return Draft(
        id=f"terms.{name}",
        severity=Severity.SUGGESTION,
        message=message,
        params={"term": term.text, "count": found.count},
        spans=spans if name == "too_often" else (),
    )


def _skip_reason(task: Task) -> str | None:
    return None if _terms(task) else "no_terms"


ANALYZER = Analyzer(
    id="terms",
    version=3,
    category=Category.SEO,
    title="Wanted terms",
    measure=measure,
    skip_reason=_skip_reason,
)
