"""What a web server loads."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingli.settings")

application = get_wsgi_application()

# What was loaded by now lives as long as the process: the collector need not walk over it again and again, which would
# stretch every twentieth answer to twice its time.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)
