# One image for every service; which of them a container runs is its command. No root, no writing outside /data and /tmp.
FROM python:3.11-slim-trixie AS build
WORKDIR /gort
RUN python -m venv /venv
COPY requirements/run.txt requirements/
RUN /venv/bin/pip install --no-cache-dir --require-hashes -r requirements/run.txt
COPY pyproject.toml README.md LICENSE ./
COPY shared shared
COPY services services
COPY deploy deploy
RUN /venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.11-slim-trixie
# pg_dump and pg_restore, for `gort backup`: of the server's version or newer
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-client && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --no-create-home gort && mkdir /data && chown gort /data
COPY --from=build /venv /venv
COPY data /gort/data
WORKDIR /gort
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 GORT_HOST=0.0.0.0 GORT_DATA=/data
USER 10001
EXPOSE 8000
STOPSIGNAL SIGTERM
CMD ["gort", "up"]
