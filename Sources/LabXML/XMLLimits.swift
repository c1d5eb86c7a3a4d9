/// How large a document may be, so that a hostile one costs little.
package struct XMLLimits: Sendable {
    /// The longest document in bytes.
    package let bytes: Int
    /// The deepest nesting of elements; libxml2 itself stops at 256.
    package let depth: Int
    /// The largest number of elements.
    package let elements: Int

    /// Limits of one's own.
    package init(bytes: Int, depth: Int, elements: Int) {
        self.bytes = bytes
        self.depth = depth
        self.elements = elements
    }

    /// 16 MiB, 64 levels and 500,000 elements: a city's batch of messages, an instrument's run.
    package static let standard = XMLLimits(bytes: 16 << 20, depth: 64, elements: 500_000)
}
