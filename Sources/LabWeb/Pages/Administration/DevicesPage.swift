internal import LabDomain
internal import LabOperations
internal import LabStore

/// The devices and programs that have a key.
struct DevicesPage: Hashable, Sendable {
    struct Row: Hashable, Sendable {
        let handle: String
        let role: String
        let place: String
        let issued: String
        let isRetired: Bool
        let askKey: String
        let askRetire: String
        let csrf: String
        let key: String
        let back: String
    }

    let csrf: String
    let key: String
    let back: String
    let roles: [StaffPage.RoleChoice]
    let units: [String]
    let sites: [String]
    let rows: [Row]
    let isEmpty: Bool
    let pager: Pager

    init(
        _ part: Part<DeviceEntry>, after: String, units: [String], sites: [String],
        for visit: Visit
    ) {
        let here = after.isEmpty ? "/devices" : "/devices?after=" + encoded(after)
        csrf = visit.csrf
        key = visit.newKey()
        back = here
        roles = StaffPage.RoleChoice.all(chosen: .device, in: visit.words)
        self.units = units
        self.sites = sites
        rows = part.rows.map { device in
            Row(
                handle: device.handle, role: visit.words.word("role", device.role),
                place: device.unit ?? device.site ?? "",
                issued: visit.words.say(
                    "devices.issued",
                    ["time": visit.site.zone.minuteText(device.issuedAt), "by": device.issuedBy]),
                isRetired: device.isRetired,
                askKey: visit.words.say("devices.keyAsk", ["handle": device.handle]),
                askRetire: visit.words.say("devices.retireAsk", ["handle": device.handle]),
                csrf: visit.csrf, key: visit.newKey(), back: here)
        }
        isEmpty = part.rows.isEmpty
        pager = Pager(part, on: "/devices", after: after)
    }
}

/// A key, shown once.
struct IssuedKeyPage: Hashable, Sendable {
    let handle: String
    let key: String
}
