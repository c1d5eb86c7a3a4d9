/// Lists and mappings; each item is read by the closure with a reader of its own.
extension SettingsReader {
    /// A list: `read.list("sites") { $0.string() }`.
    /// - Parameters:
    ///   - key: The key; nil reads the value itself.
    ///   - body: Reads an item; an item that it answers nil for is left out.
    /// - Returns: The items in the order of the file; empty after noting a fault.
    package mutating func list<Value>(
        _ key: String? = nil, _ body: (inout SettingsReader) -> Value?
    ) -> [Value] {
        guard let found = find(key) else { return [] }
        guard case .sequence(let items) = found.content else {
            refuse(found.place, "\(found.content.name); write a list, one '- ' line an item")
            return []
        }
        return items.compactMap { readInner($0, body) }
    }

    /// A mapping with keys that are known: `read.mapping("assay") { Assay($0.string("name")) }`.
    /// - Parameters:
    ///   - key: The key.
    ///   - body: Reads the mapping; keys that it does not ask for are unknown.
    /// - Returns: What the closure answers; nil after noting that there is no mapping.
    package mutating func mapping<Value>(
        _ key: String, _ body: (inout SettingsReader) -> Value?
    ) -> Value? {
        guard let found = find(key) else { return nil }
        guard case .mapping = found.content else {
            refuse(found.place, "\(found.content.name); write a mapping, 'key: value' lines")
            return nil
        }
        return readInner(found, body)
    }

    /// A mapping whose keys are names that the file chooses.
    /// - Parameters:
    ///   - key: The key; nil reads the value itself.
    ///   - body: Reads one value, given its name; an entry that it answers nil for is left out.
    /// - Returns: Names and values in the order of the file; empty after noting a fault.
    package mutating func entries<Value>(
        _ key: String? = nil, _ body: (String, inout SettingsReader) -> Value?
    ) -> [(name: String, value: Value)] {
        guard let found = find(key) else { return [] }
        guard case .mapping(let entries) = found.content else {
            refuse(found.place, "\(found.content.name); write a mapping, 'name: value' lines")
            return []
        }
        return entries.compactMap { entry in
            readInner(entry.value) { body(entry.key, &$0) }.map { (entry.key, $0) }
        }
    }
}
