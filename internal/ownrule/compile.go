package ownrule

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/cost"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"

	"hequan"
	"hequan/internal/rmb"
)

// What a condition may cost, in CEL's units: about one for each value looked at.
const (
	costLimit    = 2_000_000 // while it is evaluated
	worstLimit   = 2_000_000 // as estimated, for lists of at most worstList
	worstList    = 200
	longestWords = 4000 // characters of a condition
)

// Plural is the name of the list of a kind's documents: contracts.
func Plural(k hequan.Kind) string { return string(k) + "s" }

// env is the environment of conditions that are run once for an application.
var env = sync.OnceValues(func() (*cel.Env, error) {
	registry, err := types.NewRegistry()
	if err != nil {
		return nil, err
	}
	p := &provider{registry, schemas()}
	options := []cel.EnvOption{
		cel.CustomTypeProvider(p), cel.CustomTypeAdapter(registry),
		cel.Variable("form", cel.ObjectType(typeName("form"))), cel.Variable("subsidy", cel.ObjectType(typeName("subsidy"))),
		cel.Function("date", cel.Overload("date_string", []*cel.Type{cel.StringType}, cel.TimestampType, cel.UnaryBinding(parseDate))),
		cel.Function("yuan", cel.Overload("yuan_string", []*cel.Type{cel.StringType}, cel.IntType, cel.UnaryBinding(parseYuan)),
			cel.Overload("yuan_int", []*cel.Type{cel.IntType}, cel.IntType, cel.UnaryBinding(wholeYuan))),
		cel.Function("money", cel.Overload("money_int", []*cel.Type{cel.IntType}, cel.StringType,
			cel.UnaryBinding(grouped))),
		cel.Function("sum", cel.Overload("sum_list_int", []*cel.Type{cel.ListType(cel.IntType)}, cel.IntType, cel.UnaryBinding(sum))),
	}
	for k := range KindFields {
		options = append(options, cel.Variable(Plural(k), cel.ListType(cel.ObjectType(typeName(string(k))))))
	}
	return cel.NewEnv(options...)
})

func wholeYuan(v ref.Val) ref.Val {
	n, ok := v.(types.Int)
	if !ok {
		return types.MaybeNoSuchOverloadErr(v)
	}
	return n.Multiply(types.Int(rmb.Yuan))
}

func grouped(v ref.Val) ref.Val {
	n, ok := v.(types.Int)
	if !ok {
		return types.MaybeNoSuchOverloadErr(v)
	}
	return types.String(rmb.Fen(n).Grouped())
}

func parseDate(v ref.Val) ref.Val {
	text, ok := v.(types.String)
	if !ok {
		return types.MaybeNoSuchOverloadErr(v)
	}
	t, err := time.Parse(time.DateOnly, string(text))
	if err != nil {
		return types.NewErr("%q is not a date YYYY-MM-DD", v)
	}
	return types.Timestamp{Time: t}
}

func parseYuan(v ref.Val) ref.Val {
	text, ok := v.(types.String)
	if !ok {
		return types.MaybeNoSuchOverloadErr(v)
	}
	f, ok := rmb.Parse(string(text))
	if !ok {
		return types.NewErr("%q is not a sum of money", v)
	}
	return types.Int(f)
}

func sum(v ref.Val) ref.Val {
	list, ok := v.(traits.Lister)
	if !ok {
		return types.MaybeNoSuchOverloadErr(v)
	}
	total := types.IntZero
	for it := list.Iterator(); it.HasNext() == types.True; {
		next := it.Next()
		x, ok := next.(types.Int)
		if !ok {
			return types.MaybeNoSuchOverloadErr(next)
		}
		more := total.Add(x)
		if total, ok = more.(types.Int); !ok {
			return more // an overflow is an error value
		}
	}
	return total
}

// Problem is something wrong with a rule: in which of its keys, and where
// inside of that text (line and column from 1; 0 where it is the whole).
type Problem struct {
	Key          string
	Line, Column int
	Message      string
}

// Program is a rule ready to be run.
type Program struct {
	Rule
	when  cel.Program
	parts []part // of the message
}

// part is a stretch of a message: as it stands, or a value.
type part struct {
	text  string
	value cel.Program
}

