#!/usr/bin/env bash
# Runs a guest under QEMU: the oracle for what the guests expect. qemu.sh NAME [CPUS [MODEL]]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
exec timeout 60 qemu-system-aarch64 -M virt,gic-version=3 -cpu "${3:-cortex-a53}" -smp "${2:-1}" -m 64 -display none -monitor none \
    -serial stdio -net none -device "loader,file=$1.bin,addr=0x40200000,force-raw=on" -device loader,addr=0x40200000,cpu-num=0
