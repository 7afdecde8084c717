// The twin posts of tests/approach: one of each pair tells what a stranger should not know of its writer. Rows were
// written against the part "tune" alone; of the part "report" only the counts were ever looked at.
// KEEPMUM_POSTS=FILE reads posts of your own (same form) instead, and shows those that are answered wrongly: to steer
// by while rows grow, without a look at the part "report".
// SPDX-License-Identifier: GPL-3.0-or-later
#include "packs/post/post_signs.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>

#include "base/tree.h"
#include "io/file.h"

namespace keepmum {
namespace {

class Taken final : public Sink {
  public:
    void found(Finding finding) override { findings.push_back(std::move(finding)); }
    void gap(Gap) override {}
    std::vector<Finding> findings;
};

std::vector<std::unique_ptr<Detector>> shipped() {
    std::string const file = std::string(KEEPMUM_SOURCE) + "/packs/post/signs.toml";
    std::vector<BookText> const texts = {{file, *read_file(file), BookText::Layer::shipped}};
    Result<std::vector<std::unique_ptr<Detector>>> made = make_post_signs(texts, PhraseBook::Examples::all);
    EXPECT_TRUE(made) << made.error().where << ": " << made.error().what;
    return made ? std::move(*made) : std::vector<std::unique_ptr<Detector>>();
}

std::set<std::string> signs_in(std::vector<std::unique_ptr<Detector>> const& detectors, std::string const& text) {
    Evidence evidence;
    evidence.kind = Kind::text;
    evidence.content = Blob::copy(text);
    std::unique_ptr<Notes> notes;
    std::set<std::string> rules;
    for (std::unique_ptr<Detector> const& detector : detectors) {
        Taken taken;
        detector->examine({evidence, evidence.content.view(), {}, &notes}, taken);
        for (Finding const& finding : taken.findings) {
            EXPECT_LE(finding.span.end, text.size());
            rules.insert(detector->rule().id);
        }
    }
    return rules;
}

// Wilson's interval at 95 %.
void print_share(std::string const& what, int part, int all) {
    double const n = all, p = n > 0 ? part / n : 0, z = 1.96, middle = (p + z * z / (2 * n)) / (1 + z * z / n),
                 half = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n);
    std::printf("  %-28s %3d of %3d  %5.1f %% (%.1f to %.1f)\n", what.c_str(), part, all, 100 * p,
                100 * std::max(0.0, middle - half), 100 * (middle + half));
}

struct Part {
    int part = 0, all = 0;
};

enum class Show : std::uint8_t { kinds, parts };

// Prints how many posts of the file are said to tell something; by part and label, part, label and language, and (kinds)
// part, label and kind.
std::map<std::string, Part> count_posts(std::vector<std::unique_ptr<Detector>> const& detectors, std::string const& file,
                                        Show what) {
    std::map<std::string, Part> shares;
    bool const show = std::getenv("KEEPMUM_POSTS") || std::getenv("KEEPMUM_SHOW_TUNE");
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
        Tree const row = *parse_json(line);
        std::string const part = *row.text("part"), label = *row.text("label"), text = *row.text("text");
        std::set<std::string> const rules = signs_in(detectors, text);
        std::vector<std::string> keys = {part + " " + label, part + " " + label + " " + *row.text("lang")};
        if (what == Show::kinds) keys.push_back(part + " " + label + " " + *row.text("kind"));
        for (std::string const& key : keys) {
            ++shares[key].all;
            shares[key].part += !rules.empty();
        }
        if (show && part != "report" && rules.empty() != (label == "clean")) {
            std::printf("%s %s", label.c_str(), text.c_str());
            for (std::string const& rule : rules) std::printf(" %s", rule.c_str());
            std::printf("\n");
        }
    }
    std::printf("posts said to tell something of their writer, %s:\n", file.substr(file.rfind('/') + 1).c_str());
    for (auto const& [name, share] : shares) print_share(name, share.part, share.all);
    return shares;
}

