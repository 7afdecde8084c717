// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/icu.h"
#include "base/utf8.h"
#include "extract/collect.h"
#include "extract/text/extractors.h"
#include "format/text/html.h"

namespace keepmum {
namespace {

Collect read_page(std::string const& page) {
    Collect out;
    auto const done = html_page()->extract(input_of(page), out);
    EXPECT_TRUE(done);
    EXPECT_EQ(done->read, page.size());
    return out;
}

TEST(Html, ShownTextIsJoinedAcrossInlineTagsAndBrokenAtBlocks) {
    std::string const page = "<html><body><p>pass<b>wo</b>rd is&nbsp;<i>x&amp;y</i></p><div>next\n  line</div>"
                             "<table><tr><td>a</td><td>b</td></tr></table></body></html>";
    Collect const out = read_page(page);
    EXPECT_EQ(out.joined(Role::shown), "password is\u00A0x&y\nnext line\na\nb\n");
    EXPECT_EQ(out.source_of(Role::shown, "password", page), "pass<b>wo</b>rd");
    EXPECT_EQ(out.source_of(Role::shown, "x&y", page), "x&amp;y");
    EXPECT_EQ(out.joined(Role::markup), page);
}

TEST(Html, WhatStandsOverCharactersDoesNotBreakTheirWord) {
    Collect const out = read_page("<p><ruby>蓝<rp>(</rp><rt>lán</rt><rp>)</rp>鹭<rt>lù</rt></ruby>工程</p><p><ruby>机<rt>jī<rt>x</ruby>密</p>");
    EXPECT_EQ(out.joined(Role::shown), "蓝鹭工程\n机密\n");
    EXPECT_EQ(out.joined(Role::note), "( lán ) lù jī x");
}

TEST(Svg, WhatIsNotDrawnAndWhatIsSaidAboutItAreToldApart) {
    std::string const svg =
        "<!DOCTYPE svg PUBLIC 'a' 'b'><!-- Created with Inkscape --><!-- call Li first --><svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><title>Hall</title>"
        "<text y='5' font-size='0.2'>shown</text><g style='display:none'><text>layer</text></g><rect width='3' i:label='fence'/>"
        "<path style='fill:url(https://h.example/p)'/><image href='data:text/plain,inner'/></svg>";
    Collect out;
    ASSERT_TRUE(svg_drawing()->extract(input_of(svg), out));
    EXPECT_EQ(out.joined(Role::markup), svg);
    EXPECT_EQ(out.joined(Role::shown), "shown\n");
    EXPECT_EQ(out.joined(Role::hidden), "layer\n");
    EXPECT_EQ(out.joined(Role::comment), " call Li first \n");
    EXPECT_EQ(out.joined(Role::link), "fill:url(https://h.example/p)\n");
    EXPECT_NE(out.joined(Role::metadata).find("i:label: fence"), std::string::npos) << out.joined(Role::metadata);
    EXPECT_NE(out.joined(Role::metadata).find("Hall"), std::string::npos);
    ASSERT_EQ(out.all.back().kind, Kind::bytes);
    EXPECT_EQ(out.all.back().content.view(), "inner");
}

TEST(Html, CommentsLinksAndAttributes) {
    std::string const page = "<!-- TODO key=abc --><a href='https://h.example/x?a=1&amp;b=2' title=\"say &quot;hi&quot;\">go</a>"
                             "<img alt=portrait src=pic.png><input type=hidden value=\"token-1\"><meta name=author content='Wang'>";
    Collect const out = read_page(page);
    EXPECT_EQ(out.joined(Role::comment), " TODO key=abc \n");
    EXPECT_EQ(out.joined(Role::link), "https://h.example/x?a=1&b=2\n");
    std::string const fields = out.joined(Role::metadata);
    EXPECT_NE(fields.find("title: say \"hi\"\n"), std::string::npos) << fields;
    EXPECT_NE(fields.find("alt: portrait\n"), std::string::npos);
    EXPECT_NE(fields.find("hidden value: token-1\n"), std::string::npos);
    EXPECT_NE(fields.find("content: Wang\n"), std::string::npos);
    EXPECT_EQ(out.source_of(Role::comment, "key=abc", page), "key=abc");
}

TEST(Html, HiddenTextSaysHow) {
    struct Row {
        char const* open;
        char const* how;
    };
    for (Row const& row : {Row{"<div style='display: none'>", "display-none"}, Row{"<div hidden>", "hidden"},
                           Row{"<div style=\"visibility:hidden\">", "invisible"}, Row{"<div style='font-size:0px'>", "tiny"},
                           Row{"<div style='color:#fff'>", "white"}, Row{"<div style='color:red;background:#f00'>", "same-colour"},
                           Row{"<div style='position:absolute;left:-9999px'>", "off-page"}, Row{"<div style='opacity:0'>", "transparent"},
                           Row{"<style>.h, .x {display:none}</style><div class='a h'>", "display-none"}}) {
        std::string const page = std::string("<html><body>before ") + row.open + "the <b>secret</b></div> after</body></html>";
        Collect const out = read_page(page);
        EXPECT_EQ(out.joined(Role::hidden), "the secret\n") << row.open;
        EXPECT_EQ(out.joined(Role::shown), "before \nafter\n") << row.open;
        for (Evidence const& evidence : out.all) {
            EXPECT_TRUE(evidence.role != Role::hidden || evidence.reason == row.how) << evidence.reason;
        }
    }
    Collect const dark = read_page("<table bgcolor=#000080><tr><td><font color=white>title</font></td></tr></table>");
    EXPECT_EQ(dark.joined(Role::hidden), "");
}

TEST(Html, DataUrisAndInnerPagesAreChildren) {
    std::string const page = "<img src=\"data:image/png;base64,iVBORw0K\nGgo=\"><iframe srcdoc='&lt;p&gt;inner'></iframe>";
    Collect const out = read_page(page);
    std::vector<Evidence> children;
    for (Evidence const& evidence : out.all) {
        if (evidence.kind == Kind::bytes) children.push_back(evidence);
    }
    ASSERT_EQ(children.size(), 2u);
    EXPECT_EQ(children[0].content.view(), "\x89PNG\r\n\x1A\n");
    EXPECT_EQ(children[0].media, "image/png");
    EXPECT_EQ(children[1].content.view(), "<p>inner");
}

TEST(Html, DeclaredCharsetAndWideCharsets) {
    std::string const page = "<html><meta charset=gb2312><body>机密文件</body></html>";
    std::string const bytes = encode_with_icu(page, "gb18030");
    Collect const out = read_page(bytes);
    EXPECT_EQ(out.source_of(Role::shown, "机密", bytes), encode_with_icu("机密", "gb18030"));
    std::string const wide = encode_with_icu("<html><body>se<b>cr</b>et</body></html>", "UTF-16LE");
    EXPECT_EQ(read_page(wide).source_of(Role::shown, "secret", wide), encode_with_icu("se<b>cr</b>et", "UTF-16LE"));
}

TEST(Html, TokensCoverTheInput) {
    for (char const* page : {"", "<", "a<", "<a", "<a b", "<a b='", "<!", "<!-", "<!--", "<!-->x", "</", "</>", "<?x", "<script>a<b", "a < b && c > d",
                             "<title>a<b>c</title>d", "<p/><br/>x", "<![CDATA[x]]>y", "<a =b>c", "<a b=c/d>e"}) {
        HtmlTokenizer tokenizer(page);
        HtmlToken token;
        std::uint64_t at = 0;
        while (tokenizer.next(token)) {
            EXPECT_EQ(token.whole.begin, at) << page;
            EXPECT_GT(token.whole.end, at) << page;
            EXPECT_LE(token.content.begin, token.content.end) << page;
            at = token.whole.end;
        }
        EXPECT_EQ(at, std::string_view(page).size()) << page;
    }
}

TEST(Html, HostilePagesStayLinear) {
    auto repeat = [](std::string_view part, std::size_t size) {
        std::string out;
        while (out.size() < size) out += part;
        return out;
    };
    auto const start = std::chrono::steady_clock::now();
    for (char const* part : {"<a b='", "<", "<!--", "<div>", "<div hidden>", "</b>", "<p style='color:#fff'>x", "&", "&#", "<script>", "<textarea></textare", "a b=c "}) {
        read_page("<html>" + repeat(part, 2'000'000));
    }
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

TEST(Html, CutAnywhereNothingIsLost) {
    std::string const page = "<html><head><title>T</title></head><body><p hidden>secret one</p><!-- two --><p>three &amp; four</p></body></html>";
    for (std::size_t part = 1; part <= 16; ++part) {
        std::string const cut = page.substr(0, page.size() * part / 16);
        Collect const out = read_page(cut);
        EXPECT_EQ(out.joined(Role::markup), cut);
    }
}

TEST(Html, RealPages) {
    char const* const where = std::getenv("KEEPMUM_DATA");
    std::filesystem::path const root = std::filesystem::path(where ? where : KEEPMUM_SOURCE "/../shared/data") / "documents/html";
    if (!std::filesystem::is_directory(root)) GTEST_SKIP() << "no sample pages at " << root;
    for (auto const& entry : std::filesystem::directory_iterator(root)) {
        std::ifstream file(entry.path(), std::ios::binary);
        std::string const bytes((std::istreambuf_iterator<char>(file)), {});
        Collect const out = read_page(bytes);
        EXPECT_FALSE(out.texts(Role::shown).empty()) << entry.path();
        for (Evidence const& evidence : out.all) {
            if (evidence.kind == Kind::bytes) continue;
            EXPECT_TRUE(is_utf8(evidence.content.view())) << entry.path();
            EXPECT_LE(evidence.map.to_source({0, evidence.content.size()}).end, bytes.size()) << entry.path();
        }
    }
}

}  // namespace
}  // namespace keepmum
