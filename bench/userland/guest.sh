# Runs in our guest's busybox shell: the disk at /mnt holds a Debian system as `debootstrap --foreign` leaves it, unpacked and not
# configured. Prints "time NAME SECONDS" for each part, and "result NAME ..." for what has to be the same on every machine.
timed() {
    name=$1
    shift
    read -r from idle < /proc/uptime
    "$@" || echo "result $name failed with status $?"
    read -r to idle < /proc/uptime
    echo "time $name $(echo "$to $from" | awk '{ printf "%.2f", $1 - $2 }')"
}
inside() { chroot /mnt /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 HOME=/root "$@"; }

mount -t proc proc /mnt/proc
mount -t sysfs sysfs /mnt/sys
mount -o bind /dev /mnt/dev
mount -t tmpfs tmpfs /mnt/tmp
ifconfig lo 127.0.0.1 up
timed install inside sh -c '/debootstrap/debootstrap --second-stage > /tmp/log 2>&1 || { tail -n 5 /tmp/log; exit 1; }'
echo "result install $(inside dpkg-query -W | sha256sum)"
for part in python xz gzip sqlite nginx; do timed $part inside sh /userland/$part.sh; done
sync
umount /mnt/tmp /mnt/dev /mnt/sys /mnt/proc
