// Journals for tests: objects one behind another as journald writes them, without hash tables, which are not read.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace keepmum {

inline void put_little(std::string& out, std::uint64_t value, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) out += static_cast<char>(value >> 8 * i & 0xFF);
}

enum class JournalForm { wide, compact };

class MadeJournal {
  public:
    explicit MadeJournal(JournalForm form) : form_(form) {
        bytes_ = "LPKSHHRH";
        put_little(bytes_, 0, 4);
        put_little(bytes_, form == JournalForm::compact ? 16 : 0, 4);
        bytes_.resize(88);
        put_little(bytes_, 208, 8);
        bytes_.resize(208);
    }
    std::uint64_t data(std::string const& field, unsigned flags = 0) {
        std::string body(form_ == JournalForm::compact ? 56 : 48, '\0');
        return object(1, flags, body + field);
    }
    void entry(std::int64_t microseconds, std::vector<std::uint64_t> const& fields) {
        std::string body;
        put_little(body, 1, 8);
        put_little(body, static_cast<std::uint64_t>(microseconds), 8);
        body.resize(48);
        for (std::uint64_t const at : fields) {
            put_little(body, at, form_ == JournalForm::compact ? 4 : 8);
            if (form_ == JournalForm::wide) put_little(body, 0, 8);
        }
        object(3, 0, body);
    }
    std::string finish() {
        std::string whole = bytes_, last;
        put_little(last, last_, 8);
        whole.replace(136, 8, last);
        return whole + std::string(4096, '\0');  // room that is not used yet
    }

  private:
    std::uint64_t object(unsigned type, unsigned flags, std::string const& body) {
        last_ = bytes_.size();
        put_little(bytes_, type, 1);
        put_little(bytes_, flags, 1);
        put_little(bytes_, 0, 6);
        put_little(bytes_, body.size() + 16, 8);
        bytes_ += body;
        bytes_.resize((bytes_.size() + 7) / 8 * 8);
        return last_;
    }
    JournalForm form_;
    std::string bytes_;
    std::uint64_t last_ = 0;
};

}  // namespace keepmum
