package policy

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// syntaxProblem tells an error of the YAML itself.
func syntaxProblem(err error) Problem {
	var y yaml.Error
	if errors.As(err, &y) {
		p := Problem{Message: "不是合法的 YAML：" + y.GetMessage()}
		if t := y.GetToken(); t != nil && t.Position != nil {
			p.Line, p.Column = t.Position.Line, t.Position.Column
		}
		return p
	}
	return Problem{Message: "不是合法的 YAML：" + err.Error()}
}

// schema notes what the schema does not admit, each at its own place.
func (l *linter) schema(v *jsonschema.ValidationError) {
	if len(v.Causes) > 0 {
		for _, c := range v.Causes {
			l.schema(c)
		}
		return
	}
	at := v.InstanceLocation
	switch k := v.ErrorKind.(type) {
	case *kind.Required:
		l.add(at, "缺少 %s，请补上", strings.Join(k.Missing, "、"))
	case *kind.AdditionalProperties:
		for _, name := range k.Properties {
			l.add(append(append([]string{}, at...), name), "没有这一项，请检查拼写或删去")
		}
	case *kind.Type:
		l.add(at, "类型不对：应为 %s，现为 %s%s", strings.Join(k.Want, " 或 "), k.Got, quotedHint(k))
	case *kind.Enum:
		var want []string
		for _, w := range k.Want {
			want = append(want, fmt.Sprint(w))
		}
		l.add(at, "“%v”不在可选值之内：%s", k.Got, strings.Join(want, "、"))
	case *kind.Pattern:
		l.add(at, "“%s”的写法不对%s", k.Got, patternHint(k.Want))
	case *kind.MinLength, *kind.MinItems:
		l.add(at, "不能为空")
	default:
		l.add(at, "%s", v.ErrorKind.LocalizedString(message.NewPrinter(language.English)))
	}
}

func quotedHint(k *kind.Type) string {
	if len(k.Want) == 1 && k.Want[0] == "string" && k.Got == "number" {
		return "；数字请加引号，如 \"0.5\""
	}
	return ""
}

// patternHint says in words what a pattern of the schema wants.
func patternHint(pattern string) string {
	switch {
	case strings.Contains(pattern, "H[12]"):
		return "，应为年份加 H1 或 H2，如 2026H1"
	case strings.HasSuffix(pattern, "-[0-9]{2}-[0-9]{2}$"):
		return "，应为 YYYY-MM-DD 的日期，如 \"2026-06-30\""
	case strings.HasPrefix(pattern, "^own"):
		return "，应为 own. 加小写字母或下划线，如 own.contract_limit"
	case strings.HasPrefix(pattern, "^[0-9]+"):
		return "，应为不带千分位的数字，如 \"5000000.00\""
	}
	return "，应符合 " + pattern
}

func dotted(path []string) string {
	out := ""
	for _, p := range path {
		if _, err := strconv.Atoi(p); err == nil {
			out += "[" + p + "]"
			continue
		}
		if out != "" {
			out += "."
		}
		out += p
	}
	return out
}

// find returns the node at a path of keys and indexes, else the deepest one on
// the way; of a key that stands there, its value.
func find(file *ast.File, path []string) ast.Node {
	if len(file.Docs) == 0 || file.Docs[0].Body == nil {
		return nil
	}
	at := file.Docs[0].Body
	for _, step := range path {
		next := child(at, step)
		if next == nil {
			return start(at)
		}
		at = next
	}
	return start(at)
}

func child(n ast.Node, step string) ast.Node {
	switch n := n.(type) {
	case *ast.MappingNode:
		for _, v := range n.Values {
			if v.Key.GetToken().Value == step {
				return v.Value
			}
		}
	case *ast.MappingValueNode:
		if n.Key.GetToken().Value == step {
			return n.Value
		}
	case *ast.SequenceNode:
		if i, err := strconv.Atoi(step); err == nil && i >= 0 && i < len(n.Values) {
			return n.Values[i]
		}
	}
	return nil
}

// start is the first node of a mapping: the mapping's own token is its first colon.
func start(n ast.Node) ast.Node {
	switch m := n.(type) {
	case *ast.MappingNode:
		if len(m.Values) > 0 && !m.IsFlowStyle {
			return m.Values[0].Key
		}
	case *ast.MappingValueNode:
		return m.Key
	}
	return n
}

// inside turns a place inside of a text into one in the file: text stands
// behind its key, in quotes, or as a block under it.
func inside(n ast.Node, source string, line, column int) (int, int) {
	at := n.GetToken().Position
	switch n := n.(type) {
	case *ast.LiteralNode: // | or >: the token is the mark, the text starts on the next line
		lines := strings.Split(source, "\n")
		first := n.Start.Position.Line // the line after the mark's, counted from 0
		if first >= len(lines) {
			return at.Line, at.Column
		}
		indent := len(lines[first]) - len(strings.TrimLeft(lines[first], " "))
		return first + line, indent + column
	case *ast.StringNode:
		if t := n.GetToken().Type; t == token.SingleQuoteType || t == token.DoubleQuoteType {
			column++
		}
	}
	if line > 1 { // a plain text over several lines is folded: its lines are not those of the file
		return at.Line, at.Column
	}
	return at.Line, at.Column + column - 1
}
