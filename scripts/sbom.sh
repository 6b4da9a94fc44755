#!/usr/bin/env bash
# Writes what bin/hequan is made of: var/sbom.cdx.json (CycloneDX 1.6) and
# docs/licences.tsv, both from the build information in the program itself.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p var
go tool -modfile=tools/go.mod cyclonedx-gomod bin -json -licenses -noserial -std -version "$(bin/hequan --version)" -output var/sbom.cdx.json bin/hequan 2>var/sbom.log || { cat var/sbom.log >&2; exit 1; }
awk -F'"' '
	/^  "components"/ { on = 1 }
	on && /^      "name":/ { name = $4 }
	on && /^      "version":/ { version = $4 }
	on && /^ +"id":/ { licence = licence (licence ? " OR " : "") $4 }
	on && /^    }/ { if (name) print name "\t" version "\t" (licence ? licence : "see the module"); name = licence = "" }
' var/sbom.cdx.json | sort >docs/licences.tsv
echo "sbom: $(wc -l <docs/licences.tsv) modules; var/sbom.cdx.json, docs/licences.tsv"
