// Every value of the ISM vocabularies must parse, as a banner and as a portion. The vocabularies are read
// from the shared data (documents/markings); without them that test is skipped.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/marking/us_grammar.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

namespace keepmum {
namespace {

namespace fs = std::filesystem;

fs::path vocabularies() {
    char const* const folder = std::getenv("KEEPMUM_DATA");
    fs::path const data = folder ? fs::path(folder) : fs::path(KEEPMUM_SOURCE).parent_path() / "shared" / "data";
    return data / "documents" / "markings";
}

// One string that the value's simple expression stands for: "SI-G-[A-Z]{4}" gives "SI-G-AAAA".
std::string instance_of(std::string const& value) {
    std::string out;
    for (std::size_t at = 0; at < value.size();) {
        if (value[at] == '(') {  // a choice: the first number in it
            std::size_t const first = value.find_first_not_of('(', at);
            out += value.substr(first, value.find(')', first) - first);
            at = value.find_last_of(')') + 1;
        } else if (value[at] == '[') {
            at = value.find(']', at) + 1;
            std::size_t count = 1;
            if (at < value.size() && value[at] == '{') {
                count = std::max<std::size_t>(2, std::stoul(value.substr(at + 1)));
                at = value.find('}', at) + 1;
            } else if (at < value.size() && value[at] == '+') {
                count = 3;
                ++at;
            }
            out.append(count, 'A');
        } else {
            out += value[at++];
        }
    }
    return out;
}

std::vector<std::string> values_in(std::string const& file) {
    std::ifstream stream(vocabularies() / ("CVEnumISM" + file + ".xml"));
    std::stringstream text;
    text << stream.rdbuf();
    std::string const xml = text.str();
    std::vector<std::string> values;
    for (std::size_t at = xml.find("<Value"); at != std::string::npos; at = xml.find("<Value", at + 1)) {
        std::size_t const begin = xml.find('>', at) + 1;
        values.push_back(instance_of(xml.substr(begin, xml.find('<', begin) - begin)));
    }
    return values;
}

bool parses(std::string const& text) {
    std::optional<UsMarking> const marking = parse_us_marking(text);
    return marking && marking->length == text.size() && marking->known;
}

TEST(UsGrammar, TakesEveryValueOfTheVocabularies) {
    if (!fs::exists(vocabularies())) GTEST_SKIP() << "no vocabularies in " << vocabularies();
    std::size_t count = 0;
    for (std::string const& value : values_in("ClassificationUS")) {
        ++count;
        EXPECT_TRUE(parses(value)) << value;
        EXPECT_TRUE(parses(value + "//NF")) << value;
    }
    for (char const* const file : {"SCIControls", "AtomicEnergyMarkings", "Dissem", "NonIC"}) {
        for (std::string const& value : values_in(file)) {
            ++count;
            EXPECT_TRUE(parses("TOP SECRET//" + value)) << file << " " << value;
            EXPECT_TRUE(parses("TS//" + value)) << file << " " << value;
        }
    }
    for (std::string const& value : values_in("SAR")) {
        ++count;
        EXPECT_TRUE(parses("TOP SECRET//SAR-" + value)) << value;
        EXPECT_TRUE(parses("TS//SAR-" + value + "//NF")) << value;
    }
    EXPECT_EQ(count, 57u);
    RecordProperty("values", static_cast<int>(count));
    for (std::string const& value : values_in("RelTo")) EXPECT_TRUE(parses("SECRET//REL TO USA, " + value)) << value;
    for (std::string const& value : values_in("FGIOpen")) EXPECT_TRUE(parses("SECRET//FGI " + value + "//NOFORN")) << value;
}

TEST(UsGrammar, ReadsBlocks) {
    auto const marking = parse_us_marking("TOP SECRET//SI-G ABCD/TK//RD-SIGMA 14//ORCON/NOFORN  Page 3");
    ASSERT_TRUE(marking);
    EXPECT_EQ(marking->level, UsLevel::top_secret);
    EXPECT_EQ(marking->controls, (std::vector<std::string>{"SI-G ABCD", "TK", "RD-SIGMA 14", "ORCON", "NOFORN"}));
    EXPECT_TRUE(marking->in_order);
    EXPECT_TRUE(marking->noforn);
    EXPECT_EQ(marking->length, 51u);
    EXPECT_FALSE(parse_us_marking("SECRET//NOFORN//SI")->in_order);
    EXPECT_TRUE(parse_us_marking("//JOINT SECRET CAN GBR USA")->foreign);
    EXPECT_EQ(parse_us_marking("SECRET // the key")->length, 6u);
    EXPECT_EQ(parse_us_marking("CUI//SP-CTI/PRVCY//NOFORN")->controls.size(), 3u);
    EXPECT_TRUE(parses("SECRET//USA/GBR EYES ONLY"));
    EXPECT_TRUE(parses("SECRET//NOFORN//25X1"));
    EXPECT_FALSE(parse_us_marking("SECRETS//NOFORN"));
    EXPECT_FALSE(parse_us_marking(""));
    EXPECT_FALSE(parse_us_marking("//"));
}

}  // namespace
}  // namespace keepmum
