// The reports for programs keep to their schemas: ours for jsonl (docs/formats/report.schema.json),
// the official one for SARIF where it is found beside the checkout, its skeleton always.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "base/tree.h"
#include "report/sample_run.h"

namespace keepmum {
namespace {

// A strict checker for the part of JSON Schema (draft 7) that the two schemas use; `pattern`, `format`
// and `default` are not looked at.
class SchemaCheck {
  public:
    explicit SchemaCheck(Tree const& root) : root_(root) {}

    // What is wrong, or "".
    std::string check(Tree const& schema, Tree const& value, std::string const& path = "$") const {
        if (Tree const* reference = schema.find("$ref")) return check(resolve(reference->string()), value, path);
        if (Tree const* type = schema.find("type"); type && !is_type(value, type->string())) return path + " is no " + type->string();
        if (Tree const* words = schema.find("enum"); words && !is_one_of(*words, value)) return path + ": " + value.string() + " is no word of the enum";
        if (Tree const* least = schema.find("minimum"); least && value.is(Tree::Kind::integer) && value.integer() < least->integer()) {
            return path + " is too small";
        }
        if (std::string wrong = check_choice(schema, value, path); !wrong.empty()) return wrong;
        if (value.is(Tree::Kind::table)) return check_table(schema, value, path);
        return value.is(Tree::Kind::array) ? check_array(schema, value, path) : "";
    }

  private:
    Tree const& resolve(std::string_view reference) const {
        Tree const* at = &root_;
        reference.remove_prefix(2);  // "#/"
        for (std::size_t slash = 0; at && slash != reference.npos;) {
            slash = reference.find('/');
            at = at->find(reference.substr(0, slash));
            reference.remove_prefix(slash == reference.npos ? reference.size() : slash + 1);
        }
        return at ? *at : nothing_;
    }

    static bool is_type(Tree const& value, std::string_view type) {
        switch (value.kind()) {
            case Tree::Kind::table: return type == "object";
            case Tree::Kind::array: return type == "array";
            case Tree::Kind::string: return type == "string";
            case Tree::Kind::boolean: return type == "boolean";
            case Tree::Kind::integer: return type == "integer" || type == "number";
            case Tree::Kind::floating: return type == "number";
            case Tree::Kind::null: break;
        }
        return type == "null";
    }

    static bool is_one_of(Tree const& words, Tree const& value) {
        return std::any_of(words.items().begin(), words.items().end(), [&](Tree const& word) { return print(word) == print(value); });
    }

    std::string check_choice(Tree const& schema, Tree const& value, std::string const& path) const {
        for (char const* key : {"oneOf", "anyOf"}) {
            Tree const* choices = schema.find(key);
            if (!choices) continue;
            std::string reasons;
            int good = 0;
            for (Tree const& choice : choices->items()) {
                std::string const wrong = check(choice, value, path);
                good += wrong.empty();
                reasons += "; " + wrong;
            }
            if (good == 0 || (good > 1 && key[0] == 'o')) return path + " fits " + std::to_string(good) + " choices" + reasons;
        }
        return "";
    }

    std::string check_table(Tree const& schema, Tree const& value, std::string const& path) const {
        if (Tree const* required = schema.find("required")) {
            for (Tree const& name : required->items()) {
                if (!value.has(name.string())) return path + " lacks " + name.string();
            }
        }
        Tree const* properties = schema.find("properties");
        Tree const* others = schema.find("additionalProperties");
        for (TreeMember const& member : value.members()) {
            Tree const* known = properties ? properties->find(member.key) : nullptr;
            if (!known && others && others->is(Tree::Kind::boolean) && !others->boolean()) return path + " may not have " + member.key;
            Tree const* rule = known ? known : others && others->is(Tree::Kind::table) ? others : nullptr;
            if (!rule) continue;
            if (std::string wrong = check(*rule, member.value, path + "." + member.key); !wrong.empty()) return wrong;
        }
        return "";
    }

    std::string check_array(Tree const& schema, Tree const& value, std::string const& path) const {
        if (Tree const* least = schema.find("minItems"); least && value.items().size() < static_cast<std::size_t>(least->integer())) {
            return path + " is too short";
        }
        Tree const* unique = schema.find("uniqueItems");
        std::vector<std::string> seen;
        for (Tree const& item : value.items()) {
            if (unique && unique->boolean()) seen.push_back(print(item));
            Tree const* rule = schema.find("items");
            if (!rule) continue;
            if (std::string wrong = check(*rule, item, path + "[]"); !wrong.empty()) return wrong;
        }
        std::sort(seen.begin(), seen.end());
        return std::adjacent_find(seen.begin(), seen.end()) == seen.end() ? "" : path + " repeats an item";
    }

