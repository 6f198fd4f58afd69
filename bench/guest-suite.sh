#!/usr/bin/env bash
# Runs the programs of bench/guest-suite inside the same guest, alternately with our command and with QEMU's own translator (TCG), on the
# same kernel, initrd, disks and command line, and prints for each row the medians of the time that the guest measured, and their ratio.
# bench/README.md says what the rows are and how to read the table.
# usage: bench/guest-suite.sh [-n ROUNDS] [-c VCPUS] [-m MIB] [-r "ROW ..."] [-o PICTURE.svg]
#   -n  rounds, each a run of every row on both sides (9)      -c  vCPUs of the rows with threads (those of the host, at most 4)
#   -m  the guest's memory (256)                               -r  only these rows
# QEMU is a cortex-a53, the CPU that it emulates at the least cost, but for the rows of the Large System Extensions: those want a CPU that has
# them, and are run on a cortex-a76, which has them and not the pointer authentication that slows `max` down. Ours is always the same CPU.
# The kernel is told `nokaslr`: with a seed of QEMU's for it, it would isolate its page tables on that side and pay for it at every system call.
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=9 memory=256 only= picture=
vcpus=$(nproc)
((vcpus <= 4)) || vcpus=4
while getopts n:c:m:r:o: option; do
    case $option in
        n) rounds=$OPTARG ;;
        c) vcpus=$OPTARG ;;
        m) memory=$OPTARG ;;
        r) only=$OPTARG ;;
        o) picture=$(realpath "$OPTARG") ;;
        *) sed -n '5,7p' "$0"; exit 2 ;;
    esac
done

alone="sha256 interpreter quicksort memcpy pointer-chase nbody neon-saxpy neon-blend neon-dot lz-compress lz-decompress llsc getppid pipe fork-exit fork-exec page-faults disk-read disk-write disk-random"
alone_lse="lse"
together="threads-compute threads-barrier llsc-contended"
together_lse="lse-contended"
if [[ $only ]]; then
    choose() { for row in $1; do [[ " $only " == *" $row "* ]] && echo -n "$row "; done || true; }
    for row in $only; do
        [[ " $alone $alone_lse $together $together_lse " == *" $row "* ]] || { echo "guest-suite.sh: there is no row $row" >&2; exit 2; }
    done
    alone=$(choose "$alone") alone_lse=$(choose "$alone_lse") together=$(choose "$together") together_lse=$(choose "$together_lse")
fi

missing=
need() { command -v "$1" > /dev/null || missing+=" $2"; }
need qemu-system-aarch64 qemu-system-arm
need aarch64-linux-gnu-gcc gcc-aarch64-linux-gnu
[[ -e /usr/aarch64-linux-gnu/lib/libc.a || ! -e /etc/debian_version ]] || missing+=" libc6-dev-arm64-cross"
[[ -z $missing ]] || { echo "guest-suite.sh: these Debian packages are missing:$missing" >&2; exit 2; }

