// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/pdf/object_file.h"

// qpdf 11 asks which of its two pointer interfaces is meant; the standard one.
#define POINTERHOLDER_TRANSITION 4

#include <qpdf/Buffer.hh>
#include <qpdf/Pipeline.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include <algorithm>
#include <stdexcept>

#include "base/utf8.h"
#include "extract/pdf/chinese_bytes.h"
#include "extract/pdf/survey.h"

namespace keepmum::pdf {

namespace {

// Collects up to a limit. Throwing is qpdf's own way to stop a stream from within a pipeline.
class Bounded final : public Pipeline {
  public:
    Bounded(std::string& out, std::uint64_t limit) : Pipeline("bounded", nullptr), out_(out), limit_(limit) {}
    void write(unsigned char const* data, std::size_t size) override {
        if (size > limit_ - out_.size()) {
            full_ = true;
            throw std::runtime_error("the limit is reached");
        }
        out_.append(reinterpret_cast<char const*>(data), size);
    }
    void finish() override {}
    bool full() const { return full_; }

  private:
    std::string& out_;
    std::uint64_t limit_;
    bool full_ = false;
};

ObjectFile::Data decode(QPDFObjectHandle stream, ObjectFile::Decode how, std::uint64_t limit) {
    ObjectFile::Data data;
    Bounded sink(data.bytes, limit);
    bool filtered = false;
    bool const full = how == ObjectFile::Decode::full;
    bool done = false;
    try {
        done = stream.pipeStreamData(&sink, &filtered, 0, full ? qpdf_dl_specialized : qpdf_dl_none, true, false);
    } catch (std::exception const&) {
        done = false;
    }
    if (sink.full()) {
        data.failure = ObjectFile::Failure::too_big;
        data.bytes.clear();
    } else if (!done || (full && !filtered && stream.getDict().hasKey("/Filter"))) {
        data.failure = ObjectFile::Failure::damaged;
    }
    return data;
}

// Only pairs of common Chinese characters, and at least two of them.
std::string read_as_chinese(std::string const& raw) {
    std::string out;
    int pairs = 0, common = 0;
    for (std::size_t i = 0; i < raw.size(); ++i) {
        auto const lead = static_cast<unsigned char>(raw[i]);
        if (lead < 0x80) {
            out.push_back(raw[i]);
            continue;
        }
        if (i + 1 >= raw.size()) return {};
        auto const trail = static_cast<unsigned char>(raw[++i]);
        char32_t const joined = pair(lead, trail);
        if (joined == 0) return {};
        ++pairs;
        common += lead >= 0xB0 && lead <= 0xD7;
        append_utf8(out, joined);
    }
    return pairs >= 2 && common * 10 >= pairs * 7 ? out : std::string();
}

}  // namespace

std::string readable(std::string const& raw, std::string const& converted) {
    bool const marked = raw.compare(0, 2, "\xFE\xFF") == 0 || raw.compare(0, 2, "\xFF\xFE") == 0 ||
                        raw.compare(0, 3, "\xEF\xBB\xBF") == 0;
    std::string text = converted;
    if (!marked && !is_ascii(raw)) {
        std::string chinese = read_as_chinese(raw);
        if (!chinese.empty()) {
            text = std::move(chinese);
        } else if (is_utf8(raw)) {
            text = raw;
        }
    }
    std::size_t controls = 0;
    for (char c : text) controls += static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t';
    if (controls * 8 > text.size() || !is_utf8(text)) return {};
    for (char& c : text) {
        if (c == '\r' || c == '\0') c = '\n';
    }
    return text;
}

struct ObjectFile::Inside {
    std::unique_ptr<QPDF> file = std::make_unique<QPDF>();
    State state = State::broken;
};

ObjectFile::ObjectFile(std::string_view bytes) : inside_(std::make_unique<Inside>()) {
    inside_->file->setSuppressWarnings(true);
    try {
        inside_->file->processMemoryFile("document", bytes.data(), bytes.size());
        inside_->state = State::ready;
    } catch (QPDFExc const& fault) {
        if (fault.getErrorCode() == qpdf_e_password) inside_->state = State::encrypted;
    } catch (std::exception const&) {
        inside_->state = State::broken;
    }
}

ObjectFile::~ObjectFile() = default;

ObjectFile::State ObjectFile::state() const { return inside_->state; }

bool ObjectFile::is_encrypted() const { return inside_->state == State::ready && inside_->file->isEncrypted(); }

bool ObjectFile::is_rebuilt() const {
    for (QPDFExc const& warning : inside_->file->getWarnings()) {
        if (warning.getMessageDetail().find("reconstruct") != std::string::npos) return true;
    }
    return false;
}

Survey ObjectFile::survey() const {
    try {
        return survey_objects(*inside_->file);
    } catch (std::exception const&) {
        inside_->state = State::broken;
        return {};
    }
}

ObjectFile::Data ObjectFile::read_stream(int number, int generation, Decode how, std::uint64_t limit) const {
    try {
        QPDFObjectHandle object = inside_->file->getObjectByID(number, generation);
        if (object.isStream()) return decode(object, how, limit);
    } catch (std::exception const&) {
        return {{}, Failure::damaged};
    }
    return {{}, Failure::damaged};
}

ObjectFile::Orphan ObjectFile::read_orphan(std::string_view body, std::string_view stream,
                                           std::uint64_t limit) const {
    Orphan orphan;
    try {
        QPDFObjectHandle object = QPDFObjectHandle::parse(inside_->file.get(), std::string(body), "object");
        orphan.cut_short = !note_strings(object, orphan.notes);
        orphan.understood = true;
        if (!object.isDictionary() || stream.data() == nullptr) return orphan;
        QPDFObjectHandle made = inside_->file->newStream(std::string(stream));
        made.replaceDict(object);
        orphan.has_stream = true;
        orphan.stream = describe_stream(made);
        orphan.data = decode(made, Decode::full, limit);
    } catch (std::exception const&) {
        if (orphan.has_stream) orphan.data.failure = Failure::damaged;
    }
    return orphan;
}

ObjectFile::Orphan ObjectFile::read_object(int number, int generation, std::uint64_t limit) const {
    Orphan orphan;
    try {
        QPDFObjectHandle object = inside_->file->getObjectByID(number, generation);
        orphan.cut_short = !note_strings(object, orphan.notes);
        orphan.understood = true;
        if (!object.isStream()) return orphan;
        orphan.has_stream = true;
        orphan.stream = describe_stream(object);
        orphan.data = decode(object, Decode::full, limit);
    } catch (std::exception const&) {
        if (orphan.has_stream) orphan.data.failure = Failure::damaged;
    }
    return orphan;
}

}  // namespace keepmum::pdf
