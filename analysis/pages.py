"""Which pages does the service show to people who have no login?"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_control
from django.views.generic import TemplateView

from analysis import remote
from analysis.engine import PROFILES

_SITE = settings.BASE_DIR / "contentcreate" / "static" / "site"
# Modules import each other in chains; named at once, they come in one round trip.
MODULES = sorted(f"site/playground/{file.name}" for file in (_SITE / "playground").glob("*.js"))


@dataclass(frozen=True)
class Sample:
    """A text for visitors who have none at hand."""

    label: str
    file: str
    format: str
    keyphrase: str = ""
    title: str = ""
    description: str = ""

    @property
    def url(self) -> str:
        return static(f"site/samples/{self.file}")


SAMPLES = (
    Sample("a letter", "letter.txt", "text"),
    Sample(
        "a Markdown article",
        "article.md",
        "markdown",
        keyphrase="release notes",
        title="How to write release notes that people read",
        description="A guide for small teams: collect as you go, order by consequence, say what "
        "it costs. Twenty minutes per release.",
    ),
    Sample("an HTML page", "page.html", "html", keyphrase="slow puncture"),
)


@dataclass(frozen=True)
class ProfileChoice:
    """A profile as visitors choose it."""

    name: str
    label: str


_LABELS = {
    "standard": "an article",
    "deep": "an article, with spelling and grammar",
    "quick": "a draft, quickly",
    "docs": "documentation",
    "fiction": "a story",
    "yoast-compat": "an SEO plugin would",
}
PROFILE_CHOICES = [ProfileChoice(name, _LABELS.get(name, name)) for name in PROFILES]


@method_decorator(cache_control(public=True, max_age=60), name="dispatch")
class Playground(TemplateView):
    """Paste a text, see its report. The page is the same for everybody: an edge may keep it."""

    template_name = "analysis/playground.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            anonymous_max_chars=settings.ANALYSIS_ANONYMOUS_MAX_CHARS,
            origin=self.request.build_absolute_uri("/").rstrip("/"),
            modules=MODULES,
            offers_model=remote.is_offered(),
            profiles=PROFILE_CHOICES,
            samples=SAMPLES,
            **kwargs,
        )
