// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/beside.h"

#include <pthread.h>
#include <sched.h>

#include <atomic>
#include <vector>

namespace keepmum {

namespace {

constexpr std::size_t least_parts = 4;      // fewer are done before a thread has begun
constexpr std::size_t stack_size = 1 << 20;  // bytes: networks keep their numbers elsewhere

struct Shared {
    Work& work;
    std::size_t count;
    std::atomic<std::size_t> next = 0;
    std::vector<char> undone;  // taken by the helper, which had no memory for it
};

void* help(void* of) {
    auto& shared = *static_cast<Shared*>(of);
    for (std::size_t i = shared.next++; i < shared.count; i = shared.next++) {
        try {
            shared.work.do_part(i);
        } catch (...) {
            shared.undone[i] = 1;
            break;
        }
    }
    return nullptr;
}

}  // namespace

bool can_share_work() {
    static bool const many = [] {
        cpu_set_t processors;
        return sched_getaffinity(0, sizeof processors, &processors) == 0 && CPU_COUNT(&processors) > 1;
    }();
    return many;
}

void share_work(Work& work, std::size_t count) {
    Shared shared{work, count, {}, std::vector<char>(count)};
    pthread_t helper{};
    pthread_attr_t attributes;
    bool helped = false;
    if (count >= least_parts && can_share_work() && pthread_attr_init(&attributes) == 0) {
        // Where the sandbox lets none begin, this thread does all of it.
        helped = pthread_attr_setstacksize(&attributes, stack_size) == 0 && pthread_create(&helper, &attributes, help, &shared) == 0;
        pthread_attr_destroy(&attributes);
    }
    while (work.is_to_go_on()) {
        std::size_t const i = shared.next++;
        if (i >= count) break;
        work.do_part(i);
    }
    shared.next = count;
    if (helped) pthread_join(helper, nullptr);
    for (std::size_t i = 0; i < count; ++i) {
        if (shared.undone[i]) work.do_part(i);
    }
}

}  // namespace keepmum
