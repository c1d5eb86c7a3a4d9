internal import GRDB
package import LabDomain

/// A sending unit or a sampling site, as manifests and staff name it.
package struct StoredPlace: Hashable, Sendable {
    package let name: String
    package let tubes: Int
    /// Who works for it, by handle.
    package let staff: [String]
}

extension StoreView {
    /// A part of the units or sites that a tube or somebody of the staff names, in their order.
    package func places(
        _ limit: Role.Limit, after: String, size: Int = Part<StoredPlace>.size
    ) throws -> Part<StoredPlace> {
        guard let column = Self.column(of: limit) else { return Part([], size: size) { $0.name } }
        var names: [String] = []
        var last = after
        while names.count <= size, let name = try place(next: column, after: last) {
            names.append(name)
            last = name
        }
        let staff = try staffByPlace(column, after: after, through: last)
        let rows = try names.map { name in
            StoredPlace(
                name: name,
                tubes: try count("SELECT count(*) FROM tube WHERE \(column) = ?", [name]),
                staff: staff[name] ?? [])
        }
        return Part(rows, size: size) { $0.name }
    }

    private static func column(of limit: Role.Limit) -> String? {
        switch limit {
        case .laboratory: nil
        case .unit: "unit"
        case .site: "site"
        }
    }

    /// One step of each index, where DISTINCT would read every tube.
    private func place(next column: String, after: String) throws -> String? {
        try row(
            """
            SELECT min(name) AS name FROM (
                SELECT min(\(column)) AS name FROM tube WHERE \(column) > ?1
                UNION ALL SELECT min(\(column)) FROM staff WHERE \(column) > ?1
                    AND retiredAt IS NULL)
            """, [after])?["name"]
    }

    private func staffByPlace(
        _ column: String, after: String, through last: String
    ) throws -> [String: [String]] {
        var staff: [String: [String]] = [:]
        for row in try rows(
            """
            SELECT handle, \(column) AS place FROM staff
            WHERE \(column) > ? AND \(column) <= ? AND retiredAt IS NULL ORDER BY handle
            """, [after, last])
        { staff[row["place"], default: []].append(row["handle"]) }
        return staff
    }
}