    Tree const& root_;
    Tree nothing_;
};

std::string read_text(std::string const& path) {
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

Tree parse(std::string const& text) {
    auto tree = parse_json(text);
    EXPECT_TRUE(tree) << (tree ? "" : tree.error().what) << text.substr(0, 200);
    return tree ? *tree : Tree();
}

std::vector<std::string> split_lines(std::string const& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

TEST(Jsonl, KeepsToItsSchema) {
    Tree const schema = parse(read_text(KEEPMUM_SOURCE "/docs/formats/report.schema.json"));
    SchemaCheck const check(schema);
    std::vector<SourceReport> reports = sample::office();
    reports[0].verdict.permits = {"p-0001"};
    auto const lines = split_lines(sample::write(Format::jsonl, std::move(reports)));
    ASSERT_GT(lines.size(), 5u);
    for (std::string const& line : lines) EXPECT_EQ(check.check(schema, parse(line)), "") << line;
}

TEST(Jsonl, TheCheckerBites) {
    Tree const schema = parse(read_text(KEEPMUM_SOURCE "/docs/formats/report.schema.json"));
    SchemaCheck const check(schema);
    for (char const* line : {R"({"type":"gap","source":"a","place":"a","cause":"tired","stage":"open","bytes":1})",
                             R"({"type":"gap","source":"a","place":"a","cause":"killed","stage":"open"})",
                             R"({"type":"gap","source":"a","place":"a","cause":"killed","stage":"open","bytes":-1})",
                             R"({"type":"gap","source":"a","place":"a","cause":"killed","stage":"open","bytes":1,"more":1})", R"([])"}) {
        EXPECT_NE(check.check(schema, parse(line)), "") << line;
    }
}

TEST(Jsonl, SaysWhatTheContractSays) {
    std::string const text = sample::write(Format::jsonl, sample::office());
    for (char const* part : {R"({"type":"finding","source":"a.zip","place":"a.zip!b.docx!comments@12+18",)",
                             R"("rule":"identity.cn-resident-id","certainty":"certain","labels":["personal"])",
                             R"("facts":{"province":"Fujian"},"excerpt":"3501••••••••••002X","reasons":["check digit agrees")",
                             R"({"type":"gap","source":"a.zip","place":"a.zip!plan.7z","cause":"encrypted",)",
                             R"("stage":"extract","bytes":5120)",
                             R"({"type":"verdict","source":"a.zip","outcome":"hold","because":[{"clause":"personal.numbers",)",
                             R"("text":"Personal numbers stay in the house")",
                             R"("coverage":{"bytes":9321,"read":4201})",
                             R"({"type":"summary","sources":11,"bytes":193752)", R"("outcome":"hold","setup":"sha256:)"}) {
        EXPECT_NE(text.find(part), std::string::npos) << part;
    }
}

TEST(Jsonl, AnInterruptedRunSaysSo) {
    EXPECT_NE(sample::write(Format::jsonl, {}, {}, true).find("\"partial\":true"), std::string::npos);
}

constexpr char sarif_skeleton[] = R"({"type":"object","required":["version","runs"],"additionalProperties":false,"properties":{
"$schema":{"type":"string"},"version":{"enum":["2.1.0"]},"runs":{"type":"array","minItems":1,"items":{"type":"object",
"required":["tool","results","invocations"],"additionalProperties":false,"properties":{"columnKind":{"enum":["unicodeCodePoints"]},
"language":{"type":"string"},"properties":{"type":"object"},
"tool":{"type":"object","required":["driver"],"properties":{"driver":{"type":"object","required":["name","rules"],"properties":{
"rules":{"type":"array","uniqueItems":true,"items":{"type":"object","required":["id","shortDescription","help"]}}}}}},
"invocations":{"type":"array","items":{"type":"object","required":["executionSuccessful","toolExecutionNotifications"]}},
"results":{"type":"array","items":{"type":"object","required":["ruleId","ruleIndex","level","message","locations"],"properties":{
"level":{"enum":["error","warning","note"]},"message":{"type":"object","required":["text"]},"ruleIndex":{"type":"integer","minimum":0},
"partialFingerprints":{"type":"object","additionalProperties":{"type":"string"}},
"locations":{"type":"array","minItems":1,"items":{"type":"object","required":["physicalLocation"]}}}}}}}}}})";

TEST(Sarif, KeepsToTheSkeletonOfTheStandard) {
    Tree const schema = parse(sarif_skeleton);
    for (Language const language : {Language::en, Language::zh}) {
        WriterOptions options;
        options.language = language;
        EXPECT_EQ(SchemaCheck(schema).check(schema, parse(sample::write(Format::sarif, sample::office(), options))), "");
    }
    EXPECT_EQ(SchemaCheck(schema).check(schema, parse(sample::write(Format::sarif, {}))), "");
}

TEST(Sarif, KeepsToTheOfficialSchema) {
    char const* data = std::getenv("KEEPMUM_DATA");
    std::string const folder = data ? data : KEEPMUM_SOURCE "/../shared/data";
    std::string const text = read_text(folder + "/sarif-schema-2.1.0.json");
    if (text.empty()) GTEST_SKIP() << "no sarif-schema-2.1.0.json in " << folder;
    Tree const schema = parse(text);
    EXPECT_EQ(SchemaCheck(schema).check(schema, parse(sample::write(Format::sarif, sample::office()))), "");
}

TEST(Sarif, NamesRuleLevelPlaceAndGaps) {
    std::string const text = sample::write(Format::sarif, sample::office());
    for (char const* part : {R"("ruleId":"identity.cn-resident-id","ruleIndex":0,"level":"error")", R"("level":"warning")",
                             R"("uri":"notes/%E7%BD%91%E7%BB%9C%E8%AF%B4%E6%98%8E.txt"},"region":{"startLine":1,"byteOffset":7,"byteLength":11})",
                             R"("fullyQualifiedName":"a.zip!b.docx!comments")", R"("descriptor":{"id":"gap.encrypted","index":0})",
                             R"("keepmumValue/v1":"00112233445566778899aabbccddeeff")", R"("exitCode":1)"}) {
        EXPECT_NE(text.find(part), std::string::npos) << part;
    }
}

}  // namespace
}  // namespace keepmum
