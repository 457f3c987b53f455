"""Every setting of the product, read top to bottom; `.env.example` lists what operators may set."""

import hashlib
import os
import secrets
import sys
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

import environ
from kombu import Exchange, Queue

from nutrition_site.environment import (
    Environment,
    parse_duration,
    refuse_to_start,
    require,
    require_choice,
    require_fernet_keys,
    require_networks,
    require_url,
)

BASE_DIR = Path(__file__).resolve().parent.parent
VERSION = "1.0.0"

env = Environment()
TESTING = "pytest" in sys.modules
COMMAND_LINE = Path(sys.argv[0]).name == "manage.py"
if not TESTING and (BASE_DIR / ".env").exists():
    environ.Env.read_env(BASE_DIR / ".env")

ENVIRONMENT = env("ENVIRONMENT", default="development")
# A misspelled "production" must not quietly be a development server.
require_choice("ENVIRONMENT", ENVIRONMENT, ("development", "production"))
PRODUCTION = ENVIRONMENT == "production"

# --- what must be there ---------------------------------------------------------------------------------------------
NUTRITION_AI_API_KEY = env("NUTRITION_AI_API_KEY", default="") or env("ANTHROPIC_API_KEY", default="")
NUTRITION_AI_API_SECRET = env("NUTRITION_AI_API_SECRET", default="")
DATABASE_URL = env("DATABASE_URL", default="")
REDIS_URL = env("REDIS_URL", default="")
JWT_SECRET = env("JWT_SECRET", default="")

# `collectstatic` and `check` in an image build have no secrets yet; they may not be asked for them.
BUILDING = env.bool("IMAGE_BUILD", default=False)
if PRODUCTION and not BUILDING:
    require(
        NUTRITION_AI_API_KEY=NUTRITION_AI_API_KEY,
        NUTRITION_AI_API_SECRET=NUTRITION_AI_API_SECRET,
        DATABASE_URL=DATABASE_URL,
        REDIS_URL=REDIS_URL,
        JWT_SECRET=JWT_SECRET,
    )
    if len(JWT_SECRET) < 32:
        refuse_to_start("JWT_SECRET must have at least 32 characters")
    if not DATABASE_URL.startswith(("postgres://", "postgresql://")):
        refuse_to_start("DATABASE_URL must name a PostgreSQL database in production")
if REDIS_URL:
    require_url("REDIS_URL", REDIS_URL, ("redis", "rediss", "unix"))
if DATABASE_URL.startswith(("postgres://", "postgresql://")):
    require_url("DATABASE_URL", DATABASE_URL, ("postgresql", "postgres"))

DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / "var")))
if not JWT_SECRET:
    secret_file = DATA_DIR / "jwt_secret"
    if secret_file.exists():
        JWT_SECRET = secret_file.read_text().strip()
    else:
        JWT_SECRET = secrets.token_urlsafe(48)
        if not BUILDING:
            DATA_DIR.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(secret_file, os.O_WRONLY | os.O_CREAT, 0o600)
            with os.fdopen(descriptor, "w") as handle:
                handle.write(JWT_SECRET)

SECRET_KEY = hashlib.sha512(b"athleat:django:" + JWT_SECRET.encode()).hexdigest()
FIELD_ENCRYPTION_KEYS = env.list("FIELD_ENCRYPTION_KEYS", default=[])
require_fernet_keys("FIELD_ENCRYPTION_KEYS", FIELD_ENCRYPTION_KEYS)

# --- process ----------------------------------------------------------------------------------------------------------
DEBUG = False
PORT = env.int("PORT", default=8080)
LOG_LEVEL = env("LOG_LEVEL", default="info").lower()
if LOG_LEVEL not in {"debug", "info", "warn", "error"}:
    refuse_to_start("LOG_LEVEL must be one of debug, info, warn, error")
if PRODUCTION and LOG_LEVEL == "debug" and not env.bool("LOG_LEVEL_DEBUG_OK", default=False):
    refuse_to_start("LOG_LEVEL=debug may log personal data; set LOG_LEVEL_DEBUG_OK=1 to allow it in production")
