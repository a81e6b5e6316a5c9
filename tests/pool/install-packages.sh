#!/usr/bin/env bash
# What the tests of the pool need, from Debian's own packages: PostgreSQL (half a minute and 50 MB the
# first time, nothing the second). Run as root.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive

complete() {
  command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null
}

if complete; then exit 0; fi
# No daemon starts by itself: the tests run a private server of their own.
if [ ! -e /usr/sbin/policy-rc.d ]; then
  printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
  chmod +x /usr/sbin/policy-rc.d
  trap 'rm -f /usr/sbin/policy-rc.d' EXIT
fi
apt-get update -q
apt-get install -q -y --no-install-recommends postgresql
complete || { echo "installed, but initdb is not there" >&2; exit 1; }
