"""The pages for residents, without an account."""
