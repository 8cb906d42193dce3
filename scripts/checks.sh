#!/usr/bin/env bash
# Runs the project's named checks, all of them even when one fails, and tells which failed: one line for each with
# its seconds, and what it said only when it failed. Usage: checks.sh quick|check|test
set -uo pipefail
cd "$(dirname "$0")/.." || exit
export CGO_ENABLED=0

max_size=88 # MB, of the program: fonts, law (which grows with every procedure), PDFium, and libraries of sign-in, figures and spreadsheets
passed=0
failed=()
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT

# run does one check: run NAME COMMAND…. What the command writes to descriptor 3 is shown beside its name.
run() {
	local name=$1 start=$SECONDS state=ok
	shift
	"$@" >"$logs/out" 2>&1 3>"$logs/note" </dev/null || state=FAIL
	printf '%-4s  %-28s %4d s  %s\n' "$state" "$name" $((SECONDS - start)) "$(cat "$logs/note")"
	if [ "$state" = ok ]; then
		passed=$((passed + 1))
	else
		failed+=("$name")
		sed 's/^/      /' "$logs/out"
	fi
}

# install says what it does while it does it: it can take minutes.
install() {
	if scripts/install.sh; then
		printf '%-4s  %-28s %4d s\n' ok install "$SECONDS"
		passed=$((passed + 1))
	else
		failed+=(install)
	fi
}

# Files people write, tracked or about to be.
ours() { git ls-files -co --exclude-standard -- "$@" | while read -r f; do [ ! -f "$f" ] || echo "$f"; done; }

formatted() {
	local out
	out=$(ours '*.go' | grep -v /testdata/ | xargs gofmt -l) || return 1
	[ -z "$out" ] || { echo "run gofmt -w on:"; echo "$out"; return 1; }
}

lint() { .cache/bin/golangci-lint run ./...; }

shells() { ours '*.sh' .ci/run | xargs shellcheck; }

build() {
	go build -trimpath -ldflags='-s -w' -o .cache/yifa ./cmd/yifa || return 1
	local size
	size=$(($(stat -c %s .cache/yifa) / 1000000))
	echo "$size MB" >&3
	((size <= max_size)) || { echo "the program has $size MB, at most $max_size"; return 1; }
}

# gotest runs go test with the given arguments and counts; with $all a skipped test is a failure.
gotest() {
	local go reader
	go test -json -timeout 20m "$@" 2>"$logs/go" | .cache/gotest $all >"$logs/tests"
	go=${PIPESTATUS[0]} reader=${PIPESTATUS[1]}
	tail -1 "$logs/tests" >&3
	cat "$logs/go" "$logs/tests"
	((go == 0 && reader == 0))
}

# The packages whose tests use the browser, and all the others that have no check of their own.
with_browser() {
	# shellcheck disable=SC2016 # the dollars are the template's
	go list -f '{{$p := .ImportPath}}{{range .TestImports}}{{$p}} {{.}}
{{end}}{{range .XTestImports}}{{$p}} {{.}}
{{end}}' ./... | awk '$2 == "yifa/internal/browser" {print $1}' | sort -u
	echo yifa/internal/browser
}
others() { go list ./... | grep -vxF "$(with_browser)" | grep -v -e '^yifa/internal/store' -e '^yifa/internal/arch$'; }

# gotest_of runs the packages that a function lists.
gotest_of() {
	local packages
	mapfile -t packages < <("$1")
	[ ${#packages[@]} -gt 0 ] || { echo "$1 lists no package"; return 1; }
	gotest "${packages[@]}"
}

pure() { gotest -short ./internal/calendar/... ./internal/statute/... ./internal/clock/... ./internal/matter/... ./internal/procedure/... ./law/...; }

check() {
	run "gofmt" formatted
	run "shell scripts" shells
	run "go vet" go vet ./...
	run "golangci-lint" lint
	run "generated files are fresh" scripts/generate.sh --check
	run "architecture" gotest ./internal/arch
}

all=
case ${1:-} in
quick)
	go build -o .cache/gotest ./scripts/gotest || exit 1
	run "pure packages" pure
	run "SQLite" gotest -short -skip Postgres ./internal/store/...
	;;
check)
	install
	go build -o .cache/gotest ./scripts/gotest || exit 1
	check
	;;
test)
	export YIFA_TEST_ALL=1 # a test that lacks its database or browser fails instead of being skipped
	export YIFA_SHOTS=${YIFA_SHOTS:-$PWD/.cache/shots} # pictures of every page, to be looked at
	mkdir -p "$YIFA_SHOTS"
	all=-all
	install
	go build -o .cache/gotest ./scripts/gotest || exit 1
	check
	run "build" build
	run "law check" .cache/yifa law check
	run "unit tests, worked cases" gotest_of others
	run "stores" gotest ./internal/store/...
	run "journeys, axe, HTML" gotest_of with_browser
	;;
*)
	echo "usage: scripts/checks.sh quick|check|test" >&2
	exit 2
	;;
esac

echo
[ ${#failed[@]} = 0 ] || printf 'failed: %s\n' "${failed[@]}"
echo "$passed passed, ${#failed[@]} failed"
[ ${#failed[@]} = 0 ]
