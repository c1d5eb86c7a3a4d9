internal import LabExchange
internal import LabTables

/// A table of pooling figures that others computed, in one of the formats that we read.
package struct PoolingTable {
    /// Which of its columns make a file a table of that kind.
    private static let kinds: [(name: String, marks: [String])] = [
        ("operating characteristics", ["family", "algorithm", "stages", "expected_tests"]),
        ("informative partitions", ["prob_vector", "max_pool", "dp_expected_tests"]),
        ("correlated pools", ["stages", "cluster_size", "rho", "expected_tests"]),
        ("dilution", ["model", "parameter", "pool_size", "detection_probability"]),
    ]

    private static var marks: String {
        kinds.map { $0.marks.joined(separator: ",") }.joined(separator: "; ")
    }

    let header: [String]
    let rows: [TableRow]
    let kind: Int

    /// Reads a table.
    ///
    /// - Throws: `Refusal` for a file that is no table, has faulty rows, or is of another kind.
    package init(_ bytes: [UInt8]) throws {
        let (header, rows) = try Self.read(bytes)
        guard
            let kind = Self.kinds.firstIndex(where: { $0.marks.allSatisfy(header.contains) })
        else {
            throw Refusal(
                .badData, "The file is no table of pooling figures that can be checked.",
                remedy: "Its header must hold one of these sets of columns: \(Self.marks)")
        }
        self.header = header
        self.rows = rows
        self.kind = kind
        guard !rows.isEmpty else {
            throw Refusal(.badData, "The table has no row.", remedy: "Give it one row at least.")
        }
    }

    /// Recomputes every row.
    ///
    /// - Parameters:
    ///   - vectors: The risk vectors that rows name, by name.
    ///   - tolerance: The largest error; nil is 1e-9, and 1e-6 for dilution, which is published to
    ///     six digits.
    ///   - progress: Told how many rows are done, now and then.
    /// - Returns: The largest error of each column by family, and the rows that cannot be done.
    package func check(
        vectors: [String: [Double]], tolerance: Double?,
        progress: (_ done: Int, _ of: Int) -> Void = { _, _ in }
    ) -> TableCheck {
        var tally = TableTally()
        for (index, row) in rows.enumerated() {
            if index % 200 == 0 { progress(index, rows.count) }
            let (family, outcome) = recompute(row, vectors)
            tally.add(outcome, of: family, line: row.line)
        }
        return tally.check(tolerance: tolerance ?? (kind == 3 ? 1e-6 : 1e-9))
    }

    private func recompute(_ row: TableRow, _ vectors: [String: [Double]]) -> (String, Recomputed) {
        let family: String
        switch kind {
        case 0: family = row["family"] ?? "-"
        case 1: family = "informative-dorfman-dp"
        case 2: family = row["model"] ?? "-"
        default: family = row["model"] ?? "-"
        }
        do {
            switch kind {
            case 0: return (family, try CharacteristicsRow(row, vectors).recompute())
            case 1: return (family, try PartitionRow(row, vectors).recompute())
            case 2: return (family, try ClusterRow(row).recompute())
            default: return (family, try DilutionRow(row).recompute())
            }
        } catch let fault as RowFault {
            return (family, .cannot(fault))
        } catch {
            return (family, .cannot(RowFault("\(error)")))
        }
    }
}

extension PoolingTable {
    /// Reads the risk vectors that tables name: `prob_vector,index,p`.
    package static func vectors(_ bytes: [UInt8]) throws -> [String: [Double]] {
        let (header, rows) = try read(bytes)
        guard ["prob_vector", "index", "p"].allSatisfy(header.contains) else {
            throw Refusal(
                .badData, "The file holds no risk vectors.",
                remedy: "Its columns must be prob_vector,index,p.")
        }
        var vectors: [String: [(Int, Double)]] = [:]
        for row in rows {
            do throws(RowFault) {
                let risk = try row.probability("p")
                vectors[row["prob_vector"] ?? "", default: []].append(
                    (try row.whole("index"), risk))
            } catch {
                throw Refusal(
                    .badData, "The risk vectors cannot be read: line \(row.line), \(error.reason).",
                    remedy: "Mend the line.")
            }
        }
        return vectors.mapValues { $0.sorted { $0.0 < $1.0 }.map(\.1) }
    }

    static func read(_ bytes: [UInt8]) throws -> ([String], [TableRow]) {
        let table: DelimitedTable
        do {
            table = try DelimitedTable.parse(try TextDecoding.decode(bytes))
        } catch let fault as EncodingFault {
            throw Refusal(
                .badData, "The file cannot be read: \(fault.wordsWithPlace)",
                remedy: "Save it as UTF-8.")
        } catch let fault as TableFault {
            throw Refusal(
                .badData, "The file is no table: \(fault.wordsWithPlace)", remedy: "Give it as CSV."
            )
        }
        guard table.faults.isEmpty else {
            throw Refusal(
                .badData, "The table has faulty lines; nothing was computed.",
                remedy: "Mend them.",
                places: table.faults.map {
                    Refusal.Place(
                        line: $0.line, code: "table", message: $0.wordsWithinLine,
                        remedy: "")
                })
        }
        let header = table.header.map { $0.lowercased() }
        let places = Dictionary(zip(header, header.indices)) { first, _ in first }
        return (
            header, table.rows.map { TableRow(line: $0.line, cells: $0.fields, places: places) }
        )
    }
}
