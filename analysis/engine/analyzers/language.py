"""Is the content written in the language its author says?"""

from analysis.engine.analyzers.analyzer import Analyzer, Draft, Outcome, Task
from analysis.engine.document.language import detect
from analysis.engine.languages.register import UNKNOWN, facts_for
from analysis.engine.report import Category, Language, LanguageSource, Severity
from analysis.engine.wordlists import words

SURE_FROM = 0.8
# So much alike in writing that detection often takes one for the other.
SISTERS = (
    words("da no sv"),
    words("hr bs sr sh sl"),
    words("id ms"),
    words("cs sk"),
    words("es gl ca"),
    words("pt gl"),
    words("nl af"),
)


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
    if any({language.code, detected.code} <= sisters for sisters in SISTERS):
        return []
    declared, found = _named(language.code), _named(detected.code)
    return [
        Draft(
            id="language.mismatch",
            severity=Severity.WARNING,
            message=f"The content is declared as {declared}, but reads like {found}.",
            params={"declared": language.code or "", "detected": detected.code},
        )
    ]


def _named(code: str | None) -> str:
    name = facts_for(code).name
    return f"“{code}”" if name == UNKNOWN.name else name


ANALYZER = Analyzer(
    id="language",
    version=2,
    category=Category.INFORMATION,
    title="Language",
    measure=measure,
)
