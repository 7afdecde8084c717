// What the readers of a Windows computer share.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "host/foreign/foreign.h"

namespace keepmum::windows_host {

// A right that people give to programs: location, camera, microphone (CapabilityAccessManager\ConsentStore).
struct Consent {
    bool looked = false;
    bool denied = false;  // by the machine or by the person: nobody may
    bool in_use = false;
    bool used = false;    // some program has used it
    std::vector<std::string> programs;  // that may, or did
    Proof proof;
};

struct Windows {
    Foreign& foreign;
    Machine& machine = foreign.machine;
    std::map<std::string, Consent, std::less<>> consents = {};    // "location", "webcam", "microphone"
    std::map<std::string, std::size_t, std::less<>> media = {};   // number in past_media by instance, lower case
    std::vector<UsbDevice> usb_known = {};  // of Enum\USB: were here once
    std::map<std::uint32_t, std::size_t> usb_at = {};  // number in usb_known by vendor and product
    Past spare = {};         // where more media go than any computer has seen
    bool usb_now = false;                   // what is plugged in was told by the device list
    bool guest = false;                     // whoever has no name may log in
    std::map<std::uint64_t, std::string> processes = {};   // name by number
    std::vector<std::string> folders = {};  // that exist
};

void read_registry(ForeignFile const& file, Windows& windows);
void read_computer(ForeignFile const& file, Windows& windows);
void read_setupapi(ForeignFile const& file, Windows& windows);
void read_wlan_profile(ForeignFile const& file, Windows& windows);
void read_wlan_interfaces(ForeignFile const& file, Windows& windows);
void read_netstat(ForeignFile const& file, Windows& windows);
void read_ipconfig(ForeignFile const& file, Windows& windows);
void read_bitlocker(ForeignFile const& file, Windows& windows);

// A removable medium that was here once; the same instance is one.
Past& note_medium(Windows& windows, std::string_view instance, std::string what, std::string serial, Proof const& proof);
// "Ven_Kingston&Prod_DataTraveler" → "Kingston DataTraveler"
std::string medium_name(std::string_view device);
// The instance's serial number, "" where Windows made it up itself (its second letter is "&").
std::string medium_serial(std::string_view instance);

// What people allow to programs, once all was read: settings "location.…", and who may use cameras and microphones.
void give_consents(Windows& windows);

void note_listener(Windows& windows, std::string_view protocol, std::string_view address, unsigned port, std::uint64_t process,
                   Proof proof);

}  // namespace keepmum::windows_host
