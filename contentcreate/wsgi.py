"""What does an application server call?"""

import gc
import os
import sys
from importlib import import_module

from django.core.wsgi import get_wsgi_application

from ops import metrics
from ops.middleware.body_length import KnownLength

# Only a process that says so gets the connection pool: a pool that is forked hands the same
# sockets to every child, and django-q2 forks its workers.
os.environ.setdefault("PROCESS_ROLE", "web")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contentcreate.settings")

django_application = KnownLength(get_wsgi_application())

from django.conf import settings  # noqa: E402 - the door needs what the line above set up

from ops.overload.door import Door  # noqa: E402
from ops.overload.watch import watch  # noqa: E402

application = Door(django_application) if settings.OPS_GATE else django_application

# A thread that comes back from the database waits so long for one that computes: at the usual
# 5 ms, twenty queries of an important request would wait 100 ms for unimportant ones.
sys.setswitchinterval(0.0002)

# A process without requests still tells how it is, and watches over the others.
metrics.start()
if settings.OPS_GATE:
    watch.start()  # whose key is whose must be known before the first of them is shown

# What is loaded now stays until the process ends. The cycle collector need not look at it again
# and again: that took 150 ms each time, in the middle of somebody's request.
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
