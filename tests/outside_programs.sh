#!/bin/sh
# The programs outside Python that some tests drive. Installs the missing ones where that is allowed (Debian, root);
# elsewhere names them, and the tests that need them are skipped, or fail where CI is set.
missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium fonts-noto-core"
command -v newsboat >/dev/null 2>&1 || missing="$missing newsboat"
command -v openssl >/dev/null 2>&1 || missing="$missing openssl"
command -v git >/dev/null 2>&1 || missing="$missing git"
command -v spamassassin >/dev/null 2>&1 || missing="$missing spamassassin"
command -v rsync >/dev/null 2>&1 || missing="$missing rsync"
command -v java >/dev/null 2>&1 || missing="$missing default-jre-headless"
command -v npm >/dev/null 2>&1 || missing="$missing nodejs npm"

if [ -z "$missing" ]; then
    :
elif [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing$missing …"
    apt-get update >/dev/null 2>&1
    # shellcheck disable=SC2086 # a list of words
    DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends $missing >/dev/null 2>&1 ||
        echo "Could not install$missing"
else
    echo "Some tests need programs that are not here; on Debian: sudo apt-get install$missing"
fi

if command -v npm >/dev/null 2>&1 && ! cmp -s package-lock.json node_modules/.installed; then
    echo "Installing what the tests use from npm …"
    npm ci --silent && cp package-lock.json node_modules/.installed
fi
exit 0