TLS_CERT_PATH = env("TLS_CERT_PATH", default="")
TLS_KEY_PATH = env("TLS_KEY_PATH", default="")
if bool(TLS_CERT_PATH) != bool(TLS_KEY_PATH):
    refuse_to_start("TLS_CERT_PATH and TLS_KEY_PATH go together: set both or neither")
TLS_HERE = bool(TLS_CERT_PATH)

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["*"])
ALLOWED_ORIGINS = env.list("ALLOWED_ORIGINS", default=["*"])
CORS_ALLOW_ALL_ORIGINS = "*" in ALLOWED_ORIGINS
CORS_ALLOWED_ORIGINS = [] if CORS_ALLOW_ALL_ORIGINS else ALLOWED_ORIGINS
CORS_URLS_REGEX = r"^/(v1|api|health|healthz|status)"
CORS_ALLOW_HEADERS = ["accept", "accept-language", "authorization", "content-type", "idempotency-key", "x-request-id"]
CORS_EXPOSE_HEADERS = [
    "X-Request-ID",
    "X-Process-Time",
    "Location",
    "Retry-After",
    "RateLimit-Limit",
    "RateLimit-Remaining",
    "RateLimit-Reset",
]
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])
METRICS_ALLOWED_NETWORKS = env.list(
    "METRICS_ALLOWED_NETWORKS",
    default=["127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"],
)
require_networks("TRUSTED_PROXIES", TRUSTED_PROXIES)
require_networks("METRICS_ALLOWED_NETWORKS", METRICS_ALLOWED_NETWORKS)

INSTALLED_APPS = [
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "corsheaders",
    "csp",
    "django_celery_beat",
    "django_htmx",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "rest_framework",
    "template_partials",
    "nutrition_site.kernel",
    "athletes",
    "planning",
    "advisor",
    "billing",
]

MIDDLEWARE = [
    "nutrition_site.languages.LanguageMiddleware",
    "nutrition_site.middleware.RequestContextMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "nutrition_site.health.HealthMiddleware",
    "nutrition_site.outage.DatabaseOutageMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "planning.services.constants_in_force.ConstantsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "nutrition_site.languages.AccountLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "nutrition_site.middleware.PageErrorMiddleware",
]

ROOT_URLCONF = "nutrition_site.urls"
WSGI_APPLICATION = "nutrition_site.wsgi.application"
APPEND_SLASH = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "nutrition_site.context.frame",
            ],
            "builtins": ["nutrition_site.templatetags.athleat", "planning.templatetags.catalogue_names"],
        },
    }
]

# --- data -------------------------------------------------------------------------------------------------------------
DB_POOL_SIZE = env.int("DB_POOL_SIZE", default=20)
DB_POOL_TIMEOUT = env.int("DB_POOL_TIMEOUT", default=30000)
DATABASE_REPLICA_URL = env("DATABASE_REPLICA_URL", default="")


def _postgres(url: str) -> dict:
    return {
        **environ.Env.db_url_config(url),
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"connect_timeout": 5}
        # A command has one connection, and a pool would wait for half a minute before it tells why there is none.
        if COMMAND_LINE
        else {
            "connect_timeout": 5,
            "pool": {"min_size": 1, "max_size": DB_POOL_SIZE, "timeout": DB_POOL_TIMEOUT / 1000},
        },
    }


if DATABASE_URL.startswith(("postgres://", "postgresql://")):
    DATABASES = {"default": _postgres(DATABASE_URL)}
    if DATABASE_REPLICA_URL:
        DATABASES["replica"] = _postgres(DATABASE_REPLICA_URL)
else:
    sqlite_path = DATABASE_URL.removeprefix("sqlite:///") if DATABASE_URL else str(DATA_DIR / "athleat.sqlite3")
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": sqlite_path,
            # Opening it takes as long as a small request; a file that was put in its place is seen within a minute.
            "CONN_MAX_AGE": 60,
            # In memory two threads of one test meet a locked table; a file behaves as in production.
            "TEST": {"NAME": str(DATA_DIR / "test.sqlite3")},
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON; "
                # A test database need not survive a power cut.
                f"PRAGMA synchronous={'OFF' if TESTING else 'NORMAL'};",
            },
        }
    }
    if not BUILDING:
        DATA_DIR.mkdir(parents=True, exist_ok=True)

