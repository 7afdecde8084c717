// The journey of one source: typed by content, extracted, examined, and what is in it likewise.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <string>

#include "core/source.h"
#include "engine/isolate/broker.h"
#include "engine/setup.h"
#include "report/writer.h"

namespace keepmum {

enum class Exhibits : std::uint8_t { none, wanted };

// What one thread needs to inspect sources one after another. All references outlive it.
struct Workbench {
    Setup const& setup;
    Broker& broker;
    Matcher::Scratch& scratch;
    std::atomic<bool> const& interrupted;
    Exhibits exhibits = Exhibits::none;
    std::atomic<int>* spare = nullptr;  // how many threads of the run have nothing to do; null: not counted
};

// Inspects `item` to the last byte, judges it, and gives all that a report says about it. Findings and
// gaps are sorted, so the result depends on the item and the set-up alone.
SourceReport inspect(Workbench const& bench, Item const& item);

}  // namespace keepmum
