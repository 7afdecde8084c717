// How checks put their answers: few words, the same in both languages, with the proofs behind them.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "host/check.h"

namespace keepmum {

Answered answer_pass(std::string en, std::string zh, std::vector<Proof> proofs = {});
Answered answer_fail(std::string en, std::string zh, std::vector<Proof> proofs);
Answered answer_not_applicable(std::string en, std::string zh);
// `missing` empty: nothing of the kind was collected.
Answered answer_unknown(std::string en, std::string zh, std::vector<Unseen> missing);

// "a, b, c and 4 more", "a、b、c 等 7 项". Each name once, in the order given.
std::string listed(std::vector<std::string> const& names, Language language, std::size_t most = 4);

// What counts against an answer, gathered with its proofs. At most 40 proofs are kept.
class Gathered final {
  public:
    void add(std::string en, std::string zh, Proof const& proof);
    void add(std::string const& name, Proof const& proof) { add(name, name, proof); }
    bool empty() const { return en_.empty(); }
    std::size_t size() const { return en_.size(); }
    std::string en() const { return listed(en_, Language::en); }
    std::string zh() const { return listed(zh_, Language::zh); }
    std::vector<Proof> const& proofs() const { return proofs_; }

  private:
    std::vector<std::string> en_, zh_;
    std::vector<Proof> proofs_;
};

// What a list could not see. Where nobody looked and nobody said why: "PATH: not collected", `path` naming what it would be.
template <class T>
std::vector<Unseen> missing_of(Known<T> const& known, std::string_view path) {
    if (known.unseen.empty() && !known.looked) return {{std::string(path), Blank::uncollected}};
    return known.unseen;
}

// The same place without the remark behind it, by which a check knows its kind: "wlan-interfaces.txt (in use)".
Unseen plain_place(Unseen unseen);

// Of settings, which are one list for many topics: those unseen places whose path has one of `words`.
std::vector<Unseen> missing_settings(Machine const& machine, std::initializer_list<std::string_view> words, std::string_view path);

// The first setting of that name, or null.
Setting const* setting_of(Machine const& machine, std::string_view name);

// The day when it was last (else first) here, as it is written: "2026-05-04"; "" where that is not known.
std::string day_of(Past const& past);

// What a program does here, strongest first: "running, starts by itself".
std::string state_of(Program const& program, Language language);

}  // namespace keepmum
