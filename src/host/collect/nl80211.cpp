// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/collect/nl80211.h"

#include <linux/genetlink.h>
#include <linux/netlink.h>
#include <linux/nl80211.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <vector>

#include "base/hash.h"
#include "base/json_writer.h"
#include "base/utf8.h"

namespace keepmum {

namespace {

constexpr std::size_t most_bss = 512, most_interfaces = 64;

template <class T>
T read_number(std::string_view bytes) {
    T value{};
    if (bytes.size() >= sizeof value) std::memcpy(&value, bytes.data(), sizeof value);
    return value;
}

// Calls `take(type, payload)` for each attribute that lies within `bytes`.
template <class Take>
void each_attribute(std::string_view bytes, Take take) {
    while (bytes.size() >= NLA_HDRLEN) {
        auto const length = read_number<std::uint16_t>(bytes);
        auto const type = static_cast<std::uint16_t>(read_number<std::uint16_t>(bytes.substr(2)) & NLA_TYPE_MASK);
        if (length < NLA_HDRLEN || length > bytes.size()) return;
        take(type, bytes.substr(NLA_HDRLEN, length - NLA_HDRLEN));
        bytes.remove_prefix(std::min<std::size_t>(NLA_ALIGN(length), bytes.size()));
    }
}

std::string text_of_attribute(std::string_view payload) { return made_valid(payload.substr(0, payload.find('\0'))); }

class Netlink {
  public:
    Netlink() : socket_(socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_GENERIC)) {
        timeval const patience{1, 0};
        if (socket_ >= 0) setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    }
    Netlink(Netlink const&) = delete;
    ~Netlink() {
        if (socket_ >= 0) close(socket_);
    }
    explicit operator bool() const { return socket_ >= 0; }

    // Sends one request and calls `take(attributes)` for each answer; 0, or the errno.
    template <class Take>
    int ask(std::uint16_t family, std::uint8_t command, std::uint16_t flags, std::string_view attributes, Take take) {
        std::string request(NLMSG_HDRLEN + GENL_HDRLEN, '\0');
        nlmsghdr head{};
        head.nlmsg_len = static_cast<std::uint32_t>(request.size() + attributes.size());
        head.nlmsg_type = family;
        head.nlmsg_flags = static_cast<std::uint16_t>(NLM_F_REQUEST | NLM_F_ACK | flags);
        head.nlmsg_seq = ++number_;
        std::memcpy(request.data(), &head, sizeof head);
        request[NLMSG_HDRLEN] = static_cast<char>(command);
        request[NLMSG_HDRLEN + 1] = 1;
        request += attributes;
        if (send(socket_, request.data(), request.size(), 0) < 0) return errno;
        std::vector<char> buffer(1u << 17);
        constexpr int most_packets = 4096;
        for (int packet = 0; packet < most_packets; ++packet) {
            ssize_t const got = recv(socket_, buffer.data(), buffer.size(), 0);
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0) return got < 0 ? errno : EIO;
            int const state = read_packet({buffer.data(), static_cast<std::size_t>(got)}, take);
            if (state <= 0) return -state;
        }
        return EMSGSIZE;
    }

  private:
    // 1: more is to come; 0: done; else a negative errno.
    template <class Take>
    int read_packet(std::string_view packet, Take take) {
        while (packet.size() >= sizeof(nlmsghdr)) {
            auto const head = read_number<nlmsghdr>(packet);
            if (head.nlmsg_len < sizeof(nlmsghdr) || head.nlmsg_len > packet.size()) return -EBADMSG;
            std::string_view const payload = packet.substr(NLMSG_HDRLEN, head.nlmsg_len - NLMSG_HDRLEN);
            if (head.nlmsg_seq == number_) {
                if (head.nlmsg_type == NLMSG_DONE) return 0;
                if (head.nlmsg_type == NLMSG_ERROR) return read_number<std::int32_t>(payload);  // 0: understood and done
                if (payload.size() >= GENL_HDRLEN) take(payload.substr(GENL_HDRLEN));
            }
            packet.remove_prefix(std::min<std::size_t>(NLMSG_ALIGN(head.nlmsg_len), packet.size()));
        }
        return 1;
    }

    int socket_;
    std::uint32_t number_ = 0;
};

std::string attribute(std::uint16_t type, std::string_view payload) {
    std::string out(NLA_HDRLEN, '\0');
    auto const length = static_cast<std::uint16_t>(NLA_HDRLEN + payload.size());
    std::memcpy(out.data(), &length, sizeof length);
    std::memcpy(out.data() + 2, &type, sizeof type);
    out += payload;
    out.resize(NLA_ALIGN(out.size()), '\0');
    return out;
}

std::string in_list(std::vector<std::string> const& objects) {
    std::string out = "[";
    for (std::string const& object : objects) out += (out.size() > 1 ? "," : "") + object;
    return out + "]";
}

