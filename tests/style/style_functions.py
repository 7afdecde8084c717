"""No function of more than 60 lines under src/, counted from its head's line to its closing brace.

A small reading of braces, not a compiler: strings and comments are blanked first; a body is what opens after a ')' (with
const, noexcept, a return type or initialisers behind it) outside every other body.
"""
import pathlib
import re
import sys

limit = 60
exceptions = {line.split(None, 1)[1] for line in pathlib.Path("tests/style/exceptions.txt").read_text().splitlines() if line.startswith("function ")}
blank = re.compile(r'R"(\w*)\((?:.*?)\)\1"|"(?:\\.|[^"\\\n])*"|(?<![0-9a-fA-F])\'(?:\\.|[^\'\\\n])+\'|//[^\n]*|/\*.*?\*/', re.S)
head = re.compile(r"\)\s*(const|noexcept|override|final|mutable|&&|&|->[^;{}]*|:[^;]*|\s)*$", re.S)
scope = re.compile(r"\b(namespace|class|struct|union|enum|extern)\b[^;{}()]*$")


def functions(text):
    """(line, length) of each outermost body."""
    text = blank.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    text = re.sub(r"^\s*#.*(?:\\\n.*)*$", lambda found: re.sub(r"[^\n]", " ", found[0]), text, flags=re.M)
    depth, began, since = 0, None, 0
    for at, letter in enumerate(text):
        if letter == "{":
            before = text[since:at]
            if began is None and head.search(before) and not scope.search(before):
                began = (depth, since + len(before) - len(before.lstrip()))
            depth += 1
            since = at + 1
        elif letter == "}":
            depth -= 1
            since = at + 1
            if began and depth == began[0]:
                yield text.count("\n", 0, began[1]) + 1, text.count("\n", began[1], at) + 1
                began = None
        elif letter == ";" and began is None:
            since = at + 1


faults, used, counted = [], set(), 0
for path in sorted([*pathlib.Path("src").rglob("*.cpp"), *pathlib.Path("src").rglob("*.h")]):
    if path.name.endswith("_test.cpp"):
        continue
    for line, length in functions(path.read_text()):
        counted += 1
        if length <= limit:
            continue
        if str(path) in exceptions:
            used.add(str(path))
        else:
            faults.append(f"{path}:{line}: a function of {length} lines, at most {limit}")
faults += [f"tests/style/exceptions.txt: no longer needed: function {path}" for path in sorted(exceptions - used)]
print("\n".join(faults) or f"functions: {counted}, none longer than {limit} lines but those listed")
sys.exit(bool(faults))
