// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/addresses.h"

#include <gtest/gtest.h>

namespace keepmum {
namespace {

TEST(Addresses, KernelPrints) {
    EXPECT_EQ(print_address(*four_from_hex("0100A8C0")), "192.168.0.1");
    EXPECT_EQ(print_address(*six_from_hex("fe80000000000000025056fffe8d3a11")), "fe80::250:56ff:fe8d:3a11");
    EXPECT_EQ(print_address(*six_from_words("0000000000000000FFFF00000100007F")), "127.0.0.1");
    EXPECT_TRUE(is_loopback(*six_from_words("00000000000000000000000001000000")));
    EXPECT_FALSE(four_from_hex("0100A8C") || four_from_hex("0100A8CG") || four_from_hex("0100A8C000"));
    EXPECT_FALSE(six_from_hex("zz80000000000000025056fffe8d3a11"));
}

TEST(Addresses, WhichThePublicNetworkReaches) {
    for (char const* one : {"8.8.8.8", "11.22.33.44", "172.32.0.1", "100.128.0.1", "2a00:1234::1", "2408:8000::1"}) EXPECT_TRUE(is_public_address(one)) << one;
    for (char const* one : {"10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "127.0.0.53", "169.254.1.1", "0.0.0.0",
                            "224.0.0.1", "255.255.255.255", "198.51.100.7", "fe80::1%eth0", "fd00::1", "::1", "::", "ff02::1", "2001:db8::1", "lab", ""}) {
        EXPECT_FALSE(is_public_address(one)) << one;
    }
    EXPECT_TRUE(is_public_address("8.8.8.8/24"));
}

}  // namespace
}  // namespace keepmum
