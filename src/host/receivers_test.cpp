// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/receivers.h"

#include <gtest/gtest.h>

namespace keepmum {
namespace {

UsbDevice device(unsigned vendor, unsigned product, std::string name, std::vector<unsigned> protocols, std::string maker = "") {
    UsbDevice one;
    one.vendor = vendor;
    one.product = product;
    one.name = std::move(name);
    one.maker = std::move(maker);
    for (unsigned const protocol : protocols) one.interfaces.push_back({0, 3, 1, protocol});
    return one;
}

TEST(Receivers, EveryIdOfTheListIsFound) {
    // Of each family of the field one; the tool refuses double ids, so the table's order is all that can be wrong.
    for (unsigned const product : {0xc52bu, 0xc531u, 0xc532u, 0xc52fu, 0xc518u, 0xc51au, 0xc51bu, 0xc521u, 0xc525u, 0xc526u, 0xc52eu, 0xc534u, 0xc537u, 0xc539u,
                                   0xc53au, 0xc53du, 0xc53fu, 0xc541u, 0xc545u, 0xc548u, 0xc517u}) {
        EXPECT_TRUE(find_receiver(0x046d, product)) << std::hex << product;
    }
    for (unsigned const product : {0x0745u, 0x071fu, 0x0734u, 0x07a5u, 0x008au, 0x00e1u, 0x00f9u}) EXPECT_TRUE(find_receiver(0x045e, product)) << product;
    EXPECT_TRUE(find_receiver(0x17ef, 0x6042));
    EXPECT_TRUE(find_dongle(0x1915, 0x7777));
    EXPECT_FALSE(find_receiver(0x046d, 0xc31c));
    EXPECT_FALSE(find_receiver(0, 0) || find_receiver(0xFFFF, 0xFFFF) || find_dongle(0, 0));
}

TEST(Receivers, FirmwareOfUnifying) {
    ReceiverRow const* const row = find_receiver(0x046d, 0xc52b);
    ASSERT_TRUE(row);
    for (unsigned const old : {0x1203u, 0x1207u, 0x2401u, 0x2405u, 0x0u, 0x9999u}) EXPECT_TRUE(is_outdated(*row, old)) << std::hex << old;
    for (unsigned const mended : {0x1208u, 0x1211u, 0x2406u, 0x2411u}) EXPECT_FALSE(is_outdated(*row, mended)) << std::hex << mended;
}

TEST(Receivers, SignsInOrder) {
    EXPECT_EQ(receiver_sign(device(0x046d, 0xc52b, "", {})), ReceiverSign::id);
    EXPECT_EQ(receiver_sign(device(0x9999, 1, "2.4G Receiver", {1, 2})), ReceiverSign::name);
    EXPECT_EQ(receiver_sign(device(0x9999, 1, "USB DEVICE", {1, 2})), ReceiverSign::offer);
    EXPECT_EQ(receiver_sign(device(0x9999, 1, "USB Keyboard", {1, 0})), ReceiverSign::none);
    EXPECT_EQ(receiver_sign(device(0x9999, 1, "Wireless Headset", {0})), ReceiverSign::none);
    EXPECT_EQ(receiver_sign(device(0x9999, 1, "802.11n Wireless Adapter", {})), ReceiverSign::none);
    EXPECT_EQ(receiver_sign(device(0x9999, 1, "G Pro Wireless (wired mode)", {2})), ReceiverSign::none);
}

}  // namespace
}  // namespace keepmum
