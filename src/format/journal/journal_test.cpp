// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/journal/journal.h"

#include <gtest/gtest.h>

#include "format/journal/made_journal_test.h"

namespace keepmum {
namespace {

std::string some(JournalForm form) {
    MadeJournal made(form);
    std::uint64_t const kernel = made.data("_TRANSPORT=kernel"), other = made.data("_TRANSPORT=syslog");
    std::uint64_t const plug = made.data("MESSAGE=usb 1-2: New USB device found, idVendor=0951");
    made.entry(1'000'000, {kernel, plug});
    std::uint64_t const audit = made.data("MESSAGE=audit: nothing");
    made.entry(2'000'000, {kernel, audit});
    made.entry(3'000'000, {other, plug});  // said by somebody who is not the kernel
    std::uint64_t const packed = made.data("MESSAGE=usb 1-3: packed", 4);
    made.entry(4'000'000, {kernel, packed});
    made.entry(5'000'000, {kernel, plug});  // the same line again is the same object
    return made.finish();
}

TEST(Journal, LinesOfTheKernelAboutUsb) {
    for (JournalForm const form : {JournalForm::wide, JournalForm::compact}) {
        std::string const file = some(form);
        JournalLines const found = read_usb_lines(file);
        EXPECT_TRUE(found.whole);
        ASSERT_EQ(found.lines.size(), 2u);
        EXPECT_EQ(found.lines[0].microseconds, 1'000'000);
        EXPECT_EQ(found.lines[1].microseconds, 5'000'000);
        EXPECT_EQ(found.lines[1].message, "usb 1-2: New USB device found, idVendor=0951");
    }
}

// Cut short it gives a part, and says so.
TEST(Journal, CutAnywhere) {
    for (JournalForm const form : {JournalForm::wide, JournalForm::compact}) {
        std::string const file = some(form);
        std::size_t const used = file.size() - 4096;
        for (std::size_t size = 0; size < used; size += 3) {
            std::string const part = file.substr(0, size);
            JournalLines const found = read_usb_lines(part);
            EXPECT_FALSE(found.whole) << size;
            EXPECT_LE(found.lines.size(), 2u);
        }
    }
}

TEST(Journal, AnyByteIsSurvived) {
    std::string const file = some(JournalForm::compact).substr(0, 900);
    for (std::size_t at = 0; at < file.size(); ++at) {
        for (int const value : {0, 1, 0x80, 0xFF}) {
            std::string broken = file;
            broken[at] = static_cast<char>(value);
            read_usb_lines(broken);
        }
    }
}

}  // namespace
}  // namespace keepmum
