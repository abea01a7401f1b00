"""Why is an analyzer left out? Reasons that several of them share; None when there is none."""

from analysis.engine.analyzers.analyzer import Task
from analysis.engine.proofreading import is_installed


def without_sentences(task: Task) -> str | None:
    return None if task.document.sentences else "no_sentences"


def without_spaced_words(task: Task) -> str | None:
    if not task.document.sentences:
        return "no_sentences"
    return None if task.document.facts.is_spaced else "language_not_supported"


def without_proofreader(task: Task) -> str | None:
    return without_sentences(task) if is_installed() else "proofreader_not_installed"
