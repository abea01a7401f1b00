"""How fast is the engine, beside yoastseo on the same documents, and does it agree with others?

    python -m bench.engine                              ours alone, on generated prose
    python -m bench.engine --corpus FOLDER              ours on the articles of its manifest.json,
                                                        and agreement with FOLDER/reference
    python -m bench.engine --yoast PATH/node_modules    and the ratio to yoastseo, run through node

Times are processor time of one core, documents in memory, JSON included. Only ratios travel between
machines. yoastseo is GPL: it is a program to compare with, never a part of this project.

Where a reference is plainly wrong we differ on purpose. textstat ends a sentence at every full stop
(Mr., 1.5, an address), joins blocks without one to what follows, and drops all sentences of one or
two words. yoastseo counts headings, items and cells of one or two words as sentences, takes an
anchor that leads nowhere for a link, and knows no words or sentences of Chinese; its reading ease
ends a sentence at a line break inside a paragraph and counts code and quotations.
"""

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import time
from dataclasses import dataclass, replace
from pathlib import Path

import pyromark

from analysis.engine import AnalysisRequest, Format, Meta, analyze
from analysis.engine.proofreading import read_piece

ROOT = Path(__file__).parents[1]
SENTENCES = ROOT / "tests/analysis/engine/data"
FORMATS = {"md": Format.MARKDOWN, "html": Format.HTML, "txt": Format.TEXT}
ROUNDS = 5
GOAL_RATIOS = {"standard": 20, "deep": 2}
SAME_WORDS_PERCENT = 5
SAME_CHECKS = {
    "introductionKeyword": "keyphrase.introduction",
    "keyphraseLength": "keyphrase.length",
    "keyphraseDensity": "keyphrase.density",
    "metaDescriptionKeyword": "keyphrase.description",
    "subheadingsKeyword": "keyphrase.subheadings",
    "textCompetingLinks": "keyphrase.links",
    "imageKeyphrase": "keyphrase.images",
    "keyphraseInSEOTitle": "keyphrase.title",
    "slugKeyword": "keyphrase.slug",
    "metaDescriptionLength": "seo_basics.description_length",
    "images": "seo_basics.images",
    "textLength": "seo_basics.length",
    "externalLinks": "seo_basics.external_links",
    "internalLinks": "seo_basics.internal_links",
    "titleWidth": "seo_basics.title_width",
    "singleH1": "seo_basics.single_h1",
}


@dataclass(frozen=True)
class Article:
    id: str
    request: AnalysisRequest
    reference: Path | None = None

    @property
    def html(self) -> str:
        source = self.request.source
        if self.request.format is Format.HTML:
            return source
        return pyromark.html(source)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, help="a folder with manifest.json")
    parser.add_argument("--yoast", type=Path, help="a node_modules folder that holds yoastseo")
    parser.add_argument("--profile", default="standard")
    arguments = parser.parse_args()
    articles = (
        corpus(arguments.corpus, arguments.profile)
        if arguments.corpus
        else generated(arguments.profile)
    )
    words = {article.id: words_of(article) for article in articles}
    ours = per_thousand(time_ours(articles), words)
    report("ours", ours)
    if arguments.yoast:
        compare_speed(articles, words, ours, arguments.yoast)
    if arguments.corpus:
        compare_answers(articles)
        compare_ratings(articles)


def generated(profile: str, *, count: int = 10, sentences: int = 110) -> list[Article]:
    """Articles of about a thousand words from the sentences of our own tests, always the same."""
    lines = (SENTENCES / "passive_gold.txt").read_text().splitlines()
    pool = [line[2:] for line in lines if line[:1] in ("0", "1")]
    chooser = random.Random(20261123)
    articles = []
    for number in range(count):
        chosen = [chooser.choice(pool) for _ in range(sentences)]
        paragraphs = [" ".join(chosen[i : i + 5]) for i in range(0, sentences, 5)]
        parts = [f"## Part {i + 1}\n\n{text}" for i, text in enumerate(paragraphs)]
        meta = Meta("the harbour", "The harbour and its people", "A short description.", "harbour")
        request = AnalysisRequest("\n\n".join(parts), Format.MARKDOWN, "en", profile, meta)
        articles.append(Article(f"generated-{number}", request))
    return articles


def corpus(folder: Path, profile: str) -> list[Article]:
    articles = []
    for entry in json.loads((folder / "manifest.json").read_text()):
        if entry["lang"] != "en":
            continue
        texts = {key: entry.get(key) or "" for key in ("keyphrase", "title", "description", "slug")}
        texts["url"] = entry.get("permalink") or ""
        source = (folder / entry["file"]).read_text()
        request = AnalysisRequest(source, FORMATS[entry["format"]], "en", profile, Meta(**texts))
        articles.append(Article(entry["id"], request, folder / "reference"))
    return articles


def words_of(article: Article) -> int:
    return int(analyze(article.request).sections["statistics"].metrics["words"])


