"""Which report answers a request? Equal keys mean equal reports, byte for byte."""

from dataclasses import asdict
from hashlib import sha256
from typing import Any

import orjson

from analysis.engine.analyzers.register import ANALYZERS
from analysis.engine.options import Options
from analysis.engine.profiles import BY_NAME
from analysis.engine.report import SCHEMA
from analysis.engine.request import AnalysisRequest, utf8

ENGINE_VERSION = "1.2.0"


def _signature() -> str:
    analyzers = sorted(f"{analyzer.id}:{analyzer.version}" for analyzer in ANALYZERS)
    profiles = sorted(f"profile/{profile.name}:{profile.version}" for profile in BY_NAME.values())
    parts = (f"engine:{ENGINE_VERSION}", f"schema:{SCHEMA}", *analyzers, *profiles)
    return sha256("\n".join(parts).encode()).hexdigest()


ENGINE_SIGNATURE = _signature()
ENGINE = f"{ENGINE_VERSION}+{ENGINE_SIGNATURE[:12]}"


def report_key(request: AnalysisRequest) -> str:
    """Hashes the exact bytes: a normalised text would make the spans of its twin lie."""
    options = {
        "engine": ENGINE_SIGNATURE,
        "format": request.format,
        "profile": request.profile,
        "language": request.language,
        "meta": asdict(request.meta),
        "options": _canonical(request.options),
    }
    digest = sha256(orjson.dumps(options, option=orjson.OPT_SORT_KEYS))
    digest.update(b"\x00")
    digest.update(utf8(request.source))
    return digest.hexdigest()


def _canonical(options: Options) -> dict[str, Any]:
    """Sets have no order, so that the order in which they were sent makes no second report."""
    return {
        **asdict(options),
        "include": sorted(set(options.include)),
        "exclude": sorted(set(options.exclude)),
        "ignore": sorted(set(options.ignore)),
    }


def content_hash(request: AnalysisRequest) -> str:
    return sha256(utf8(request.source)).hexdigest()
