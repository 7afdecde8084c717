// What must hold in every format: no secret, nothing that disguises itself, valid structure.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <random>

#include "base/tree.h"
#include "base/utf8.h"
#include "report/mask.h"
#include "report/sample_run.h"

namespace keepmum {
namespace {

constexpr Format formats[] = {Format::text, Format::jsonl, Format::sarif, Format::html};

using Random = std::mt19937_64;

std::string random_secret(Random& random) {
    static constexpr std::string_view alphabets[] = {"0123456789", "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
                                                     "abcXYZ019 !\"#$%&'()*+,-./:;<=>?@[]^_`{|}~\\"};
    // None of them stands in what keepmum itself says.
    static constexpr std::string_view han[] = {"鹮", "鹭", "蔷", "薇", "鲸", "岚", "霰", "𠮷"};
    std::string secret;
    std::size_t const size = 8 + random() % 40;
    std::size_t const kind = random() % 4;
    while (secret.size() < size) {
        if (kind < 3) secret += alphabets[kind][random() % alphabets[kind].size()];
        else secret += han[random() % std::size(han)];
    }
    return secret;
}

std::string escape_all(std::string_view text) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    for (char const c : text) out += {'%', digits[static_cast<unsigned char>(c) >> 4], digits[static_cast<unsigned char>(c) & 15]};
    return out;
}

// Undoes %XX, \u with four digits, escaped quotes and entities, wherever they stand.
std::string unescape(std::string const& text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        std::string_view const rest = std::string_view(text).substr(at);
        auto const hex = [&](std::size_t from, std::size_t size) {
            return rest.size() >= from + size ? std::strtol(std::string(rest.substr(from, size)).c_str(), nullptr, 16) : -1;
        };
        if (rest[0] == '%' && rest.size() > 2 && std::isxdigit(static_cast<unsigned char>(rest[1])) &&
            std::isxdigit(static_cast<unsigned char>(rest[2]))) {
            out += static_cast<char>(hex(1, 2));
            at += 3;
        } else if (rest.starts_with("\\u")) {
            append_utf8(out, static_cast<char32_t>(hex(2, 4)));
            at += 6;
        } else if (rest.starts_with("\\\\") || rest.starts_with("\\\"")) {
            out += rest[1];
            at += 2;
        } else if (rest.starts_with("&amp;")) {
            out += '&', at += 5;
        } else if (rest.starts_with("&lt;")) {
            out += '<', at += 4;
        } else if (rest.starts_with("&gt;")) {
            out += '>', at += 4;
        } else if (rest.starts_with("&quot;")) {
            out += '"', at += 6;
        } else if (rest.starts_with("&#39;")) {
            out += '\'', at += 5;
        } else {
            out += rest[0];
            ++at;
        }
    }
    return out;
}

// A source in which `secret` stands everywhere that a document's words may reach.
SourceReport leaky(std::string const& secret, Random& random) {
    SourceReport report;
    Verdict& verdict = report.verdict;
    verdict.source = "folder/" + secret + "-" + escape_all(secret) + ".zip";
    verdict.outcome = Outcome::hold;
    std::string const half = secret.substr(0, secret.size() / 2 + 3);
    Finding finding = sample::make_finding(
        sample::place(verdict.source, {{How::member, "x " + secret}, {How::sheet, half}, {How::field, escape_all(secret)}}, 5, 9),
        "secret.password", Certainty::certain, mask(secret), "1:2");
    finding.facts = {{"user", "id=" + secret}};
    finding.reasons = {"because " + half};
    verdict.findings = {finding, finding};
    verdict.findings[1].excerpt = "neighbour shows " + secret;
    verdict.gaps = {{finding.place, Cause::malformed, Stage::extract, 12, "x/" + half, "detail " + secret}};
    verdict.because = {{"secrets.credentials", Outcome::hold, {0, 1}, {0}}};
    verdict.coverage = {100, 90};
    Evidence evidence;
    evidence.place = finding.place;
    evidence.reason = half;
    std::string text = "before " + secret + " between ";
    std::size_t const at = text.size();
    text += secret + (random() % 2 ? "" : " ") + half;
    evidence.content = Blob::take(text);
    Highlight const highlight{{at, at + secret.size()}, 0};
    report.exhibits = make_exhibits(evidence, {&highlight, 1});
    report.secrets = {secret};
    return report;
}

