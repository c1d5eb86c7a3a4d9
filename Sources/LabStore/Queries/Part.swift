/// A part of a long list, as long as a page shows.
package struct Part<Row: Sendable>: Sendable {
    package let rows: [Row]
    /// Where the next part begins: what to ask for with `after`; nil when this is the last.
    package let next: String?

    /// How many rows a page shows.
    package static var size: Int { 50 }

    /// A part of a list of which one row more than fits was fetched.
    package init(_ fetched: [Row], size: Int = Self.size, cursor: (Row) -> String) {
        rows = Array(fetched.prefix(size))
        next = fetched.count > size ? rows.last.map(cursor) : nil
    }

    /// The same part with each row as something else.
    package func map<Other>(_ transform: (Row) throws -> Other) rethrows -> Part<Other> {
        Part<Other>(rows: try rows.map(transform), next: next)
    }

    private init(rows: [Row], next: String?) {
        self.rows = rows
        self.next = next
    }
}
