// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/usb_journal.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "format/journal/made_journal_test.h"
#include "host/collect/collect.h"
#include "host/programs/programs.h"
#include "host/read.h"

namespace keepmum {
namespace {

std::string stick(std::int64_t seconds) {
    MadeJournal made(JournalForm::compact);
    std::uint64_t const kernel = made.data("_TRANSPORT=kernel");
    for (char const* line : {"usb 1-2: New USB device found, idVendor=0951, idProduct=1666, bcdDevice= 1.10", "usb 1-2: Product: DataTraveler 3.0",
                             "usb 1-2: Manufacturer: Kingston", "usb 1-2: SerialNumber: E0D5", "usb-storage 1-2:1.0: USB Mass Storage device detected"}) {
        made.entry(seconds++ * 1'000'000, {kernel, made.data("MESSAGE=" + std::string(line))});
    }
    return made.finish();
}

TEST(UsbJournal, FilesComeInTheOrderOfTime) {
    UsbJournal journal;
    journal.add(stick(1'772'600'000));
    journal.add(stick(1'772'000'000));
    EXPECT_FALSE(journal.empty() || journal.cut());
    EXPECT_TRUE(journal.text().starts_with("2026-02-25T06:13:20Z kernel: usb 1-2: New USB device")) << journal.text();
    journal.add("no journal");
    EXPECT_TRUE(journal.cut());
}

TEST(UsbJournal, IsCollectedAndRead) {
    std::filesystem::path const root = std::filesystem::path(testing::TempDir()) / "keepmum_usb_journal";
    std::filesystem::remove_all(root);
    std::filesystem::create_directories(root / "var/log/journal/0123");
    std::ofstream(root / "var/log/journal/0123/system.journal", std::ios::binary) << stick(1'772'600'000);
    std::ofstream(root / "var/log/journal/0123/system@1.journal", std::ios::binary) << stick(1'772'000'000);
    CollectOptions options;
    options.root = root.string();
    options.kernel = CollectOptions::Kernel::left_alone;
    Machine const machine = read_linux(collect(options), Programs());
    ASSERT_EQ(machine.past_media.items.size(), 1u);
    Past const& past = machine.past_media.items[0];
    EXPECT_EQ(past.what, "Kingston DataTraveler 3.0 (0951:1666)");
    EXPECT_EQ(past.serial, "E0D5");
    EXPECT_EQ(past.first, "2026-02-25T06:13:20");
    EXPECT_EQ(past.last, "2026-03-04T04:53:20");
    std::filesystem::remove_all(root);
}

}  // namespace
}  // namespace keepmum
