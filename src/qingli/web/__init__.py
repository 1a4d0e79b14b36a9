"""What the faces share: base templates, components, static files, sign-in, middleware."""
