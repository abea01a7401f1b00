"""How much memory does a worker need, and does it grow over ten thousand documents?

    python -m bench.engine_memory                    10,000 documents in each profile with a goal
    python -m bench.engine_memory --profile standard
    python -m bench.engine_memory --profile deep --documents 2000

The documents are all different, of 100 to 3,000 words, one in five of them HTML. What is told is
the resident memory of a process for each profile, which imports what a worker's engine imports.
"""

import argparse
import random
import resource
import subprocess
import sys
import time
from pathlib import Path

import psutil

from analysis.engine import AnalysisRequest, Format, Meta, analyze
from analysis.engine.profiles import PROFILES

SENTENCES = Path(__file__).parents[1] / "tests/analysis/engine/data/passive_gold.txt"
GOALS_MB = {"standard": 120, "deep": 280}
STEPS = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--profile", choices=PROFILES, help="all with a goal unless told")
    arguments = parser.parse_args()
    if arguments.profile:
        measure(arguments.profile, arguments.documents)
    else:
        for profile in GOALS_MB:
            print(f"\n{profile}", flush=True)
            options = ["--profile", profile, "--documents", str(arguments.documents)]
            subprocess.run([sys.executable, "-m", "bench.engine_memory", *options], check=True)


def measure(profile: str, count: int) -> None:
    documents = Documents(random.Random(20261123), profile)
    process, started, words = psutil.Process(), time.process_time(), 0
    print(f"{'documents':>10}  {'resident':>9}")
    figures = []
    for number in range(1, count + 1):
        report = analyze(documents.new(number), deadline_seconds=60)
        report.to_json()
        words += int(report.sections["statistics"].metrics["words"])
        if number % (count // STEPS) == 0:
            figures.append(process.memory_info().rss / 1e6)
            print(f"{number:>10,}  {figures[-1]:6.1f} MB", flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    growth = figures[-1] - figures[len(figures) // 2]
    print(f"peak {peak:.1f} MB, grown by {growth:+.1f} MB in the second half")
    seconds = time.process_time() - started
    print(f"{words:,} words, {1e6 * seconds / words:.1f} ms / 1,000 words")
    goal = GOALS_MB.get(profile)
    print(f"the goal is {goal} MB: {'reached' if goal and peak <= goal else 'missed'}")


class Documents:
    """Sentences of our own tests, with names and numbers that no other document has."""

    def __init__(self, chooser: random.Random, profile: str) -> None:
        lines = SENTENCES.read_text().splitlines()
        self._pool = [line[2:] for line in lines if line[:1] in ("0", "1")]
        self._chooser = chooser
        self._profile = profile

    def new(self, number: int) -> AnalysisRequest:
        paragraphs = [self._paragraph(number) for _ in range(self._chooser.randint(2, 60))]
        is_html = number % 5 == 0
        shape = "<h2>Part {0}</h2><p>{1}</p>\n" if is_html else "## Part {0}\n\n{1}\n\n"
        source = "".join(shape.format(i, text) for i, text in enumerate(paragraphs))
        form = Format.HTML if is_html else Format.MARKDOWN
        meta = Meta(keyphrase=f"harbour {number}", title=f"Harbour {number}", slug=f"h-{number}")
        return AnalysisRequest(source, form, "en", self._profile, meta)

    def _paragraph(self, number: int) -> str:
        sentences = [self._chooser.choice(self._pool) for _ in range(4)]
        name = "".join(self._chooser.choices("abcdefghijklmnoprstuvw", k=7))
        return " ".join([*sentences, f"Mx {name.title()} of number {number} saw {name}ing."])


if __name__ == "__main__":
    main()
