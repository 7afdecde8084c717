// What a detector says of how its numbers are written (CodeForm) spares calls and nothing else: variants of
// all numbers of its cases are found behind the matcher, which goes by it, as behind the naive nominator,
// which does not know it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <sstream>

#include "base/utf8.h"
#include "detect/case_file_test.h"
#include "detect/nominator_test.h"
#include "detect/registry.h"
#include "match/matcher.h"

namespace keepmum::testing {
namespace {

namespace fs = std::filesystem;

std::string read_file(fs::path const& path) {
    std::ifstream stream(path, std::ios::binary);
    std::stringstream text;
    text << stream.rdbuf();
    return text.str();
}

std::string name_of(std::string_view id) {
    std::string name(id.substr(id.find('.') + 1));
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

class Spans final : public Sink, public Visitor {
  public:
    Spans(Detector const& detector, std::string_view text) : detector_(detector), text_(text) {}
    void found(Finding finding) override { all.emplace_back(finding.span.begin, finding.span.end, finding.certainty); }
    void gap(Gap) override {}
    void visit(std::size_t, std::span<Candidate const> candidates) override {
        if (!candidates.empty()) detector_.examine({evidence_, text_, candidates}, *this);
    }
    std::vector<std::tuple<std::uint64_t, std::uint64_t, Certainty>> all;

  private:
    Detector const& detector_;
    std::string_view text_;
    Evidence evidence_;
};

char draw(char like, std::mt19937& random) {
    bool const same = random() % 5;
    bool const digit = same == is_digit(like);
    return digit ? static_cast<char>('0' + random() % 10) : static_cast<char>('A' + random() % 26);
}

// `count` variants of a number where it stands, with a bit of what is around it.
std::string variants_of(Case const& one, Span span, int count, std::mt19937& random) {
    std::size_t from = span.begin - std::min<std::size_t>(span.begin, 40);
    while (from < span.begin && (static_cast<unsigned char>(one.text[from]) & 0xC0) == 0x80) ++from;
    std::string_view const around = std::string_view(one.text).substr(from, span.size() + span.begin - from + 12);
    std::string text;
    for (int i = 0; i < count; ++i) {
        std::string variant(around);
        for (unsigned changes = 1 + random() % 3; changes > 0; --changes) {
            std::size_t const reach = random() % 2 ? std::min<std::size_t>(span.size(), 3) : span.size();
            char& c = variant[span.begin - from + random() % reach];
            if (is_alnum(c)) c = draw(c, random);
        }
        text += variant + " ~\n~ ";
    }
    return text;
}

TEST(Number, FormsLoseNothing) {
    std::map<std::string, fs::path> files;
    for (auto const& entry : fs::recursive_directory_iterator(fs::path(KEEPMUM_SOURCE) / "src" / "detect" / "identity")) {
        if (entry.path().extension() == ".cases") files[entry.path().stem().string()] = entry.path();
    }
    std::mt19937 random(1);
    int const count = std::getenv("KEEPMUM_LONG") ? 20'000 : 300;
    for (DetectorRow const& row : detectors()) {
        if (row.about->triggers[0].what != Trigger::What::code) continue;
        auto const cases = parse_cases(read_file(files[name_of(row.about->id)]));
        ASSERT_TRUE(cases) << row.about->id;
        auto const detector = row.make();
        Detector const* const only[] = {detector.get()};
        auto matcher = Matcher::build(only);
        auto scratch = matcher->make_scratch();
        std::size_t found = 0;
        for (Case const& one : *cases) {
            for (Expected const& expected : one.expected) {
                std::string const text = variants_of(one, expected.span, count, random);
                Spans real(*detector, text), naive(*detector, text);
                ASSERT_TRUE(matcher->scan(text, *scratch, real));
                naive.visit(0, nominate(detector->triggers(), text).candidates);
                ASSERT_EQ(real.all, naive.all) << row.about->id << " " << one.title;
                found += naive.all.size();
            }
        }
        EXPECT_GT(found, 0u) << row.about->id << ": no variant of any case is found";
    }
}

}  // namespace
}  // namespace keepmum::testing
