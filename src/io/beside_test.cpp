// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/beside.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <new>
#include <thread>

namespace keepmum {
namespace {

// Counts how often each part is done. The calling thread waits at its first part until the helper has taken one.
class Counted final : public Work {
  public:
    void do_part(std::size_t number) override {
        bool const is_caller = std::this_thread::get_id() == caller;
        if (is_caller) wait();
        if (!is_caller) {
            ++helped;
            if (has_no_memory) throw std::bad_alloc();
        }
        ++done[number];
    }
    bool is_to_go_on() override {
        std::this_thread::sleep_for(pause);
        return taken++ < most;
    }

    std::atomic<int> done[100] = {};
    std::atomic<int> helped = 0;
    bool has_no_memory = false;
    int taken = 0, most = 1000;
    std::chrono::milliseconds pause{0};

  private:
    void wait() const {
        for (int i = 0; i < 5000 && helped == 0 && can_share_work(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    std::thread::id const caller = std::this_thread::get_id();
};

TEST(Beside, EachPartIsDoneOnce) {
    for (bool const has_no_memory : {false, true}) {
        Counted work;
        work.has_no_memory = has_no_memory;
        share_work(work, 100);
        for (std::atomic<int> const& times : work.done) EXPECT_EQ(times, 1);
        EXPECT_EQ(work.helped > 0, can_share_work());
    }
}

TEST(Beside, FewPartsAreDoneAlone) {
    Counted work;
    work.helped = 1;  // nobody is waited for,
    work.pause = std::chrono::milliseconds(20);  // and there is time to begin
    share_work(work, 3);
    EXPECT_EQ(work.helped, 1);
    EXPECT_EQ(work.done[0] + work.done[1] + work.done[2], 3);
}

TEST(Beside, NoMoreIsTakenWhenToldToStop) {
    Counted work;
    work.most = 0;
    work.has_no_memory = true;  // what the helper takes it leaves behind
    share_work(work, 100);
    int sum = 0;
    for (std::atomic<int> const& times : work.done) sum += times;
    EXPECT_LE(sum, 1);
}

}  // namespace
}  // namespace keepmum