TEST(Reports, NoFormatHoldsSixBytesOfAnySecret) {
    Random random(20'260'101);
    for (int round = 0; round < 150; ++round) {
        std::string const secret = random_secret(random);
        for (Format const format : formats) {
            WriterOptions options;
            options.language = round % 2 ? Language::zh : Language::en;
            options.detail = round % 3 ? Detail::full : Detail::brief;
            options.columns = 120;
            std::vector<SourceReport> reports;
            reports.push_back(leaky(secret, random));
            std::string const out = sample::write(format, std::move(reports), options);
            std::string const once = unescape(out), twice = unescape(once);
            for (std::size_t at = 0; at + 6 <= secret.size(); ++at) {
                std::string const window = secret.substr(at, 6);
                for (std::string const* view : {&out, &once, &twice}) {
                    ASSERT_EQ(view->find(window), std::string::npos)
                        << "secret " << secret << " window " << window << " format " << static_cast<int>(format) << "\n"
                        << view->substr(view->find(window) - std::min<std::size_t>(view->find(window), 200), 400);
                }
            }
        }
    }
}

TEST(Reports, ConcealedSurroundingsShowNothingButMaskedFindings) {
    Random random(7);
    for (int round = 0; round < 40; ++round) {
        // Nobody has judged it, so it is no secret that the redactor knows.
        std::string const unjudged = random_secret(random);
        for (Format const format : formats) {
            SourceReport report = sample::archive();
            Exhibit& exhibit = report.exhibits.front();
            exhibit.pieces.insert(exhibit.pieces.begin(), {"password: " + unjudged + "\n", Exhibit::context});
            exhibit.pieces.push_back({"\nand " + unjudged, Exhibit::context});
            report.surroundings = Surroundings::concealed;
            std::vector<SourceReport> reports;
            reports.push_back(std::move(report));
            std::string const out = sample::write(format, std::move(reports)), once = unescape(out);
            for (std::size_t at = 0; at + 6 <= unjudged.size(); ++at) {
                std::string const window = unjudged.substr(at, 6);
                ASSERT_EQ(out.find(window), std::string::npos) << unjudged;
                ASSERT_EQ(once.find(window), std::string::npos) << unjudged;
            }
        }
    }
}

TEST(Reports, ARuleThatWasNotFollowedToTheEndIsCountedAsAtLeast) {
    for (Format const format : {Format::text, Format::html}) {
        for (bool const followed : {true, false}) {
            SourceReport report = sample::archive();
            report.verdict.findings.push_back(report.verdict.findings.back());
            report.verdict.because[1].findings.push_back(2);
            if (!followed) {
                Gap gap;
                gap.place.source = report.verdict.source;
                gap.cause = Cause::too_big;
                gap.stage = Stage::detect;
                gap.bytes = 7000;
                gap.rule = "secret.password";
                report.verdict.gaps.push_back(gap);
            }
            std::vector<SourceReport> reports;
            reports.push_back(std::move(report));
            std::string const out = sample::write(format, std::move(reports));
            EXPECT_EQ(out.find("2 places and more") == std::string::npos, followed) << out;
        }
    }
}

SourceReport hostile() {
    SourceReport report;
    Verdict& verdict = report.verdict;
    std::string const evil = "a\x1b[31m\u202Egpj.exe\n\r\t<script>alert(1)</script>\"'&\u200B\x7F\xC2\x9B\xFF\xC3";
    verdict.source = evil;
    verdict.outcome = Outcome::hold;
    Finding finding = sample::make_finding(sample::place(evil, {{How::member, evil}, {How::sheet, evil}}, 1, 2), "marking.cn",
                                           Certainty::certain, evil, evil);
    finding.facts = {{"fact", evil}};
    finding.reasons = {evil};
    verdict.findings = {finding};
    verdict.gaps = {{finding.place, Cause::malformed, Stage::extract, 12, evil, evil}};
    verdict.because = {{"documents.markings", Outcome::hold, {0}, {0}}};
    verdict.permits = {evil};
    verdict.coverage = {10, 5};
    Exhibit exhibit;
    exhibit.place = finding.place;
    exhibit.reason = evil;
    exhibit.pieces = {{evil, -1}, {evil, 0}};
    report.exhibits = {exhibit};
    return report;
}

