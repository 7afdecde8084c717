// An Android phone as its bug report tells it: lines of dumpstate, getprop and dumpsys. Their wording differs from version to
// version; what is looked for has stood since Android 10, and what is not found is said to be missing.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <charconv>
#include <optional>

#include "base/utf8.h"
#include "host/foreign/foreign.h"

namespace keepmum {
namespace {

std::string_view behind(std::string_view line, std::string_view mark) {
    std::size_t const at = line.find(mark);
    return at == std::string_view::npos ? std::string_view() : line.substr(at + mark.size());
}

std::string_view until(std::string_view text, std::string_view ends) { return text.substr(0, text.find_first_of(ends)); }

// WifiConfiguration / WifiInfo security types.
AirCipher cipher_of_type(std::string_view digits) {
    constexpr AirCipher types[] = {
        AirCipher::open,       AirCipher::wep, AirCipher::wpa2, AirCipher::enterprise, AirCipher::wpa3,
        AirCipher::enterprise, AirCipher::owe, AirCipher::wapi, AirCipher::wapi,       AirCipher::enterprise};
    unsigned number = 99;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number < std::size(types) ? types[number] : AirCipher::unknown;
}

class Report final {
  public:
    Report(ForeignFile const& file, Foreign& foreign) : file_(file), foreign_(foreign), machine_(foreign.machine) {}

    void read() {
        std::string_view rest = file_.text;
        while (!rest.empty()) {
            std::string_view const raw = cut_line(rest), line = strip_blank(raw);
            if (line.empty()) continue;
            line_ = line;
            if (line.starts_with("DUMP OF SERVICE ")) {
                begin_service(line);
            } else if (line.starts_with('[')) {
                property();
            } else if (line.starts_with("== dumpstate: ")) {
                machine_.taken = plain_name(line.substr(14));
            } else {
                service_line(raw);
            }
        }
        finish();
    }

  private:
    Proof proof() const { return prove(file_.path, line_); }

    void begin_service(std::string_view line) {
        std::string_view name = until(strip_blank(behind(line, "DUMP OF SERVICE ")), ":");
        if (name.starts_with("CRITICAL ") || name.starts_with("HIGH ")) name = name.substr(name.find(' ') + 1);
        service_ = name;
        package_.clear();
        bonded_ = false;
        if (name == "wifi" || name == "bluetooth_manager") {
            machine_.radios.looked = true;
            (name == "wifi" ? machine_.networks.looked : machine_.paired.looked) = true;
            foreign_.topics.emplace(name == "wifi" ? "wifi" : "bluetooth");
        }
        if (name == "usb") machine_.usb.looked = machine_.removable.looked = true;
        if (name == "package") machine_.programs.looked = true;
        if (name == "connectivity")
            machine_.routes.looked = machine_.addresses.looked = machine_.interfaces.looked =
                machine_.resolvers.looked = true;
        if (name == "settings") foreign_.topics.insert("proxy");
    }

    void service_line(std::string_view raw) {
        if (service_ == "wifi") wifi();
        else if (service_ == "bluetooth_manager") bluetooth(raw);
        else if (service_ == "usb") usb();
        else if (service_ == "package") package();
        else if (service_ == "connectivity") connectivity();
        else if (service_ == "settings") setting();
        else if (service_ == "location") location();
    }

    // [ro.crypto.state]: [encrypted]
    void property() {
        std::string_view const name = until(line_.substr(1), "]"), value = until(behind(line_, "]: ["), "]");
        if (name == "ro.crypto.state") add_fact(machine_.volumes, {"/data", "/data", value == "encrypted", false, proof()});
        if (name == "ro.build.version.release") machine_.version = "Android " + plain_name(value);
        if (name == "sys.usb.state" || name == "sys.usb.config") usb_config_ = value;
        if (name == "service.adb.tcp.port" && !value.empty() && value != "-1" && value != "0") {
            add_fact(machine_.listeners, {"tcp", "0.0.0.0", 5555, true, proof()});
        }
    }

