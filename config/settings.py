"""All settings; what differs between machines comes from the environment through config.env."""

from pathlib import Path
from typing import Any

from config import env

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.text("DATA_DIR", str(BASE_DIR / "var")))
DATA_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = env.flag("DEBUG")
SECRET_KEY = env.secret("SECRET_KEY", DATA_DIR / "secret_key")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "crispy_forms",
    "django_filters",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "heroicons",
    "import_export",
    "simple_history",
    "kit",
    "journal",
    "directory",
    "roadmaps",
    "reminders",
    "reports",
    "portal",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kit.content_policy.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "directory.middleware.SignedInMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "directory.middleware.ActingMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "directory.middleware.SecondStepMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "config.context.shell",
                "reminders.context.bell",
            ],
            "builtins": ["kit.templatetags.ui"],
        },
    },
]

SQLITE: dict[str, Any] = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": DATA_DIR / "portal.sqlite3",
    # Writers queue instead of failing: a write lock from the first statement, a journal that readers do not wait for.
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    },
}
DATABASES = {"default": env.database("DATABASE_URL") or SQLITE}
DATABASES["default"].setdefault("CONN_MAX_AGE", 60)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "directory.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "directory.backends.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "directory:signin"
LOGIN_REDIRECT_URL = "reminders:agenda"
LOGOUT_REDIRECT_URL = "directory:signin"

# Ten wrong passwords for one account close it for a quarter of an hour, from whatever address they come.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25
# Counted from the tenth: tries at a closed door would else keep it closed for as long as a stranger likes.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_PARAMETERS = ["username"]
# Its owner still gets in from a browser where he or she has signed in before.
AXES_WHITELIST_CALLABLE = "directory.lockout.is_known"
# Django's own form and ours call the e-mail so; without it axes looks for "email", finds nothing and counts nothing.
AXES_USERNAME_FORM_FIELD = "username"
AXES_LOCKOUT_TEMPLATE = "directory/signin_locked.html"
# Counting by account alone is meant: whoever changes addresses gets no more tries.
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False

SESSION_ENGINE = "directory.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * env.number("SESSION_DAYS", 7)
SESSION_SILENCE_HOURS = env.number("SESSION_SILENCE_HOURS", 12)
SESSION_COOKIE_SAMESITE = "Lax"
# Forms and htmx take the token from the page.
CSRF_COOKIE_HTTPONLY = True
HTTPS = env.flag("HTTPS")
# The balancer asks from inside, over plain HTTP.
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("BEHIND_PROXY") else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"

SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
    "manifest-src": ["'self'"],
}

# Letters, calendars and the codes on papers lead back here.
SITE_URL = env.text("SITE_URL", f"http://localhost:{env.number('PORT', 8000)}").rstrip("/")

LETTERS_DIR = DATA_DIR / "letters"
# Without a mail server letters are laid into a folder, a file each; «Исходящие» shows them all the same.
vars().update(env.mail("EMAIL_URL") or {"EMAIL_BACKEND": "reminders.folder.EmailBackend"})
# A server that says nothing for this many seconds counts as down.
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("EMAIL_FROM", "Методический портал <portal@localhost>")

LANGUAGE_CODE = "ru"
TIME_ZONE = env.text("TIME_ZONE", "Asia/Yekaterinburg")

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
# Screen fonts are cut from the font packages by `manage.py build_fonts`.
BUILT_STATIC_DIR = DATA_DIR / "static-built"
BUILT_STATIC_DIR.mkdir(exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static", BUILT_STATIC_DIR]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "kit.staticfiles.PortalStaticFilesStorage"},
}
MEDIA_ROOT = DATA_DIR / "media"
FILE_UPLOAD_PERMISSIONS = 0o640
# A form field is a text of a document at most; files go their own way and are bounded where they are checked.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20

CRISPY_ALLOWED_TEMPLATE_PACKS = ["portal"]
CRISPY_TEMPLATE_PACK = "portal"
CRISPY_FAIL_SILENTLY = False
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True

REDIS_URL = env.text("REDIS_URL")
CELERY_DIR = DATA_DIR / "queue"
CELERY_BROKER_URL = REDIS_URL or "filesystem://"
if not REDIS_URL:
    # The embedded broker only wakes the worker; what must not be lost stands in the database.
    CELERY_DIR.mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(CELERY_DIR),
        "data_folder_out": str(CELERY_DIR),
        "control_folder": str(CELERY_DIR / "control"),
        "store_processed": False,
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "timetable")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
    # Axes and pikepdf tell of their start in every process, fontTools of every table, WeasyPrint of every page and of
    # every letter without a face, typed by a person as it is.
    "loggers": {
        **{name: {"level": "WARNING"} for name in ("axes", "fontTools", "pikepdf", "weasyprint.progress")},
        "weasyprint": {"level": "ERROR"},
    },
}