// Compile checks a rule and makes it ready.
func Compile(r Rule) (*Program, []Problem) {
	e, err := env()
	if err == nil && r.For != "" {
		if _, known := KindFields[r.For]; !known {
			return nil, []Problem{{Key: "for", Message: fmt.Sprintf("没有名为 %s 的材料", r.For)}}
		}
		e, err = e.Extend(cel.Variable(string(r.For), cel.ObjectType(typeName(string(r.For)))))
	}
	if err != nil {
		return nil, []Problem{{Message: err.Error()}}
	}
	p := &Program{Rule: r}
	var problems []Problem
	p.when, problems = compile(e, "when", r.When, 0, cel.BoolType)
	rest, at := r.Message, 0
	for {
		open := strings.Index(rest, "{")
		if open < 0 {
			break
		}
		length := strings.Index(rest[open:], "}")
		if length < 0 {
			problems = append(problems, Problem{Key: "message", Line: 1, Column: at + runes(rest[:open]) + 1, Message: "“{”没有对应的“}”"})
			return nil, problems
		}
		value, wrong := compile(e, "message", rest[open+1:open+length], at+runes(rest[:open])+1, nil)
		problems = append(problems, wrong...)
		p.parts = append(p.parts, part{text: rest[:open]}, part{value: value})
		at += runes(rest[:open+length+1])
		rest = rest[open+length+1:]
	}
	p.parts = append(p.parts, part{text: rest})
	if len(problems) > 0 {
		return nil, problems
	}
	return p, nil
}

func runes(s string) int { return len([]rune(s)) }

// compile makes a program of an expression that starts after some characters of its text.
func compile(e *cel.Env, key, text string, after int, want *cel.Type) (cel.Program, []Problem) {
	if runes(text) > longestWords {
		return nil, []Problem{{Key: key, Message: fmt.Sprintf("条件超过 %d 字，请拆成几条规则", longestWords)}}
	}
	ast, issues := e.Compile(text)
	if issues.Err() != nil {
		var out []Problem
		for _, x := range issues.Errors() {
			p := Problem{Key: key, Line: max(x.Location.Line(), 1), Column: x.Location.Column() + 1, Message: explain(x.Message)}
			if p.Line == 1 {
				p.Column += after
			}
			out = append(out, p)
		}
		return nil, out
	}
	if want != nil && !ast.OutputType().IsExactType(want) {
		return nil, []Problem{{Key: key, Line: 1, Column: 1 + after, Message: fmt.Sprintf("条件的结果须为真或假，现为 %s", ast.OutputType())}}
	}
	estimate, err := e.EstimateCost(ast, sizes{})
	if err == nil && estimate.Max > worstLimit {
		return nil, []Problem{{Key: key, Line: 1, Column: 1 + after, Message: "条件过于繁重（嵌套遍历过多），请拆成几条规则"}}
	}
	program, err := e.Program(ast, cel.CostLimit(costLimit))
	if err != nil {
		return nil, []Problem{{Key: key, Line: 1, Column: 1 + after, Message: err.Error()}}
	}
	return program, nil
}

// sizes says how long lists and texts are at most, for the estimate of costs.
type sizes struct{}

func (sizes) EstimateSize(node cost.AstNode) *cost.SizeEstimate {
	if node.Type() != nil && node.Type().Kind() == types.ListKind {
		return &cost.SizeEstimate{Min: 0, Max: worstList}
	}
	return &cost.SizeEstimate{Min: 0, Max: 200}
}

func (sizes) EstimateCallCost(string, string, *cost.AstNode, []cost.AstNode) *cost.CallEstimate {
	return nil
}

// explain says the usual mistakes in Chinese.
func explain(message string) string {
	name := func(before string) string {
		_, rest, _ := strings.Cut(message, before)
		rest, _, _ = strings.Cut(strings.TrimLeft(rest, "'"), "'")
		return rest
	}
	switch {
	case strings.HasPrefix(message, "undeclared reference"):
		return fmt.Sprintf("没有名为 %s 的材料、字段或函数；可用：form、subsidy、%s", name("to "), strings.Join(lists(), "、"))
	case strings.HasPrefix(message, "undefined field"):
		return fmt.Sprintf("没有名为 %s 的字段", name("field "))
	case strings.HasPrefix(message, "found no matching overload"):
		return "两边类型不合（日期写 date(\"2026-06-30\")，金额写 yuan(\"10000.00\")）：" + message
	case strings.HasPrefix(message, "Syntax error"):
		return "写法不对：" + message
	}
	return message
}

func lists() []string {
	var out []string
	for k := range KindFields {
		out = append(out, Plural(k))
	}
	slices.Sort(out)
	return out
}
