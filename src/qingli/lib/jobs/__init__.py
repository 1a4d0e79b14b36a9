"""Background jobs: Django's Tasks interface on the database, made idempotent, leased, retried and scheduled."""
