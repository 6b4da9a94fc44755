package ownrule

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types/ref"

	"hequan"
)

// errCost is an evaluation that cost more than it may.
var errCost = errors.New("计算量超出上限")

// Run evaluates the rule, on a document where it is for one. tell is what to
// say where the condition holds, and "" where it does not. An error says that
// it could not be evaluated: a value is not there, or it cost too much.
func (p *Program) Run(source Source, doc *hequan.Document) (tell string, err error) {
	values := map[string]any{
		"form":    &object{name: typeName("form"), source: source},
		"subsidy": &object{name: typeName("subsidy"), source: source},
	}
	for k := range KindFields {
		docs := source.Documents(k)
		list := make([]ref.Val, len(docs))
		for i, d := range docs {
			list[i] = &object{name: typeName(string(k)), source: source, doc: d}
		}
		values[Plural(k)] = list
	}
	if p.For != "" {
		values[string(p.For)] = &object{name: typeName(string(p.For)), source: source, doc: doc}
	}
	holds, err := evaluate(p.when, values)
	if err != nil {
		return "", err
	}
	if holds != true {
		return "", nil
	}
	var b strings.Builder
	for _, x := range p.parts {
		if x.value == nil {
			b.WriteString(x.text)
			continue
		}
		v, err := evaluate(x.value, values)
		if err != nil {
			b.WriteString("（未读到）") // the condition holds all the same
			continue
		}
		b.WriteString(say(v))
	}
	return b.String(), nil
}

func evaluate(program cel.Program, values map[string]any) (any, error) {
	v, _, err := program.Eval(values)
	if err != nil {
		if strings.Contains(err.Error(), "cost limit exceeded") {
			return nil, errCost
		}
		return nil, err
	}
	return v.Value(), nil
}

// say writes a value in a message.
func say(v any) string {
	switch v := v.(type) {
	case time.Time:
		return v.Format(time.DateOnly)
	case float64:
		return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.6f", v), "0"), ".")
	case bool:
		if v {
			return "是"
		}
		return "否"
	case []ref.Val:
		var out []string
		for _, x := range v {
			out = append(out, say(x.Value()))
		}
		return strings.Join(out, "、")
	case []string:
		return strings.Join(v, "、")
	}
	return fmt.Sprint(v)
}