if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "django_redis.cache.RedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": "athleat",
            # A cache that is away is a cache without the answer, not a failed request.
            "OPTIONS": {"SOCKET_CONNECT_TIMEOUT": 1, "SOCKET_TIMEOUT": 1, "IGNORE_EXCEPTIONS": True},
        }
    }
else:
    CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 20000}}
    }
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db" if REDIS_URL else "django.contrib.sessions.backends.db"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- work -------------------------------------------------------------------------------------------------------------
BROKER_DIR = DATA_DIR / "broker"
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 900, "socket_connect_timeout": 2, "socket_timeout": 5}
else:
    CELERY_BROKER_URL = "filesystem://localhost"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR / "messages"),
        "data_folder_out": str(BROKER_DIR / "messages"),
        "control_folder": str(BROKER_DIR / "control"),
        "store_processed": False,
    }
    if not BUILDING:
        for folder in ("messages", "control"):
            (BROKER_DIR / folder).mkdir(parents=True, exist_ok=True)
# A worker that is told nothing else takes from all of these, in turn: readings of calendars that pile up do not keep
# plans behind them. The keys are said because by default every queue would get what is for one.
CELERY_TASK_QUEUES = [Queue(name, Exchange(name), routing_key=name) for name in ("celery", "calendars")]
CELERY_TASK_ROUTES = {"athletes.tasks.read_due_calendars": {"queue": "calendars"}}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0.1}
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
DJANGO_CELERY_BEAT_TZ_AWARE = True
CALENDAR_SYNC_INTERVAL_SECONDS = env.int("CALENDAR_SYNC_INTERVAL_SECONDS", default=900)
CELERY_BEAT_SCHEDULE = {
    "dispatch due work": {"task": "nutrition_site.tasks.dispatch_due", "schedule": 10.0},
    "poll calendars": {"task": "athletes.tasks.poll_due_calendars", "schedule": 15.0},
    "follow training": {"task": "planning.tasks.follow_training", "schedule": 60.0},
    "renew and expire subscriptions": {"task": "billing.tasks.renew_and_expire", "schedule": 300.0},
    "write due mails": {"task": "planning.tasks.write_due_mails", "schedule": 300.0},
    "learn expenditure": {"task": "planning.tasks.learn_expenditure", "schedule": 3600.0},
    "tidy": {"task": "nutrition_site.tasks.tidy", "schedule": 3600.0},
    "delete unused conversations": {"task": "advisor.tasks.delete_unused", "schedule": 86400.0},
}
WORK_HANDLERS = {
    "calendar.sync": "athletes.tasks.sync_calendar_work",
    "plan.solve": "planning.tasks.solve_plan_work",
    "plan.follow": "planning.tasks.follow_plan_work",
    "constants.spread": "planning.tasks.spread_constants_work",
    "notice.mail": "athletes.tasks.mail_notice_work",
    "plan.mail": "planning.tasks.send_mail_work",
}
WORK_ABANDONED = {
    "plan.solve": "planning.tasks.abandon_plan_work",
    "plan.follow": "planning.tasks.abandon_follow_work",
    "notice.mail": "athletes.tasks.abandon_mail_work",
    "plan.mail": "athletes.tasks.abandon_mail_work",
}

# --- people -----------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "athletes.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/today"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_ADAPTER = "athletes.accounts.AccountAdapter"
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "10/15m/key", "signup": "60/h/ip"}
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
if TESTING:
    ACCOUNT_RATE_LIMITS = False

