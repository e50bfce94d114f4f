package main

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
)

type object map[string]any

// API Gateway, as far as it refuses something.
type gateway struct {
	path string
	lock sync.Mutex
	ids  int
}

func (o object) text(name string) string {
	text, _ := o[name].(string)
	return text
}

func (o object) texts(name string) map[string]any {
	texts, _ := o[name].(map[string]any)
	return texts
}

// Where something stands: what API Gateway knows it by.
func place(ty string, of object) string {
	key := func(names ...string) string {
		var parts []string
		for _, name := range names {
			parts = append(parts, of.text(name))
		}
		return strings.Join(parts, " ")
	}
	switch kind := strings.TrimPrefix(ty, "aws_api_gateway_"); kind {
	case "model":
		return "model " + key("rest_api_id", "name")
	case "gateway_response":
		return "gateway_response " + key("rest_api_id", "response_type")
	case "resource":
		return "resource " + key("rest_api_id", "parent_id", "path_part")
	case "method", "integration":
		return kind + " " + key("rest_api_id", "resource_id", "http_method")
	case "method_response", "integration_response":
		return kind + " " + key("rest_api_id", "resource_id", "http_method", "status_code")
	default:
		return kind + " " + key("id")
	}
}

func (g *gateway) id() string {
	g.lock.Lock()
	defer g.lock.Unlock()
	g.ids++
	return fmt.Sprintf("%d-%d", os.Getpid(), g.ids)
}

