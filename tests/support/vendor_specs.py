"""A vendor's own OpenAPI file as the judge of answers, and as the maker of some.

The judge is jsonschema_rs; what is done here is to say `nullable` in the words of JSON Schema.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TypeAlias

import jsonschema_rs
import yaml
from hypothesis import strategies as st

Json: TypeAlias = Any
_UNTIL = 3
_MOMENTS = ("2026-11-22T08:00:00Z", "2026-11-22T08:29:59.123Z", "2026-11-22T11:30:00+03:30")


class VendorSpec:
    """One OpenAPI 3.0 file."""

    def __init__(self, file: Path) -> None:
        text = file.read_text(encoding="utf-8")
        self._told = json.loads(text) if file.suffix == ".json" else yaml.safe_load(text)

    def answer_schema(self, path: str, method: str = "get") -> Json:
        """Return the schema of a good answer."""
        answer = self._met(self._told["paths"][path][method]["responses"]["200"])
        return answer["content"]["application/json"]["schema"]

    def examples(self, path: str, method: str = "get") -> dict[str, Json]:
        """Return the vendor's own examples of a good answer."""
        answer = self._met(self._told["paths"][path][method]["responses"]["200"])
        examples = answer["content"]["application/json"].get("examples", {})
        return {name: each["value"] for name, each in examples.items()}

    def enum(self, name: str) -> list[str]:
        """Return the words of a schema."""
        return list(self._told["components"]["schemas"][name]["enum"])

    def parameters(self, path: str, method: str = "get") -> set[str]:
        """Return the names of an operation's parameters."""
        told = self._told["paths"][path][method].get("parameters", [])
        return {self._met(each)["name"] for each in told}

    def complaints(self, path: str, answer: Json, method: str = "get") -> list[str]:
        """Return what is wrong with an answer, by the vendor's specification."""
        schema = {
            **self._plain(self.answer_schema(path, method)),
            "components": {"schemas": self._plain(self._told["components"]["schemas"])},
        }
        # OData's `time` has no offset, as its pattern says.
        judge = jsonschema_rs.Draft202012Validator(
            schema, validate_formats=True, formats={"time": lambda _: True}
        )
        return [f"{error.instance_path}: {error.message}" for error in judge.iter_errors(answer)]

    def answers(self, schema: Json, depth: int = 0) -> st.SearchStrategy[Json]:
        """Return answers that fit a schema: its enums, formats and patterns, and null."""
        schema = self._met(schema)
        if schema.get("nullable"):
            return st.none() | self.answers({**schema, "nullable": False}, depth)
        if "allOf" in schema:
            parts = [self._met(part) for part in schema["allOf"]]
            if len(parts) == 1 and "properties" not in schema:
                return self.answers(parts[0], depth)
            properties = {
                name: each
                for part in [*parts, schema]
                for name, each in part.get("properties", {}).items()
            }
            return self.answers({"type": "object", "properties": properties}, depth)
        if "enum" in schema:
            return st.sampled_from(schema["enum"])
        return self._of_type(schema, depth)

    def _of_type(self, schema: Json, depth: int) -> st.SearchStrategy[Json]:
        deeper = depth <= _UNTIL
        properties = schema.get("properties", {}) if deeper else {}
        made = {
            "object": lambda: st.fixed_dictionaries(
                {},
                optional={name: self.answers(each, depth + 1) for name, each in properties.items()},
            ),
            "array": lambda: st.lists(
                self.answers(schema.get("items", {}), depth + 1), max_size=3 if deeper else 0
            ),
            "integer": lambda: st.integers(
                schema.get("minimum", -(2**31)), schema.get("maximum", 2**31 - 1)
            ),
            "boolean": st.booleans,
            "string": lambda: _text(schema),
        }
        return made.get(schema.get("type"), lambda: st.none() | st.text(max_size=3))()

    def _met(self, told: Json) -> Json:
        while "$ref" in told:
            *_, kind, name = told["$ref"].split("/")
            told = self._told["components"][kind][name]
        return told

    def _plain(self, told: Json) -> Json:
        """Return a schema in which `nullable` is said as JSON Schema says it."""
        if isinstance(told, list):
            return [self._plain(each) for each in told]
        if not isinstance(told, dict):
            return told
        plain = {
            name: self._plain(each)
            for name, each in told.items()
            if name not in ("nullable", "example", "examples") or name in told.get("properties", ())
        }
        if told.get("nullable") is True:
            return {"anyOf": [plain, {"type": "null"}]}
        return plain


def _text(schema: Json) -> st.SearchStrategy[str]:
    if schema.get("format") == "date-time":
        return st.sampled_from(_MOMENTS)
    if schema.get("format") == "uri":
        return st.just("https://vendor.example/x")
    if "pattern" in schema:
        return st.from_regex(schema["pattern"], fullmatch=True)
    return st.text(min_size=schema.get("minLength", 0), max_size=schema.get("maxLength", 12))
