package import LabDomain
internal import LabSecrets
package import LabStore

/// A device or program with a key of its own.
package struct DeviceEntry: Codable, Sendable {
    package let handle: String
    package let role: Role
    package let unit: String?
    package let site: String?
    package let issuedAt: Timestamp
    package let issuedBy: String
    package let isRetired: Bool
}

extension DeviceEntry {
    fileprivate init(_ stored: StoredDevice) {
        self.init(
            handle: stored.member.actor.handle, role: stored.member.actor.role,
            unit: stored.member.scope?.unit, site: stored.member.scope?.site,
            issuedAt: stored.issuedAt, issuedBy: stored.issuedBy,
            isRetired: stored.member.isRetired)
    }
}

extension Laboratory {
    /// What every key begins with, so that one that leaked is recognised.
    static let keyPrefix = "swk-"

    /// Gives a device or program a new key, which is told once; the one before it opens nothing.
    ///
    /// What is kept is a hash under the laboratory's own key (API-1).
    package func issueKey(
        for handle: String, as administrator: String, at now: Timestamp
    ) throws -> String {
        let secret = randomBytes(32)
        let actor = try store.read { try self.actor(administrator, for: .issuePassword, in: $0) }
        let stamp = Stamp(
            at: now, actor: actor, verb: .issuePassword,
            command: "device-key:" + Hash.hex(randomBytes(8)))
        try store.write(stamp: stamp) { transaction in
            try transaction.issueKey(Self.token(of: secret, by: vault), to: handle)
        }
        return Self.keyPrefix + Hash.hex(secret)
    }

    /// Who is behind a key; nil when it was never issued, is replaced, or its holder is retired.
    package func holder(ofKey key: String) async throws -> Actor? {
        guard key.hasPrefix(Self.keyPrefix),
            let secret = bytes(hex: key.dropFirst(Self.keyPrefix.count), count: 32)
        else { return nil }
        let token = Self.token(of: secret, by: vault)
        let member = try await store.readAside { try $0.holder(ofKey: token) }
        return member.flatMap { $0.isRetired ? nil : $0.actor }
    }

    /// Every device and program that has or had a key.
    package func devices(as handle: String) throws -> [DeviceEntry] {
        try look(.issuePassword, as: handle) { try $0.devices().map(DeviceEntry.init) }
    }

    /// A part of the devices and programs that have or had a key, by handle.
    package func devices(after: String, as handle: String) throws -> Part<DeviceEntry> {
        try look(.issuePassword, as: handle) { view in
            try view.devices(after: after).map(DeviceEntry.init)
        }
    }

    /// Whether somebody has or had a key.
    package func hasKey(_ other: String, as handle: String) throws -> Bool {
        try look(.issuePassword, as: handle) { try $0.hasKey(other) }
    }

    /// The keyed hash that is kept of a key.
    static func token(of secret: [UInt8], by vault: IdentityVault) -> [UInt8] {
        vault.vault.chain([Array("device-key".utf8), secret])
    }
}

/// The bytes of a text of hexadecimal digits; nil when it is none, or of another length.
private func bytes(hex: Substring, count: Int) -> [UInt8]? {
    let digits = Array(hex.utf8)
    guard digits.count == 2 * count else { return nil }
    var bytes: [UInt8] = []
    for place in stride(from: 0, to: digits.count, by: 2) {
        let pair = String(decoding: digits[place..<(place + 2)], as: UTF8.self)
        guard pair.utf8.allSatisfy({ $0 != 43 && $0 != 45 }), let byte = UInt8(pair, radix: 16)
        else { return nil }
        bytes.append(byte)
    }
    return bytes
}
