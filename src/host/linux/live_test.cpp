// The readers on this computer: what they ask for, the collector takes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <set>

#include "host/check.h"
#include "host/collect/collect.h"
#include "host/programs/programs.h"
#include "host/read.h"

namespace keepmum {
namespace {

template <class T>
void gather(Known<T> const& known, std::set<std::string>& paths) {
    for (Unseen const& unseen : known.unseen) {
        if (unseen.why == Blank::uncollected) paths.insert(unseen.path);
    }
}

// A place that no row of the collector's table names would be "unknown" on every computer for ever.
TEST(LinuxLive, NothingThatIsAskedForWasLeftOut) {
    Result<Programs> const programs = Programs::load(KEEPMUM_SOURCE);
    ASSERT_TRUE(programs);
    CollectOptions options;
    for (ProgramRow const& row : programs->rows()) {
        for (FolderTrace const& trace : row.traces(System::linux_).folders) {
            if (trace.form != FolderTrace::Form::registry) options.more.push_back(trace.at);
        }
    }
    Snapshot const snapshot = collect(options);
    Machine const machine = read_linux(snapshot, *programs);
    std::set<std::string> paths;
    gather(machine.routes, paths), gather(machine.addresses, paths), gather(machine.interfaces, paths);
    gather(machine.resolvers, paths), gather(machine.past_networks, paths), gather(machine.radios, paths);
    gather(machine.networks, paths), gather(machine.paired, paths), gather(machine.usb, paths);
    gather(machine.removable, paths), gather(machine.past_media, paths), gather(machine.settings, paths);
    gather(machine.programs, paths), gather(machine.folders, paths), gather(machine.listeners, paths);
    gather(machine.shares, paths), gather(machine.sensors, paths), gather(machine.volumes, paths);
    gather(machine.printers, paths), gather(machine.accounts, paths), gather(machine.credentials, paths);
    gather(machine.services, paths);
    for (std::string_view const may : {"/var/log/journal", "/var/lib/rpm"}) paths.erase(std::string(may));
    for (std::string const& path : paths) ADD_FAILURE() << "not collected: " << path;
}

}  // namespace
}  // namespace keepmum
