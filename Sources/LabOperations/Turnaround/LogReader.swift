internal import LabSimulation
internal import LabTables

/// Reads the two tables of a laboratory's log.
struct LogReader {
    let limit: Double
    private(set) var tubes: [LoggedTube] = []
    private(set) var plates: [LoggedPlate] = []
    private(set) var odd: [RecordedLaboratory.Odd] = []
    private var placeOfPlate: [Substring: Int32] = [:]
    private var leftOutPlates: Set<Substring> = []

    /// A week: nothing in a laboratory takes longer.
    private static let longest = 10_080.0

    init(limit: Double) { self.limit = limit }

    mutating func readPlates(_ bytes: [UInt8]) throws {
        let table = try LogTable(
            bytes, name: "plates",
            required: [
                "plate", "priority", "wells", "formed", "last_extraction_start", "last_pcr_start",
                "last_review_start", "released", "repeats",
            ], optional: [])
        var reading = table.reading
        for row in table.rows {
            var plate = LoggedPlate()
            let name = reading.name("plate", row)
            plate.isUrgent = reading.count("priority", row) > 0
            plate.wells = Int32(clamping: reading.count("wells", row))
            plate.formed = reading.time("formed", row)
            plate.extraction = reading.time("last_extraction_start", row)
            plate.pcr = reading.time("last_pcr_start", row)
            plate.review = reading.time("last_review_start", row)
            plate.released = reading.time("released", row)
            plate.repeats = Int32(clamping: reading.count("repeats", row))
            let isNew = placeOfPlate[name] == nil && !leftOutPlates.contains(name)
            if !isNew { reading.complainOfDouble(row) }
            let times = [plate.formed, plate.extraction, plate.pcr, plate.review, plate.released]
            if let reason = Self.oddity(times) {
                odd.append(.init(table: "plates", line: row.line, reason: reason))
                leftOutPlates.insert(name)
            } else {
                placeOfPlate[name] = Int32(clamping: plates.count)
                plates.append(plate)
            }
        }
        try reading.finish()
    }

    mutating func readSamples(_ bytes: [UInt8]) throws {
        let table = try LogTable(
            bytes, name: "samples",
            required: [
                "sample", "parent", "members", "positive", "received", "reception_start",
                "reception_end", "plate",
            ], optional: ["tube_closed", "limit"])
        var reading = table.reading
        var placeOfTube: [Substring: Int32] = [:]
        var singles: [(tube: Int, parent: Substring, line: Int)] = []
        for row in table.rows {
            let name = reading.name("sample", row)
            let (tube, parent) = tube(row, &reading)
            if placeOfTube[name] != nil { reading.complainOfDouble(row) }
            let plateName = reading.cell("plate", row)
            if let reason = reason(tube, plateName, row, &reading) {
                odd.append(.init(table: "samples", line: row.line, reason: reason))
                continue
            }
            placeOfTube[name] = Int32(clamping: tubes.count)
            if !parent.isEmpty { singles.append((tubes.count, parent, row.line)) }
            tubes.append(tube)
        }
        try reading.finish()
        join(singles, placeOfTube)
    }

    private func tube(
        _ row: DelimitedTable.Row, _ reading: inout LogReading
    ) -> (LoggedTube, parent: Substring) {
        var tube = LoggedTube()
        tube.members = Int32(clamping: max(1, reading.count("members", row)))
        tube.isPositive = reading.count("positive", row) > 0
        tube.received = reading.time("received", row)
        let closed = reading.time("tube_closed", row)
        tube.closed = closed.isFinite ? closed : tube.received
        tube.receptionStart = reading.time("reception_start", row)
        tube.receptionEnd = reading.time("reception_end", row)
        let limit = reading.time("limit", row)
        tube.limit = limit.isFinite ? limit : self.limit
        let plate = reading.cell("plate", row)
        tube.plate = placeOfPlate[plate] ?? -1
        return (tube, reading.cell("parent", row))
    }

    private func reason(
        _ tube: LoggedTube, _ plate: Substring, _ row: DelimitedTable.Row,
        _ reading: inout LogReading
    ) -> RecordedLaboratory.Odd.Reason? {
        if leftOutPlates.contains(plate) { return .plateLeftOut }
        if !plate.isEmpty, tube.plate < 0 {
            reading.complainOfPlate(row)
            return nil
        }
        var times = [tube.closed, tube.received, tube.receptionStart, tube.receptionEnd]
        if tube.plate >= 0 { times.append(plates[Int(tube.plate)].formed) }
        return Self.oddity(times)
    }

    /// Times that follow one another; the last may be missing, none before one that is there.
    private static func oddity(_ times: [Double]) -> RecordedLaboratory.Odd.Reason? {
        for (earlier, later) in zip(times, times.dropFirst()) where later.isFinite {
            // Half of the last digit that logs are written with.
            guard later >= earlier - 0.002 else { return .outOfOrder }
            guard later - earlier <= longest else { return .tooLong }
        }
        return nil
    }

    private mutating func join(
        _ singles: [(tube: Int, parent: Substring, line: Int)], _ placeOfTube: [Substring: Int32]
    ) {
        var lost: Set<Int> = []
        for single in singles {
            if let pool = placeOfTube[single.parent], Int(pool) != single.tube {
                tubes[single.tube].parent = pool
            } else {
                odd.append(
                    .init(table: "samples", line: single.line, reason: .poolLeftOut))
                lost.insert(single.tube)
            }
        }
        guard !lost.isEmpty else { return }
        // Without its pool a single cannot be told from a pool; it stays as an urgent plate's well.
        for tube in lost {
            tubes[tube] = LoggedTube()
        }
    }
}