dotnet build -c Release -v q -nologo src/Supermachine.Cli
supermachine() { dotnet exec src/Supermachine.Cli/bin/Release/net10.0/supermachine.dll "$@"; }
kernel=$(supermachine assets path asset:debian-arm64/kernel)
initrd=$(supermachine assets path asset:debian-arm64/initrd)
cache=$(dirname "$(dirname "$initrd")")/guest-suite
mkdir -p "$cache"
picture=${picture:-$cache/guest-suite.svg}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The program is added to the initrd as a second archive (the kernel's "newc" cpio, Documentation/driver-api/early-userspace/buffer-format.rst).
pad() { head -c "$(((4 - $1 % 4) % 4))" /dev/zero; }
entry() {
    local name=$1 mode=$2 size=$3
    printf '070701%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%s\0' 1 "$mode" 0 0 1 0 "$size" 0 0 0 0 $((${#name} + 1)) 0 "$name"
    pad $((110 + ${#name} + 1))
}
if [[ ! -e $cache/initrd || $initrd -nt $cache/initrd || -n $(find bench/guest-suite -newer "$cache/initrd" -type f) ]]; then
    bench/guest-suite/build.sh "$work/suite"
    size=$(stat -c %s "$work/suite")
    { cat "$initrd"; pad "$(stat -Lc %s "$initrd")"; entry suite 0100755 "$size"; cat "$work/suite"; pad "$size"; entry 'TRAILER!!!' 0 0; } > "$work/initrd"
    mv "$work/initrd" "$cache/initrd"
fi
disk=$((64 << 20))
[[ $(stat -c %s "$cache/disk" 2> /dev/null) == "$disk" ]] || head -c $disk /dev/urandom > "$cache/disk"
head -c $disk /dev/zero > "$work/scratch"

cat > "$work/machine.toml" << END
[machine]
memory   = "${memory}MiB"
on_reset = "exit"
[boot]
kernel   = "$kernel"
initrd   = "$cache/initrd"
[[device]]
id       = "disk"
kind     = "virtio-blk"
path     = "$cache/disk"
mode     = "read-only"
[[device]]
id       = "scratch"
kind     = "virtio-blk"
path     = "$work/scratch"
END

# ours VCPUS WORDS; theirs VCPUS WORDS CPU. The guest finds the disk that QEMU was given last first.
ours() { timeout 300 dotnet exec src/Supermachine.Cli/bin/Release/net10.0/supermachine.dll run "$work/machine.toml" --vcpus "$1" --cmdline "$2"; }
theirs() {
    timeout 300 qemu-system-aarch64 -M virt,gic-version=3 -cpu "$3" -accel tcg -smp "$1" -m "$memory" -display none -serial stdio -monitor none -nic none -no-reboot \
        -global virtio-mmio.force-legacy=false -drive "file=$work/scratch,format=raw,if=none,id=scratch" -device virtio-blk-device,drive=scratch \
        -drive "file=$cache/disk,format=raw,if=none,id=disk,readonly=on" -device virtio-blk-device,drive=disk -kernel "$kernel" -initrd "$cache/initrd" -append "$2"
}

# A boot that runs some rows; appends "ROW SIDE NANOSECONDS CHECKSUM" lines: boot SIDE VCPUS ROWS [CPU]
boot() {
    local side=$1 rows=$3 row status=0
    [[ ${rows// /} ]] || return 0
    "$side" "$2" "console=ttyAMA0 quiet panic=-1 nokaslr sm.run=$(printf '/suite %s\n' "$rows" | base64 -w 0)" "${@:4}" < /dev/null 2> "$work/errors" | tr -d '\r' > "$work/output" || status=$?
    for row in $rows; do
        grep -E "^$row [0-9]+ [0-9a-f]{16}\$" "$work/output" | sed "s/ / $side /" >> "$work/times" ||
            { echo "guest-suite.sh: $side did not run $row (status $status)" >&2; tail -n 20 "$work/output" "$work/errors" >&2; exit 1; }
    done
}
round_of_ours() {
    boot ours 1 "$alone $alone_lse"
    boot ours "$vcpus" "$together $together_lse"
}
round_of_theirs() {
    boot theirs 1 "$alone" cortex-a53
    boot theirs 1 "$alone_lse" cortex-a76
    boot theirs "$vcpus" "$together" cortex-a53
    boot theirs "$vcpus" "$together_lse" cortex-a76
}
for ((round = 1; round <= rounds; round++)); do
    if ((round % 2)); then round_of_ours; round_of_theirs; else round_of_theirs; round_of_ours; fi
    echo "round $round of $rounds" >&2
done

awk '{ if ($1 in sum && sum[$1] != $4) { print "guest-suite.sh: " $1 " computed " $4 " here and " sum[$1] " before"; wrong = 1 } sum[$1] = $4 } END { exit wrong }' "$work/times" >&2

# Ratios: "ROW OURS QEMU RATIO", milliseconds, in the order of the rows.
for row in $alone $alone_lse $together $together_lse; do
    median() { awk -v row="$row" -v side="$1" '$1 == row && $2 == side { print $3 }' "$work/times" | sort -n | awk '{ t[NR] = $1 } END { printf "%.3f", (t[int((NR + 1) / 2)] + t[int(NR / 2) + 1]) / 2e6 }'; }
    a=$(median ours) b=$(median theirs)
    awk -v row="$row" -v a="$a" -v b="$b" 'BEGIN { print row, a, b, a / b }'
done > "$work/ratios"
bench/guest-suite/picture.sh < "$work/ratios" > "$picture"
awk 'BEGIN { printf "%-18s %12s %12s %8s\n", "row", "ours (ms)", "QEMU (ms)", "ratio" } { printf "%-18s %12.1f %12.1f %8.3f\n", $1, $2, $3, $4 }' "$work/ratios"
echo "$rounds rounds; rows with threads on $vcpus vCPUs; picture: $picture"
awk '{ logs += log($4); if ($4 > worst) { worst = $4; row = $1 } } END { printf "geomean ratio %.3f  worst row %s %.3f\n", exp(logs / NR), row, worst }' "$work/ratios"
