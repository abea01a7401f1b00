"""Why does the service not start?"""


class LaunchRefusedError(Exception):
    """One sentence that says what is wrong and what to do about it."""
