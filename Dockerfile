# hequan serve on Debian 12: docker build -t hequan .
#   docker run --rm -v hequan-data:/data hequan accounts add LOGIN --name 姓名 --role 管理   prints a link
#   docker run -p 127.0.0.1:8090:8090 -v hequan-data:/data hequan                            then serves it
FROM golang:1.26-bookworm AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends gcc g++ pkg-config libtesseract-dev libleptonica-dev \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN go build -trimpath -o /hequan ./cmd/hequan

FROM debian:12-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends libtesseract5 liblept5 tesseract-ocr-chi-sim tesseract-ocr-eng tesseract-ocr-osd fonts-noto-cjk ca-certificates tzdata \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin hequan \
 && install -d -o hequan -g hequan /data
COPY --from=build /hequan /usr/local/bin/hequan
USER hequan
WORKDIR /data
VOLUME /data
ENV HEQUAN_DATA=/data HEQUAN_ADDR=0.0.0.0:8090 TZ=Asia/Shanghai
EXPOSE 8090
# serve refuses to listen on this address before there is an account. Passwords want HTTPS: see docs/security.md.
ENTRYPOINT ["hequan"]
CMD ["serve"]
