"""What does an application server call?"""

import os

from django.core.wsgi import get_wsgi_application

# Only a process that says so gets the connection pool: a pool that is forked hands the same
# sockets to every child, and django-q2 forks its workers.
os.environ.setdefault("PROCESS_ROLE", "web")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contentcreate.settings")

application = get_wsgi_application()
