"""Strict checks against the part of JSON Schema (draft 7) that our schemas use; anything else in a schema is a fault."""

KNOWN = {"$schema", "title", "type", "enum", "oneOf", "required", "properties", "additionalProperties", "items", "minimum", "uniqueItems"}
TYPES = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool}


def fault(schema, value, path="$"):
    """What of `value` breaks `schema`, or ""."""
    if unknown := set(schema) - KNOWN:
        return f"{path}: the schema has {sorted(unknown)}, which this check does not know"
    if "oneOf" in schema:
        faults = [fault(choice, value, path) for choice in schema["oneOf"]]
        return "" if faults.count("") == 1 else f"{path}: fits {faults.count('')} of the choices: {faults}"
    if "enum" in schema and value not in schema["enum"]:
        return f"{path}: {value!r} is none of {schema['enum']}"
    kind = schema.get("type")
    if kind and (not isinstance(value, TYPES[kind]) or (kind == "integer" and isinstance(value, bool))):
        return f"{path}: {value!r} is no {kind}"
    if "minimum" in schema and value < schema["minimum"]:
        return f"{path}: {value} is less than {schema['minimum']}"
    if isinstance(value, list):
        found = [fault(schema.get("items", {}), one, f"{path}[{index}]") for index, one in enumerate(value)]
        return next(filter(None, found), "")
    if isinstance(value, dict):
        if missing := [key for key in schema.get("required", []) if key not in value]:
            return f"{path}: lacks {missing}"
        properties, others = schema.get("properties", {}), schema.get("additionalProperties", True)
        for key, one in value.items():
            if key not in properties and others is False:
                return f"{path}: has {key}, which the schema does not know"
            if found := fault(properties.get(key, others if isinstance(others, dict) else {}), one, f"{path}.{key}"):
                return found
    return ""