void expect_share(Part const& share, int least, int most) {
    ASSERT_GT(share.all, 0);
    EXPECT_GE(share.part * 100, share.all * least);
    EXPECT_LE(share.part * 100, share.all * most);
}

TEST(PostSigns, TwinPosts) {
    std::vector<std::unique_ptr<Detector>> const detectors = shipped();
    ASSERT_GE(detectors.size(), 10u);
    char const* const own = std::getenv("KEEPMUM_POSTS");
    std::string const folder = std::string(KEEPMUM_SOURCE) + "/tests/approach/";
    std::map<std::string, Part> shares = count_posts(detectors, own ? own : folder + "posts.jsonl", Show::kinds);
    if (own) return;
    Part const tune = shares["tune leaky"], leaky = shares["report leaky"], clean = shares["report clean"];
    Part const both = {tune.part + leaky.part, tune.all + leaky.all};
    print_share("both parts leaky", both.part, both.all);
    ASSERT_GE(leaky.all, 100);
    expect_share(both, 85, 100);  // the aim
    expect_share(leaky, 70, 100);
    expect_share(clean, 0, 2);
    expect_share(shares["tune clean"], 0, 2);
}

// By another hand, each pair a story of its own. The rows were widened with the first file open; of the second, only
// counts were seen.
TEST(PostSigns, SecondHand) {
    std::vector<std::unique_ptr<Detector>> const detectors = shipped();
    std::string const folder = std::string(KEEPMUM_SOURCE) + "/tests/approach/";
    std::map<std::string, Part> tuned = count_posts(detectors, folder + "posts_second.jsonl", Show::parts);
    std::map<std::string, Part> blind = count_posts(detectors, folder + "posts_second_blind.jsonl", Show::parts);
    ASSERT_EQ(tuned["tune leaky"].all, 340);
    ASSERT_EQ(blind["report leaky"].all, 40);
    expect_share(tuned["tune leaky"], 85, 100);
    expect_share(tuned["tune clean"], 0, 2);
    expect_share(blind["report leaky"], 40, 100);  // docs/posts.md: half is missed
    expect_share(blind["report clean"], 0, 2);
}

TEST(PostSigns, OrdinaryMessages) {
    char const* const data = std::getenv("KEEPMUM_DATA");
    std::string const file =
        (data ? data : std::string(KEEPMUM_SOURCE) + "/../shared/data") + "/approach/sms/sms.tsv";
    if (!exists(file)) GTEST_SKIP() << "no messages at " << file;
    std::vector<std::unique_ptr<Detector>> const detectors = shipped();
    std::ifstream in(file);
    int found = 0, all = 0;
    for (std::string line; std::getline(in, line);) {
        if (!line.starts_with("ham")) continue;
        ++all;
        found += !signs_in(detectors, line.substr(4)).empty();
    }
    print_share("text messages, ordinary", found, all);
    EXPECT_LE(found * 100, all * 2);
}

TEST(PostSigns, NeedCompany) {
    std::vector<std::unique_ptr<Detector>> const detectors = shipped();
    EXPECT_TRUE(signs_in(detectors, "The museum shows three howitzers.").empty());
    EXPECT_TRUE(signs_in(detectors, "").empty());
    EXPECT_EQ(signs_in(detectors, "我们连昨天夜里站岗，十二点换哨").contains("post.duty"), true);
}

TEST(PostSigns, EveryRowIsToldInBothLanguages) {
    for (std::unique_ptr<Detector> const& detector : shipped()) {
        Rule const& rule = detector->rule();
        EXPECT_TRUE(rule.id.starts_with("post.")) << rule.id;
        EXPECT_FALSE(rule.title_en.empty() || rule.title_zh.empty() || rule.why_en.empty() || rule.why_zh.empty() ||
                     rule.defined_by.empty())
            << rule.id;
    }
}

}  // namespace
}  // namespace keepmum
