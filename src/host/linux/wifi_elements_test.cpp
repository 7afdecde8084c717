// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/linux/wifi_elements.h"

#include <gtest/gtest.h>

namespace keepmum::linux_host {
namespace {

std::string element(unsigned id, std::string const& body) {
    return std::string{static_cast<char>(id), static_cast<char>(body.size())} + body;
}

// RSN: version, group cipher, pairwise ciphers, ways of proving oneself.
std::string rsn(std::string const& keys, std::string const& ciphers = "\4") {
    std::string body("\1\0\0\x0f\xac\4", 6);
    for (std::string const& list : {ciphers, keys}) {
        body += static_cast<char>(list.size());
        body += '\0';
        for (char const suite : list) body += std::string("\0\x0f\xac", 3) + suite;
    }
    return element(48, body + std::string(2, '\0'));
}

AirCipher cipher_of(std::string const& elements, std::uint64_t capability = 0x10) { return judge_elements(capability, elements).cipher; }

TEST(WifiElements, TruthTable) {
    EXPECT_EQ(cipher_of("", 0), AirCipher::open);
    EXPECT_EQ(cipher_of("", 0x10), AirCipher::wep);
    EXPECT_EQ(cipher_of(element(68, "x")), AirCipher::wapi);
    EXPECT_EQ(cipher_of(element(221, std::string("\0\x50\xf2\1\1\0", 6))), AirCipher::wpa1);
    EXPECT_EQ(cipher_of(element(221, std::string("\0\x50\xf2\4\1\0", 6)), 0), AirCipher::open);  // WPS says nothing
    EXPECT_EQ(cipher_of(rsn("\2")), AirCipher::wpa2);
    EXPECT_EQ(cipher_of(rsn("\2", "\2")), AirCipher::wpa1);
    EXPECT_EQ(cipher_of(rsn("\x8")), AirCipher::wpa3);
    EXPECT_EQ(cipher_of(rsn("\x18")), AirCipher::wpa3);
    EXPECT_EQ(cipher_of(rsn("\x2\x8")), AirCipher::wpa2);
    EXPECT_EQ(cipher_of(rsn("\x12")), AirCipher::owe);
    EXPECT_EQ(cipher_of(rsn("\5")), AirCipher::enterprise);
    EXPECT_EQ(cipher_of(rsn("\x2a")), AirCipher::unknown);  // a suite that nobody knows yet is not called good
}

// What is cut is never called better than unknown, but where the protection was already understood.
TEST(WifiElements, CutAnywhere) {
    std::string const whole = element(0, "Lab") + element(1, "\x82\x84") + rsn("\2\x8");
    for (std::size_t size = 0; size < whole.size(); ++size) {
        AirSecurity const found = judge_elements(0x10, whole.substr(0, size));
        bool const border = size == 0 || size == 5 || size == 9;  // ends between elements: the network says WEP
        EXPECT_EQ(found.damaged, !border) << size;
        EXPECT_EQ(found.cipher, border ? AirCipher::wep : AirCipher::unknown) << size;
    }
    EXPECT_EQ(judge_elements(0x10, whole + "\x30").cipher, AirCipher::wpa2);
}

TEST(WifiElements, NamesAreTakenAsSent) {
    EXPECT_EQ(judge_elements(0, element(0, "办公")).ssid, "办公");
    EXPECT_EQ(judge_elements(0, element(0, std::string(8, '\0'))).ssid, "");
    EXPECT_EQ(judge_elements(0, element(0, std::string(200, 'x'))).ssid.size(), 32u);
}

TEST(WifiElements, WordsOfFiles) {
    EXPECT_EQ(judge_words({}), AirCipher::open);
    EXPECT_EQ(judge_words({"none", {}, {}, true, true}), AirCipher::wep);
    EXPECT_EQ(judge_words({"NONE", {}, {}, false, true}), AirCipher::open);
    EXPECT_EQ(judge_words({"wpa-psk", "wpa", {}, false, true}), AirCipher::wpa1);
    EXPECT_EQ(judge_words({"WPA-PSK", "WPA RSN", {}, false, true}), AirCipher::wpa2);
    EXPECT_EQ(judge_words({"WPA-PSK SAE", {}, {}, false, true}), AirCipher::wpa2);
    EXPECT_EQ(judge_words({"sae", {}, {}, false, true}), AirCipher::wpa3);
    EXPECT_EQ(judge_words({"wpa-psk", {}, "tkip", false, true}), AirCipher::wpa1);
    EXPECT_EQ(judge_words({"ieee8021x", {}, {}, false, true}), AirCipher::wep);
    EXPECT_EQ(judge_words({"wpa-eap", {}, {}, false, true}), AirCipher::enterprise);
    EXPECT_EQ(judge_words({"owe", {}, {}, false, true}), AirCipher::owe);
    EXPECT_EQ(judge_words({"something-new", {}, {}, false, true}), AirCipher::unknown);
}

}  // namespace
}  // namespace keepmum::linux_host
