#!/usr/bin/env bash
# Starts the smallest guest, alternately with our command and with QEMU's own translator (TCG), and prints how long each takes from the start of
# the process to the guest's first byte: it has a disk, so that a plugin is loaded, and a kernel of a few instructions (startup.S).
# Beside them a .NET program that only writes a byte, which is what no command in .NET can be faster than.
# usage: bench/startup.sh [-n ROUNDS]
# Needs qemu-system-aarch64 (Debian package qemu-system-arm), gcc-aarch64-linux-gnu and the .NET SDK. On a machine with other work to do,
# `chrt -f 10 bench/startup.sh` as root keeps that work out of the figures.
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=20
while getopts n: option; do
    case $option in
        n) rounds=$OPTARG ;;
        *) sed -n '5p' "$0"; exit 2 ;;
    esac
done
missing=
command -v qemu-system-aarch64 > /dev/null || missing+=" qemu-system-arm"
command -v aarch64-linux-gnu-gcc > /dev/null || missing+=" gcc-aarch64-linux-gnu"
[[ -z $missing ]] || { echo "startup.sh: these Debian packages are missing:$missing" >&2; exit 2; }

dotnet build -c Release -v q -nologo src/Supermachine.Cli
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
aarch64-linux-gnu-gcc -c -o "$work/guest.o" bench/startup.S
aarch64-linux-gnu-objcopy -O binary "$work/guest.o" "$work/kernel"
head -c 1048576 /dev/zero > "$work/disk"
cat > "$work/machine.toml" << END
[machine]
memory = "128MiB"
[boot]
kernel = "kernel"
[[device]]
id     = "disk0"
kind   = "virtio-blk"
path   = "disk"
END
mkdir "$work/bare"
cat > "$work/bare/bare.csproj" << END
<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><InvariantGlobalization>true</InvariantGlobalization></PropertyGroup></Project>
END
echo 'System.Console.Write("!");' > "$work/bare/bare.cs"
dotnet build -c Release -v q -nologo -o "$work/bare/out" "$work/bare" > /dev/null

ours() { exec dotnet exec src/Supermachine.Cli/bin/Release/net10.0/supermachine.dll run "$work/machine.toml"; }
bare() { exec dotnet exec "$work/bare/out/bare.dll"; }
theirs() {
    exec qemu-system-aarch64 -M virt,gic-version=3 -cpu cortex-a53 -accel tcg -m 128 -display none -serial stdio -monitor none -nic none \
        -drive "file=$work/disk,format=raw,if=none,id=disk" -device virtio-blk-device,drive=disk -kernel "$work/kernel"
}

# Milliseconds to the first byte.
first_byte() {
    local start end byte=
    start=${EPOCHREALTIME/./}
    exec 3< <("$1" < /dev/null 2> "$work/errors")
    IFS= read -r -N 1 -t 30 byte <&3 || true
    end=${EPOCHREALTIME/./}
    cat <&3 > /dev/null
    exec 3<&-
    [[ $byte == '!' ]] || { echo "startup.sh: $1 wrote no byte" >&2; cat "$work/errors" >&2; exit 1; }
    awk -v us=$((end - start)) 'BEGIN { printf "%.1f\n", us / 1000 }'
}

for side in ours theirs bare; do first_byte $side > /dev/null; done
for ((round = 1; round <= rounds; round++)); do
    for side in ours theirs bare; do first_byte $side >> "$work/$side.times"; done
done
median() { sort -n "$work/$1.times" | awk '{ t[NR] = $1 } END { printf "%.1f ms (from %.1f to %.1f)\n", (t[int((NR + 1) / 2)] + t[int(NR / 2) + 1]) / 2, t[1], t[NR] }'; }
echo "to the first byte of the guest, median of $rounds:"
echo "  supermachine   $(median ours)"
echo "  QEMU           $(median theirs)"
echo "  bare .NET      $(median bare)"
