# The image of website, worker and beat. Nothing secret is inside: secrets come as files when it runs.
FROM python:3.11-slim-bookworm

# Pango and HarfBuzz draw the PDFs; pg_dump, as new as the server of docker-compose.yml, makes the backup
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 postgresql-client-15 \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /srv/harmony
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY requirements.lock .
RUN pip install --require-hashes --no-deps -r requirements.lock
# what an organisation adds for itself, such as a storage elsewhere (deploy/s3.yml); it is not in our lock, so it is theirs to choose
ARG ALSO=""
RUN [ -z "$ALSO" ] || pip install $ALSO

COPY . .
# the files people own: uid 10001 must be able to read the secrets and to write var/files
RUN useradd --uid 10001 --no-create-home harmony \
    && SECRET_KEY=only-while-building python manage.py collectstatic --no-input --verbosity 0 \
    && mkdir -p var/files var/backups && chown -R harmony var
USER harmony
EXPOSE 8000
CMD ["gunicorn", "harmony.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--no-control-socket"]
