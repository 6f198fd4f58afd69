#!/usr/bin/env bash
# Installs a small Debian arm64 system inside the guest (the second stage of debootstrap: dpkg, perl and shell for a minute or more) and works
# in it with python3, xz, gzip, sqlite3, nginx and curl, once with our command and once with QEMU's own translator (TCG), on the same kernel and a
# copy of the same disk. Fails when the two results differ; prints the times that the guest measured, and their ratio.
# usage: bench/userland.sh [-m MIB] [-c VCPUS] [-p CPU]
# Needs root (debootstrap unpacks the system) and the Debian packages that it names when they are missing.
set -euo pipefail
cd "$(dirname "$0")/.."
memory=512 vcpus=1 cpu=cortex-a53
while getopts m:c:p: option; do
    case $option in
        m) memory=$OPTARG ;;
        c) vcpus=$OPTARG ;;
        p) cpu=$OPTARG ;;
        *) sed -n '5,6p' "$0"; exit 2 ;;
    esac
done
missing=
for pair in qemu-system-aarch64=qemu-system-arm debootstrap=debootstrap mke2fs=e2fsprogs; do
    command -v "${pair%=*}" > /dev/null || missing+=" ${pair#*=}"
done
[[ -z $missing ]] || { echo "userland.sh: these Debian packages are missing:$missing" >&2; exit 2; }

dotnet build -c Release -v q -nologo src/Supermachine.Cli
supermachine() { dotnet exec src/Supermachine.Cli/bin/Release/net10.0/supermachine.dll "$@"; }
kernel=$(supermachine assets path asset:debian-arm64/kernel)
initrd=$(supermachine assets path asset:debian-arm64/initrd)
cache=$(dirname "$(dirname "$initrd")")/userland
mkdir -p "$cache"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# debootstrap leaves out what it is told to, and asks the mirror that the host's own packages come from.
if [[ ! -d $cache/system/debootstrap ]]; then
    rm -rf "$cache/system"
    debootstrap --foreign --arch=arm64 --variant=minbase --include=python3,xz-utils,sqlite3,nginx-light,curl bookworm "$cache/system" > "$cache/log" ||
        { tail -n 5 "$cache/log" >&2; rm -rf "$cache/system"; exit 1; }
fi
rm -rf "$cache/system/userland"
cp -r bench/userland/parts "$cache/system/userland"
cp bench/userland/guest.sh "$cache/system/userland/"
mke2fs -q -F -t ext4 -d "$cache/system" "$work/disk" 1200M

words="console=ttyAMA0 quiet panic=-1 nokaslr sm.run=$(echo '. /mnt/userland/guest.sh' | base64 -w 0)"
cat > "$work/machine.toml" << END
[machine]
memory = "${memory}MiB"
vcpus  = $vcpus
on_reset = "exit"
[boot]
kernel = "$kernel"
initrd = "$initrd"
cmdline = "$words"
[[device]]
id   = "disk"
kind = "virtio-blk"
path = "$work/ours"
END
ours() { timeout 1200 dotnet exec src/Supermachine.Cli/bin/Release/net10.0/supermachine.dll run "$work/machine.toml"; }
theirs() {
    timeout 1200 qemu-system-aarch64 -M virt,gic-version=3 -cpu "$cpu" -accel tcg -smp "$vcpus" -m "$memory" -display none -serial stdio -monitor none -nic none -no-reboot \
        -global virtio-mmio.force-legacy=false -drive "file=$work/theirs,format=raw,if=none,id=disk" -device virtio-blk-device,drive=disk \
        -kernel "$kernel" -initrd "$initrd" -append "$words"
}
for side in ours theirs; do
    cp --sparse=always "$work/disk" "$work/$side"
    "$side" < /dev/null 2> "$work/$side.errors" | tr -d '\r' > "$work/$side.output" || { tail -n 20 "$work/$side.output" "$work/$side.errors" >&2; exit 1; }
    grep -a '^result ' "$work/$side.output" > "$work/$side.results"
    e2fsck -fn "$work/$side" > "$work/fsck" 2>&1 || { echo "userland.sh: the disk of $side is damaged" >&2; cat "$work/fsck" >&2; exit 1; }
    rm "$work/$side"
done
cat "$work/ours.results"
diff "$work/ours.results" "$work/theirs.results" >&2 || { echo "userland.sh: ours (<) and QEMU (>) came to different results" >&2; exit 1; }
echo "results equal, both disks clean"
join <(grep -a '^time ' "$work/ours.output" | cut -d' ' -f2-) <(grep -a '^time ' "$work/theirs.output" | cut -d' ' -f2-) --nocheck-order |
    awk 'BEGIN { printf "%-10s %10s %10s %8s\n", "part", "ours (s)", "QEMU (s)", "ratio" }
        { printf "%-10s %10.2f %10.2f %8.3f\n", $1, $2, $3, $2 / $3; a += $2; b += $3 } END { printf "total ratio %.3f\n", a / b }'
