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

// The helper works on what lies on the caller's stack: whatever ends the caller's part, it is waited for.
struct Helper {
    Shared& shared;
    pthread_t thread{};
    bool begun = false;

    void wait() {
        shared.next = shared.count;
        if (begun) pthread_join(thread, nullptr);
        begun = false;
    }
    ~Helper() { wait(); }
};

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
    Helper helper{shared};
    pthread_attr_t attributes;
    if (count >= least_parts && can_share_work() && pthread_attr_init(&attributes) == 0) {
        // Where the sandbox lets none begin, this thread does all of it.
        helper.begun = pthread_attr_setstacksize(&attributes, stack_size) == 0 &&
                       pthread_create(&helper.thread, &attributes, help, &shared) == 0;
        pthread_attr_destroy(&attributes);
    }
    while (work.is_to_go_on()) {
        std::size_t const i = shared.next++;
        if (i >= count) break;
        work.do_part(i);
    }
    helper.wait();
    for (std::size_t i = 0; i < count; ++i) {
        if (shared.undone[i]) work.do_part(i);
    }
}

}  // namespace keepmum