func (g *gateway) change(change func(all map[string]object) string) string {
	g.lock.Lock()
	defer g.lock.Unlock()
	all := map[string]object{}
	if text, err := os.ReadFile(g.path); err == nil {
		if err := json.Unmarshal(text, &all); err != nil {
			return err.Error()
		}
	}
	if refused := change(all); refused != "" {
		return refused
	}
	text, err := json.MarshalIndent(all, "", " ")
	if err == nil {
		err = os.WriteFile(g.path, text, 0o600)
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

func (g *gateway) put(ty string, of, before object) string {
	switch ty {
	case "aws_api_gateway_model", "aws_api_gateway_method", "aws_api_gateway_integration", "aws_api_gateway_method_response",
		"aws_api_gateway_gateway_response":
		// What does not wait for these is there before them.
		time.Sleep(30 * time.Millisecond)
	}
	return g.change(func(all map[string]object) string {
		here := place(ty, of)
		_, taken := all[here]
		if refused := refused(all, ty, here, of, taken && len(before) == 0); refused != "" {
			return refused
		}
		if ty == "aws_api_gateway_deployment" {
			snapshot := object{}
			for key, value := range all {
				if strings.Contains(key, " "+of.text("rest_api_id")) {
					snapshot[key] = map[string]any(value)
				}
			}
			of["snapshot"] = map[string]any(snapshot)
		}
		all[here] = of
		return ""
	})
}

func refused(all map[string]object, ty, here string, of object, taken bool) string {
	beside := func(kind string) (object, bool) {
		found, ok := all[place("aws_api_gateway_"+kind, of)]
		return found, ok
	}
	switch ty {
	case "aws_api_gateway_model":
		if taken {
			return "ConflictException: Model name already exists for this REST API: " + here
		}
		if !json.Valid([]byte(of.text("schema"))) {
			return "BadRequestException: Invalid model schema specified: " + here
		}
	case "aws_api_gateway_integration":
		if _, ok := beside("method"); !ok {
			return "NotFoundException: Invalid Method identifier specified: " + here
		}
	case "aws_api_gateway_method_response":
		if taken {
			return "ConflictException: Response already exists for this resource: " + here
		}
		if _, ok := beside("method"); !ok {
			return "NotFoundException: Invalid Method identifier specified: " + here
		}
		for _, model := range of.texts("response_models") {
			named := object{"rest_api_id": of.text("rest_api_id"), "name": model}
			if _, ok := all[place("aws_api_gateway_model", named)]; !ok && model != "Empty" && model != "Error" {
				return fmt.Sprintf("BadRequestException: Invalid model identifier specified: %v of %s", model, here)
			}
		}
	case "aws_api_gateway_integration_response":
		return responds(all, here, of)
	case "aws_api_gateway_deployment":
		for key := range all {
			named, method := strings.CutPrefix(key, "method "+of.text("rest_api_id")+" ")
			if _, ok := all["integration "+of.text("rest_api_id")+" "+named]; method && !ok {
				return "BadRequestException: No integration defined for method: " + key
			}
		}
	}
	return ""
}

func responds(all map[string]object, here string, of object) string {
	if _, ok := all[place("aws_api_gateway_integration", of)]; !ok {
		return "NotFoundException: Invalid Integration identifier specified: " + here
	}
	response, ok := all[place("aws_api_gateway_method_response", of)]
	if !ok {
		return "NotFoundException: Invalid Response status code specified: " + here
	}
	for name := range of.texts("response_parameters") {
		if _, ok := response.texts("response_parameters")[name]; !ok {
			return fmt.Sprintf("BadRequestException: Invalid mapping expression parameter specified: %s of %s", name, here)
		}
	}
	method := strings.TrimSuffix(here, of.text("status_code"))
	for key, other := range all {
		if key != here && strings.HasPrefix(key, method) && other.text("selection_pattern") == of.text("selection_pattern") {
			return "ConflictException: Integration response with this selection pattern already exists: " + here
		}
	}
	return ""
}

func (g *gateway) remove(ty string, of object) string {
	return g.change(func(all map[string]object) string {
		here := place(ty, of)
		if _, ok := all[here]; !ok {
			return "NotFoundException: " + here
		}
		for key, other := range all {
			of_api := strings.HasPrefix(key, "method_response "+of.text("rest_api_id")+" ")
			for _, model := range other.texts("response_models") {
				if ty == "aws_api_gateway_model" && of_api && model == of.text("name") {
					return "ConflictException: Cannot delete model, is referenced in method: " + here + ", " + key
				}
			}
		}
		delete(all, here)
		return ""
	})
}

var (
	status = regexp.MustCompile(`^[1-5]\d\d$`)
	named  = regexp.MustCompile(`^[A-Za-z0-9]+$`)
	words  = map[string][]string{
		"http_method":          {"ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"},
		"authorization":        {"NONE", "AWS_IAM", "CUSTOM", "COGNITO_USER_POOLS"},
		"passthrough_behavior": {"WHEN_NO_MATCH", "WHEN_NO_TEMPLATES", "NEVER"},
	}
)

// What the provider itself refuses in a configuration.
func misfit(ty string, of object) string {
	for name, all := range words {
		if text := of.text(name); text != "" && !slices.Contains(all, text) {
			return fmt.Sprintf("expected %s to be one of %v, got %s", name, all, text)
		}
	}
	if text := of.text("status_code"); text != "" && !status.MatchString(text) {
		return "status_code must be a HTTP status, got " + text
	}
	switch text := of.text("type"); {
	case ty == "aws_api_gateway_integration" && text != "" && !slices.Contains([]string{"HTTP", "AWS", "MOCK", "HTTP_PROXY", "AWS_PROXY"}, text):
		return "expected type to be an integration's, got " + text
	case ty == "aws_api_gateway_authorizer" && text != "" && !slices.Contains([]string{"TOKEN", "REQUEST", "COGNITO_USER_POOLS"}, text):
		return "expected type to be an authorizer's, got " + text
	case ty == "aws_api_gateway_model" && of.text("name") != "" && !named.MatchString(of.text("name")):
		return "name must be letters and digits, got " + of.text("name")
	}
	for _, kind := range []string{"request_parameters", "response_parameters"} {
		for name := range of.texts(kind) {
			if !strings.HasPrefix(name, "method.") && !strings.HasPrefix(name, "integration.") && !strings.HasPrefix(name, "gatewayresponse.") {
				return "invalid parameter " + name
			}
		}
	}
	return ""
}
