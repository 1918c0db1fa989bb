#!/bin/sh
# The programs outside Python that some tests drive. Installs the missing ones where that is allowed (Debian, root);
# elsewhere names them, and the tests that need them are skipped, or fail where CI is set.
missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium fonts-noto-core"
command -v newsboat >/dev/null 2>&1 || missing="$missing newsboat"
[ -z "$missing" ] && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing$missing …"
    apt-get update >/dev/null 2>&1
    # shellcheck disable=SC2086 # a list of words
    DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends $missing >/dev/null 2>&1 && exit 0
fi
echo "Some tests need programs that are not here; on Debian: sudo apt-get install$missing"
