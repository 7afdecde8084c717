// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/link/url.h"

#include <gtest/gtest.h>

#include "format/link/suffix.h"

namespace keepmum {
namespace {

TEST(Url, IsReadAsBrowsersDo) {
    struct {
        std::string_view text, host, wire, user, path;
        std::uint32_t port;
    } const all[] = {
        {"https://Example.org/a?b", "example.org", "example.org", "", "/a?b", 0},
        {"https://login.bank.example@198.51.100.7/verify", "198.51.100.7", "198.51.100.7", "login.bank.example", "/verify", 0},
        {"http:\\\\evil.test\\x", "evil.test", "evil.test", "", "\\x", 0},
        {"https://a@b@evil.test:8443/", "evil.test", "evil.test", "a@b", "/", 8443},
        {" https://exa\tmple.org\n", "example.org", "example.org", "", "", 0},
        {"https://exam%70le.org", "example.org", "example.org", "", "", 0},
        {"https://xn--pple-43d.example/login", "аpple.example", "xn--pple-43d.example", "", "/login", 0},
        {"https://中国银行.com", "中国银行.com", "xn--fiqs8s856bruk.com", "", "", 0},
        {"https://ｅｘａｍｐｌｅ。org", "example.org", "example.org", "", "", 0},
        {"https://example.org.", "example.org", "example.org", "", "", 0},
        {"example.org:8080/a", "example.org", "example.org", "", "/a", 8080},
        {"www.example.org", "www.example.org", "www.example.org", "", "", 0},
        {"https:evil.test", "evil.test", "evil.test", "", "", 0},
        {"tg://login?token=1", "login", "login", "", "?token=1", 0},
    };
    for (auto const& one : all) {
        std::optional<Url> const url = read_url(one.text);
        ASSERT_TRUE(url) << one.text;
        EXPECT_EQ(url->host, one.host) << one.text;
        EXPECT_EQ(url->wire, one.wire) << one.text;
        EXPECT_EQ(url->user, one.user) << one.text;
        EXPECT_EQ(url->path, one.path) << one.text;
        EXPECT_EQ(url->port, one.port) << one.text;
    }
    for (std::string_view none : {"", "mailto:a@b.c", "hello world", "report.docx", "https://", "/etc/passwd", "tel:+1", "12.5", "3.14"}) {
        EXPECT_FALSE(read_url(none)) << none;
    }
    EXPECT_TRUE(read_url("http:\\\\evil.test\\x")->disguised);
    EXPECT_TRUE(read_url("https://exam%70le.org")->escaped_host);
}

TEST(Url, AddressesInAllTheirForms) {
    struct {
        std::string_view text, plain;
        bool odd, inside;
    } const all[] = {
        {"203.0.113.45", "203.0.113.45", false, false}, {"3405803821", "203.0.113.45", true, false},
        {"0xcb00712d", "203.0.113.45", true, false},    {"0313.0.0161.055", "203.0.113.45", true, false},
        {"203.28973", "203.0.113.45", true, false},     {"0x7f.1", "127.0.0.1", true, true},
        {"192.168.1.1", "192.168.1.1", false, true},    {"[2001:db8::1]", "2001:db8::1", false, false},
        {"[::1]", "::1", false, true},                  {"[::ffff:203.0.113.45]", "203.0.113.45", true, false},
    };
    for (auto const& one : all) {
        std::optional<Url> const url = read_url("http://" + std::string(one.text) + "/x");
        ASSERT_TRUE(url && url->address) << one.text;
        EXPECT_EQ(url->address->plain, one.plain) << one.text;
        EXPECT_EQ(url->address->odd, one.odd) << one.text;
        EXPECT_EQ(url->address->inside, one.inside) << one.text;
    }
    for (std::string_view none : {"256.1.1.1", "1.2.3.4.5", "4294967296", "1..2", "[::1", "example.org", "1.2.3.256"}) {
        EXPECT_FALSE(read_ip_literal(none)) << none;
    }
}

TEST(Url, StandsInText) {
    struct {
        std::string_view text;
        std::vector<std::string> hosts;
    } const all[] = {
        {"See https://example.org/a, and (www.example.com).", {"example.org", "www.example.com"}},
        {"请点击https://bit.ly/x谢谢，或 http://evil.test/文件", {"bit.ly", "evil.test"}},
        {"请登录paypal-login.com查看", {"paypal-login.com"}},
        {"mail me at ana@example.org or read report.docx and main.py, e.g. 3.14", {}},
        {"bit.ly/3xYzAbC t.me/joinme", {"bit.ly", "t.me"}},
        {"<a href=\"https://example.org/\">x</a>", {"example.org"}},
        {"hxxp://evil.test/x", {"evil.test"}},
        {"https://gооgle.example/docs", {"gооgle.example"}},
        {"аррӏе.com/login", {"аррӏе.com"}},
    };
    for (auto const& one : all) {
        std::vector<std::string> hosts;
        for (FoundUrl const& found : find_urls(one.text)) {
            ASSERT_LE(found.span.end, one.text.size());
            hosts.push_back(found.url.host);
        }
        EXPECT_EQ(hosts, one.hosts) << one.text;
    }
}

TEST(Url, WhoRegistered) {
    EXPECT_EQ(registrable_domain("a.b.co.uk"), "b.co.uk");
    EXPECT_EQ(registrable_domain("www.icbc.com.cn"), "icbc.com.cn");
    EXPECT_EQ(registrable_domain("me.github.io"), "me.github.io");
    EXPECT_EQ(public_suffix("招商银行.公司.cn"), "公司.cn");
    EXPECT_EQ(registrable_domain("localhost"), "localhost");
    EXPECT_TRUE(is_known_ending("a.com"));
    EXPECT_FALSE(is_known_ending("report.docx"));
}

}  // namespace
}  // namespace keepmum
