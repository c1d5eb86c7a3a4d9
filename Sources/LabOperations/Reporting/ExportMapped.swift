internal import Foundation
package import LabDomain
internal import LabExchange
internal import LabSecrets
internal import LabStore

/// What an export by a mapping wrote and what it held back.
package struct MappedExport: Codable, Sendable {
    /// One result that cannot be written, with the reasons.
    package struct Held: Codable, Sendable {
        package let tube: TubeID
        package let person: PersonID?
        package let reasons: [Wording]
    }

    package let written: Int
    package let file: String
    package let held: [Held]
}

/// Which results a mapping is used for.
package struct MappedChoice: Sendable {
    /// The environment's instead of people's.
    package let isEnvironment: Bool
    /// The day of the release; nil for all.
    package let day: CalendarDay?

    /// A choice of results.
    package init(isEnvironment: Bool = false, day: CalendarDay? = nil) {
        self.isEnvironment = isEnvironment
        self.day = day
    }
}

extension Laboratory {
    /// Writes released results to a file as a mapping describes it, for a receiver for whom no
    /// standard exists.
    ///
    /// The results stream: so many that they fill a page are in memory at a time. The file gets its
    /// name when it is whole and on disk. Nothing is recorded: no authority is told by it.
    ///
    /// The file is `results` with the format's ending, in `directory`. `text` is the mapping's
    /// YAML, which complaints call `name`; one that is wrong is refused with every fault's place.
    package func exportMapped(
        to directory: String, mapping text: String, named name: String, _ choice: MappedChoice,
        as handle: String, progress: (Int) -> Void = { _ in }
    ) throws -> MappedExport {
        let mapping = try ReportMapping(text, name: name)
        try look(.exportReports, as: handle) { _ in }
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true)
        let file = "\(directory)/results.\(mapping.format.rawValue)"
        var records = MappedRecords(mapping)
        var held: [MappedExport.Held] = []
        var written = 0
        try writeWhole(to: file) { write in
            try write(records.opening)
            try results(choice, as: handle) { page in
                var bytes: [UInt8] = []
                for result in page {
                    switch result {
                    case .success(let result):
                        do throws(MappingFaults) {
                            bytes += try records.record(result)
                            written += 1
                        } catch {
                            held.append(
                                MappedExport.Held(
                                    tube: result.parts.specimen.tube, person: result.person?.id,
                                    reasons: error.faults))
                        }
                    case .failure(let fault): held.append(fault.held)
                    }
                }
                try write(bytes)
                progress(written)
            }
            try write(records.closing)
        }
        try syncFolder(directory)
        return MappedExport(written: written, file: file, held: held)
    }

    private struct HeldResult: Error {
        let held: MappedExport.Held
    }

    private func results(
        _ choice: MappedChoice, as handle: String,
        _ take: ([Result<ReportedResult, HeldResult>]) throws -> Void
    ) throws {
        let rules = try rules()
        let zone = rules.settings.zone
        let from = choice.day.map { zone.start(of: $0) }
        let until = choice.day.map { zone.start(of: $0.next) }
        if choice.isEnvironment {
            try environmentalReports(as: handle, from: from, until: until) { page in
                try take(
                    page.map { tube, made in
                        made.map { .environment($0) }.mapError {
                            HeldResult(held: Self.held(tube, nil, $0.faults.map(\.words)))
                        }
                    })
            }
            return
        }
        let maker = ReportMaker(rules: rules, vault: vault)
        var last: (TubeID, PersonID)?
        while true {
            let page = try look(.exportReports, as: handle) {
                try $0.releasedAnswers(after: last, from: from, until: until, limit: 500)
            }
            guard let end = page.last else { return }
            last = (end.tube, end.person)
            try take(page.map { Self.result(of: $0, by: maker) })
        }
    }

    private static func result(
        of answer: ReleasedAnswer, by maker: ReportMaker
    ) -> Result<ReportedResult, HeldResult> {
        do {
            return .success(.person(try maker.report(of: answer)))
        } catch let faults as ReportFaults {
            return .failure(
                HeldResult(held: held(answer.tube, answer.person, faults.faults.map(\.words))))
        } catch {
            let reasons: [Wording] = ["the person's details cannot be opened"]
            return .failure(HeldResult(held: held(answer.tube, answer.person, reasons)))
        }
    }

    private static func held(
        _ tube: TubeID, _ person: PersonID?, _ reasons: [Wording]
    ) -> MappedExport.Held {
        MappedExport.Held(tube: tube, person: person, reasons: reasons)
    }
}
