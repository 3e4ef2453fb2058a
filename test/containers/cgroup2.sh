#!/bin/sh
# Runs tests of containers where cgroups have version 2 alone: in a virtual machine on the files of this one, read only below a
# layer in memory. Needs root; Debian's packages: qemu-system-x86 linux-image-amd64 busybox-static cpio.
#
#   test/containers/cgroup2.sh [test file…]        ACCEL=kvm where the processor lets it (default tcg, ten times slower)
set -eu
repository=$(cd "$(dirname "$0")/../.." && pwd)
[ $# -gt 0 ] || set -- test/containers/linux-driver.test.ts test/containers/volumes.test.ts \
  test/containers/linux-recovery.test.ts test/containers/networks.test.ts test/containers/hostile-tasks.test.ts
kernel=$(ls -v /boot/vmlinuz-*-amd64 | grep -v cloud | tail -n 1)
modules=/lib/modules/${kernel#/boot/vmlinuz-}/kernel
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

root=$folder/root
mkdir -p "$root/bin" "$root/modules" "$root/proc" "$root/host" "$root/memory" "$root/new"
cp "$(command -v busybox)" "$root/bin/busybox"
for name in sh mount mkdir insmod switch_root; do ln -s busybox "$root/bin/$name"; done
# In the order in which they need each other.
load="drivers/virtio/virtio_ring drivers/virtio/virtio drivers/virtio/virtio_pci_modern_dev drivers/virtio/virtio_pci_legacy_dev
  drivers/virtio/virtio_pci fs/netfs/netfs fs/fscache/fscache net/9p/9pnet net/9p/9pnet_virtio fs/9p/9p fs/overlayfs/overlay"
for module in $load; do cp "$modules/$module.ko" "$root/modules/"; done

cat > "$root/init" <<END
#!/bin/sh
mount -t proc proc /proc
for module in $(for module in $load; do printf '%s ' "${module##*/}"; done); do insmod /modules/\$module.ko; done
mount -t 9p -o trans=virtio,version=9p2000.L,msize=524288,cache=loose,ro host /host
mount -t tmpfs -o size=60% memory /memory
mkdir /memory/upper /memory/work
mount -t overlay -o lowerdir=/host,upperdir=/memory/upper,workdir=/memory/work overlay /new
mount -t proc proc /new/proc
mount -t sysfs sys /new/sys
mount -t devtmpfs dev /new/dev
mkdir -p /new/dev/pts /new/dev/shm
mount -t devpts devpts /new/dev/pts
mount -t tmpfs shm /new/dev/shm
mount -t tmpfs tmp /new/tmp
mount -t tmpfs run /new/run
mount -t cgroup2 cgroup2 /new/sys/fs/cgroup
exec switch_root /new /bin/sh -c '
  export PATH=$repository/node_modules/.bin:/usr/sbin:/usr/bin:/sbin:/bin
  ip link set lo up
  cd $repository
  for file in $*; do node --conditions=source --test \$file; done
  busybox poweroff -f'
END
chmod +x "$root/init"
(cd "$root" && find . | cpio --quiet -o -H newc) | gzip > "$folder/initrd"

accel=${ACCEL:-tcg}
qemu-system-x86_64 -accel "$accel" -cpu max -smp 2 -m 6G -nographic -no-reboot -kernel "$kernel" -initrd "$folder/initrd" \
  -append "console=ttyS0 quiet panic=-1 cgroup_no_v1=all" \
  -fsdev local,id=host,path=/,security_model=none,readonly=on,multidevs=remap \
  -device virtio-9p-pci,fsdev=host,mount_tag=host | tee "$folder/output"
grep -q "ℹ pass" "$folder/output" && ! grep -q "ℹ fail [1-9]" "$folder/output"
