package ownrule

import (
	"fmt"
	"reflect"
	"strings"
	"time"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"hequan"
)

// object is a form, a document, a row or a seal inside of CEL.
type object struct {
	name   string // of its type
	source Source
	doc    *hequan.Document
	table  string
	index  int // row or seal
}

func (o *object) ConvertToNative(t reflect.Type) (any, error) {
	return nil, fmt.Errorf("%s is not converted to %v", o.name, t)
}

func (o *object) ConvertToType(t ref.Type) ref.Val {
	return types.NewErr("%s cannot be converted to %s", o.name, t.TypeName())
}

func (o *object) Equal(other ref.Val) ref.Val {
	x, ok := other.(*object)
	return types.Bool(ok && *x == *o)
}

func (o *object) Type() ref.Type { return cel.ObjectType(o.name) }

func (o *object) Value() any { return o }

// typeName is the name of a type of ours, apart from the names of variables.
func typeName(of string) string { return "hequan." + of }

// schema is the fields of a type, with how each is asked for.
type schema map[string]*types.FieldType

// provider knows our types besides the standard ones.
type provider struct {
	types.Provider
	schemas map[string]schema
}

func (p *provider) FindStructType(name string) (*types.Type, bool) {
	if _, ok := p.schemas[name]; ok {
		return types.NewTypeTypeWithParam(types.NewObjectType(name)), true
	}
	return p.Provider.FindStructType(name)
}

func (p *provider) FindStructFieldNames(name string) ([]string, bool) {
	if s, ok := p.schemas[name]; ok {
		var out []string
		for f := range s {
			out = append(out, f)
		}
		return out, true
	}
	return p.Provider.FindStructFieldNames(name)
}

func (p *provider) FindStructFieldType(name, field string) (*types.FieldType, bool) {
	if s, ok := p.schemas[name]; ok {
		f, ok := s[field]
		return f, ok
	}
	return p.Provider.FindStructFieldType(name, field)
}

// get makes a field of a type from how it is asked for.
func get(t *cel.Type, has func(o *object) bool, from func(o *object) (any, error)) *types.FieldType {
	return &types.FieldType{Type: t,
		IsSet: func(target any) bool { o, ok := target.(*object); return ok && has(o) },
		GetFrom: func(target any) (any, error) {
			o, ok := target.(*object)
			if !ok {
				return nil, fmt.Errorf("%T has no fields", target)
			}
			v, err := from(o)
			if err != nil {
				return nil, err
			}
			if day, ok := v.(string); ok && t == cel.TimestampType {
				return time.Parse(time.DateOnly, day)
			}
			return v, nil
		}}
}

func always(*object) bool { return true }

// schemas makes the types of form, subsidy, seals, documents and rows.
func schemas() map[string]schema {
	out := map[string]schema{typeName("form"): {}, typeName("subsidy"): {}, typeName("seal"): {}}
	for _, f := range FormFields {
		path := formPath(f.Name)
		out[typeName("form")][f.Name] = get(f.Type.cel(), func(o *object) bool { return o.source.HasForm(path) },
			func(o *object) (any, error) { return o.source.Form(path, f.Type) })
	}
	for _, f := range SubsidyFields {
		out[typeName("subsidy")][f.Name] = get(f.Type.cel(), always, func(o *object) (any, error) { return o.source.Subsidy(f.Name) })
	}
	for _, f := range SealFields {
		out[typeName("seal")][f.Name] = get(f.Type.cel(), always, func(o *object) (any, error) {
			o.source.Seal(o.doc, o.index)
			s := o.doc.Seals[o.index]
			return map[string]string{"kind": s.Kind, "party": s.Party, "text": s.Text, "shape": s.Shape, "color": s.Color}[f.Name], nil
		})
	}
	for kind, fields := range KindFields {
		out[typeName(string(kind))] = documentSchema(kind, fields, out)
	}
	return out
}

// formPath turns applicant_name into applicant.name.
func formPath(name string) string {
	for _, group := range []string{"applicant", "project", "bank"} {
		if rest, ok := strings.CutPrefix(name, group+"_"); ok {
			return group + "." + rest
		}
	}
	return name
}

func documentSchema(kind hequan.Kind, fields []Field, all map[string]schema) schema {
	s := schema{
		"id":    get(cel.StringType, always, func(o *object) (any, error) { return o.doc.ID, nil }),
		"file":  get(cel.StringType, always, func(o *object) (any, error) { return o.doc.File, nil }),
		"pages": get(cel.IntType, always, func(o *object) (any, error) { return int64(o.doc.Pages[1] - o.doc.Pages[0] + 1), nil }),
		"seals": get(cel.ListType(cel.ObjectType(typeName("seal"))), always, func(o *object) (any, error) {
			list := make([]ref.Val, len(o.doc.Seals))
			for i := range list {
				list[i] = &object{name: typeName("seal"), source: o.source, doc: o.doc, index: i}
			}
			return list, nil
		}),
	}
	for _, f := range fields {
		has := func(o *object) bool { return o.source.Has(o.doc, f.Name) }
		if f.List {
			s[f.Name] = get(cel.ListType(cel.StringType), has, func(o *object) (any, error) { return o.source.List(o.doc, f.Name), nil })
			continue
		}
		s[f.Name] = get(f.Type.cel(), has, func(o *object) (any, error) { return o.source.Field(o.doc, f.Name, f.Type) })
	}
	for table, columns := range TableFields[kind] {
		row := typeName(string(kind) + "_" + table)
		all[row] = schema{}
		for _, f := range columns {
			all[row][f.Name] = get(f.Type.cel(), func(o *object) bool { return o.source.HasCell(o.doc, table, o.index, f.Name) },
				func(o *object) (any, error) { return o.source.Cell(o.doc, table, o.index, f.Name, f.Type) })
		}
		s[table] = get(cel.ListType(cel.ObjectType(row)), func(o *object) bool { return o.source.Rows(o.doc, table) > 0 }, func(o *object) (any, error) {
			list := make([]ref.Val, o.source.Rows(o.doc, table))
			for i := range list {
				list[i] = &object{name: row, source: o.source, doc: o.doc, table: table, index: i}
			}
			return list, nil
		})
	}
	return s
}
