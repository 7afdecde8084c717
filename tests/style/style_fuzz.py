"""Every parser has a fuzz target: each extractor, and each reader of what others wrote."""
import pathlib
import re
import sys

targets = {path.stem: path.read_text() for path in pathlib.Path("tests/fuzz").glob("*.cpp")}
everything = "\n".join(targets.values())
# Readers that are no extractors: what workers send, what users write, what keepmum itself keeps.
wanted = {"RecordReader": "records of workers", "parse_toml": "TOML", "parse_json": "JSON", "load_packs": "packs",
          "read_directive": "directives", "parse_place": "places", "to_canonical|canonical": "the canonical view",
          "Filter|filter": "filters of imported rules", "Segment::open": "segments of the register", "read_check": "remembered checks",
          "read_chat": "conversations", "MailThreads": "folders of mails", "NeuralNetwork::read": "networks"}
extractors = {}
for registry in pathlib.Path("src/extract").glob("*/registry.cpp"):
    for name, function in re.findall(r'\{"([a-z]+\.[a-z]+)", *&?(\w+)\}', registry.read_text()):
        extractors[name] = function
extractors.pop("ocr.about", None)  # reads no byte: names the reader
extractors.pop("text.sealed", None)  # reads no byte: says that the file is encrypted, and no more
faults = [f"{name}: no target in tests/fuzz calls {function}()" for name, function in sorted(extractors.items()) 
          if f"{function}()" not in everything and f"extractors_{name.split('.')[0]}()" not in everything]
faults += [f"no target in tests/fuzz reads {what}" for word, what in wanted.items() if not re.search(word, everything)]
for name, text in sorted(targets.items()):
    if "LLVMFuzzerTestOneInput" not in text:
        faults.append(f"tests/fuzz/{name}.cpp is no fuzz target")
if len(extractors) < 15:
    faults.append(f"only {len(extractors)} extractors seen: has the form of the registries changed?")
print("\n".join(faults) or f"fuzz: {len(targets)} targets, each of {len(extractors)} extractors has one")
sys.exit(bool(faults))
