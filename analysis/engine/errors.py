"""Why can a submission not be analysed at all?"""


class EngineError(ValueError):
    """The submission itself is at fault; the text of the error may be shown to its author."""


class ContentEmpty(EngineError):  # noqa: N818 - it names what the author did
    """There is nothing but white space."""


class ContentTooLong(EngineError):  # noqa: N818 - it names what the author did
    """A budget of bytes, words or metadata is exceeded."""


class ContentNotText(EngineError):  # noqa: N818 - it names what the author did
    """The string holds lone surrogates and so has no UTF-8 form."""


class UnknownProfile(EngineError):  # noqa: N818 - it names what the author did
    """No profile has that name."""


class UnknownAnalyzer(EngineError):  # noqa: N818 - it names what the author did
    """No analyzer has that id."""


class InvalidOption(EngineError):  # noqa: N818 - it names what the author did
    """An option is too large, or a pattern cannot be read."""
