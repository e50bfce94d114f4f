// Command surface lists what packages of Go show: each exported name with its type, fields and methods, a line each.
package main

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"log"
	"os"
	"slices"
	"strings"
)

func main() {
	for _, folder := range os.Args[1:] {
		for _, line := range listed(folder) {
			fmt.Println(line)
		}
	}
}

func listed(folder string) []string {
	if err := os.Chdir(folder); err != nil {
		log.Fatal(err)
	}
	entries, err := os.ReadDir(".")
	if err != nil {
		log.Fatal(err)
	}
	set := token.NewFileSet()
	var files []*ast.File
	for _, entry := range entries {
		name := entry.Name()
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(set, name, nil, parser.SkipObjectResolution)
		if err != nil {
			log.Fatal(err)
		}
		files = append(files, file)
	}
	config := types.Config{Importer: importer.ForCompiler(set, "source", nil)}
	found, err := config.Check(files[0].Name.Name, set, files, nil)
	if err != nil {
		log.Fatal(err)
	}
	var lines []string
	name := types.RelativeTo(found)
	add := func(text string) {
		text = strings.ReplaceAll(strings.ReplaceAll(text, "interface{}", "any"), "\n", " ")
		lines = append(lines, found.Name()+": "+text)
	}
	for _, of := range found.Scope().Names() {
		object := found.Scope().Lookup(of)
		if !object.Exported() {
			continue
		}
		named, ok := object.Type().(*types.Named)
		if _, isType := object.(*types.TypeName); !isType || !ok {
			text := types.ObjectString(object, name)
			if value, ok := object.(*types.Const); ok {
				text += " = " + value.Val().ExactString()
			}
			add(text)
			continue
		}
		switch under := named.Underlying().(type) {
		case *types.Struct:
			add("type " + types.TypeString(named, name) + " struct")
			for field := range under.Fields() {
				if field.Exported() {
					add(of + "." + field.Name() + " " + types.TypeString(field.Type(), name))
				}
			}
		case *types.Interface:
			add("type " + of + " interface")
			for method := range under.Methods() {
				if method.Exported() {
					add(of + "." + method.Name() + strings.TrimPrefix(types.TypeString(method.Type(), name), "func"))
				}
			}
			continue
		default:
			add("type " + types.TypeString(named, name) + " " + types.TypeString(under, name))
		}
		of := types.NewMethodSet(types.NewPointer(named))
		for method := range of.Methods() {
			if object := method.Obj(); object.Exported() {
				receiver := "(*" + named.Obj().Name() + ")."
				if types.NewMethodSet(named).Lookup(found, object.Name()) != nil {
					receiver = named.Obj().Name() + "."
				}
				add(receiver + object.Name() + strings.TrimPrefix(types.TypeString(method.Type(), name), "func"))
			}
		}
	}
	slices.Sort(lines)
	return slices.Compact(lines)
}
