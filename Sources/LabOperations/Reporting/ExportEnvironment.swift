internal import Foundation
package import LabDomain
internal import LabExchange
internal import LabProgramme
internal import LabStore

/// What an export of the environment's results wrote and what it held back.
package struct ExportedPlaces: Codable, Sendable {
    /// One result that cannot be written, with the reasons.
    package struct Held: Codable, Sendable {
        package let tube: TubeID
        package let reasons: [Wording]
    }

    package let written: Int
    package let directory: String
    package let held: [Held]
}

extension Laboratory {
    /// Writes every released answer of the environment as FHIR.
    ///
    /// ORU^R01 has no place for a result without a person. Nothing is recorded: the same answers
    /// give the same files with the same bytes, as often as they are written.
    package func exportEnvironment(
        to directory: String, form: ReportForm, as handle: String
    ) throws -> ExportedPlaces {
        guard form.isFHIR else {
            throw Refusal(
                .badData, "HL7 v2 messages have no place for a result of the environment.",
                remedy: "Write them as FHIR: --encoding fhir-xml, fhir-json or fhir-ndjson.")
        }
        let bundles = try BundleWriter()
        try look(.exportReports, as: handle) { _ in }
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true)
        var written = 0
        var held: [ExportedPlaces.Held] = []
        try environmentalReports(as: handle) { page in
            var results: [ReportedResult] = []
            for (tube, made) in page {
                switch made {
                case .success(let report): results.append(.environment(report))
                case .failure(let faults):
                    held.append(
                        ExportedPlaces.Held(tube: tube, reasons: faults.faults.map(\.words)))
                }
            }
            guard let first = results.first else { return }
            try write(
                results, as: form, id: "\(first.parts.id)-\(results.count)", with: bundles,
                to: directory)
            written += results.count
        }
        try syncFolder(directory)
        return ExportedPlaces(written: written, directory: directory, held: held)
    }

    /// The environment's released reports, page by page.
    func environmentalReports(
        as handle: String, from: Timestamp? = nil, until: Timestamp? = nil,
        _ take: ([(TubeID, Result<EnvironmentalReport, ReportFaults>)]) throws -> Void
    ) throws {
        let settings = try rules().settings
        var last: TubeID?
        while true {
            let page = try look(.exportReports, as: handle) {
                try $0.releasedPlaces(after: last, limit: 200)
            }
            guard !page.isEmpty else { return }
            last = page.last?.tube
            let wanted = page.filter { place in
                (from.map { place.releasedAt >= $0 } ?? true)
                    && (until.map { place.releasedAt < $0 } ?? true)
            }
            try take(
                wanted.map { place in
                    (
                        place.tube,
                        Result { () throws(ReportFaults) in
                            try EnvironmentalReport(place, under: settings)
                        }
                    )
                })
        }
    }

    /// Writes bundles, each to a file of its own or all to one.
    func write(
        _ results: [ReportedResult], as form: ReportForm, id: String, with bundles: BundleWriter,
        to directory: String
    ) throws {
        if form == .fhirLines {
            var lines: [UInt8] = []
            for result in results { lines += try bundles.write(result, as: .json) + [0x0A] }
            return try writeWhole(lines, to: "\(directory)/bundles-\(id).ndjson")
        }
        let ending = form == .fhirXML ? "fhir.xml" : "fhir.json"
        for result in results {
            let bytes = try bundles.write(result, as: form == .fhirXML ? .xml : .json)
            try writeWhole(bytes, to: "\(directory)/\(result.parts.id).\(ending)")
        }
    }
}

extension ReportForm {
    /// Whether it is one of FHIR's.
    var isFHIR: Bool { [.fhirXML, .fhirJSON, .fhirLines].contains(self) }
}

extension EnvironmentalReport {
    /// The report of a released answer.
    init(_ place: ReleasedPlace, under settings: LaboratorySettings) throws(ReportFaults) {
        let assay = settings.assays.values.first { $0.name == place.assay }
        try self.init(
            ReportParts(
                id: ReportID(Identifiers.make("RP", from: [place.tube.text])),
                route: settings.reportRoute, laboratory: settings.reportLaboratory,
                unit: Report.SendingUnit(name: place.unit),
                specimen: Report.Specimen(
                    tube: place.tube, testing: .alone(assay.targetReadings(of: place.readings))),
                times: Report.Times(
                    collectedAt: place.collectedAt, receivedAt: place.receivedAt,
                    testedAt: place.testedAt, releasedAt: place.releasedAt, zone: settings.zone),
                outcome: place.outcome, method: assay.method(named: place.assay),
                enteredBy: place.enteredBy, reviewedBy: place.reviewedBy),
            place: place.place)
    }
}
