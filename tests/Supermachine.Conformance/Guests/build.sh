#!/usr/bin/env bash
# Builds every guest beside its source: build.sh [DIRECTORY] puts the .bin files there instead.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
out=${1:-.}
compile=${CROSS_COMPILE:-aarch64-linux-gnu-}gcc
objcopy=${CROSS_COMPILE:-aarch64-linux-gnu-}objcopy
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for source in *.c; do
    name=${source%.c}
    "$compile" -std=gnu11 -O1 -Wall -Wextra -Wno-parentheses -Werror -ffreestanding -fno-builtin -nostdlib -static -fno-pic -no-pie -mgeneral-regs-only \
        -mstrict-align -mno-outline-atomics -march=armv8-a -fno-stack-protector -fno-asynchronous-unwind-tables -Wl,--build-id=none,--no-warn-rwx-segments \
        -Iruntime -T runtime/guest.ld -o "$work/$name.elf" runtime/start.S runtime/guest.c "$source"
    "$objcopy" -O binary "$work/$name.elf" "$out/$name.bin"
    chmod 644 "$out/$name.bin"
done
