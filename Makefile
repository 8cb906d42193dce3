# One command each. `make` alone prints them.
.DEFAULT_GOAL := help
export CGO_ENABLED = 0

.PHONY: help
help: ## print this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: demo
demo: ## build, fill and serve the demo city on http://127.0.0.1:8080
	go run ./cmd/yifa demo

.PHONY: test
test: ## install what is missing and run every check and test, both databases and the browser
	@scripts/checks.sh test

.PHONY: quick
quick: ## the pure packages and SQLite, in seconds
	@scripts/checks.sh quick

.PHONY: check
check: ## everything but the tests: formatting, vet, linters, generated files, architecture
	@scripts/checks.sh check

.PHONY: generate
generate: ## make all generated files anew: pages, style sheet and script, docs
	@scripts/generate.sh

.PHONY: docs
docs: ## make docs/generated anew from the law
	@scripts/docs.sh

.PHONY: golden
golden: ## accept what the golden-file tests make now; look at the diff
	grep -rl --include='*_test.go' 'flag.Bool("update"' cmd internal law | xargs -rn1 dirname | sort -u | sed 's,^,./,' | xargs -rt -I{} go test {} -update

.PHONY: build
build: ## build the program into ./yifa
	go build -trimpath -ldflags='-s -w' -o yifa ./cmd/yifa

.PHONY: install
install: ## install what the checks need
	@scripts/install.sh

.PHONY: lighthouse
lighthouse: ## time the main pages of the portal as on a phone with a slow line; on a quiet machine
	@scripts/lighthouse.sh

.PHONY: shots
shots: ## take pictures of every page the journeys visit, into shots/
	YIFA_SHOTS=$(CURDIR)/shots go test -count=1 ./internal/portal/... ./internal/desk/... ./internal/demo/...
