#!/usr/bin/env bash
# What the real-WordPress tests need, from Debian's own packages: PHP, MariaDB, WordPress and its
# Albanian words (about a minute and 330 MB the first time, nothing the second). Run as root.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive

complete() {
  command -v php >/dev/null && command -v mariadbd >/dev/null && command -v mariadb-install-db >/dev/null &&
    php -m | grep -i "^mysqli$" >/dev/null && [ -f /usr/share/wordpress/wp-load.php ] &&
    compgen -G '/usr/share/wordpress/wp-content/languages/sq.mo' >/dev/null
}

if complete; then exit 0; fi
# No daemon starts by itself: the laboratory runs a private database of its own.
if [ ! -e /usr/sbin/policy-rc.d ]; then
  printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
  chmod +x /usr/sbin/policy-rc.d
  trap 'rm -f /usr/sbin/policy-rc.d' EXIT
fi
apt-get update -q
apt-get install -q -y --no-install-recommends \
  php-cli php-mysql php-xml php-mbstring php-curl php-gd php-intl \
  mariadb-server mariadb-client wordpress wordpress-l10n wordpress-theme-twentytwentythree
complete || { echo "installed, but WordPress cannot run: php, mariadbd or /usr/share/wordpress is missing" >&2; exit 1; }
