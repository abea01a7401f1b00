"""Is the content written in the language its author says?"""

from analysis.engine.analyzers.analyzer import Analyzer, Draft, Outcome, Task
from analysis.engine.document.language import detect
from analysis.engine.languages.register import facts_for
from analysis.engine.report import Category, Language, LanguageSource, Severity

SURE_FROM = 0.8


def measure(task: Task) -> Outcome:
    language = task.document.language
    detected = language
    if language.source is LanguageSource.DECLARED:
        detected = detect(task.document.text)
    return Outcome(
        metrics={
            "code": language.code,
            "name": facts_for(language.code).name,
            "source": str(language.source),
            "detected_code": detected.code,
            "detected_confidence": detected.confidence,
        },
        drafts=_mismatch(language, detected),
    )


def _mismatch(language: Language, detected: Language) -> list[Draft]:
    if not detected.code or detected.code == language.code or detected.confidence < SURE_FROM:
        return []
    declared, found = facts_for(language.code).name, facts_for(detected.code).name
    return [
        Draft(
            id="language.mismatch",
            severity=Severity.WARNING,
            message=f"The content is declared as {declared}, but reads like {found}.",
            params={"declared": language.code or "", "detected": detected.code},
        )
    ]


ANALYZER = Analyzer(
    id="language",
    version=1,
    category=Category.INFORMATION,
    title="Language",
    measure=measure,
)
