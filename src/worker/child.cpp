// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/child.h"

#include <cxxabi.h>
#include <malloc.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <new>
#include <typeinfo>

#include "worker/outlet.h"

namespace keepmum {
namespace {

struct Mapping {
    bool good = false;
    std::string_view view;
};

// Private and read-only: the parser cannot change the user's file, nor the sealed memory.
Mapping map_input(int input) {
    struct stat facts;
    if (fstat(input, &facts) != 0 || facts.st_size < 0) return {};
    std::size_t const size = static_cast<std::size_t>(facts.st_size);
    if (size == 0) return {true, {}};
    void* const start = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, input, 0);
    if (start == MAP_FAILED) return {};
    return {true, {static_cast<char const*>(start), size}};
}

// Memory that parsing takes anyway, fetched at one go: one page after the other costs a fault each, which is
// a fifth of the time that a small document takes. Blocks up to some megabytes are kept for the next use
// rather than given back and cleared anew.
void fetch_memory(std::size_t input_size) {
    constexpr std::size_t least = 128 << 10, most = 1 << 20, times = 32;
    std::size_t const size = std::min(most, std::max(least, times * std::min(input_size, most)));
    mallopt(M_MMAP_THRESHOLD, 16 << 20);
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
    mallopt(M_TOP_PAD, 256 << 10);
    char* const block = static_cast<char*>(std::malloc(size));
    if (!block) return;
#ifdef MADV_POPULATE_WRITE
    constexpr std::uintptr_t page = 4096;
    char* const first = block + (page - reinterpret_cast<std::uintptr_t>(block) % page) % page;
    // Where the system does not know the call, the pages come one by one as before.
    madvise(first, (static_cast<std::size_t>(block + size - first)) / page * page, MADV_POPULATE_WRITE);
#endif
    std::free(block);
}

Gap whole(std::string_view input, std::string_view media, Cause cause, std::string detail) {
    return {{}, cause, Stage::extract, input.size(), std::string(media), std::move(detail)};
}

Cause cause_of(Fault fault) {
    switch (fault) {
        case Fault::unsupported: return Cause::unsupported;
        case Fault::invalid: return Cause::malformed;
        case Fault::full: return Cause::too_big;
        default: return Cause::unreadable;
    }
}

// The name of the exception's type; its text might quote the file.
std::string type_name(std::exception const& thrown) {
    int failed = 0;
    char* const name = abi::__cxa_demangle(typeid(thrown).name(), nullptr, nullptr, &failed);
    std::string text = failed == 0 && name ? name : "unknown";
    std::free(name);
    return text;
}

// The one place where exceptions of foreign code are caught.
Done extract(Extractor const& extractor, Evidence const& evidence, PipeOutlet& outlet) {
    auto const give_up = [&](Cause cause, std::string detail) {
        outlet.gap(whole(evidence.content.view(), evidence.media, cause, std::move(detail)));
        return Done();
    };
    try {
        Result<Done> done = extractor.extract(evidence, outlet);
        if (!done) return give_up(cause_of(done.error().fault), done.error().what);
        return std::move(*done);
    } catch (std::bad_alloc const&) {
        return give_up(Cause::too_big, "more memory needed than the limit allows");
    } catch (std::exception const& thrown) {
        return give_up(Cause::malformed, "the parser gave up: " + type_name(thrown));
    } catch (...) {
        return give_up(Cause::malformed, "the parser gave up");
    }
}

}  // namespace

void run_child(ReceivedJob received, std::span<ExtractorRow const> extractors,
               Confinement const& confinement) {
    Job const& job = received.job;
    Mapping const input = map_input(received.descriptors.input.number());
    received.descriptors.input.close();
    if (!confinement.enter({job.memory, input.view.size(), job.seconds})) _exit(exit_unconfined);

    PipeOutlet outlet(received.descriptors.output.number(), input.view, job.bytes, job.members);
    auto const row =
        std::find_if(extractors.begin(), extractors.end(),
                     [&](ExtractorRow const& candidate) { return candidate.id == job.extractor; });
    Done done;
    if (!input.good) {
        outlet.gap(whole(input.view, job.media, Cause::unreadable, "the input cannot be mapped"));
    } else if (row != extractors.end()) {
        Evidence evidence;
        evidence.place.source = job.name;
        evidence.media = job.media;
        evidence.reason = job.wish;
        evidence.content = Blob::adopt(nullptr, input.view);
        fetch_memory(input.view.size());
        done = extract(*row->instance(), evidence, outlet);
    } else if (!job.extractor.empty()) {
        outlet.gap(whole(input.view, job.media, Cause::unsupported,
                         "the worker has no extractor " + job.extractor));
    }
    outlet.finish(std::move(done));
    _exit(0);  // no destructors: what a parser left behind is not worth a crash
}

}  // namespace keepmum