def time_ours(articles: list[Article]) -> dict[str, float]:
    """The median processor time of each document, in ms; rounds go over all documents."""
    times: dict[str, list[float]] = {article.id: [] for article in articles}
    for _ in range(ROUNDS):
        read_piece.cache_clear()  # or the proofreader would be asked only once
        for article in articles:
            started = time.process_time()
            analyze(article.request, deadline_seconds=60).to_json()
            times[article.id].append((time.process_time() - started) * 1000)
    return {name: statistics.median(found) for name, found in times.items()}


def time_yoast(articles: list[Article], modules: Path) -> dict[str, float]:
    documents = [
        {
            "id": article.id,
            "html": article.html,
            "keyphrase": article.request.meta.keyphrase,
            "title": article.request.meta.title,
            "description": article.request.meta.description,
            "slug": article.request.meta.slug,
        }
        for article in articles
    ]
    node = shutil.which("node")
    if node is None:
        raise SystemExit("node is not installed; leave --yoast out.")
    done = subprocess.run(
        [node, str(ROOT / "bench/peers/yoastseo.cjs")],
        input=json.dumps(documents).encode(),
        capture_output=True,
        check=True,
        env={**os.environ, "NODE_PATH": str(modules)},
        timeout=600,
    )
    return {answer["id"]: answer["ms"] for answer in json.loads(done.stdout)}


def per_thousand(times: dict[str, float], words: dict[str, int]) -> dict[str, float]:
    return {name: 1000 * ms / words[name] for name, ms in times.items()}


def report(name: str, figures: dict[str, float]) -> None:
    values = sorted(figures.values())
    p95 = values[min(len(values) - 1, int(0.95 * len(values)))]
    print(f"{name:>10}: p50 {statistics.median(values):7.2f}   p95 {p95:7.2f}   ms / 1,000 words")


def compare_speed(
    articles: list[Article], words: dict[str, int], ours: dict[str, float], modules: Path
) -> None:
    theirs = per_thousand(time_yoast(articles, modules), words)
    report("yoastseo", theirs)
    ratio = statistics.median(theirs[name] / ours[name] for name in ours)
    goal = GOAL_RATIOS.get(articles[0].request.profile, 1)
    print(f"     ratio: {ratio:.1f}× (the goal is {goal}×, readability and SEO)")


def compare_answers(articles: list[Article]) -> None:
    """The median differences to the references, over the documents that have them."""
    differences: dict[str, list[float]] = {}
    for article in articles:
        for name, value in answers(article):
            differences.setdefault(name, []).append(value)
    for name, values in sorted(differences.items()):
        print(f"{name:>36}: median {statistics.median(values):6.2f}   worst {max(values):6.2f}")


def compare_ratings(articles: list[Article]) -> None:
    """How often good, ok or bad is the same; in the profile of yoastseo's steps and questions."""
    agreed: dict[str, list[bool]] = {}
    for article in articles:
        request = replace(article.request, profile="yoast-compat")
        sections = analyze(request).sections
        ours = {
            f"{name}.{check['id']}": check["rating"]
            for name in ("keyphrase", "seo_basics")
            for check in sections[name].metrics.get("checks", [])
        }
        for their_name, rating in yoast_ratings(article).items():
            our_name = SAME_CHECKS.get(their_name)
            if our_name in ours:
                agreed.setdefault(our_name, []).append(ours[our_name] == rating)
    for name, found in sorted(agreed.items()):
        print(f"{name:>36}: {sum(found)} of {len(found)} ratings are yoastseo's")


def yoast_ratings(article: Article) -> dict[str, str]:
    file = article.reference / f"{article.id}.yoast.json" if article.reference else None
    if file is None or not file.exists():
        return {}
    return {r["id"]: r["rating"] for r in json.loads(file.read_text())["seo"]["results"]}


def answers(article: Article) -> list[tuple[str, float]]:
    """textstat was given paragraphs, list items and headings, each ended by a full stop, without
    quotations, tables and code: only where its words are ours did both read the same text."""
    sections = analyze(article.request).sections
    counts, ease = sections["statistics"].metrics, sections["readability"].metrics
    mine = (counts["words"], counts["sentences"], ease["flesch_reading_ease"])
    found = []
    for name, theirs in references(article):
        words, sentences = (100 * abs(mine[i] / theirs[i] - 1) for i in (0, 1))
        found += [
            (f"{name}, words %", words),
            (f"{name}, sentences %", sentences),
            (f"{name}, reading ease points", abs(mine[2] - theirs[2])),
        ]
        if words <= SAME_WORDS_PERCENT:
            found.append((f"{name}, sentences of the same text %", sentences))
    return found


def references(article: Article) -> list[tuple[str, tuple[float, float, float]]]:
    found = []
    if article.reference is None:
        return found
    yoast = article.reference / f"{article.id}.yoast.json"
    if yoast.exists():
        research = json.loads(yoast.read_text())["research"]
        ease = research["flesch"]["score"]
        found.append(("yoastseo", (research["words"], research["n_sentences"], ease)))
    textstat = article.reference / f"{article.id}.textstat.json"
    if textstat.exists():
        metrics = json.loads(textstat.read_text())["metrics"]
        names = ("lexicon_count", "sentence_count", "flesch_reading_ease")
        found.append(("textstat", tuple(metrics[name] for name in names)))
    return found


if __name__ == "__main__":
    main()
