"""Which kinds of jobs does the queue itself bring along?"""

PLAIN_TASK = "task"
"""An ordinary `async_task` of django-q2."""
