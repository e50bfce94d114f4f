// A provider for Terraform with the arguments of the one for AWS, and an API Gateway behind it that is a file: it refuses what
// API Gateway refuses, and a deployment is a snapshot of what was there.
//
//	SCHEMA   the folder of the resources, from the package for cdktf
//	GATEWAY  the file
package main

import (
	"context"
	"fmt"
	"math/big"
	"os"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tfprotov5/tf5server"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

type provider struct {
	// What nobody calls here is not there.
	tfprotov5.ProviderServer
	schemas map[string]*tfprotov5.Schema
	gateway *gateway
}

// What makes another one of a resource instead of changing it.
var identity = []string{
	"rest_api_id", "resource_id", "http_method", "response_type", "path_part", "parent_id", "triggers", "statement_id",
	"function_name", "principal", "source_arn", "stage_name", "content_type",
}

func main() {
	schemas, err := schemas(os.Getenv("SCHEMA"))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	served := &provider{schemas: schemas, gateway: &gateway{path: os.Getenv("GATEWAY")}}
	if err := tf5server.Serve("aws", func() tfprotov5.ProviderServer { return served }); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func (p *provider) GetMetadata(context.Context, *tfprotov5.GetMetadataRequest) (*tfprotov5.GetMetadataResponse, error) {
	var resources []tfprotov5.ResourceMetadata
	for name := range p.schemas {
		resources = append(resources, tfprotov5.ResourceMetadata{TypeName: name})
	}
	return &tfprotov5.GetMetadataResponse{Resources: resources}, nil
}

func (p *provider) GetProviderSchema(context.Context, *tfprotov5.GetProviderSchemaRequest) (*tfprotov5.GetProviderSchemaResponse, error) {
	region := &tfprotov5.SchemaAttribute{Name: "region", Type: tftypes.String, Optional: true}
	block := &tfprotov5.SchemaBlock{Attributes: []*tfprotov5.SchemaAttribute{region}}
	return &tfprotov5.GetProviderSchemaResponse{
		Provider:        &tfprotov5.Schema{Block: block},
		ResourceSchemas: p.schemas,
	}, nil
}

func (p *provider) GetResourceIdentitySchemas(context.Context, *tfprotov5.GetResourceIdentitySchemasRequest) (*tfprotov5.GetResourceIdentitySchemasResponse, error) {
	return &tfprotov5.GetResourceIdentitySchemasResponse{}, nil
}

func (p *provider) PrepareProviderConfig(_ context.Context, req *tfprotov5.PrepareProviderConfigRequest) (*tfprotov5.PrepareProviderConfigResponse, error) {
	return &tfprotov5.PrepareProviderConfigResponse{PreparedConfig: req.Config}, nil
}

func (p *provider) ConfigureProvider(context.Context, *tfprotov5.ConfigureProviderRequest) (*tfprotov5.ConfigureProviderResponse, error) {
	return &tfprotov5.ConfigureProviderResponse{}, nil
}

func (p *provider) StopProvider(context.Context, *tfprotov5.StopProviderRequest) (*tfprotov5.StopProviderResponse, error) {
	return &tfprotov5.StopProviderResponse{}, nil
}

func (p *provider) ty(name string) tftypes.Type {
	return p.schemas[name].ValueType()
}

func (p *provider) ValidateResourceTypeConfig(_ context.Context, req *tfprotov5.ValidateResourceTypeConfigRequest) (*tfprotov5.ValidateResourceTypeConfigResponse, error) {
	members, err := members(req.Config, p.ty(req.TypeName))
	if err != nil {
		return nil, err
	}
	return &tfprotov5.ValidateResourceTypeConfigResponse{Diagnostics: said(misfit(req.TypeName, plain(members)))}, nil
}

func (p *provider) UpgradeResourceState(_ context.Context, req *tfprotov5.UpgradeResourceStateRequest) (*tfprotov5.UpgradeResourceStateResponse, error) {
	value, err := req.RawState.Unmarshal(p.ty(req.TypeName))
	if err != nil {
		return nil, err
	}
	state, err := tfprotov5.NewDynamicValue(p.ty(req.TypeName), value)
	return &tfprotov5.UpgradeResourceStateResponse{UpgradedState: &state}, err
}

func (p *provider) ReadResource(_ context.Context, req *tfprotov5.ReadResourceRequest) (*tfprotov5.ReadResourceResponse, error) {
	return &tfprotov5.ReadResourceResponse{NewState: req.CurrentState, Private: req.Private}, nil
}

func (p *provider) PlanResourceChange(_ context.Context, req *tfprotov5.PlanResourceChangeRequest) (*tfprotov5.PlanResourceChangeResponse, error) {
	ty := p.ty(req.TypeName)
	proposed, err := members(req.ProposedNewState, ty)
	if err != nil {
		return nil, err
	}
	if proposed == nil {
		return &tfprotov5.PlanResourceChangeResponse{PlannedState: req.ProposedNewState}, nil
	}
	prior, err := members(req.PriorState, ty)
	if err != nil {
		return nil, err
	}
	var replaced []*tftypes.AttributePath
	for _, attribute := range p.schemas[req.TypeName].Block.Attributes {
		name := attribute.Name
		switch {
		case prior == nil && attribute.Computed && proposed[name].IsNull():
			proposed[name] = tftypes.NewValue(attribute.Type, tftypes.UnknownValue)
		case prior != nil && slices.Contains(identity, name) && !prior[name].Equal(proposed[name]):
			replaced = append(replaced, tftypes.NewAttributePath().WithAttributeName(name))
		}
	}
	planned, err := tfprotov5.NewDynamicValue(ty, tftypes.NewValue(ty, proposed))
	return &tfprotov5.PlanResourceChangeResponse{PlannedState: &planned, RequiresReplace: replaced}, err
}

func (p *provider) ApplyResourceChange(_ context.Context, req *tfprotov5.ApplyResourceChangeRequest) (*tfprotov5.ApplyResourceChangeResponse, error) {
	ty := p.ty(req.TypeName)
	prior, err := members(req.PriorState, ty)
	if err != nil {
		return nil, err
	}
	planned, err := members(req.PlannedState, ty)
	if err != nil {
		return nil, err
	}
	if planned == nil {
		refused := p.gateway.remove(req.TypeName, plain(prior))
		return &tfprotov5.ApplyResourceChangeResponse{NewState: req.PlannedState, Diagnostics: said(refused)}, nil
	}
	id := p.gateway.id()
	for _, attribute := range p.schemas[req.TypeName].Block.Attributes {
		if name := attribute.Name; !planned[name].IsKnown() {
			var known any
			switch name {
			case "id", "root_resource_id":
				known = name + "-" + id
			case "execution_arn":
				known = "arn:aws:execute-api:eu-central-1:123456789012:id-" + id
			case "arn":
				known = "arn:aws:lambda:eu-central-1:123456789012:function:" + id
			case "invoke_arn":
				known = "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/" + id + "/invocations"
			}
			planned[name] = tftypes.NewValue(attribute.Type, known)
		}
	}
	refused := p.gateway.put(req.TypeName, plain(planned), plain(prior))
	if refused != "" {
		return &tfprotov5.ApplyResourceChangeResponse{NewState: req.PriorState, Diagnostics: said(refused)}, nil
	}
	state, err := tfprotov5.NewDynamicValue(ty, tftypes.NewValue(ty, planned))
	return &tfprotov5.ApplyResourceChangeResponse{NewState: &state}, err
}

// The members of an object; nothing where there is none.
func members(value *tfprotov5.DynamicValue, ty tftypes.Type) (map[string]tftypes.Value, error) {
	read, err := value.Unmarshal(ty)
	if err != nil || read.IsNull() {
		return nil, err
	}
	found := map[string]tftypes.Value{}
	return found, read.As(&found)
}

func said(refused string) []*tfprotov5.Diagnostic {
	if refused == "" {
		return nil
	}
	return []*tfprotov5.Diagnostic{{Severity: tfprotov5.DiagnosticSeverityError, Summary: refused}}
}

// The values as JSON has them; what is not known yet is not there.
func plain(members map[string]tftypes.Value) object {
	out := object{}
	for name, value := range members {
		if read := read(value); read != nil {
			out[name] = read
		}
	}
	return out
}

func read(value tftypes.Value) any {
	if value.IsNull() || !value.IsKnown() {
		return nil
	}
	var text string
	var yes bool
	var number big.Float
	var all map[string]tftypes.Value
	var list []tftypes.Value
	switch {
	case value.Type().Is(tftypes.String) && value.As(&text) == nil:
		return text
	case value.Type().Is(tftypes.Bool) && value.As(&yes) == nil:
		return yes
	case value.Type().Is(tftypes.Number) && value.As(&number) == nil:
		float, _ := number.Float64()
		return float
	case value.As(&all) == nil:
		return map[string]any(plain(all))
	case value.As(&list) == nil:
		var out []any
		for _, one := range list {
			out = append(out, read(one))
		}
		return out
	}
	return nil
}
