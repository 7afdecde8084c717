// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "format/xml/stream.h"

namespace keepmum {
namespace {

class Log final : public XmlHandler {
  public:
    void start(std::string_view name, XmlAttributes const& attributes, XmlOrigin) override {
        said += "<" + std::string(name);
        for (XmlAttribute const& one : attributes.all()) said += " " + std::string(one.name) + "=" + std::string(one.value);
        said += ">";
    }
    void end(std::string_view name) override { said += "</" + std::string(name) + ">"; }
    void text(std::string_view text, XmlOrigin origin) override {
        said += text;
        last = origin;
    }
    void aside(std::string_view text, XmlOrigin) override { said += "{" + std::string(text) + "}"; }
    std::string said;
    XmlOrigin last;
};

TEST(XmlStream, GivesOurNamesForNamespaces) {
    Log log;
    std::string const xml =
        "<q:document xmlns:q='http://purl.oclc.org/ooxml/wordprocessingml/main' q:val='1' b='2'><z xmlns='u:x'/>t&amp;"
        "</q:document>";
    EXPECT_EQ(read_xml(xml, log).end, XmlEnd::complete);
    EXPECT_EQ(log.said, "<w:document w:val=1 b=2><?:z></?:z>t&</w:document>");
    EXPECT_EQ(xml.substr(log.last.at, log.last.size), "&amp;");
}

TEST(XmlStream, NeverExpandsDeclaredEntities) {
    Log log;
    XmlOutcome const outcome = read_xml("<!DOCTYPE a [<!ENTITY b 'secret'><!ENTITY c '&b;&b;'>]><a>x&c;&c;</a>", log);
    EXPECT_EQ(outcome.skipped, 2u);
    EXPECT_EQ(log.said, "{b secret}{c &b;&b;}<a>x</a>");
}

TEST(XmlStream, SaysHowFarItCame) {
    Log log;
    std::string const xml = "<a><b>text</b><c></a>";
    XmlOutcome const outcome = read_xml(xml, log);
    EXPECT_EQ(outcome.end, XmlEnd::malformed);
    EXPECT_GE(outcome.read, xml.find("<c>"));
    EXPECT_LT(outcome.read, xml.size());
    EXPECT_NE(log.said.find("text"), std::string::npos);
}

TEST(XmlStream, StopsAtItsDepth) {
    Log log;
    std::string deep;
    for (int i = 0; i < 100'000; ++i) deep += "<a>";
    XmlOutcome const outcome = read_xml(deep, log);
    EXPECT_EQ(outcome.end, XmlEnd::too_deep);
    EXPECT_LE(outcome.read, 3u * (xml_depth_limit + 1));
}

}  // namespace
}  // namespace keepmum
