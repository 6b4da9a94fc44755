package policy

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"

	"hequan/internal/ownrule"
)

//go:embed *.yaml policy.schema.json filings.tsv families.tsv
var files embed.FS

// DefaultID is the policy of an application that names none.
const DefaultID = "2026H1"

// Load returns an embedded policy by its id.
func Load(id string) (*Policy, error) {
	data, err := files.ReadFile(id + ".yaml")
	if err != nil {
		return nil, fmt.Errorf("policy %q is not known; there are: %s", id, strings.Join(IDs(), ", "))
	}
	return Parse(data)
}

// Open returns an embedded policy by its id, or the policy of a file.
func Open(idOrFile string) (*Policy, error) {
	data, err := Source(idOrFile)
	if err != nil {
		return nil, err
	}
	p, err := Parse(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", idOrFile, err)
	}
	return p, nil
}

// Source returns the text of an embedded policy, or of a policy file.
func Source(idOrFile string) ([]byte, error) {
	if slices.Contains(IDs(), idOrFile) {
		return files.ReadFile(idOrFile + ".yaml")
	}
	data, err := os.ReadFile(idOrFile)
	if err != nil {
		return nil, fmt.Errorf("%q is neither a policy file nor a known policy; there are: %s", idOrFile, strings.Join(IDs(), ", "))
	}
	return data, nil
}

// Default returns the policy of DefaultID. It is shared: use With to change a reading.
func Default() *Policy { return defaultPolicy() }

var defaultPolicy = sync.OnceValue(func() *Policy {
	p, err := Load(DefaultID)
	if err != nil {
		panic(err) // a test loads every embedded policy
	}
	return p
})

// IDs lists the embedded policies in order.
func IDs() []string {
	names, _ := fs.Glob(files, "*.yaml")
	for i, n := range names {
		names[i] = strings.TrimSuffix(n, ".yaml")
	}
	slices.Sort(names)
	return names
}

// Parse reads a policy file and lints it.
func Parse(data []byte) (*Policy, error) {
	if problems := Lint(data); len(problems) > 0 {
		var told []string
		for _, p := range problems {
			told = append(told, p.String())
		}
		return nil, fmt.Errorf("policy: %s", strings.Join(told, "; "))
	}
	p := new(Policy)
	if err := yaml.NewDecoder(bytes.NewReader(data), yaml.Strict()).Decode(p); err != nil {
		return nil, fmt.Errorf("policy: %w", err)
	}
	for _, r := range p.Rules {
		program, problems := ownrule.Compile(r)
		if len(problems) > 0 { // Lint has told them
			return nil, fmt.Errorf("policy: rule %s: %s", r.ID, problems[0].Message)
		}
		p.own = append(p.own, program)
	}
	return p, nil
}
