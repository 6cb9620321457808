"""The WSGI application that every production server loads."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "boloboost.settings.production")

application = get_wsgi_application()
