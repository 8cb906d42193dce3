#!/usr/bin/env bash
# Measures the main pages of the portal with Lighthouse as on a phone, each so many times (5 where nothing is said), and prints
# the medians as docs/performance.md keeps them. Fails where a page is less than it must be. Measure on a machine that
# does nothing else: there are five visits over each of two lines to eleven pages, some twenty minutes.
# Usage: lighthouse.sh [times]
set -euo pipefail
cd "$(dirname "$0")/.."
export CGO_ENABLED=0 YIFA_TEST_ALL=1 YIFA_LIGHTHOUSE=${1:-5}

uptime
echo '| page | performance | first paint, ms | largest paint, ms | blocked, ms | slow line: first paint, ms | usable, ms | weight, kB |'
echo '|---|--:|--:|--:|--:|--:|--:|--:|'
go test -v -count=1 -timeout 60m -run 'TestLighthouse$' ./cmd/yifa | grep -v '^=== ' # without -v the figures of a run that passes are not shown
