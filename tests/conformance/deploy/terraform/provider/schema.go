package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

var (
	kinds = regexp.MustCompile(`// (\w+) - computed: (\w+), optional: (\w+), required: (\w+)`)
	given = regexp.MustCompile(`(?s)(\w+): \{\s*value: [^\n]*\n\s*isBlock: (\w+),\s*type: "(\w+)",\s*storageClassType: "(\w+)"`)
	told  = regexp.MustCompile(`terraformResourceType: "(\w+)"`)
	types = map[string]tftypes.Type{
		"string":      tftypes.String,
		"boolean":     tftypes.Bool,
		"number":      tftypes.Number,
		"stringMap":   tftypes.Map{ElementType: tftypes.String},
		"booleanMap":  tftypes.Map{ElementType: tftypes.Bool},
		"list string": tftypes.List{ElementType: tftypes.String},
		"set string":  tftypes.Set{ElementType: tftypes.String},
	}
)

// Reads the arguments of each resource from the package that the provider is published in for cdktf, which has them in the
// TypeScript that its source maps hold: what is optional, required and computed, and of which type. Blocks are left out.
func schemas(folder string) (map[string]*tfprotov5.Schema, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*", "index.js"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("no resources in %s", folder)
	}
	all := map[string]*tfprotov5.Schema{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		_, encoded, found := strings.Cut(string(text), "sourceMappingURL=data:application/json;base64,")
		if !found {
			return nil, fmt.Errorf("%s has no source map", file)
		}
		decoded, err := base64.StdEncoding.DecodeString(strings.TrimSpace(encoded))
		if err != nil {
			return nil, err
		}
		var mapped struct{ SourcesContent []string }
		if err := json.Unmarshal(decoded, &mapped); err != nil {
			return nil, err
		}
		source := strings.Join(mapped.SourcesContent, "\n")
		name := told.FindStringSubmatch(source)
		if name == nil {
			return nil, fmt.Errorf("%s names no resource", file)
		}
		all[name[1]] = schema(source)
	}
	return all, nil
}

func schema(source string) *tfprotov5.Schema {
	// What blocks hold stands before the resource itself.
	source = source[strings.LastIndex(source, "extends cdktf.TerraformResource"):]
	of := map[string]tftypes.Type{}
	for _, found := range given.FindAllStringSubmatch(source, -1) {
		name, block, form, storage := found[1], found[2], found[3], found[4]
		if storage == "stringList" {
			storage = form + " string"
		}
		if known, ok := types[storage]; ok && block == "false" {
			of[name] = known
		}
	}
	block := &tfprotov5.SchemaBlock{}
	for _, found := range kinds.FindAllStringSubmatch(source, -1) {
		name, computed, optional, required := found[1], found[2] == "true", found[3] == "true", found[4] == "true"
		ty, known := of[name]
		if !known && computed && strings.Contains(source, "getStringAttribute('"+name+"')") {
			ty, known = tftypes.String, true
		}
		if !known {
			continue
		}
		block.Attributes = append(block.Attributes, &tfprotov5.SchemaAttribute{
			Name: name, Type: ty, Computed: computed, Optional: optional, Required: required,
		})
	}
	return &tfprotov5.Schema{Block: block}
}
