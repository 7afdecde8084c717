// The sets of tests/approach: hosts made to pass for others, and ordinary ones.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/link/lookalike.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <map>
#include <string>

#include "format/link/url.h"

namespace keepmum {
namespace {

std::vector<std::string> lines_of(std::string const& name) {
    std::ifstream in(std::string(KEEPMUM_SOURCE) + "/tests/approach/" + name);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

std::vector<TrustedName> trusted() {
    std::vector<TrustedName> names;
    for (std::string const& line : lines_of("trusted.txt")) names.push_back(read_trusted_name(line));
    return names;
}

bool is_suspicious(std::string const& host, std::vector<TrustedName> const& names) {
    std::optional<Url> const url = read_url("https://" + host + "/");
    if (!url) return true;
    NameLikeness const how = compare_host(url->host, names).how;
    return (how != NameLikeness::none && how != NameLikeness::own) || scripts_of(url->host) != Scripts::plain;
}

TEST(Lookalike, MadeHostsAreFound) {
    std::vector<TrustedName> const names = trusted();
    ASSERT_GE(names.size(), 50u);
    std::map<std::string, std::pair<int, int>> kinds;
    int found = 0, all = 0;
    std::string lost;
    for (std::string const& line : lines_of("lookalikes.txt")) {
        std::string const kind = line.substr(0, line.find('\t')), host = line.substr(line.rfind('\t') + 1);
        bool const is = is_suspicious(host, names);
        ++all;
        found += is;
        kinds[kind].first += is;
        ++kinds[kind].second;
        if (!is) lost += " " + kind + ":" + host;
    }
    ASSERT_GE(all, 500);
    for (auto const& [kind, count] : kinds) {
        std::printf("  %-24s %d of %d\n", kind.c_str(), count.first, count.second);
        EXPECT_GE(count.first * 10, count.second * 9) << kind;  // a small kind would not be missed in the sum
    }
    std::printf("look-alikes: %d of %d found (%.1f %%); lost:%s\n", found, all, 100.0 * found / all, lost.c_str());
    EXPECT_GE(found, all * 98 / 100);
}

TEST(Lookalike, OrdinaryHostsAreLeftAlone) {
    std::vector<TrustedName> const names = trusted();
    int wrong = 0, all = 0;
    std::string shown;
    for (std::string const& host : lines_of("hosts.txt")) {
        ++all;
        if (!is_suspicious(host, names)) continue;
        ++wrong;
        std::optional<Url> const url = read_url("https://" + host + "/");
        Resemblance const like = compare_host(url->host, names);
        shown += " " + host + "=" + std::string(like.trusted) + "/" + std::to_string(static_cast<int>(like.how));
    }
    ASSERT_EQ(all, 10'000);
    std::printf("ordinary hosts: %d of %d suspected (%.2f %%):%s\n", wrong, all, 100.0 * wrong / all, shown.c_str());
    EXPECT_LE(wrong, 100);
}

TEST(Lookalike, TrustedNamesAreThemselves) {
    std::vector<TrustedName> const names = trusted();
    for (TrustedName const& name : names) EXPECT_EQ(compare_host(name.host, names).how, NameLikeness::own) << name.written;
    EXPECT_EQ(compare_host("mail.paypal.com", names).how, NameLikeness::own);
    EXPECT_EQ(compare_host("notpaypal.org", {}).how, NameLikeness::none);
}

TEST(Lookalike, SaysHow) {
    std::vector<TrustedName> const names = {read_trusted_name("paypal.com"), read_trusted_name("中國銀行"), read_trusted_name("https://www.tesla.com/")};
    struct {
        std::string_view host;
        NameLikeness how;
    } const all[] = {
        {"раураl.com", NameLikeness::same_look}, {"paypa1.com", NameLikeness::same_look},       {"paypall.com", NameLikeness::one_slip},
        {"pay-pal.com", NameLikeness::hyphens},  {"paypal-login.com", NameLikeness::added_word}, {"paypal.com.evil.net", NameLikeness::as_beginning},
        {"paypal.net", NameLikeness::other_ending}, {"中国银行.com", NameLikeness::same_look},   {"example.org", NameLikeness::none},
        {"tesla.com", NameLikeness::own},        {"tes1a.com", NameLikeness::same_look},         {"payments.example", NameLikeness::none},
    };
    for (auto const& one : all) EXPECT_EQ(compare_host(one.host, names).how, one.how) << one.host;
}

TEST(Lookalike, ScriptsSpeakForThemselves) {
    EXPECT_EQ(scripts_of("аррӏе.com"), Scripts::posing);
    EXPECT_EQ(scripts_of("gооgle.example"), Scripts::mixed);
    EXPECT_EQ(scripts_of("пример.рф"), Scripts::plain);
    EXPECT_EQ(scripts_of("москва.com"), Scripts::plain);
    EXPECT_EQ(scripts_of("münchen.de"), Scripts::plain);
    EXPECT_EQ(scripts_of("中国银行.com"), Scripts::plain);
    EXPECT_EQ(scripts_of("example.com"), Scripts::plain);
}

}  // namespace
}  // namespace keepmum