JWT_EXPIRES_IN = parse_duration(env("JWT_EXPIRES_IN", default="1h"), name="JWT_EXPIRES_IN")
REFRESH_EXPIRES_IN = parse_duration(env("REFRESH_EXPIRES_IN", default="30d"), name="REFRESH_EXPIRES_IN")
SIMPLE_JWT = {
    "SIGNING_KEY": JWT_SECRET,
    "ALGORITHM": "HS256",
    "ACCESS_TOKEN_LIFETIME": timedelta(seconds=JWT_EXPIRES_IN),
    "REFRESH_TOKEN_LIFETIME": timedelta(seconds=REFRESH_EXPIRES_IN),
    "USER_ID_FIELD": "id",
    "USER_ID_CLAIM": "sub",
    "ISSUER": "athleat",
    "AUDIENCE": "athleat",
    "UPDATE_LAST_LOGIN": False,
}

# --- API --------------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["athletes.authentication.BearerAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["nutrition_site.kernel.api.parsers.StrictJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "nutrition_site.kernel.api.exceptions.handle",
    "DEFAULT_PAGINATION_CLASS": None,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "COERCE_DECIMAL_TO_STRING": False,
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "AthlEAT",
    "DESCRIPTION": "Plans an athlete's food around each day's training.",
    "VERSION": VERSION,
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/v1",
    "ENUM_NAME_OVERRIDES": {
        "SlotEnum": "planning.optimizer.types.SLOTS",
        "EventTypeEnum": "athletes.models.TrainingEvent.Type",
        "LoadBasisEnum": "planning.services.load.BASES",
        "LabelBasisEnum": "planning.own.label.BASES",
    },
}
RATE_LIMIT_REQUESTS_PER_MINUTE = env.int("RATE_LIMIT_REQUESTS_PER_MINUTE", default=300)
RATE_LIMIT_PLANS_PER_WEEK = env.int("RATE_LIMIT_PLANS_PER_WEEK", default=20)
RATE_LIMIT_ADVISOR_PER_DAY = env.int("RATE_LIMIT_ADVISOR_PER_DAY", default=40)
RATE_LIMIT_ACCOUNTS_PER_HOUR = env.int("RATE_LIMIT_ACCOUNTS_PER_HOUR", default=60)
RATE_LIMIT_SIGN_IN_PER_MINUTE = env.int("RATE_LIMIT_SIGN_IN_PER_MINUTE", default=60)
RATE_LIMIT_FAILED_SIGN_INS = env.int("RATE_LIMIT_FAILED_SIGN_INS", default=10)
RATE_LIMIT_CALENDARS = env.int("RATE_LIMIT_CALENDARS", default=5)
RATE_LIMIT_STORAGE_URL = REDIS_URL or "memory://"
MAX_BODY_BYTES = env.int("MAX_BODY_BYTES", default=1_000_000)
DATA_UPLOAD_MAX_MEMORY_SIZE = MAX_BODY_BYTES
# Views that take files say so, and how much of them.
FILE_UPLOAD_HANDLERS = ["nutrition_site.kernel.api.file_parts.NoFiles"]
ENTITLEMENTS_RESOLVER = "billing.services.resolve_entitlements"

# --- outside services -------------------------------------------------------------------------------------------------
AI_BACKEND = env("AI_BACKEND", default="anthropic" if NUTRITION_AI_API_KEY else "builtin")
require_choice("AI_BACKEND", AI_BACKEND, ("anthropic", "builtin"))
AI_BASE_URL = env("AI_BASE_URL", default="")
if AI_BASE_URL:
    require_url("AI_BASE_URL", AI_BASE_URL, ("https", "http"))
