package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
	"github.com/goccy/go-yaml"
)

// settings are the flags that a configuration file sets: YAML, a flag's name
// and its value a line. A flag on the command line counts more, then the
// environment, then the file.
type settings map[string]any

// loadSettings reads a configuration file.
func loadSettings(r io.Reader) (kong.Resolver, error) {
	s := settings{}
	if err := yaml.NewDecoder(r).Decode(&s); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("the configuration file is no list of NAME: VALUE: %w", err)
	}
	return s, nil
}

// Validate refuses a name that is no flag: a misspelt setting must not be ignored.
func (s settings) Validate(app *kong.Application) error {
	known := map[string]bool{}
	err := kong.Visit(app, func(n kong.Visitable, next kong.Next) error {
		if f, ok := n.(*kong.Flag); ok {
			known[f.Name] = true
		}
		return next(nil)
	})
	for name := range s {
		if !known[name] {
			return fmt.Errorf("the configuration file sets %q, which is no flag", name)
		}
	}
	return err
}

// Resolve implements kong.Resolver.
func (s settings) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	if slices.ContainsFunc(flag.Envs, func(name string) bool { _, set := os.LookupEnv(name); return set }) {
		return nil, nil
	}
	return s[flag.Name], nil
}

// secrets are the variables that may hold a password. A file can hold it
// instead: NAME_FILE says which.
var secrets = []string{"HEQUAN_DATABASE", "HEQUAN_REDIS", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "HEQUAN_WEBHOOK_SECRET"}

// readSecrets sets the variables whose values stand in files.
func readSecrets() error {
	for _, name := range secrets {
		file := os.Getenv(name + "_FILE")
		if file == "" {
			continue
		}
		if os.Getenv(name) != "" {
			return fmt.Errorf("%s and %s_FILE are both set: which counts?", name, name)
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return fmt.Errorf("%s_FILE: %w", name, err)
		}
		if err := errors.Join(os.Setenv(name, strings.TrimSpace(string(data))), os.Unsetenv(name+"_FILE")); err != nil {
			return err
		}
	}
	return nil
}

// configuration reads the file that HEQUAN_CONFIG names; --config is kong's own.
func configuration() (kong.Option, error) {
	path := os.Getenv("HEQUAN_CONFIG")
	if path == "" {
		return kong.Configuration(loadSettings), nil
	}
	if _, err := os.Stat(path); err != nil { // kong passes over it
		return nil, fmt.Errorf("HEQUAN_CONFIG: %w", err)
	}
	return kong.Configuration(loadSettings, path), nil
}

// hideSecrets takes what was parsed out of the environment, which children
// inherit: readers of strangers' files have no use for it. The keys of S3 stay
// as long as they are not asked for.
func hideSecrets() error {
	return errors.Join(os.Unsetenv("HEQUAN_DATABASE"), os.Unsetenv("HEQUAN_REDIS"))
}