TEST(Reports, NothingDisguisesItself) {
    for (Format const format : formats) {
        for (Detail const detail : {Detail::brief, Detail::full}) {
            WriterOptions options;
            options.detail = detail;
            std::vector<SourceReport> reports;
            reports.push_back(hostile());
            std::string const out = sample::write(format, std::move(reports), options);
            ASSERT_TRUE(is_utf8(out));
            for (std::size_t at = 0; at < out.size();) {
                CodePoint const code = decode_utf8(out, at);
                ASSERT_TRUE(code.value == '\n' || !is_disguising(code.value))
                    << static_cast<unsigned>(code.value) << " in format " << static_cast<int>(format);
                at += code.length;
            }
        }
    }
}

TEST(Reports, HtmlEscapesEverythingAndLoadsNothing) {
    std::vector<SourceReport> reports;
    reports.push_back(hostile());
    std::string const out = sample::write(Format::html, std::move(reports));
    EXPECT_EQ(out.find("<script"), std::string::npos);
    EXPECT_NE(out.find("&lt;script&gt;"), std::string::npos);
    for (char const* word : {"http://", "https://", "src=", "url(", "@import", "href=", "onload", "javascript:"}) {
        EXPECT_EQ(out.find(word), std::string::npos) << word;
    }
    EXPECT_NE(out.find("default-src 'none'; style-src 'unsafe-inline'"), std::string::npos);
}

// Every tag that is opened is closed, in order.
TEST(Reports, HtmlNestsProperly) {
    std::vector<SourceReport> reports = sample::office();
    reports.push_back(hostile());
    std::string const out = sample::write(Format::html, std::move(reports));
    std::vector<std::string> open;
    for (std::size_t at = out.find("<body>"); at != std::string::npos; at = out.find('<', at + 1)) {
        std::size_t const end = out.find('>', at);
        ASSERT_NE(end, std::string::npos);
        std::string const tag = out.substr(at + 1, end - at - 1);
        std::string const name = tag.substr(0, tag.find_first_of(" /", tag[0] == '/' ? 1 : 0));
        if (name == "wbr" || tag.ends_with("/")) continue;
        if (tag[0] != '/') {
            open.push_back(name);
            continue;
        }
        ASSERT_FALSE(open.empty()) << out.substr(at, 60);
        ASSERT_EQ("/" + open.back(), tag) << out.substr(at - 100, 160);
        open.pop_back();
        if (open.empty()) break;
    }
    EXPECT_TRUE(open.empty());
}

TEST(Reports, HtmlShowsTheAnswerTheExcerptAndThePage) {
    WriterOptions options;
    options.language = Language::zh;
    std::string const out = sample::write(Format::html, sample::office(), options);
    for (char const* word : {"<html lang=\"zh-CN\">", "<h1>暂时不能发出</h1>", "<svg viewBox=\"0 0 5952 8418\"",
                             "<mark class=\"hold\">3501••••••••••002X</mark>", "class=\"ring hold\"",
                             "把号码删掉", "个人证件号码不得外传", "没能查看", "sha256:4f2a9c11d0e87b35",
                             "没有发现，且已逐字节读完"}) {
        EXPECT_NE(out.find(word), std::string::npos) << word;
    }
    EXPECT_LT(out.find("暂时不能发出"), out.find("class=\"card"));
}

TEST(Reports, FormatsHaveNames) {
    EXPECT_EQ(parse_format("sarif"), Format::sarif);
    EXPECT_EQ(parse_format("xml"), std::nullopt);
}

TEST(Reports, AFullDiskIsAnError) {
    auto writer = make_writer(Format::text, descriptor_sink(-1), {});
    writer->begin({});
    writer->end({});
    EXPECT_FALSE(writer->finish());
}

}  // namespace
}  // namespace keepmum
