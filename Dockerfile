# syntax=docker/dockerfile:1
# The image of the whole product. `docker run` without an argument serves pages, API, worker and beat from one container;
# `web`, `worker` and `beat` run one of them; any other word is a management command (`migrate`, `check --deploy`, …).

FROM python:3.13-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH
# The libraries change less often than the code: their layer is reused until the lock changes.
COPY requirements.txt /tmp/requirements.txt
RUN pip install --require-hashes -r /tmp/requirements.txt && pip uninstall --yes pip
WORKDIR /app
COPY . .
# IMAGE_BUILD: static files get their production names, and no secret is asked for.
RUN ENVIRONMENT=production IMAGE_BUILD=1 DATA_DIR=/tmp/data python manage.py collectstatic --noinput \
    && python -m compileall -q .

FROM python:3.13-slim
LABEL org.opencontainers.image.title="AthlEAT" \
      org.opencontainers.image.description="Plans an athlete's food around each day's training"
RUN groupadd --gid 10001 athleat \
    && useradd --uid 10001 --gid athleat --no-create-home --home-dir /data --shell /usr/sbin/nologin athleat \
    && install -d -o athleat -g athleat -m 0750 /data
COPY --from=build /venv /venv
COPY --from=build /app /app
COPY --from=build --chmod=0755 /app/deploy/container/nutrition-ai /usr/local/bin/nutrition-ai
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    ENVIRONMENT=production \
    DATA_DIR=/data \
    PORT=8080
WORKDIR /app
# By number, so that Kubernetes can see that it is not root.
USER 10001:10001
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 \
    CMD ["python", "/app/deploy/container/healthcheck.py"]
ENTRYPOINT ["python", "/app/deploy/container/entrypoint.py"]
