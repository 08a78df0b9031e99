"""What gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

from harmony.look.characters import only_utf8

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "harmony.settings")
application = only_utf8(get_wsgi_application())
