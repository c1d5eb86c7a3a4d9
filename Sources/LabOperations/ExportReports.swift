internal import Foundation
package import LabDomain
internal import LabExchange
internal import LabSecrets
internal import LabStore

/// Records that messages were written; `Laboratory.exportReports` writes them.
struct RecordReports: Command, Encodable {
    static let verb = Verb.exportReports

    struct Written: Codable, Sendable {
        let report: ReportID
        let tube: TubeID
        let person: PersonID
        let hash: Bytes
    }

    struct Answer: Codable, Sendable {
        let written: Int
    }

    let reports: [Written]

    func perform(_ prepared: Void, in work: Work) throws -> Answer {
        // Another export may have recorded some since.
        let new = try reports.filter { try !work.transaction.isReported($0.tube, $0.person) }
        try work.transaction.append(
            new.map {
                .reportWritten(
                    ReportWritten(
                        report: $0.report, tube: $0.tube, person: $0.person, messageHash: $0.hash))
            })
        let tubes = try Set(new.map(\.tube)).sorted().compactMap { tube in
            try work.transaction.box(of: tube).map { (ClockSubject.tube(tube), $0) }
        }
        try work.reached(.reported, tubes)
        return Answer(written: new.count)
    }
}

/// What an export wrote and what it held back.
package struct ExportedReports: Codable, Sendable {
    /// One message that cannot be written yet, with the reasons.
    package struct Held: Codable, Sendable {
        package let tube: TubeID
        package let person: PersonID
        package let reasons: [Wording]
    }

    package let written: Int
    package let directory: String
    package let held: [Held]
    /// Released answers of the environment: this profile has no place for them.
    package let environmental: Int
}

/// How reports are written.
package enum ReportForm: String, CaseIterable, Hashable, Sendable {
    /// v2.xml, a file for each message.
    case xml
    /// ER7 (pipes), a file for each message.
    case er7
    /// ER7 in files of up to 200 messages between FHS and FTS.
    case batch = "er7-batch"
    /// A message Bundle of FHIR R4 in XML, a file for each.
    case fhirXML = "fhir-xml"
    /// A message Bundle of FHIR R4 in JSON, a file for each.
    case fhirJSON = "fhir-json"
    /// Bundles in JSON, one a line, in files of up to 200.
    case fhirLines = "fhir-ndjson"
}

extension Laboratory {
    /// Writes every released answer that is not reported yet as a message file of its own, valid
    /// against the schema, positives first.
    ///
    /// A file gets its name when it is whole and on disk; the record follows. After a crash
    /// between the two the same file is written again with the same message id. With `again` the
    /// messages that were written before are written once more, byte for byte, and nothing is
    /// recorded: for a folder that was lost.
    package func exportReports(
        to directory: String, form: ReportForm = .xml, again: Bool = false,
        as handle: String, at now: Timestamp, progress: (Int) -> Void = { _ in }
    ) throws -> ExportedReports {
        let environmental = try look(.exportReports, as: handle) {
            try $0.releasedEnvironmentalAnswers()
        }
        let writer = try MessageWriter()
        let bundles = try BundleWriter()
        let maker = ReportMaker(rules: try rules(), vault: vault)
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true)
        var written = 0
        var held: [ExportedReports.Held] = []
        for outcome in [Outcome.detected, .notDetected] {
            var last: ReleasedAnswer?
            while true {
                let answers = try look(.exportReports, as: handle) {
                    try $0.releasedAnswers(outcome, reported: again, after: last, limit: 200)
                }
                guard !answers.isEmpty else { break }
                last = answers.last
                let page = try ReportPage(answers, maker: maker, writer: writer)
                held += page.held
                try write(page.messages, as: form, with: bundles, to: directory)
                // The record must not outlive the files' names in a power cut.
                try syncFolder(directory)
                if !page.records.isEmpty, !again {
                    _ = try perform(RecordReports(reports: page.records), as: handle, at: now)
                }
                written += page.records.count
                progress(written)
            }
        }
        return ExportedReports(
            written: written, directory: directory, held: held, environmental: environmental)
    }

    /// Each message to a file of its own, or all to one file.
    private func write(
        _ messages: [(report: Report, message: WrittenMessage)], as form: ReportForm,
        with bundles: BundleWriter, to directory: String
    ) throws {
        guard let first = messages.first?.message.message.controlID else { return }
        let id = "\(first)-\(messages.count)"
        switch form {
        case .xml, .er7:
            for (_, message) in messages {
                let bytes = message.bytes(as: form == .xml ? .xml : .er7)
                let name = message.message.controlID + (form == .xml ? ".xml" : ".hl7")
                try writeWhole(bytes, to: "\(directory)/\(name)")
            }
        case .batch:
            let file = HL7File(batch: messages.map(\.message.message), id: id)
            try writeWhole(file.er7, to: "\(directory)/batch-\(id).hl7")
        case .fhirXML, .fhirJSON, .fhirLines:
            try write(
                messages.map { .person($0.report) }, as: form, id: id, with: bundles, to: directory)
        }
    }
}

/// The messages of some released answers, and what is held back of them.
private struct ReportPage {
    private(set) var messages: [(report: Report, message: WrittenMessage)] = []
    private(set) var records: [RecordReports.Written] = []
    private(set) var held: [ExportedReports.Held] = []

    init(_ answers: [ReleasedAnswer], maker: ReportMaker, writer: MessageWriter) throws {
        for answer in answers {
            do {
                try add(answer, try maker.report(of: answer), writer)
            } catch let faults as ReportFaults {
                hold(answer, faults.faults.map(\.words))
            } catch let faults as MessageFaults {
                hold(answer, faults.faults.map { Wording(plain: $0.description) })
            } catch let refusal as Refusal {
                hold(answer, [refusal.message])
            } catch is SecretFault {
                hold(answer, ["the person's details cannot be opened"])
            }
        }
    }

    private mutating func add(
        _ answer: ReleasedAnswer, _ report: Report, _ writer: MessageWriter
    ) throws {
        let message = try writer.message(report)
        // Of v2.xml, in whichever form it leaves: the same report is the same then.
        let hash = Bytes(Hash.blake2b256(message.xml))
        if let before = answer.messageHash, before != hash {
            return hold(answer, ["it would differ from what was written"])
        }
        messages.append((report, message))
        records.append(
            RecordReports.Written(
                report: report.id, tube: answer.tube, person: answer.person, hash: hash))
    }

    private mutating func hold(_ answer: ReleasedAnswer, _ reasons: [Wording]) {
        held.append(
            ExportedReports.Held(tube: answer.tube, person: answer.person, reasons: reasons))
    }
}
