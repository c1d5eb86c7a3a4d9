internal import LabDomain
internal import LabExchange
internal import LabTables

/// A proposal as a file that a technician may change tube by tube: `pool,tube,class,scheme,note`.
package enum PoolPlanFile {
    private static let headings = ["pool", "tube", "class", "scheme", "note"]

    /// Writes a proposal: a line for each tube, those tested singly without a pool.
    package static func write(_ proposal: PoolProposal) -> [UInt8] {
        var writer = DelimitedWriter(guardsFormulas: false)
        writer.row(headings)
        for pool in proposal.pools {
            for tube in pool.tubes {
                writer.row([
                    "\(pool.number)", tube.text, pool.risk.rawValue, pool.scheme.description, "",
                ])
            }
        }
        for single in proposal.singly {
            writer.row(["", single.tube.text, single.risk.rawValue, "", single.reason.rawValue])
        }
        return writer.bytes
    }

    /// Reads the pools of a changed proposal.
    ///
    /// The lines of a pool need not follow each other; a line without a pool is a tube that is
    /// tested singly. Class and note are not read: the laboratory knows better.
    /// - Returns: The pools in the order of their first lines.
    /// - Throws: `Refusal` with every faulty line.
    package static func read(_ bytes: [UInt8]) throws -> [FormPools.Named] {
        let table: DelimitedTable
        do {
            table = try DelimitedTable.parse(try TextDecoding.decode(bytes))
        } catch {
            throw Refusal(
                .badData, "The plan cannot be read: \(tableWords(of: error))",
                remedy: "Give the file that swabline plan pools --write made.")
        }
        let columns = Columns(
            header: table.header, headerLine: table.headerLine, required: ["pool", "tube"],
            optional: ["class", "scheme", "note"])
        var places = (table.faults + columns.faults).map {
            Refusal.Place(
                line: $0.line, code: "plan", message: $0.wordsWithinLine, remedy: "Mend it.")
        }
        var order: [String] = []
        var pools: [String: (tubes: [String], lines: [Int], schemes: [String])] = [:]
        var seen: [String: Int] = [:]
        for row in table.rows {
            let pool = columns.cell("pool", of: row)
            guard let tube = columns.cell("tube", of: row) else {
                places.append(
                    Refusal.Place(
                        line: row.line, subject: "tube", code: "tube-missing",
                        message: "The line names no tube.", remedy: "Name it."))
                continue
            }
            if let first = seen.updateValue(row.line, forKey: tube.uppercased()) {
                places.append(
                    Refusal.Place(
                        line: row.line, subject: "tube", code: "named-twice",
                        message: "The tube stands on line \(first) already.",
                        remedy: "Keep one of the two lines."))
            }
            guard let pool else { continue }
            if pools[pool] == nil { order.append(pool) }
            pools[pool, default: ([], [], [])].tubes.append(tube)
            pools[pool, default: ([], [], [])].lines.append(row.line)
            pools[pool, default: ([], [], [])].schemes.append(
                columns.cell("scheme", of: row) ?? "")
        }
        let named = order.compactMap { name -> FormPools.Named? in
            guard let pool = pools[name] else { return nil }
            let schemes = Set(pool.schemes)
            let scheme = schemes.count == 1 ? schemes.first.flatMap { PoolScheme(text: $0) } : nil
            if scheme == nil {
                places.append(
                    Refusal.Place(
                        line: pool.lines.first, subject: "scheme", code: "scheme",
                        message: "The lines of the pool do not all name one scheme like 10>1.",
                        remedy: "Write the same scheme on each of them."))
            }
            return FormPools.Named(tubes: pool.tubes, scheme: scheme, lines: pool.lines)
        }
        guard places.isEmpty else {
            throw Refusal(
                .badData, "The plan has faulty lines; no pool was formed.", remedy: "See below.",
                places: places.sorted { ($0.line ?? 0) < ($1.line ?? 0) })
        }
        return named
    }
}
