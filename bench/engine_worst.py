"""Does the engine stay linear on texts made to be slow? Fifteen of them, doubled, and at 2 MB.

    python -m bench.engine_worst

The ratio time(2n) / time(n) is measured where no budget cuts in (n is 100,000 bytes), without a
deadline; its goal is below 3. What a worker would spend on 2 MB, and on the largest text of each
kind that the budgets of words and markup let in, is measured with the deadline that it has; its
goal is 2 s. All in processor time of one core, the best of three.
"""

import argparse
import contextlib
import itertools
import time
from collections.abc import Callable, Iterator

from analysis.engine import AnalysisRequest, ContentTooLong, Format, analyze

ROUNDS = 3
GOAL_RATIO, GOAL_SECONDS = 3.0, 2.0
LARGEST = 2_000_000
NO_DEADLINE = 600.0

Case = tuple[Format, Callable[[int], str]]


def repeated(unit: str, before: str = "", after: str = "") -> Callable[[int], str]:
    def text(size: int) -> str:
        room = size - len(before.encode()) - len(after.encode())
        return before + unit * max(1, room // len(unit.encode())) + after

    return text


def numbered(pattern: str) -> Callable[[int], str]:
    """All different, so that nothing is remembered."""

    def text(size: int) -> str:
        def pieces() -> Iterator[str]:
            left = size
            for number in itertools.count():
                piece = pattern.format(n=number)
                left -= len(piece.encode())
                if left < 0:
                    return
                yield piece

        return "".join(pieces())

    return text


CASES: dict[str, Case] = {
    "nested quotes": (Format.MARKDOWN, repeated("> " * 50 + "bee\n")),
    "open brackets": (Format.MARKDOWN, repeated("[a](")),
    "unclosed emphasis": (Format.MARKDOWN, repeated("*a **b ")),
    "unclosed tags": (Format.HTML, repeated('<a "')),
    "deep divs": (Format.HTML, repeated("<div>bee ")),
    "open comments": (Format.HTML, repeated("<!-- bee <p>")),
    "broken entities": (Format.HTML, repeated("&ampamp&#xfffff")),
    "headings": (Format.MARKDOWN, numbered("# Bee {n}\n\n")),
    "links and images": (Format.MARKDOWN, numbered("[here](http://x.org/{n}) ![{n}](b.png)\n\n")),
    "full stops": (Format.TEXT, repeated("a. ")),
    "one word": (Format.TEXT, repeated("a")),
    "different words": (Format.TEXT, numbered("w{n}x ")),
    "repeated sentences": (Format.TEXT, repeated("The bee was seen by the keeper of the mill. ")),
    "quotes and dashes": (Format.TEXT, repeated("\"' -- “a” … ")),
    "card numbers": (Format.TEXT, repeated("4111 1111 1111 1112 ")),
}  # fmt: skip


def seconds_for(form: Format, text: str, *, deadline: float | None = NO_DEADLINE) -> float:
    """The best of a few; what a budget refuses has taken its time too."""
    return min(_once(AnalysisRequest(text, form, "en"), deadline) for _ in range(ROUNDS))


def _once(request: AnalysisRequest, deadline: float | None) -> float:
    started = time.process_time()
    with contextlib.suppress(ContentTooLong):
        analyze(request, deadline_seconds=deadline).to_json()
    return time.process_time() - started


def largest_let_in(form: Format, make: Callable[[int], str]) -> int:
    """In bytes, to a few percent."""
    low, high = 10_000, LARGEST
    while high - low > LARGEST // 50:
        middle = (low + high) // 2
        fits = is_let_in(AnalysisRequest(make(middle), form, "en"))
        low, high = (middle, high) if fits else (low, middle)
    return low


def is_let_in(request: AnalysisRequest) -> bool:
    try:
        analyze(request, deadline_seconds=-1.0)  # it ends as soon as the text is read
    except ContentTooLong:
        return False
    return True


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kilobytes", type=int, default=100, help="n of time(n)")
    parser.add_argument("--only", choices=CASES)
    arguments = parser.parse_args()
    size, missed = arguments.kilobytes * 1000, 0
    head = f"n = {size:,} bytes"
    print(f"{head:>20}  {'n':>8}  {'2n':>8}  ratio   {'at 2 MB':>8}   {'largest':>9} let in")
    for name, (form, make) in CASES.items():
        if arguments.only in (None, name):
            missed += _tell(name, form, make, size)
    print(f"{missed} of {len(CASES)} miss the goal.")


def _tell(name: str, form: Format, make: Callable[[int], str], size: int) -> bool:
    once, twice = (seconds_for(form, make(times * size)) for times in (1, 2))
    at_most = seconds_for(form, make(LARGEST), deadline=None)
    largest = largest_let_in(form, make)
    let_in = seconds_for(form, make(largest), deadline=None)
    missed = max(at_most, let_in) > GOAL_SECONDS or twice / once >= GOAL_RATIO
    print(
        f"{name:>20}  {once:7.3f}s  {twice:7.3f}s  {twice / once:4.2f}×  {at_most:8.3f}s"
        f"  {largest / 1000:6,.0f} kB  {let_in:6.3f}s{'  <- missed' if missed else ''}",
        flush=True,
    )
    return missed


if __name__ == "__main__":
    main()
