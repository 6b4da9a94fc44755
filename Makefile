# The commands of this repository; `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
export OMP_THREAD_LIMIT = 1
BIN := bin/hequan
MODELS ?= /var/tmp/hequan-models$(if $(REAL),,-smoke)
GOTEST := go test -timeout 30m

help: ## List the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

setup: ## Install what hequan needs (Tesseract, its languages, a Chinese font)
	@scripts/setup.sh run

setup-test: ## Install what the tests need besides (Redis, Chromium, fonts)
	@scripts/setup.sh test

build: setup ## Build bin/hequan
	@go build -trimpath -o $(BIN) ./cmd/hequan

demo: build ## Read and check the sample applications; reports go to var/demo
	@scripts/demo.sh

test: setup-test build ## Run every test; what strangers' files are parsed by is fuzzed for a minute each
	$(GOTEST) ./...
	@scripts/fuzz.sh FuzzOFD FuzzEInvoice FuzzQR

check: ## Format, vet and lint
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { gofmt -l $$(git ls-files '*.go'); echo "run gofmt -w on these files"; exit 1; }
	go vet ./...
	go build -modfile=tools/go.mod -o bin/golangci-lint github.com/golangci/golangci-lint/v2/cmd/golangci-lint # run by itself, it sees the module's own versions
	bin/golangci-lint run --timeout 15m ./...

fuzz: setup-test ## Run every fuzz test for a minute (FUZZTIME=10s for less)
	@scripts/fuzz.sh

.PHONY: mutants reproducible
mutants: build ## Hand mutated files to real readers: make mutants N=100000 [SEED=1] [MINUTES=60]
	HEQUAN_PROGRAM=$(abspath $(BIN)) HEQUAN_MUTANTS=$(or $(N),1000) HEQUAN_SEED=$(or $(SEED),1) HEQUAN_MINUTES=$(or $(MINUTES),1440) $(GOTEST) -count=1 -timeout 24h -v -run TestMutants ./drills

drills: setup-test ## Kill and starve a fleet, prove that nothing is lost: make drills N=200 SEED=1 [DRILL='disk full']
	HEQUAN_DRILLS=$(or $(N),10) HEQUAN_SEED=$(or $(SEED),1) HEQUAN_DRILL='$(DRILL)' $(GOTEST) -count=1 -timeout 24h -v ./drills

bench: build ## Measure speed and memory; ratios are written into docs/benchmarks.md
	@scripts/bench.sh

eval: setup-test build ## Make 60 applications, score what is read of them, write the table into docs/benchmarks.md (hours; goes on where it was interrupted)
	@scripts/eval.sh

baseline: build ## Write the score of samples/demo anew that the tests compare with
	@$(BIN) eval --format short samples/demo
	@$(BIN) eval --format json -o samples/demo/baseline.json samples/demo

pictures: setup-test build ## Take the manual's pictures of the workbench anew (docs/pictures; some minutes)
	@HEQUAN_PICTURES=$(CURDIR)/docs/pictures $(GOTEST) -count=1 -run 'TestPictures$$' ./cmd/hequan

models: build ## Train the recognisers in miniature, two minutes; REAL=1: on from the repository's, hours; ANEW=1: from nothing (docs/models.md)
	@HEQUAN=$(BIN) scripts/models.sh $(if $(REAL),real,smoke) $(MODELS)

sbom: build ## Write what the program is made of: var/sbom.cdx.json, and the licences into docs/licences.tsv
	@scripts/sbom.sh

vuln: ## Look for known vulnerabilities in what the program calls (asks vuln.go.dev)
	@go tool -modfile=tools/go.mod govulncheck ./cmd/hequan || { echo "vuln: it found something, or vuln.go.dev cannot be reached from here: see above" >&2; exit 1; }

bench-seals: setup-test build ## Measure finding and tying of seals on fresh pages (docs/benchmarks.md): make bench-seals SEEDS='541 542' FACES=various
	@SEEDS='$(SEEDS)' FACES='$(FACES)' scripts/bench-seals.sh

reproducible: ## Verify modules against go.sum, build what is committed twice and compare the programs
	@scripts/reproducible.sh

bench-fleet: setup-test ## Measure a fleet: workers, queue and database, re-check, duplicates, a simulation (docs/scaling.md)
	@scripts/bench-fleet.sh

rule: ## Run the cases of one rule: make rule ID=invoice.date_window
	@test -n "$(ID)" || { echo "which rule? make rule ID=invoice.date_window"; exit 1; }
	$(GOTEST) ./checks -run 'TestCases/$(ID)' -v

clean: ## Remove what was built
	rm -rf bin var

.PHONY: help setup setup-test build demo test check fuzz drills mutants bench bench-seals bench-fleet eval baseline pictures models sbom vuln reproducible rule clean
