#!/usr/bin/env bash
# Installs what the checks need and is not there yet: Debian's packages, npm's for web/, Go modules and the pinned
# linter. Says what it installs, says nothing about what is there, and may be run again at any time.
set -euo pipefail
cd "$(dirname "$0")/.."
export CGO_ENABLED=0

debian=(libreoffice-writer-nogui chromium postgresql fonts-noto-cjk fonts-cwtex-fs poppler-utils qpdf shellcheck softhsm2 clamav-daemon)
tries=4

# retry runs a command again after a pause when it fails: downloads do, now and then. Its output is shown only
# when the last try fails too.
retry() {
	local log pause=5 i
	log=$(mktemp)
	for ((i = 1; i <= tries; i++)); do
		if "$@" >"$log" 2>&1; then
			rm -f "$log"
			return 0
		fi
		if ((i < tries)); then
			echo "install: try $i of $tries failed: $* (again in ${pause} s)"
			sleep "$pause"
			pause=$((pause * 3))
		fi
	done
	cat "$log"
	rm -f "$log"
	echo "install: failed: $*" >&2
	return 1
}

# need stops with a message when a program we do not install ourselves is missing.
need() {
	command -v "$1" >/dev/null || { echo "install: $1 is missing: install $2 first" >&2; exit 1; }
}

# as_root runs a command as root, by sudo where we are not.
as_root() {
	if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

install_debian() {
	local missing=() package
	for package in "${debian[@]}"; do
		[ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
	done
	[ ${#missing[@]} = 0 ] && return
	echo "install: Debian packages: ${missing[*]}"
	if [ "$(id -u)" != 0 ] && ! sudo -n true 2>/dev/null; then
		echo "install: not root: run 'apt-get install --no-install-recommends ${missing[*]}' as root" >&2
		exit 1
	fi
	retry as_root apt-get -q update
	retry as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends "${missing[@]}"
}

install_npm() {
	npm --prefix web ls >/dev/null 2>&1 && return
	echo "install: npm packages of web/"
	retry npm --prefix web ci --ignore-scripts --no-audit --no-fund
}

install_go() {
	retry go mod download
	local linter=.cache/bin/golangci-lint stamp
	stamp=$(go version; sha256sum tools/go.sum)
	if [ ! -x "$linter" ] || [ "$(cat "$linter.stamp" 2>/dev/null)" != "$stamp" ]; then
		echo "install: golangci-lint (built from source, a minute or two)"
		retry go build -C tools -o ../"$linter" github.com/golangci/golangci-lint/v2/cmd/golangci-lint
		echo "$stamp" >"$linter.stamp"
	fi
}

need git git
need go "Go 1.26 or newer"
need node "Node.js 20 or newer"
need npm "npm, which comes with Node.js,"
if command -v apt-get >/dev/null; then
	install_debian
else
	need chromium "Chromium"
	echo "install: no apt-get here: PostgreSQL 15, poppler-utils, qpdf and a Chinese font are yours to install"
fi
install_npm
install_go
