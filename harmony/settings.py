"""Every setting, from the environment; the embedded default (SQLite, files under var/) needs only what `make setup` writes."""

import json
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from harmony import logged, private

BASE = Path(__file__).resolve().parent.parent
env = environ.FileAwareEnv()  # SECRET_KEY_FILE=/run/secrets/… is read as SECRET_KEY
if (BASE / ".env").exists():
    env.read_env(BASE / ".env")
VAR = Path(env("HARMONY_VAR", default=str(BASE / "var")))  # what the embedded default writes
private.from_now_on(VAR)

# Production means other people's data behind HTTPS: secure cookies, no demo data, ever.
PRODUCTION = env.bool("PRODUCTION", False)
DEBUG = env.bool("DEBUG", False) and not PRODUCTION

SECRET_KEY = env("SECRET_KEY", default="")  # Django refuses to start on an empty one
# wraps every data key; see harmony/encryption/masters.py and docs/operations.md
MASTER_KEY_FILE = Path(env("MASTER_KEY_FILE", default=str(BASE / "master.keys")))
MASTER_KEYS = {}  # {"1": 64 hex digits} instead of the file: for tests

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"])
# what links in e-mails begin with: never the Host header, which whoever asks may choose
SITE_URL = env("SITE_URL", default=f"http://localhost:{env('PORT', default='8000')}").rstrip("/")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
ROOT_URLCONF = "harmony.urls"
WSGI_APPLICATION = "harmony.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English"))]
LOCALE_PATHS = [BASE / "locale"]
USE_TZ = True
TIME_ZONE = "Europe/London"

# lowest last: imports and foreign keys point down (pyproject.toml, tests/test_house.py)
OURS = [
    "harmony.home",
    "incidents",
    "consent",
    "policies",
    "platforms",
    "training",
    "harmony.retention",
    "harmony.documents",
    "harmony.notifications",
    "harmony.files",
    "harmony.people",
    "harmony.look",
    "harmony.organisation",
    "harmony.audit",
    "harmony.encryption",
]
INSTALLED_APPS = [
    *OURS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",  # its templates, so that ours may override them
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "guardian",
    "csp",
    "django_htmx",
]
MIDDLEWARE = [
    "harmony.look.middleware.numbered",
    "harmony.look.strangers.nobody_is_known",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "harmony.look.middleware.CompressedForStrangers",
    "harmony.look.middleware.private_pages",
    "harmony.people.session_store.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "harmony.look.middleware.clean_query",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "harmony.people.unfinished.keep",
    "harmony.people.once.answer_once",
    "harmony.audit.events.once_a_response",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "harmony.people.accounts.record_account_pages",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "harmony.people.idle.sign_out_in_time",
    "harmony.people.accounts.second_factor",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "harmony.look.context.organisation",
                "harmony.people.context.who_to_ring",
                "harmony.people.context.session_ends",
                "harmony.notifications.context.notices",
                "harmony.home.context.navigation",
                "harmony.home.context.footer",
                "harmony.home.context.colours",
                "harmony.people.unfinished.written_by",
                "harmony.people.once.once",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "harmony.look.templatetags.look",
            ],
        },
    }
]
FORM_RENDERER = "harmony.look.forms.Renderer"

DATABASES = {"default": env.db_url_config(env("DATABASE_URL", default="") or f"sqlite:///{VAR}/harmony.sqlite3")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE: a writer queues at BEGIN instead of failing half-way. Tests use a file, never memory.
    DATABASES["default"] |= {
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON",
        },
        "TEST": {"NAME": str(VAR / "test.sqlite3")},
    }
else:
    DATABASES["default"] |= {
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": 3600,
    }  # seconds; the sweep is planned once for each (decision 0099)
    # a server that is gone without a word is noticed in half a minute, by whoever waits for it too
    patience = {"connect_timeout": 10, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 4}
    patience["tcp_user_timeout"] = 30_000  # milliseconds
    DATABASES["default"]["OPTIONS"] = patience | DATABASES["default"].get("OPTIONS", {})

# Rate limits live in the cache, so it is shared by all processes: never LocMem, never Dummy.
REDIS_URL = env("REDIS_URL", default="").strip()  # from a file it ends with a line
FILES_CACHE = {
    "LOCATION": VAR / "cache",
    "OPTIONS": {"MAX_ENTRIES": 10_000},
}  # Django's 300 would forget who tried often
if REDIS_URL:
    files = {"files": FILES_CACHE["LOCATION"]} | FILES_CACHE["OPTIONS"]
    CACHES = {"default": {"BACKEND": "harmony.cache.RedisOrFiles", "LOCATION": REDIS_URL, "OPTIONS": files}}
else:
    CACHES = {"default": {"BACKEND": "harmony.cache.Files"} | FILES_CACHE}

# The broker is a nudge; the rows are the truth (harmony/celery.py). Redis by URL, or a folder under var/.
CELERY_BROKER_URL = env("BROKER_URL", default="") or REDIS_URL or "filesystem://localhost"
if CELERY_BROKER_URL.startswith("filesystem:"):
    BROKER = VAR / "broker"
    (BROKER / "messages").mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER / "messages"),
        "data_folder_out": str(BROKER / "messages"),
        "control_folder": str(BROKER / "control"),
    }
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 300,  # a task whose worker died is handed out again after five minutes
        # a Redis that hangs, or is gone without a word, is left and called again: clock and worker go on within a minute
        "socket_connect_timeout": 5,
        "socket_timeout": 10,
        "socket_keepalive": True,
        "health_check_interval": 10,
    }

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [BASE / "static"]
STORAGES = {
    # private: no page serves this folder, and what lies in it is encrypted
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR / "files", "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {"BACKEND": "harmony.look.storage.Collected"},
}
# or elsewhere, for several machines (decision 0442): {"BACKEND": "…", "OPTIONS": {…}} as JSON, best as FILES_STORAGE_FILE
if elsewhere := env("FILES_STORAGE", default=""):
    STORAGES["default"] = json.loads(elsewhere)
