#!/usr/bin/env bash
# Records the floating-point vectors of the software engine's tests anew: needs an aarch64 cross compiler and qemu-aarch64
# (or an Arm CPU: then set CC=gcc and RUN=env).
set -euo pipefail
cd "$(dirname "$0")"
out=../../tests/Supermachine.Engine.Software.Tests/FloatingPoint/vectors.bin.gz
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${CC:-aarch64-linux-gnu-gcc}" -O1 -static -Wall -march=armv8-a -o "$work/record" record.c
"${RUN:-qemu-aarch64}" "$work/record" "${COUNT:-300}" "${SEED:-1}" | gzip -9n > "$work/vectors"
mv "$work/vectors" "$out"
