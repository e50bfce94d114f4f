"""Puts in what a template includes, as CloudFormation does: the members of the file stand where the transform stood."""

import json


def resolved(template, read):
    """The template with every `AWS::Include` put in; `read` gives the text at a location."""
    if isinstance(template, list):
        return [resolved(node, read) for node in template]
    if not isinstance(template, dict):
        return template
    node = {name: resolved(value, read) for name, value in template.items() if name != "Fn::Transform"}
    transform = template.get("Fn::Transform")
    if transform is None:
        return node
    assert transform["Name"] == "AWS::Include" and list(transform) == ["Name", "Parameters"], transform
    included = json.loads(read(transform["Parameters"]["Location"]))
    assert isinstance(included, dict), "a snippet is an object"
    assert "Fn::Transform" not in json.dumps(included), "a snippet includes nothing itself"
    twice = node.keys() & included.keys()
    assert not twice, f"{twice} stands there and in the snippet"
    return node | included


def include(location):
    return {"Name": "AWS::Include", "Parameters": {"Location": location}}
