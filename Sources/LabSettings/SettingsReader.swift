internal import LabSpelling
package import LabWording

/// Reads settings into values; what is wrong is collected, and `finish` throws all of it at once.
///
/// Reading looks like a declaration:
///
///     var read = SettingsReader(try SettingsDocument(text, name: "jingdezhen.yaml").root)
///     let name = read.string("name")
///     let limits = read.list("clocks") { $0.duration("limit", in: .zero ... .seconds(172_800)) }
///     try read.finish()
///
/// A value that is missing or wrong is answered with a stand-in of its type, which must not be
/// used before `finish` has returned. Every key of a mapping has to be asked for, or allowed:
/// the others are unknown, which is a fault too. Where no key is given, the value itself is read.
package struct SettingsReader {
    /// The value that is read.
    package let node: SettingsNode
    private(set) var faults: [SettingsFault] = []
    private var known: [String] = []

    /// A reader of a value.
    package init(_ node: SettingsNode) { self.node = node }

    /// Whether nothing wrong has been found so far in this value.
    package var isSound: Bool { faults.isEmpty }

    /// Ends the reading of a file.
    /// - Throws: `SettingsFaults` with everything that is wrong, unknown keys among it.
    package mutating func finish() throws(SettingsFaults) {
        noteUnknownKeys()
        if !faults.isEmpty { throw SettingsFaults(faults: faults) }
    }

    /// Notes a fault of one's own, such as two values that contradict each other.
    /// - Parameters:
    ///   - message: What is wrong; what to do.
    ///   - key: The key that the fault is about; nil for the whole value.
    package mutating func refuse(_ message: Wording, at key: String? = nil) {
        let place = key.flatMap { entry($0)?.value.place } ?? node.place
        faults.append(SettingsFault(place: place, message: message))
    }

    /// Whether a key is there with a value.
    package mutating func has(_ key: String) -> Bool {
        allow(key)
        guard let value = entry(key)?.value else { return false }
        return value.content != .nothing
    }

    /// Lets keys be there that this reading does not need.
    package mutating func allow(_ keys: String...) {
        for key in keys where !known.contains(key) { known.append(key) }
    }

    /// Reads a key when it is there: `read.ifPresent("note") { $0.string() }`.
    package mutating func ifPresent<Value>(
        _ key: String, _ body: (inout SettingsReader) -> Value?
    ) -> Value? {
        guard has(key), let value = entry(key)?.value else { return nil }
        return readInner(value, body)
    }

    /// The value of a key, or this reader's own without one; nil after noting that it is missing.
    mutating func find(_ key: String?) -> SettingsNode? {
        guard let key else {
            if node.content != .nothing { return node }
            refuse("a value is missing; give one")
            return nil
        }
        allow(key)
        guard case .mapping = node.content else {
            // Every key would be missing: one complaint says it.
            if faults.isEmpty { refuse("\(node.content.name) where a mapping belongs") }
            return nil
        }
        guard let entry = entry(key) else {
            refuse("the key '\(key)' is missing; add it")
            return nil
        }
        guard entry.value.content != .nothing else {
            refuse(entry.keyPlace, "the key has no value; give one")
            return nil
        }
        return entry.value
    }

    mutating func refuse(_ place: SettingsPlace, _ message: Wording) {
        faults.append(SettingsFault(place: place, message: message))
    }

    /// Reads a value with a reader of its own and takes over that reader's faults.
    mutating func readInner<Value>(
        _ value: SettingsNode, _ body: (inout SettingsReader) -> Value?
    ) -> Value? {
        var inner = SettingsReader(value)
        let result = body(&inner)
        // A body that gave up early has not asked for all its keys: they are not unknown.
        if result != nil || inner.isSound { inner.noteUnknownKeys() }
        faults += inner.faults
        return result
    }

    private func entry(_ key: String) -> SettingsNode.Entry? {
        guard case .mapping(let entries) = node.content else { return nil }
        return entries.first { $0.key == key }
    }

    private mutating func noteUnknownKeys() {
        // Without any key asked for, the value was read as a whole.
        guard case .mapping(let entries) = node.content, !known.isEmpty else { return }
        for entry in entries where !known.contains(entry.key) {
            refuse(
                entry.keyPlace,
                Spelling.nearest(to: entry.key, among: known)
                    .map { "unknown key; did you mean '\($0)'?" } ?? "unknown key; remove it")
        }
    }
}
