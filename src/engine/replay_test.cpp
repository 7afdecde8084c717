// Every case of every detector once more through the engine: what is found in plain text must be found
// in the same text encoded, in another charset, and in full-width letters.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

#include "base/hash.h"
#include "base/icu.h"
#include "base/seal.h"
#include "base/utf8.h"
#include "detect/case_file_test.h"
#include "detect/registry.h"
#include "engine/examine.h"
#include "extract/registry.h"
#include "policy/directive.h"

namespace keepmum {
namespace {

std::string read_text(std::string const& path) {
    std::ifstream file(path);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

// The case file of a detector: its id's file, wherever in the family's folder it lies.
std::map<std::string, std::string> case_files() {
    std::map<std::string, std::string> files;
    std::string const list = "find " KEEPMUM_SOURCE "/src/detect -name '*.cases'";
    FILE* const found = popen(list.c_str(), "r");
    char line[4096];
    while (found && fgets(line, sizeof line, found)) {
        std::string path(line);
        path.pop_back();
        std::string const inside = path.substr(std::string(KEEPMUM_SOURCE "/src/detect/").size());
        std::string name = inside.substr(0, inside.find('/')) + "." + inside.substr(inside.rfind('/') + 1);
        name.resize(name.size() - std::string(".cases").size());
        std::replace(name.begin(), name.end(), '_', '-');
        files[name] = path;
    }
    if (found) pclose(found);
    return files;
}

// Keeps the texts that an extractor puts out.
class Texts final : public Outlet {
  public:
    void put(Evidence evidence) override {
        if (evidence.kind != Kind::bytes) all.push_back(std::move(evidence));
    }
    void gap(Gap) override {}
    void progress() override {}
    bool enough() const override { return false; }
    std::uint64_t allowance() const override { return 1 << 30; }
    std::vector<Evidence> all;
};

std::string hex_of(std::string_view text) { return to_hex(text); }

std::string percent_of(std::string_view text) {
    std::string out;
    for (unsigned char c : text) {
        char code[4];
        std::snprintf(code, sizeof code, "%%%02X", c);
        out += code;
    }
    return out;
}

std::string entities_of(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        CodePoint const point = decode_utf8(text, at);
        out += "&#" + std::to_string(static_cast<std::uint32_t>(point.value)) + ";";
        at += point.length;
    }
    return out;
}

struct Bench {
    explicit Bench(DetectorRow const& row) {
        std::vector<std::unique_ptr<Detector>> one;
        one.push_back(row.make());
        std::vector<Detector const*> order{one.front().get()};
        Result<Matcher> matcher = Matcher::build(order);
        Directive directive;
        setup.reset(new Setup{std::move(one), PackSet(), order, std::move(*matcher), directive, {}, "2026-01-01", {}, Key{}, ""});
    }
    std::size_t count(Evidence const& evidence) const {
        Matcher::Scratch scratch = *setup->matcher.make_scratch();
        return examine(*setup, scratch, evidence).findings.size();
    }
    // As the text of a file in that charset, read by the extractor for plain text.
    std::size_t count_bytes(std::string const& bytes) const {
        for (ExtractorRow const& row : extractors_text()) {
            if (row.id != "text.plain") continue;
            Evidence file;
            file.content = Blob::copy(bytes);
            Texts texts;
            if (!row.instance()->extract(file, texts)) return 0;
            std::size_t most = 0;
            for (Evidence const& text : texts.all) most = std::max(most, count(text));
            return most;
        }
        return 0;
    }
    std::unique_ptr<Setup> setup;
};

TEST(Replay, WhatIsFoundPlainIsFoundInEveryDress) {
    std::map<std::string, std::string> const files = case_files();
    ASSERT_GT(files.size(), 20u);
    std::size_t tried = 0;
    std::vector<std::string> lost;
    for (DetectorRow const& row : detectors()) {
        if (row.about->positional || !files.count(std::string(row.about->id))) continue;
        Bench const bench(row);
        Result<std::vector<testing::Case>> const cases = testing::parse_cases(read_text(files.at(std::string(row.about->id))));
        ASSERT_TRUE(cases) << row.about->id;
        for (testing::Case const& one : *cases) {
            Evidence const plain = testing::evidence_of(one, one.text);
            if (one.expected.empty() || plain.kind != Kind::text || plain.role != Role::shown) continue;
            std::size_t const wanted = bench.count(plain);
            auto check = [&](std::string_view dress, std::size_t found) {
                ++tried;
                if (found < std::min<std::size_t>(wanted, 1)) lost.push_back(std::string(row.about->id) + ": " + one.title + " as " + std::string(dress));
            };
            auto as_text = [&](std::string text) {
                Evidence evidence = plain;
                evidence.content = Blob::take(std::move(text));
                return bench.count(evidence);
            };
            // Short encodings are no encodings: a realistic one holds a sentence.
            std::string const sentence = "This is the text that was sent yesterday evening:\n" + one.text + "\nWith kind regards.\n";
            if (as_text(sentence) < wanted) continue;  // the sentence itself changes what this detector sees
            check("base64", as_text("data " + to_base64(sentence) + " end"));
            check("base64 twice", as_text("data " + to_base64(to_base64(sentence)) + " end"));
            check("hex", as_text("data " + hex_of(sentence) + " end"));
            check("percent", as_text("data " + percent_of(sentence) + " end"));
            check("entities", as_text("data " + entities_of(sentence) + " end"));
            check("UTF-16LE", bench.count_bytes(encode_with_icu(sentence, "UTF-16LE")));
            check("UTF-16BE with mark", bench.count_bytes("\xFE\xFF" + encode_with_icu(sentence, "UTF-16BE")));
            check("UTF-32LE", bench.count_bytes(encode_with_icu(sentence, "UTF-32LE")));
        }
    }
    std::printf("%zu replays, %zu lost\n", tried, lost.size());
    std::string all;
    for (std::string const& line : lost) all += line + "\n";
    EXPECT_TRUE(lost.empty()) << all;
    EXPECT_GT(tried, 500u);
}

}  // namespace
}  // namespace keepmum