# until they have been collected they are served as they lie in the tree
WHITENOISE_USE_FINDERS = not (STATIC_ROOT / "staticfiles.json").exists()

# what is copied off this machine: archives locked with the backup key, and the list of what was erased. Another disk is better
BACKUP_FOLDER = Path(env("BACKUP_FOLDER", default=str(VAR / "backups")))
BACKUP_DAYS = env.int("BACKUP_DAYS", 35)  # an archive is thrown away after so many; the newest never

EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", 10)  # seconds for one answer; harmony/notifications counts in them
if env("EMAIL_URL", default=""):
    vars().update(env.email_url("EMAIL_URL"))
    if vars()["EMAIL_BACKEND"].startswith("django.core.mail.backends.smtp."):
        EMAIL_BACKEND = "harmony.notifications.bounded.EmailBackend"  # Django's, which no server can hold for ever
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR / "mail"
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="safeguarding@localhost")
# a service that sends text messages, if there is one: harmony/notifications/phone.py says what it is sent
HARMONY_PHONE_URL = env("HARMONY_PHONE_URL", default="")
HARMONY_PHONE_TOKEN = env("HARMONY_PHONE_TOKEN", default="")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # allauth draws its QR code as a data: image
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"  # Django checks the referrer of forms under HTTPS
X_FRAME_OPTIONS = "DENY"
SESSION_ENGINE = "harmony.people.session_store"  # under a hash of its key
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_IDLE_AGE = 15 * 60  # without use (harmony/people/idle.py)
SESSION_WARNING = 2 * 60  # how long before its end a session says so
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "harmony.look.errors.csrf_failure"
MESSAGE_STORAGE, MESSAGE_COOKIE_NAME = "harmony.look.messages.Storage", "messages"
if PRODUCTION:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME, MESSAGE_COOKIE_NAME = "__Host-session", "__Host-csrf", "__Host-messages"
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^health/"]  # asked from inside, before any proxy
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# a file is sealed as it comes in, on the few pages that keep one; on all others it is hashed, and never kept
FILE_UPLOAD_HANDLERS = ["harmony.files.taking.Taking", "harmony.documents.uploads.Hashing"]
LARGEST_FILE = 20_000_000  # bytes of one file that is kept
CLAMAV = env("CLAMAV", default="")  # host:port of a ClamAV daemon that looks into each file; without one pages say so
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["harmony.people.accounts.Argon2id"]
ANONYMOUS_USER_NAME = None  # guardian: nobody has rights without signing in
GUARDIAN_MONKEY_PATCH_USER = False
SILENCED_SYSTEM_CHECKS = [
    "guardian.W001",  # it only stores grants; access.py decides, not its backend
    # HTTPS is promised for our own name. What else an organisation serves beneath it, or how, is not ours to decide …
    "security.W005",
    "security.W021",  # … and a list built into browsers is left again only after months
]

AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "harmony.people.passwords.NotWellKnown"},
    {"NAME": "harmony.people.passwords.NotOurName"},
]
DORMANT_AFTER = env.int("DORMANT_AFTER", 90)  # days without signing in; warned 14 days before (harmony/home/dormant.py)
PASSWORD_RESET_TIMEOUT = 60 * 60

# signing in: by invitation, with an e-mail address
ACCOUNT_ADAPTER = "harmony.people.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # the invitation was sent there
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
# allauth's own writes a row when it only reads a link
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "30/5m/ip,10/5m/key",  # the key is the address and the account
    "login_failed_anywhere": "100/10m/key",  # the account, from addresses it was never used from
    "reset_password": "20/10m/ip,3/10m/key",
}
ACCOUNT_FORMS = {
    "login": "harmony.people.account_forms.LoginForm",
    "reset_password": "harmony.people.account_forms.ResetPasswordForm",
    "reset_password_from_key": "harmony.people.account_forms.ResetPasswordKeyForm",
    "user_token": "harmony.people.account_forms.UserTokenForm",
    "change_password": "harmony.people.account_forms.ChangePasswordForm",
    "reauthenticate": "harmony.people.account_forms.ReauthenticateForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 1 if PRODUCTION else 0)
MFA_ADAPTER = "harmony.people.accounts.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_TOTP_TOLERANCE = 1  # a code typed as it changes still works; used once all the same (account_forms.py)
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # see ACCOUNT_EMAIL_VERIFICATION
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION  # http://localhost
MFA_FORMS = {
    "authenticate": "harmony.people.account_forms.AuthenticateForm",
    "reauthenticate": "harmony.people.account_forms.ConfirmForm",
    "activate_totp": "harmony.people.account_forms.ActivateTOTPForm",
    "authenticate_webauthn": "harmony.people.account_forms.PasskeyForm",
    "reauthenticate_webauthn": "harmony.people.account_forms.ConfirmByPasskeyForm",
    "login_webauthn": "harmony.people.account_forms.PasskeyAloneForm",
    "add_webauthn": "harmony.people.account_forms.AddPasskeyForm",
    "edit_webauthn": "harmony.people.account_forms.EditPasskeyForm",
}
USERSESSIONS_ADAPTER = "harmony.people.accounts.SessionsAdapter"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:start"

LOGGING = logged.LOGGING
DEFAULT_EXCEPTION_REPORTER_FILTER = "harmony.look.logs.HideAll"
