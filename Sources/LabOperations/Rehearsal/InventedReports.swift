internal import LabDomain
internal import LabExchange
internal import LabSimulation
internal import LabStatistics

/// Messages about invented people, to try a receiver with and for measurements.
///
/// They say that they are for training (MSH-11 is T). Every case comes in turn: see
/// `InventedCase`.
package struct InventedReports: Sendable {
    private let reports: [InventedCase]
    private let writer: MessageWriter
    private let bundles: BundleWriter

    /// Reports of so many people, told apart by the seed.
    package init(people: Int, seed: UInt64) throws {
        let random = SeededGenerator(seed: seed)
        var drawing = random.stream(named: "residents")
        let morning = Timestamp(milliseconds: 1_627_604_100_000)
        let residents = InventedResidents(today: Zone.china.day(of: morning))
            .draw(people, using: &drawing)
        reports = try residents.enumerated().map { index, resident in
            try InventedCase(of: resident, number: index + 1, seed: seed, at: morning)
        }
        writer = try MessageWriter(options: MessageOptions(processing: .training))
        bundles = try BundleWriter(options: MessageOptions(processing: .training))
    }

    /// Writes so many messages one after the other; after the last person the first comes again.
    /// - Parameters:
    ///   - count: How many.
    ///   - form: How they are encoded; batches become one file, JSON one line each.
    ///   - checks: Whether each message is held against the schema first, as an export does.
    ///   - write: Takes the bytes as they come.
    /// - Throws: `MessageFaults` of a message that is held, and whatever `write` throws.
    package func write(
        _ count: Int, as form: ReportForm, checks: Bool, to write: ([UInt8]) throws -> Void
    ) throws {
        if form == .batch { return try writeBatches(count, checks: checks, to: write) }
        for number in 0..<count {
            let report = reports[number % reports.count]
            switch form {
            case .xml where !checks:
                try write(try writer.uncheckedDocument(report.report, report.version))
            case .xml, .er7, .batch:
                try write(
                    try writer.write(
                        report.report, report.version, as: form == .xml ? .xml : .er7))
            case .fhirXML:
                try write(try bundles.write(report.result, report.version, as: .xml))
            case .fhirJSON, .fhirLines:
                try write(try bundles.write(report.result, report.version, as: .json) + [0x0A])
            }
        }
    }

    /// One file with a batch for every two hundred messages.
    private func writeBatches(
        _ count: Int, checks: Bool, to write: ([UInt8]) throws -> Void
    ) throws {
        let starts = stride(from: 0, to: count, by: 200)
        for (place, start) in starts.enumerated() {
            let messages = try (start..<min(start + 200, count)).map {
                let report = reports[$0 % reports.count]
                return checks
                    ? try writer.message(report.report, report.version).message
                    : writer.unchecked(report.report, report.version)
            }
            let file = HL7File(
                batch: messages, id: place == 0 ? "TRAINING" : "TRAINING-\(place + 1)")
            try write(
                HL7File(header: place == 0 ? file.header : nil, batches: file.batches).er7)
        }
        let batches = HL7Field(HL7Value("\(Array(starts).count)"))
        try write(HL7File(trailer: HL7Segment("FTS", [batches])).er7)
    }
}