    void wifi() {
        if (line_ == "Wi-Fi is enabled" || line_ == "Wi-Fi is disabled") {
            add_fact(machine_.radios, {Radio::Kind::wifi, "Wi-Fi", "", line_.ends_with("enabled"), std::nullopt, proof()});
        }
        std::string_view const current = behind(line_, "mWifiInfo SSID: ");
        if (!current.empty() && current.find("Supplicant state: COMPLETED") != std::string_view::npos) {
            Network network{name_of_ssid(current),
                            cipher_of_type(strip_blank(behind(current, "Security type: "))),
                            true,
                            false,
                            false,
                            proof()};
            bool const known = std::any_of(machine_.networks.items.begin(), machine_.networks.items.end(),
                                           [&](Network const& other) { return other.in_use && other.ssid == network.ssid; });
            if (!known) add_fact(machine_.networks, std::move(network));
        }
        // "ID: 3 SSID: "Lab" PROVIDER-NAME: null …", then "KeyMgmt: WPA_PSK SAE" further below.
        if (line_.starts_with("ID: ") || line_.starts_with("* ID: ")) {
            kept_ = {name_of_ssid(behind(line_, "SSID: ")), AirCipher::unknown, false, true, false, proof()};
        }
        if (std::string_view const keys = behind(line_, "KeyMgmt: "); !keys.empty() && !kept_.ssid.empty()) {
            kept_.cipher = keys.find("WPA_PSK") != std::string_view::npos
                               ? AirCipher::wpa2
                               : cipher_named(keys.substr(0, keys.find(" Proto")));
            kept_.proof.line += " " + prove("", line_).line;
            kept_.proof.line.resize(valid_utf8_prefix(std::string_view(kept_.proof.line).substr(0, 200)));
            add_fact(machine_.networks, std::move(kept_));
            kept_ = {};
        }
        if (line_.find("mState=ENABLED") != std::string_view::npos && line_.find("SoftAp") != std::string_view::npos) {
            add_fact(machine_.networks, {"", AirCipher::unknown, true, false, true, proof()});
        }
    }

    static std::string name_of_ssid(std::string_view text) {
        text = strip_blank(text);
        return plain_name(text.starts_with('"') ? until(text.substr(1), "\"") : until(text, ", "));
    }

    void bluetooth(std::string_view raw) {
        if (line_.starts_with("enabled: ")) {
            add_fact(machine_.radios, {Radio::Kind::bluetooth, "Bluetooth", "", line_.substr(9) == "true", std::nullopt, proof()});
        }
        if (line_.starts_with("ScanMode: ")) {
            for (Radio& radio : machine_.radios.items) {
                if (radio.kind == Radio::Kind::bluetooth) radio.discoverable = line_.find("DISCOVERABLE") != std::string_view::npos;
            }
        }
        if (line_.starts_with("Bonded devices")) {
            bonded_ = true;
            return;
        }
        // "    00:11:22:33:44:55 [ DUAL ][ 0x240404 ] Car kit"; in newer ones half of the address is XX.
        if (!bonded_) return;
        if (!raw.starts_with(' ') || line_.size() < 17 || line_[2] != ':' || line_[5] != ':') {
            bonded_ = false;
            return;
        }
        Paired device{"", plain_name(line_.substr(0, 17)), 0, true, false, proof()};
        std::string_view const code = behind(line_, "0x");
        std::from_chars(code.data(), code.data() + code.size(), device.device_class, 16);
        device.name = plain_name(line_.substr(line_.rfind(']') == std::string_view::npos ? 17 : line_.rfind(']') + 1));
        add_fact(machine_.paired, std::move(device));
    }

    // Devices at the phone's own socket: "vendor_id=1133", "product_id=50475", "product_name=USB Receiver" on lines of their own.
    void usb() {
        auto const number = [this](std::string_view mark) {
            std::string_view const digits = strip_blank(behind(line_, mark));
            unsigned value = 0;
            std::from_chars(digits.data(), digits.data() + digits.size(), value);
            return value;
        };
        if (line_.starts_with("vendor_id=")) {
            add_fact(machine_.usb, {number("vendor_id="), 0, 0, "", "", "", {}, false, proof()});
        } else if (!machine_.usb.items.empty()) {
            UsbDevice& device = machine_.usb.items.back();
            if (line_.starts_with("product_id=")) device.product = number("product_id=");
            if (line_.starts_with("manufacturer_name=")) device.maker = plain_name(line_.substr(18));
            if (line_.starts_with("product_name=")) device.name = plain_name(line_.substr(13));
        }
    }

