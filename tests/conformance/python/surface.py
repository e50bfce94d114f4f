"""What modules show, a line for each name: what a change of a template changes for callers shows here."""

import importlib
import inspect
import sys


def shown(name: str, value: object) -> list[str]:
    if inspect.isclass(value):
        bases = ", ".join(base.__name__ for base in value.__bases__)
        lines = [f"class {name}({bases})"]
        members = {known: value.__dict__[known] for known in value.__dict__ if not known.startswith("_")}
        for member, of in sorted({"__init__": value.__init__, **members}.items()):
            lines.append(f"    {member}{signature(of)}")
        for member, of in sorted(getattr(value, "__annotations__", {}).items()):
            if not member.startswith("_"):
                lines.append(f"    {member}: {of}")
        return lines
    if inspect.isfunction(value):
        return [f"def {name}{signature(value)}"]
    return [f"{name} = {value!r}"] if len(repr(value)) < 100 else [f"{name} = …"]


def signature(of: object) -> str:
    if isinstance(of, property):
        return f": {inspect.signature(of.fget).return_annotation}"
    if not callable(of):
        return f" = {of!r}"[:160]
    try:
        return str(inspect.signature(of))
    except (TypeError, ValueError):
        return ""


def main() -> None:
    for module in map(importlib.import_module, sys.argv[1:]):
        print(f"# {module.__name__}")
        for name in getattr(module, "__all__", sorted(vars(module))):
            value = getattr(module, name)
            if not name.startswith("_") and not inspect.ismodule(value):
                print(*shown(name, value), sep="\n")


if __name__ == "__main__":
    main()
