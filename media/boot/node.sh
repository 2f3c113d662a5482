#!/bin/bash
# Makes the node ready at every boot, before the ECS agent: directories, volumes, public address.
# A failure here powers the node off, which terminates it.
set -euo pipefail
# shellcheck source=/dev/null
. "${1:-/etc/voicecell/node.env}"

say() { echo "voicecell-node: $*"; }

# Whole disks of a model: EBS volumes and local NVMe look alike by name.
disks() { lsblk --nodeps --noheadings --paths --output NAME,MODEL | awk -v model="$1" 'index($0, model) { print $1 }'; }

# XFS, because the AMI has its own root on it and so has the tool; a label has at most 12 characters.
format_if_blank() {
  local device=$1 label=$2 status=0
  blkid --probe "$device" >/dev/null || status=$?
  # 2 means that nothing at all was found; anything else must not be overwritten.
  if [ "$status" -eq 2 ]; then
    say "formatting $device as $label"
    mkfs.xfs -q -L "$label" "$device"
    udevadm settle
  fi
}

# By device: on a media node the spools of others may have the same label.
mount_disk() {
  local device=$1 directory=$2
  mkdir -p "$directory"
  mountpoint -q "$directory" || mount -o noatime,nodev,nosuid "$device" "$directory"
}

prepare_run_directory() {
  install -d -o "$OWNER_UID" -g "$OWNER_GID" -m 0770 "$RUN_DIRECTORY"
}

# The serial number of an EBS volume's disk is the volume's id.
serial_of() { lsblk --nodeps --noheadings --output SERIAL "$1"; }

# The only second volume at first; after a reboot there may be spools of other nodes beside it.
is_spool() {
  if [ -s "$SPOOL_VOLUME_FILE" ]; then
    [ "$(serial_of "$1")" = "$(<"$SPOOL_VOLUME_FILE")" ]
  else
    [ "$(lsblk --noheadings "$1" | wc -l)" -eq 1 ]
  fi
}

# It may appear a little after the instance has booted.
spool_device() {
  local device
  for _ in $(seq 60); do
    for device in $(disks 'Elastic Block Store'); do
      if is_spool "$device"; then
        echo "$device"
        return 0
      fi
    done
    sleep 1
  done
  say 'no spool volume' >&2
  return 1
}

mount_spool() {
  local device
  device=$(spool_device)
  mkdir -p "$(dirname "$SPOOL_VOLUME_FILE")"
  serial_of "$device" >"$SPOOL_VOLUME_FILE"
  format_if_blank "$device" vc-spool
  mount_disk "$device" "$SPOOL_DIRECTORY"
  install -d -o "$OWNER_UID" -g "$OWNER_GID" -m 2770 "$SPOOL_DIRECTORY" "$ADOPTED_DIRECTORY"
}

# Local NVMe is encrypted by the hardware and loses its data with the instance: right for what can be fetched again.
mount_scratch() {
  local device
  device=$(disks 'EC2 NVMe Instance Storage' | head -n 1)
  if [ -n "$device" ]; then
    format_if_blank "$device" vc-nvme
    mount_disk "$device" "$SCRATCH_DIRECTORY"
  else
    say 'no local NVMe: scratch stays on the root volume'
  fi
  install -d -o "$OWNER_UID" -g "$OWNER_GID" -m 2775 "$SCRATCH_DIRECTORY" "$SCRATCH_DIRECTORY/weights"
  # Model servers run as the user of their image, each another one.
  install -d -o "$OWNER_UID" -g "$OWNER_GID" -m 1777 "$SCRATCH_DIRECTORY/cache"
}

claim_address() {
  python3 /usr/local/libexec/voicecell/claim-eip.py "$DEPLOYMENT" "$CELL" "$REGION" "$PUBLIC_ADDRESS_FILE"
}

prepare_run_directory
case "$TIER" in
  edge) claim_address ;;
  media) mount_spool ;;
  *) mount_scratch ;;
esac
say ready