    // "Package [com.tencent.mm] (1a2b3c):", below it "android.permission.CAMERA: granted=true, flags=[…]"
    void package() {
        if (line_.starts_with("Package [")) {
            package_ = plain_name(until(line_.substr(9), "]"));
            if (ProgramRow const* const known = foreign_.programs.by_package(System::android, package_))
                note_program(machine_, *known, proof()).installed = true;
        }
        if (line_.starts_with("android.hardware.")) feature(until(line_, " :"));
        if (package_.empty() || line_.find("granted=true") == std::string_view::npos) return;
        std::string_view const right = until(line_, ":");
        auto const give = [this](std::vector<std::string>& list) {
            if (list.size() < 200 && std::find(list.begin(), list.end(), package_) == list.end()) list.push_back(package_);
        };
        if (right == "android.permission.CAMERA") give(cameras_);
        if (right == "android.permission.RECORD_AUDIO") give(microphones_);
        if (right == "android.permission.ACCESS_FINE_LOCATION" || right == "android.permission.ACCESS_COARSE_LOCATION") give(places_);
    }

    void feature(std::string_view name) {
        machine_.sensors.looked = true;
        if (name == "android.hardware.camera" || name == "android.hardware.camera.any") camera_ = proof();
        if (name == "android.hardware.microphone") microphone_ = proof();
        if (name == "android.hardware.telephony") telephony_ = proof();
        if (name == "android.hardware.nfc") nfc_ = proof();
    }

    // "… InterfaceName: wlan0 LinkAddresses: [ 192.168.1.5/24 ] DnsAddresses: [ /192.168.1.1 ] … Routes: [
    // 0.0.0.0/0 -> 192.168.1.1 wlan0 ]"
    void connectivity() {
        std::string_view const properties = behind(line_, "InterfaceName: ");
        if (properties.empty()) return;
        std::string const name = plain_name(until(properties, " ,"));
        for (Interface const& known : machine_.interfaces.items) {
            if (known.name == name) return;
        }
        Interface interface{name, "", Link::wired, true, true, proof()};
        if (name.starts_with("wlan")) interface.link = Link::wireless;
        if (name.starts_with("rmnet") || name.starts_with("ccmni") || name.starts_with("v4-rmnet")) interface.link = Link::mobile;
        if (name.starts_with("tun") || name.starts_with("ppp") || name.starts_with("ipsec")) interface.link = Link::tunnel;
        if (name.starts_with("rndis")) interface.link = Link::tethered;
        add_fact(machine_.interfaces, std::move(interface));
        std::string_view const addresses = until(behind(properties, "LinkAddresses: ["), "]");
        for (std::string_view const part : split_at(addresses, ',', 32)) {
            std::string_view const address = until(strip_blank(part), "/");
            if (!address.empty()) add_fact(machine_.addresses, {name, plain_name(address), 0, is_global_address(address), proof()});
        }
        for (std::string_view const part : split_at(until(behind(properties, "DnsAddresses: ["), "]"), ',', 32)) {
            std::string_view server = strip_blank(part);
            if (server.starts_with('/')) server.remove_prefix(1);
            if (!server.empty()) add_fact(machine_.resolvers, {"dns", plain_name(server), proof()});
        }
        for (std::string_view const part : split_at(until(behind(properties, "Routes: ["), "]"), ',', 64)) {
            auto const words = split_words(part, 4);
            if (words.size() < 3 || (words[0] != "0.0.0.0/0" && words[0] != "::/0")) continue;
            add_fact(machine_.routes, {std::string(words[0]), plain_name(words[2]), name, true, proof()});
        }
    }

    // "_id:18 name:adb_enabled pkg:android value:1 default:0 …"
    void setting() {
        std::string_view const name = until(behind(line_, " name:"), " "), value = until(behind(line_, " value:"), " ");
        if (name == "adb_enabled") add_setting(foreign_, "usb", "usb.debugging", value == "1" ? "1" : "0", proof());
        if (name == "adb_wifi_enabled" && value == "1") add_setting(foreign_, "remote", "remote.login", "on", proof());
        if (name == "location_mode") add_setting(foreign_, "location", "location.enabled", value == "0" ? "false" : "true", proof());
        if (name == "http_proxy" && !value.empty() && value != ":0" && value != "null")
            add_setting(foreign_, "proxy", "proxy.environment", plain_name(value), proof());
        if (name == "airplane_mode_on") airplane_ = value == "1";
        if (name == "nfc_payment_foreground" || name == "nfc_on") nfc_on_ = value == "1";
    }

