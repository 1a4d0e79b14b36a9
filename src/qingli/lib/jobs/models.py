"""What Django's task table lacks: keys, leases, schedules, positions and heartbeats. No row here is about a person."""

from django.db import models


class JobKey(models.Model):
    """A key under which a job has been asked for; asking again with the same key does nothing."""

    key = models.CharField(max_length=200, primary_key=True)
    result_id = models.UUIDField()
    made_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("made_at",), name="jobkey_made_at"),)

    def __str__(self) -> str:
        return self.key


class Lease(models.Model):
    """Who runs a job, and until when that is believed without word from them."""

    result_id = models.UUIDField(primary_key=True)
    holder = models.UUIDField()
    until = models.DateTimeField()
    attempt = models.PositiveSmallIntegerField()
    held = models.BooleanField()

    class Meta:
        indexes = (models.Index(fields=("until",), condition=models.Q(held=True), name="lease_held_until"),)

    def __str__(self) -> str:
        return str(self.result_id)


class Schedule(models.Model):
    """When a regular job is due next."""

    name = models.CharField(max_length=100, primary_key=True)
    next_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Position(models.Model):
    """How far a reader of the journal has come: the last sequence it has dealt with."""

    name = models.CharField(max_length=100, primary_key=True)
    sequence = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class Heartbeat(models.Model):
    """A worker's last sign of life."""

    worker = models.CharField(max_length=100, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.worker