std::string address_text(std::string_view bytes) {
    std::string out;
    for (char const byte : bytes.substr(0, 6)) out += (out.empty() ? "" : ":") + to_hex({&byte, 1});
    return out;
}

}  // namespace

std::string describe_interface(std::string_view attributes) {
    std::string name, ssid, out;
    std::uint32_t type = 0;
    each_attribute(attributes, [&](std::uint16_t kind, std::string_view payload) {
        if (kind == NL80211_ATTR_IFNAME) name = text_of_attribute(payload);
        if (kind == NL80211_ATTR_IFTYPE) type = read_number<std::uint32_t>(payload);
        if (kind == NL80211_ATTR_SSID) ssid = made_valid(payload);
    });
    JsonWriter json(out);
    json.begin_object().field("name", name).field("type", type).field("ssid", ssid).end_object();
    return out;
}

std::string describe_bss(std::string_view interface, std::string_view attributes) {
    std::string bssid, elements, beacon, out;
    std::uint32_t frequency = 0, capability = 0;
    std::int64_t status = -1;
    each_attribute(attributes, [&](std::uint16_t kind, std::string_view payload) {
        if (kind != NL80211_ATTR_BSS) return;
        each_attribute(payload, [&](std::uint16_t inner, std::string_view value) {
            if (inner == NL80211_BSS_BSSID) bssid = address_text(value);
            if (inner == NL80211_BSS_FREQUENCY) frequency = read_number<std::uint32_t>(value);
            if (inner == NL80211_BSS_CAPABILITY) capability = read_number<std::uint16_t>(value);
            if (inner == NL80211_BSS_STATUS) status = read_number<std::uint32_t>(value);
            if (inner == NL80211_BSS_INFORMATION_ELEMENTS) elements = to_hex(value);
            if (inner == NL80211_BSS_BEACON_IES) beacon = to_hex(value);
        });
    });
    JsonWriter json(out);
    json.begin_object().field("interface", interface).field("bssid", bssid).field("frequency", frequency);
    json.field("capability", capability).field("status", status).field("elements", elements.empty() ? beacon : elements).end_object();
    return out;
}

std::string ask_nl80211(Seen& seen) {
    Netlink netlink;
    std::uint16_t family = 0;
    std::vector<std::string> interfaces, heard;
    std::vector<std::pair<std::uint32_t, std::string>> known;
    int fault = netlink ? 0 : errno;
    if (!fault) {
        fault = netlink.ask(GENL_ID_CTRL, CTRL_CMD_GETFAMILY, 0, attribute(CTRL_ATTR_FAMILY_NAME, std::string_view("nl80211", 8)),
                            [&](std::string_view answer) {
                                each_attribute(answer, [&](std::uint16_t kind, std::string_view payload) {
                                    if (kind == CTRL_ATTR_FAMILY_ID) family = read_number<std::uint16_t>(payload);
                                });
                            });
    }
    // ENOENT: this kernel has no Wi-Fi at all, which is an answer.
    if (!fault && family != 0) {
        fault = netlink.ask(family, NL80211_CMD_GET_INTERFACE, NLM_F_DUMP, {}, [&](std::string_view answer) {
            if (interfaces.size() >= most_interfaces) return;
            interfaces.push_back(describe_interface(answer));
            std::uint32_t index = 0;
            std::string name;
            each_attribute(answer, [&](std::uint16_t kind, std::string_view payload) {
                if (kind == NL80211_ATTR_IFINDEX) index = read_number<std::uint32_t>(payload);
                if (kind == NL80211_ATTR_IFNAME) name = text_of_attribute(payload);
            });
            if (index != 0) known.emplace_back(index, std::move(name));
        });
        for (auto const& [index, name] : known) {
            std::string const which = attribute(NL80211_ATTR_IFINDEX, {reinterpret_cast<char const*>(&index), sizeof index});
            int const unheard = netlink.ask(family, NL80211_CMD_GET_SCAN, NLM_F_DUMP, which, [&](std::string_view answer) {
                if (heard.size() < most_bss) heard.push_back(describe_bss(name, answer));
            });
            // An interface that is down, or no station, has heard nothing; that is no fault of the whole.
            if (unheard != 0 && unheard != ENETDOWN && unheard != ENODEV && unheard != EOPNOTSUPP && unheard != ENOENT) fault = unheard;
        }
    }
    seen = Seen::present;
    if (fault == EPERM || fault == EACCES) seen = Seen::denied;
    else if (fault != 0 && fault != ENOENT) seen = fault == EPROTONOSUPPORT || fault == EAFNOSUPPORT ? Seen::uncollected : Seen::damaged;
    return seen == Seen::present ? "{\"interfaces\":" + in_list(interfaces) + ",\"bss\":" + in_list(heard) + "}" : std::string();
}

}  // namespace keepmum
