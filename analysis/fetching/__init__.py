"""How does an address that a client submitted become its text? A job fetches it, once.

    run_fetch(content=key)      the handler of the job

robots.txt is not asked: no crawler comes, but one person who asks for one page. We say who we are.
"""

from analysis.fetching.job import run_fetch

__all__ = ["run_fetch"]
