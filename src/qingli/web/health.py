"""Whether the house is well, for whatever watches it. Strangers learn yes or no and nothing else."""

from datetime import timedelta

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from qingli.lib import clock, logs
from qingli.lib.jobs.regular import last_beat

SILENCE = timedelta(minutes=5)  # a worker in the middle of a long job is silent for a while

log = logs.get("qingli.health")


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 `{"status": "ok"}` when the database answers and a worker has shown a sign of life; else 503."""
    fault = _fault()
    if fault:
        log.warning("unwell", fault=fault)
    return JsonResponse({"status": "failing" if fault else "ok"}, status=503 if fault else 200)


def _fault() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        beat = last_beat()
    except DatabaseError:
        return "database"
    if beat is None or clock.machine() - beat > SILENCE:
        return "worker"
    return ""
