"""How long are the slots in which counts are kept?"""

MINUTE_SECONDS = 60
TEN_MINUTES_SECONDS = 600
HOUR_SECONDS = 3600
SIX_HOURS_SECONDS = 21_600
DAY_SECONDS = 86_400

LADDER = (
    MINUTE_SECONDS,
    TEN_MINUTES_SECONDS,
    HOUR_SECONDS,
    SIX_HOURS_SECONDS,
    DAY_SECONDS,
)
"""Each is made from the one before."""
