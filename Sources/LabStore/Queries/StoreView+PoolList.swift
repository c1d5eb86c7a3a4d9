internal import GRDB
package import LabDomain

/// A laboratory pool in a paged list, with what it waits for.
package struct ListedPool: Hashable, Sendable {
    package let pool: StoredPool
    /// Its size and those that follow when it reads positive; nil for one tube alone.
    package let scheme: PoolScheme?
    /// Whether its own test waits for a plate.
    package let waitsForPlate: Bool
    /// The plate on which its own test stands unread.
    package let plate: PlateID?
    /// Smaller pools of it that are not concluded, and tubes whose own tests are not read.
    package let openParts: Int
    package let openTubes: Int
}

extension StoreView {
    /// A part of the laboratory pools: those that are not concluded, oldest first, or all, newest
    /// first.
    package func poolList(
        onlyOpen: Bool, after: String, size: Int = Part<ListedPool>.size
    ) throws -> Part<ListedPool> {
        let (time, name) = Self.start(after, isFirst: onlyOpen ? .min : .max)
        let rows = try rows(
            onlyOpen ? Self.openPools : Self.allPools, [time, name, size + 1])
        return Part(rows.compactMap(Self.listed), size: size) {
            "\($0.pool.formedAt.milliseconds).\($0.pool.id.text)"
        }
    }

    /// How many single tubes wait for a first test and are in no pool.
    package func singleTubesWaiting() throws -> Int {
        try count(
            """
            SELECT count(*) FROM request q INDEXED BY requestWaiting
            JOIN tube t ON t.barcode = q.tube
            WHERE q.state = 'waiting' AND q.purpose = 'routine' AND t.kind = 'single'
            """)
    }

    /// The time and the name behind which a part begins.
    private static func start(_ after: String, isFirst: Int64) -> (Int64, String) {
        let cursor = after.split(separator: ".", maxSplits: 1)
        guard cursor.count == 2, let time = Int64(cursor[0]) else { return (isFirst, "") }
        return (time, String(cursor[1]))
    }

    private static func listed(_ row: Row) -> ListedPool? {
        PoolState(rawValue: row["state"]).map { state in
            let size: Int = row["size"]
            return ListedPool(
                pool: StoredPool(
                    id: PoolID(row["id"]), risk: row["risk"], size: size, state: state,
                    formedAt: Timestamp(milliseconds: row["formedAt"]),
                    parent: (row["parent"] as String?).map { PoolID($0) }),
                scheme: PoolScheme(sizes: [size] + sizes(row["below"])),
                waitsForPlate: (row["test"] as String?) == "waiting",
                plate: (row["plate"] as String?).map { PlateID($0) }, openParts: row["parts"],
                openTubes: row["tubes"])
        }
    }

    // The same condition in both lists, so that each walks its own index.
    private static let openPools = """
        \(columns) WHERE p.state IN ('open', 'opened', 'split') AND (p.formedAt, p.id) > (?, ?)
        ORDER BY p.formedAt, p.id LIMIT ?
        """

    private static let allPools = """
        \(columns) WHERE (p.formedAt, p.id) < (?, ?)
        ORDER BY p.formedAt DESC, p.id DESC LIMIT ?
        """

    private static let columns = """
        SELECT p.*, q.state AS test,
            (SELECT w.plate FROM well w WHERE w.request = q.id) AS plate,
            (SELECT count(*) FROM pool c WHERE c.parent = p.id
             AND c.state IN ('open', 'opened', 'split')) AS parts,
            (SELECT count(*) FROM poolMember m JOIN openRequest o ON o.tube = m.tube
             WHERE m.pool = p.id AND o.state <> 'pooled') AS tubes
        FROM pool p LEFT JOIN request q
            ON q.pool = p.id AND q.state IN ('waiting', 'pooled', 'plated')
        """
}
