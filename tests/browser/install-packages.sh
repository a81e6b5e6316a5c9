#!/usr/bin/env bash
# What the tests in a real browser need, from Debian's own packages: Chromium and letters for
# Latin and Arabic script (half a minute and 420 MB the first time). Run as root.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive

# no grep -q: it would stop reading, and the broken pipe would count as a failure
complete() { command -v chromium >/dev/null && fc-list 2>/dev/null | grep DejaVu >/dev/null; }

if complete; then exit 0; fi
apt-get update -q
apt-get install -q -y --no-install-recommends chromium fontconfig fonts-dejavu-core fonts-liberation
complete || { echo "installed, but chromium cannot run" >&2; exit 1; }