    void location() {
        if (line_ == "Location Setting: true" || line_ == "Location Setting: false") {
            add_setting(foreign_, "location", "location.enabled", line_.ends_with("true") ? "true" : "false", proof());
        }
    }

    void finish() {
        auto const sensor = [this](std::optional<Proof> const& here, Sensor::Kind kind, std::vector<std::string> const& allowed) {
            if (here) add_fact(machine_.sensors, {kind, "", std::nullopt, allowed, *here});
        };
        sensor(camera_, Sensor::Kind::camera, cameras_);
        sensor(microphone_, Sensor::Kind::microphone, microphones_);
        if (telephony_) add_fact(machine_.radios, {Radio::Kind::mobile, "mobile network", "", !airplane_, std::nullopt, *telephony_});
        if (nfc_) add_fact(machine_.radios, {Radio::Kind::other, "NFC", "", nfc_on_, std::nullopt, *nfc_});
        for (std::string const& program : places_)
            add_setting(foreign_, "location program", "location.program", program,
                        prove(file_.path, program));
        if (usb_config_.find("adb") != std::string::npos)
            add_setting(foreign_, "usb", "usb.debugging", "1",
                        prove(file_.path, "sys.usb.config = " + usb_config_));
    }

    ForeignFile const& file_;
    Foreign& foreign_;
    Machine& machine_;
    std::string_view line_, service_;
    std::string package_, usb_config_;
    Network kept_;
    std::vector<std::string> cameras_, microphones_, places_;
    std::optional<Proof> camera_, microphone_, telephony_, nfc_;
    bool bonded_ = false, airplane_ = false, nfc_on_ = false;
};

}  // namespace

void read_android(std::vector<ForeignFile> const& files, Foreign& foreign) {
    for (ForeignFile const& file : files) {
        if (file.kind == ForeignKind::bugreport) Report(file, foreign).read();
    }
    Machine& machine = foreign.machine;
    want(machine.routes, "dumpsys connectivity", foreign);
    want(machine.addresses, "dumpsys connectivity", foreign);
    want(machine.interfaces, "dumpsys connectivity", foreign);
    want(machine.resolvers, "dumpsys connectivity", foreign);
    want(machine.past_networks, "bugreport: network-history", foreign);
    want_kind(machine.radios, "wifi", "dumpsys wifi (Wi-Fi)", foreign);
    want_kind(machine.radios, "bluetooth", "dumpsys bluetooth_manager (Bluetooth)", foreign);
    want(machine.networks, "dumpsys wifi", foreign);
    want(machine.paired, "dumpsys bluetooth_manager", foreign);
    want(machine.usb, "dumpsys usb", foreign);
    want(machine.removable, "dumpsys usb", foreign);
    want(machine.past_media, "bugreport: usb-history", foreign);
    want(machine.programs, "dumpsys package", foreign);
    // What an app carries away is inside the app: there are no folders to name.
    machine.folders.looked = machine.folders.looked || machine.programs.looked;
    want(machine.folders, "dumpsys package", foreign);
    want(machine.listeners, "bugreport: open-ports", foreign);
    machine.shares.looked = machine.programs.looked;
    want(machine.shares, "dumpsys package", foreign);
    want(machine.sensors, "dumpsys package: features", foreign);
    want(machine.volumes, "getprop ro.crypto.state", foreign);
    want(machine.printers, "bugreport: printers", foreign);
    want(machine.accounts, "bugreport: accounts", foreign);
    want(machine.credentials, "bugreport: certificates", foreign);
    want(machine.services, "bugreport: services", foreign);
    want_topic("location", "dumpsys settings: location_mode", foreign);
    want_topic("usb", "dumpsys settings: adb_enabled (usb)", foreign);
    want_topic("proxy", "dumpsys settings: http_proxy", foreign);
}

}  // namespace keepmum