AI_CONSENT_REQUIRED = env.bool(
    "AI_CONSENT_REQUIRED", default=urlsplit(AI_BASE_URL).hostname not in ("localhost", "127.0.0.1", "::1")
)
AI_MODEL = env("AI_MODEL", default="claude-sonnet-4-5")
AI_REQUEST_TIMEOUT_MS = env.int("AI_REQUEST_TIMEOUT_MS", default=30000)
AI_RETENTION_DAYS = env.int("AI_RETENTION_DAYS", default=0) or None
MAX_CONCURRENT_AI_REQUESTS = env.int("MAX_CONCURRENT_AI_REQUESTS", default=10)
AI_BREAKER_FAILURES = env.int("AI_BREAKER_FAILURES", default=5)
AI_BREAKER_SECONDS = env.int("AI_BREAKER_SECONDS", default=60)
# What AI_MODEL's default costs; another model has other prices. The cache's follow from the price of what is read.
AI_PRICE_INPUT_USD_PER_MTOK = env.decimal("AI_PRICE_INPUT_USD_PER_MTOK", default=Decimal(3))
AI_PRICE_OUTPUT_USD_PER_MTOK = env.decimal("AI_PRICE_OUTPUT_USD_PER_MTOK", default=Decimal(15))
AI_PRICE_CACHE_READ_USD_PER_MTOK = env.decimal(
    "AI_PRICE_CACHE_READ_USD_PER_MTOK", default=AI_PRICE_INPUT_USD_PER_MTOK / 10
)
AI_PRICE_CACHE_WRITE_USD_PER_MTOK = env.decimal(
    "AI_PRICE_CACHE_WRITE_USD_PER_MTOK", default=AI_PRICE_INPUT_USD_PER_MTOK * 5 / 4
)
# None: no cap.
AI_MONTHLY_CAP_ACCOUNT_USD = env.decimal("AI_MONTHLY_CAP_ACCOUNT_USD", default=None)
AI_MONTHLY_CAP_INSTANCE_USD = env.decimal("AI_MONTHLY_CAP_INSTANCE_USD", default=None)
# So long a process may go on with the constants it knows before it asks for changed ones. 0, for measuring and tests:
# never, not at its start either.
CONSTANTS_SECONDS = env.int("CONSTANTS_SECONDS", default=5)
SHOPPING_LIST_CACHE_TTL_SECONDS = env.int("SHOPPING_LIST_CACHE_TTL_SECONDS", default=3600)
CALENDAR_ALLOW_PRIVATE_HOSTS = env.bool("CALENDAR_ALLOW_PRIVATE_HOSTS", default=not PRODUCTION)
CALENDAR_SYNC_HORIZON_DAYS = env.int("CALENDAR_SYNC_HORIZON_DAYS", default=400)
# Questions that one host is asked at the same time, where the usual number is not right.
CALENDAR_HOST_LIMITS = env.numbers("CALENDAR_HOST_LIMITS")
CALENDAR_PROVIDERS = {
    "ical": "athletes.calendars.ical.IcalProvider",
    "google_calendar": "athletes.calendars.google.GoogleCalendarProvider",
    "caldav": "athletes.calendars.caldav.CaldavProvider",
    "intervals_icu": "athletes.calendars.intervals.IntervalsProvider",
}
# What a provider is told by the operator; a missing entry is an empty one.
CALENDAR_PROVIDER_OPTIONS = {
    "google_calendar": {
        "base_url": env("GOOGLE_API_BASE_URL", default="https://www.googleapis.com/calendar/v3"),
        "auth_url": env("GOOGLE_AUTH_URL", default="https://accounts.google.com/o/oauth2/v2/auth"),
        "token_url": env("GOOGLE_TOKEN_URL", default="https://oauth2.googleapis.com/token"),
        "client_id": env("GOOGLE_CLIENT_ID", default=""),
        "client_secret": env("GOOGLE_CLIENT_SECRET", default=""),
    },
    "intervals_icu": {"base_url": env("INTERVALS_ICU_BASE_URL", default="https://intervals.icu/api/v1")},
}
PAYMENT_GATEWAYS = {"offline": "billing.gateways.offline.OfflineGateway"}
PAYMENT_GATEWAY = env("PAYMENT_GATEWAY", default="offline")
require_choice("PAYMENT_GATEWAY", PAYMENT_GATEWAY, PAYMENT_GATEWAYS)
SENTRY_DSN = env("SENTRY_DSN", default="")
SMTP_HOST = env("SMTP_HOST", default="")
SMTP_PORT = env.int("SMTP_PORT", default=587)
SMTP_USER = env("SMTP_USER", default="")
SMTP_PASSWORD = env("SMTP_PASSWORD", default="")
SMTP_TLS = env.bool("SMTP_TLS", default=True)
DEFAULT_FROM_EMAIL = env("SMTP_FROM", default="AthlEAT <no-reply@localhost>")
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if SMTP_HOST else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = str(DATA_DIR / "mail")
EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = SMTP_HOST, SMTP_PORT, SMTP_USER, SMTP_PASSWORD
EMAIL_USE_TLS = SMTP_TLS
EMAIL_TIMEOUT = 10
# Where people reach the product: links in mails begin with it, because a worker has no request to tell it.
PUBLIC_URL = env("PUBLIC_URL", default=CSRF_TRUSTED_ORIGINS[0] if CSRF_TRUSTED_ORIGINS else f"http://localhost:{PORT}")
SEED_DEMO = env.bool("SEED_DEMO", default=not PRODUCTION)

