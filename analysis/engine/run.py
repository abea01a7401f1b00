"""How does a request become a report?"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace

from analysis.engine.analyzers.analyzer import Analyzer, Draft, Outcome, Task
from analysis.engine.analyzers.register import ANALYZERS, BY_ID
from analysis.engine.collector import collector_resting
from analysis.engine.deadline import Clock, Deadline, OutOfTimeError
from analysis.engine.document.document import Document
from analysis.engine.document.parse import parse
from analysis.engine.errors import ContentTooLong, UnknownAnalyzer
from analysis.engine.findings import FindingWriter, groups_of, weight_of
from analysis.engine.offsets import in_unit
from analysis.engine.options import Options
from analysis.engine.profiles import Profile, profile_named
from analysis.engine.report import SCHEMA, Report, Section, Status, TopFix
from analysis.engine.request import MAX_WORDS, AnalysisRequest, check_budget
from analysis.engine.scoring import combine, order_fixes, rate
from analysis.engine.signature import ENGINE, content_hash


@dataclass(frozen=True, slots=True)
class Timed:
    """A report and, apart from it, what would break its determinism or is no part of it."""

    report: Report
    document: Document
    seconds: Mapping[str, float]  # by section, and `parse`


@dataclass(frozen=True, slots=True)
class Run:
    """What came of one analyzer."""

    analyzer: Analyzer
    status: Status
    reason: str | None
    outcome: Outcome
    ignored: int = 0


def analyze(
    request: AnalysisRequest,
    *,
    clock: Clock = time.thread_time,
    deadline_seconds: float | None = None,
) -> Report:
    return analyze_timed(request, clock=clock, deadline_seconds=deadline_seconds).report


@collector_resting()
def analyze_timed(
    request: AnalysisRequest,
    *,
    clock: Clock = time.thread_time,
    deadline_seconds: float | None = None,
) -> Timed:
    """Raises an EngineError for a request that cannot be analysed; nothing else stops it.

    Without `deadline_seconds` the soft deadline is that of the profile. Time is the processor's,
    not the wall's: a machine with much to do must not cut reports that others will be given too.
    """
    profile = profile_named(request.profile)
    chosen = chosen_analyzers(profile, request.options)
    check_budget(request)
    started = clock()
    document = parse(request)
    if len(document.words) > MAX_WORDS:
        raise ContentTooLong(f"The content has more than {MAX_WORDS:,} words.")
    seconds = {"parse": clock() - started}
    allowed = profile.soft_deadline_seconds if deadline_seconds is None else deadline_seconds
    task = Task(document, request, profile, Deadline(clock, started + allowed))
    runs = []
    for analyzer in chosen:
        before = clock()
        runs.append(_run(analyzer, task))
        seconds[analyzer.id] = clock() - before
    report = _report(task, runs)
    in_wanted_unit = in_unit(report, request.source, request.options.offset_unit)
    return Timed(in_wanted_unit, document, seconds)


def chosen_analyzers(profile: Profile, options: Options) -> list[Analyzer]:
    """Those that are included by name, else those of the profile; without the excluded ones."""
    for name in (*options.include, *options.exclude):
        if name not in BY_ID:
            raise UnknownAnalyzer(f"There is no analyzer {name!r}.")
    wanted = options.include or [a.id for a in ANALYZERS if profile.runs(a.id)]
    return [a for a in ANALYZERS if a.id in wanted and a.id not in options.exclude]


def _run(analyzer: Analyzer, task: Task) -> Run:
    """A failing analyzer costs its own section only."""
    try:
        reason = _skip_reason(analyzer, task)
        if reason:
            return Run(analyzer, Status.SKIPPED, reason, Outcome())
        task.deadline.tick()
        return Run(analyzer, Status.OK, None, analyzer.measure(task))
    except OutOfTimeError:
        return Run(analyzer, Status.TIMEOUT, "soft_deadline", Outcome())
    except Exception as error:  # noqa: BLE001 - one of the two boundaries that may catch all
        return Run(analyzer, Status.ERROR, type(error).__name__, Outcome())


def _skip_reason(analyzer: Analyzer, task: Task) -> str | None:
    if analyzer.languages is not None and task.document.language.code not in analyzer.languages:
        return "language_not_supported"
    return analyzer.skip_reason(task)


def _report(task: Task, runs: list[Run]) -> Report:
    sections, fixes = _sections(task, runs)
    failed = (Status.ERROR, Status.TIMEOUT)
    return Report(
        schema=SCHEMA,
        engine=ENGINE,
        profile=task.profile.name,
        content_hash=content_hash(task.request),
        language=task.document.language,
        scores=combine(sections.values(), task.profile.weights),
        sections=sections,
        top_fixes=order_fixes(fixes),
        complete=not any(section.status in failed for section in sections.values()),
    )


def _sections(task: Task, runs: list[Run]) -> tuple[dict[str, Section], list[TopFix]]:
    writer = FindingWriter(task.document, frozenset(task.request.options.ignore))
    runs = [_without_ignored(run, writer) for run in runs]
    sections: dict[str, Section] = {}
    fixes: list[TopFix] = []
    for run in runs:
        lost = _lost_points(run, runs, task.profile)
        sections[run.analyzer.id] = _section(run, writer, lost)
        fixes.extend(_fixes(run.analyzer.id, run.outcome.drafts, lost))
    return sections, fixes


def _without_ignored(run: Run, writer: FindingWriter) -> Run:
    """What the author has decided to ignore costs no points either."""
    visible = writer.visible(run.outcome.drafts)
    hidden = len(run.outcome.drafts) - len(visible)
    if not hidden:
        return run
    score = run.outcome.score
    if score is not None:
        share = weight_of(visible) / (weight_of(run.outcome.drafts) or 1.0)
        score = round(100.0 - (100.0 - score) * share, 1)
    outcome = replace(run.outcome, score=score, drafts=visible)
    return replace(run, outcome=outcome, ignored=hidden)


def _lost_points(run: Run, runs: list[Run], profile: Profile) -> float:
    """The points that the overall score would gain if this section were perfect."""
    if run.outcome.score is None:
        return 0.0
    total = sum(profile.weight(r.analyzer.id) for r in runs if r.outcome.score is not None)
    return (100.0 - run.outcome.score) * profile.weight(run.analyzer.id) / total


def _section(run: Run, writer: FindingWriter, lost_points: float) -> Section:
    analyzer, outcome = run.analyzer, run.outcome
    return Section(
        id=analyzer.id,
        version=analyzer.version,
        category=analyzer.category,
        title=analyzer.title,
        status=run.status,
        reason=run.reason,
        score=outcome.score,
        rating=rate(outcome.score),
        metrics=outcome.metrics,
        findings_total=len(outcome.drafts) + run.ignored,
        ignored=run.ignored,
        findings=writer.write(outcome.drafts, lost_points),
    )


def _fixes(section: str, drafts: list[Draft], lost_points: float) -> list[TopFix]:
    groups = groups_of(drafts)
    weight = sum(group.weight for group in groups.values())
    if not weight or lost_points <= 0:
        return []
    first = {draft.id: draft.message for draft in reversed(drafts)}
    return [
        TopFix(
            id=finding_id,
            section=section,
            count=group.count,
            points=round(lost_points * group.weight / weight, 2),
            message=first[finding_id],
        )
        for finding_id, group in groups.items()
        if group.weight
    ]
