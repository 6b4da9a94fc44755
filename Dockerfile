# hequan on Debian 12, for serve and worker alike: docker build -t hequan .
# An account first: docker run --rm -v hequan-data:/data hequan accounts add LOGIN --name 姓名 --role 管理 prints a link.
# Alone: docker run --read-only --tmpfs /tmp -p 127.0.0.1:8090:8090 -v hequan-data:/data hequan
# Several machines: compose.yaml and docs/operations.md.
FROM golang:1.26-bookworm AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends gcc g++ pkg-config libtesseract-dev libleptonica-dev \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN go build -trimpath -o /hequan ./cmd/hequan

FROM node:22-bookworm-slim AS lines
COPY scripts/lines.sh /
RUN HEQUAN_LINES=/lines bash /lines.sh && test -f /lines/lines.onnx

FROM debian:12-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends libtesseract5 liblept5 tesseract-ocr-chi-sim tesseract-ocr-eng tesseract-ocr-osd fonts-noto-cjk \
    fonts-arphic-ukai fonts-arphic-uming fonts-arphic-gbsn00lp fonts-arphic-gkai00mp fonts-wqy-zenhei ca-certificates tzdata \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin hequan \
 && install -d -o hequan -g hequan /data
COPY --from=lines /lines /usr/local/lib/hequan/lines
COPY --from=build /hequan /usr/local/bin/hequan
USER hequan
WORKDIR /data
# All that is written is below /data and /tmp: the root may be read-only.
VOLUME /data
ENV HEQUAN_DATA=/data HEQUAN_CACHE=/data/cache HEQUAN_ADDR=0.0.0.0:8090 HEQUAN_METRICS=0.0.0.0:9090 TZ=Asia/Shanghai
EXPOSE 8090 9090
# serve refuses to be reached from elsewhere until there is an account:
# docker run --rm -it -v hequan-data:/data hequan accounts add LOGIN --name 姓名 --role 管理
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD ["hequan", "ready"]
ENTRYPOINT ["hequan"]
CMD ["serve"]