# --- words, time, files -----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("sr-latn", "Srpski"), ("sr", "Српски"), ("he", "עברית")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
FORMAT_MODULE_PATH = "nutrition_site.formats"
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles" if PRODUCTION else DATA_DIR / "staticfiles"
if not PRODUCTION:
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns about a missing folder in every test
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
MEDIA_ROOT = DATA_DIR / "media"

# --- safety -----------------------------------------------------------------------------------------------------------
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = False  # RequestContextMiddleware redirects only with TLS here or behind a trusted proxy.
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = ["security.W008"]
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/admin"],
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "font-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    },
}

# --- logs -------------------------------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "request": {"()": "nutrition_site.logs.RequestIdFilter"},
        "route": {"()": "nutrition_site.logs.RouteFilter"},
    },
    "formatters": {"json": {"()": "nutrition_site.logs.JsonFormatter"}},
    "handlers": {
        "stdout": {
            "class": "logging.StreamHandler",
            "formatter": "json",
            "filters": ["request", "route"],
            "stream": sys.stdout,
        }
    },
    "root": {"handlers": ["stdout"], "level": {"warn": "WARNING"}.get(LOG_LEVEL, LOG_LEVEL.upper())},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "ERROR"},
        "httpx": {"level": "WARNING"},
        "httpx2": {"level": "WARNING"},
        "httpcore": {"level": "WARNING"},
        "anthropic": {"level": "WARNING"},
    },
}

if SENTRY_DSN:
    from nutrition_site.sentry import start_sentry

    start_sentry(SENTRY_DSN, environment=ENVIRONMENT, release=VERSION)

UNFOLD = {
    "SITE_TITLE": "AthlEAT",
    "SITE_HEADER": "AthlEAT",
    "SITE_SYMBOL": "nutrition",
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": "nutrition_site.admin_dashboard.favicon"},
    ],
    "SHOW_HISTORY": True,
    "DASHBOARD_CALLBACK": "nutrition_site.admin_dashboard.fill_dashboard",
    "STYLES": ["nutrition_site.admin_dashboard.style"],
    "SIDEBAR": {"navigation": "nutrition_site.admin_dashboard.navigation"},
    # Searching all models at once would keep its results for minutes, also after an athlete has ended a link.
    "COMMAND": {"search_models": False, "show_history": False},
    "BORDER_RADIUS": "6px",
    "COLORS": {
        "base": {
            "50": "#f9f6ee",
            "100": "#f3efe4",
            "200": "#e2dbc9",
            "300": "#cfc7b2",
            "400": "#9a9484",
            "500": "#6f6c60",
            "600": "#555d54",
            "700": "#3a443d",
            "800": "#27322b",
            "900": "#18211c",
            "950": "#0f1512",
        },
        "primary": {
            "50": "#eef4ed",
            "100": "#dfeadd",
            "200": "#bdd8c5",
            "300": "#a4e0c1",
            "400": "#86d6ad",
            "500": "#5fb489",
            "600": "#1d5a42",
            "700": "#184b37",
            "800": "#123c2c",
            "900": "#1d3a2c",
            "950": "#0c1f16",
        },
    },
}
