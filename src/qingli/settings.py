"""Django's settings, made from typed values of the environment (see `Values`)."""

import sys
from pathlib import Path
from typing import Any, Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from qingli.lib.sqlite import use_current_sqlite

use_current_sqlite()  # before Django loads the database backend

import dj_database_url  # noqa: E402 - the SQLite that Django sees must be swapped in first
from csp.constants import NONE, SELF  # noqa: E402

from qingli.lib import logs, secret  # noqa: E402


class Values(BaseSettings):
    """What an administrator may set, each as QINGLI_NAME in the environment."""

    model_config = SettingsConfigDict(env_prefix="QINGLI_", extra="ignore")

    home: Path = Path("var")
    database_url: str = Field(default="", validation_alias="DATABASE_URL")
    hosts: str = "localhost,127.0.0.1,[::1]"
    https: bool = False
    proxy: bool = False
    debug: bool = False
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    time_zone: str = "Asia/Shanghai"
    catalogue: Path | None = None


VALUES = Values()
HOME = VALUES.home.resolve()
PACKAGE = Path(__file__).parent

# The rooms with tables, from the ground up: knowledge flows upwards only.
ROOMS = ("archive", "ground", "ledger", "board", "plan", "work", "proof", "title")

DEBUG = VALUES.debug
SECRET_KEY = secret.load(HOME / "secret")
ALLOWED_HOSTS = [host.strip() for host in VALUES.hosts.split(",")]
# Sums over many communities, which the worker counts ahead; see insight.kept.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "figures": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": HOME / "figures"},
}
ROOT_URLCONF = "qingli.urls"
WSGI_APPLICATION = "qingli.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "csp",
    "axes",
    "qingli.lib.jobs",
    *(f"qingli.{room}" for room in ROOMS),
    "qingli.web",
    "qingli.desk",
    "qingli.public",
]
MIDDLEWARE = [
    "qingli.web.middleware.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "qingli.web.limits.VisitEnd",
    "django.middleware.locale.LocaleMiddleware",
    "qingli.web.limits.BodyLimit",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "qingli.web.context.everywhere",
            ]
        },
    }
]

DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(
        VALUES.database_url or f"sqlite:///{HOME / 'qingli.sqlite3'}",
        engine=None if VALUES.database_url else "qingli.lib.sqlite",
        conn_max_age=600,
        conn_health_checks=bool(VALUES.database_url),
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["ENGINE"] = "qingli.lib.sqlite"
if DATABASES["default"]["ENGINE"] == "qingli.lib.sqlite":
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "ground.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",  # memory-hard, and quick to check
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "web:sign-in"
LOGIN_REDIRECT_URL = "desk:today"
LOGOUT_REDIRECT_URL = "public:first"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "qingli.ground.queries.askers.counted_name"
AXES_CLIENT_IP_CALLABLE = "qingli.ground.queries.askers.counted_address"
AXES_DISABLE_ACCESS_LOG = True  # nobody's comings and goings are kept
AXES_LOCKOUT_TEMPLATE = "web/locked.html"
AXES_VERBOSE = False
BEHIND_PROXY = VALUES.proxy
SESSION_COOKIE_AGE = 12 * 3600  # a visit ends after this in any case, and sooner where nobody does anything
SESSION_IDLE_AGE = 2 * 3600  # long enough for a form that is filled in between telephone calls
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = VALUES.https
SECURE_HSTS_SECONDS = 30 * 24 * 3600 if VALUES.https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if VALUES.proxy else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "img-src": [SELF, "data:"],
    }
}

USE_I18N = True
USE_TZ = True
TIME_ZONE = VALUES.time_zone
LANGUAGE_CODE = "zh-hant"
LANGUAGES = [("zh-hant", "繁體中文"), ("zh-hans", "简体中文"), ("en", "English")]
# Every room's messages, also those of rooms that Django does not know as apps.
LOCALE_PATHS = sorted(PACKAGE.glob("*/locale"))
LANGUAGE_COOKIE_NAME = "qingli_language"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
FILES_ROOT = HOME / "files"
CATALOGUE = VALUES.catalogue
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
BODY_LIMIT = 60 * 1024 * 1024  # a request with its files, which go to disk as they come in
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024  # a form without its files: a million characters as a form sends them
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
TESTING = "pytest" in sys.modules
LOGGING = logs.config(VALUES.log_level)
LOGGING_CONFIG = "logging.config.dictConfig"
