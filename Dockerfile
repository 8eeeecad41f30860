# The image an operator runs: the locked packages, the code, one volume for the data, and no root.
# docker run -p 3000:3000 -v unbadged:/data --env-file unbadged.env unbadged

FROM python:3.13-slim AS packages
COPY requirements.txt /tmp/requirements.txt
RUN python -m venv /venv \
 && /venv/bin/python -m pip install -q --no-cache-dir --disable-pip-version-check --require-hashes --only-binary :all: -r /tmp/requirements.txt \
 && echo /app > /venv/lib/python3.13/site-packages/unbadged.pth \
 && printf '%s\n' '#!/bin/sh' 'exec /venv/bin/python -P -m bot.cli "$@"' > /venv/bin/unbadged \
 && chmod +x /venv/bin/unbadged

FROM python:3.13-slim
# Letters for pictures of numbers, Latin and Japanese; without them a Japanese picture would be in English.
RUN apt-get update -q \
 && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends fonts-noto-cjk \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --create-home --home-dir /data unbadged
COPY --from=packages /venv /venv
WORKDIR /app
COPY pyproject.toml LICENSE ./
COPY coaching coaching
COPY prompts prompts
COPY storage storage
COPY bot bot
RUN /venv/bin/python -m compileall -q /app
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 HOST=0.0.0.0 PORT=3000
USER unbadged
WORKDIR /data
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f\"http://127.0.0.1:{os.environ['PORT']}/healthz\", timeout=4)"]
CMD ["unbadged", "serve"]
