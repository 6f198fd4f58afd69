#!/usr/bin/env bash
# Builds the guest's program, static for arm64: build.sh FILE
set -euo pipefail
out=$(realpath "$1")
cd "$(dirname "${BASH_SOURCE[0]}")"
compile=${CROSS_COMPILE:-aarch64-linux-gnu-}gcc
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
flags=(-std=gnu11 -O2 -fno-math-errno -Wall -Wextra -Werror -pthread -mno-outline-atomics -march=armv8-a)
for source in *.c; do "$compile" "${flags[@]}" -c -o "$work/${source%.c}.o" "$source"; done
"$compile" "${flags[@]}" -march=armv8.1-a -c -o "$work/atomics-lse.o" atomics.c
"$compile" "${flags[@]}" -static -s -o "$out" "$work"/*.o
