"""The tables of the archive. Of the journal, rows are only ever inserted (database triggers forbid the rest)."""

from django.db import models

from qingli.archive.rules import Retention
from qingli.lib.ids import new_id


class Entry(models.Model):
    """One act: what was done to which object, by whom, when it happened and when it was learned."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    object_type = models.CharField(max_length=40)
    object_id = models.UUIDField()
    scope = models.CharField(max_length=200)
    actor = models.CharField(max_length=80)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    key = models.UUIDField()
    payload_hash = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("actor", "key"), name="entry_key_once_per_actor"),)
        indexes = (models.Index(fields=("object_type", "object_id", "recorded_at"), name="entry_object"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class Payload(models.Model):
    """What an entry says, beside it, so that it can be erased without breaking the chain of hashes."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="payload")
    salt = models.CharField(max_length=64, blank=True)
    body = models.JSONField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="payload_erased_whole",
                condition=models.Q(erased_at__isnull=True, body__isnull=False)
                | models.Q(erased_at__isnull=False, body__isnull=True, salt=""),
            ),
        )

    def __str__(self) -> str:
        return str(self.entry_id)


class Unsealed(models.Model):
    """An entry that waits for the sealer. A trigger puts it here in the transaction that enters it."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="+")

    def __str__(self) -> str:
        return str(self.entry_id)


class Batch(models.Model):
    """Entries sealed together: the Merkle root over them, chained to the batch before."""

    number = models.PositiveBigIntegerField(primary_key=True)
    first = models.PositiveBigIntegerField(unique=True)
    last = models.PositiveBigIntegerField(unique=True)
    root = models.CharField(max_length=64)
    chain = models.CharField(max_length=64, unique=True)
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(name="batch_in_order", condition=models.Q(last__gte=models.F("first"))),)
        indexes = (models.Index(fields=("sealed_at",), name="batch_sealed_at"),)

    def __str__(self) -> str:
        return f"{self.number}: {self.first}-{self.last}"


class Seal(models.Model):
    """The place of an entry in the journal: a sequence without gaps, counted from 1."""

    sequence = models.PositiveBigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="seal")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.sequence)


class Blob(models.Model):
    """The content of a file, kept once however often it is stored, under its SHA-256."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField()
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256


class File(models.Model):
    """A file that some object keeps: content, name, type, and how long it has to be kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    retention = models.CharField(max_length=20, choices=[(r.value, r.value) for r in Retention])
    scope = models.CharField(max_length=200)
    stored_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("retention", "stored_at"), name="file_retention"),)
        constraints = (
            models.CheckConstraint(
                name="file_retention_known", condition=models.Q(retention__in=[r.value for r in Retention])
            ),
        )

    def __str__(self) -> str:
        return self.name
