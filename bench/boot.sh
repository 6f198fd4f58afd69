#!/usr/bin/env bash
# Boots a machine file's guest to its ready line and poweroff, alternately with our command and with QEMU's own translator (TCG), on the
# same kernel, initrd, disk and command line, and prints the wall-clock ratio ours/QEMU pair by pair. Machines are noisy: quote the median.
# usage: bench/boot.sh [-n PAIRS] [-f MACHINE] [-c VCPUS] [-m MIB] [-p CPU]
# Needs qemu-system-aarch64 (Debian package qemu-system-arm) and the .NET SDK.
set -euo pipefail
cd "$(dirname "$0")/.."
pairs=5 machine=machines/hello.toml vcpus=1 memory=256 cpu=cortex-a53
while getopts n:f:c:m:p: option; do
    case $option in
        n) pairs=$OPTARG ;;
        f) machine=$OPTARG ;;
        c) vcpus=$OPTARG ;;
        m) memory=$OPTARG ;;
        p) cpu=$OPTARG ;;
        *) sed -n '2,6p' "$0"; exit 2 ;;
    esac
done
command -v qemu-system-aarch64 > /dev/null || { echo "boot.sh: qemu-system-aarch64 is not here" >&2; exit 2; }

dotnet build -c Release -v q -nologo src/Supermachine.Cli
supermachine() { dotnet exec src/Supermachine.Cli/bin/Release/net10.0/supermachine.dll "$@"; }
kernel=$(supermachine assets path asset:debian-arm64/kernel)
initrd=$(supermachine assets path asset:debian-arm64/initrd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# The guest comes up, runs a script that does nothing (in base64) and powers off.
words="console=ttyAMA0 quiet panic=-1 sm.run=dHJ1ZQo="

ours() { supermachine run "$machine" --cmdline "$words" --vcpus "$vcpus" --memory "${memory}MiB" < /dev/null; }
theirs() {
    # What is written to the disk is dropped, as by our overlay.
    qemu-system-aarch64 -M virt,gic-version=3 -cpu "$cpu" -accel tcg -smp "$vcpus" -m "$memory" -display none -serial stdio -monitor none -nic none -no-reboot \
        -global virtio-mmio.force-legacy=false -drive "file=$work/disk,format=raw,if=none,id=disk,snapshot=on" -device virtio-blk-device,drive=disk \
        -kernel "$kernel" -initrd "$initrd" -append "$words" < /dev/null
}
cp --sparse=always "$(supermachine assets path asset:debian-arm64/disk.ext4)" "$work/disk"
chmod u+w "$work/disk"

# Seconds that a boot takes; a boot without the ready line ends the benchmark.
seconds() {
    local start end
    start=$(date +%s%N)
    "$1" > "$work/$1" 2> "$work/$1.errors" || { echo "boot.sh: $1 ended with status $?" >&2; tail "$work/$1" "$work/$1.errors" >&2; exit 1; }
    end=$(date +%s%N)
    grep -q "supermachine: guest ready" "$work/$1" || { echo "boot.sh: $1 did not come up" >&2; tail "$work/$1" >&2; exit 1; }
    awk -v n=$((end - start)) 'BEGIN { printf "%.3f", n / 1e9 }'
}

warm=$(seconds ours) warm=$(seconds theirs)   # not counted
for ((pair = 1; pair <= pairs; pair++)); do
    a=$(seconds ours)
    b=$(seconds theirs)
    awk -v a="$a" -v b="$b" -v i="$pair" 'BEGIN { printf "pair %d: ours %.3f s  qemu %.3f s  ratio %.3f\n", i, a, b, a / b }'
done | tee /dev/stderr | awk '{ print $NF }' | sort -n |
    awk '{ r[NR] = $1 } END { printf "ratio ours/qemu: min %.3f  median %.3f  max %.3f  (%d pairs)\n", r[1], (r[int((NR + 1) / 2)] + r[int(NR / 2) + 1]) / 2, r[NR], NR }'
