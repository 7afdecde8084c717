// Files of other systems: the first byte says by which name the file goes, the rest is what is in it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>

#include "base/utf8.h"
#include "host/check.h"
#include "host/programs/programs.h"
#include "host/read.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    static keepmum::Programs const programs = keepmum::Programs::read(
        "[[program]]\nid='a'\nkind='sync'\nen='A'\nzh='A'\nwindows={names=['A'],processes=['a.exe'],services=['a']}\n"
        "macos={names=['A'],processes=['a'],entries=['a']}\nandroid={packages=['a']}\nlinux={packages=['a'],processes=['a']}\n"
        "folder=[{on='windows',json='~/a',path='*.p'},{on='windows',registry='HKCU\\\\*',path='a'},{on='macos',fixed='~/A'}]\n",
        "fuzz").value();
    constexpr char const* names[] = {
        "x.reg",         "computer.json",    "setupapi.dev.log", "wlan.xml",       "netsh.txt",
        "netstat.txt",   "ipconfig.txt",     "manage-bde.txt",   "profile.json",   "facts.txt",
        "bugreport.txt", "usb_devices.json", "registry.json",    "processes.json", "x.zip",
        "users/li/a"};
    if (size == 0) return 0;
    keepmum::Snapshot snapshot;
    snapshot.put(names[data[0] % std::size(names)], std::string(reinterpret_cast<char const*>(data) + 1, size - 1));
    snapshot.put("b.reg", "REGEDIT4\n");
    keepmum::Machine const machine = keepmum::read_foreign(snapshot, programs);
    for (keepmum::Check const& check : keepmum::host_checks()) {
        keepmum::Answered const answered = check.ask(machine);
        if (!keepmum::is_utf8(answered.what_en) || !keepmum::is_utf8(answered.what_zh)) __builtin_trap();
        if ((answered.answer == keepmum::Answer::unknown) == answered.missing.empty()) __builtin_trap();
        for (keepmum::Proof const& proof : answered.proofs) {
            if (!keepmum::is_utf8(proof.line) || proof.line.size() > 200) __builtin_trap();
        }
    }
    return 0;
}
