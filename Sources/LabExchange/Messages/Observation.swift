internal import LabDomain

/// One result before it is written: an OBX with its NTEs, or an Observation.
struct Observation {
    /// What stands in OBX-2, OBX-5, OBX-6 and OBX-8.
    enum Value {
        /// CWE, with the flag of table 0078: A abnormal, N normal, nil neither.
        case coded(Coded, flag: String?)
        /// NM of cycles.
        case cycles(Cq)
        /// Not known: OBX-11 is X and there is no OBX-5.
        case unknown

        init(_ code: FindingCode) { self = .coded(code.coded, flag: code.flag) }
    }

    let test: Coded
    let value: Value
    /// OBX-4, by which a later order points at this one.
    var subID = ""
    /// OBX-11 where it is not that of the whole message.
    var status: HL7Value?
    var notes: [String] = []

    /// The name of a result for which there is no code.
    var missingResult: String? {
        if case .coded(let finding, _) = value, finding.isMissing { finding.text } else { nil }
    }
}

extension Observation {
    /// The results of a report: the overall one of each pathogen, then each target of a tube that
    /// was tested by itself.
    ///
    /// Of a test for several pathogens a tube tested by itself has its targets alone: which
    /// pathogen the outcome speaks of, only they say.
    static func list(
        _ parts: ReportParts, _ version: MessageVersion, _ codes: ReportCodes
    ) -> [Observation] {
        switch (version.status, parts.specimen.testing) {
        case (.cancelled, _), (_, .untested):
            return codes.pathogens.map { Observation(test: $0.test, value: .unknown) }
        case (.preliminaryPool, .laboratoryPool(let pool, let size)):
            return found(in: MessageVersion.Pool(id: pool, size: size), codes)
        case (_, .alone(let readings)):
            // Readings that a correction contradicts are taken back: a receiver keeps what it is
            // not told of.
            let status: HL7Value? = version.readingsStand ? nil : "W"
            let targets = readings.flatMap { Self.observations(of: $0, status, codes.tables) }
            guard codes.pathogens.count == 1 else { return targets }
            let all = overall(parts, codes)
            let tests = Set(all.map(\.test))
            // A pathogen's only target has the pathogen's own code, and is not said twice.
            return all + targets.filter { !tests.contains($0.test) }
        case (_, .mixedTube), (_, .laboratoryPool):
            return overall(parts, codes)
        }
    }

    /// What a laboratory pool showed before its members were tested one by one.
    static func found(in pool: MessageVersion.Pool, _ codes: ReportCodes) -> [Observation] {
        [
            Observation(
                test: codes.order, value: Value(codes.tables.code(of: .detectedInPool)),
                subID: "1", notes: notes(of: pool))
        ]
    }

    /// What is said of a laboratory pool, without its other members.
    static func notes(of pool: MessageVersion.Pool) -> [String] {
        [
            "Tested as an aliquot in laboratory pool \(pool.id).",
            "Specimens in the pool: \(pool.size).",
        ]
    }

    /// The result that counts, for each pathogen.
    private static func overall(_ parts: ReportParts, _ codes: ReportCodes) -> [Observation] {
        let (finding, notes): (Finding, [String]) =
            switch (parts.outcome, parts.specimen.testing) {
            case (.detected, _): (.detected, [])
            case (.notDetected, .alone): (.notDetected, [])
            case (.notDetected, .mixedTube(let people)):
                (
                    .notDetected,
                    [
                        "Swabbed into one mixed tube at the sampling site.",
                        "People in the tube: \(people).",
                    ]
                )
            case (.notDetected, .laboratoryPool(let pool, let size)):
                (.notDetectedInPool, Self.notes(of: MessageVersion.Pool(id: pool, size: size)))
            case (.notDetected, .untested): (.notDetected, [])
            }
        let value = Value(codes.tables.code(of: finding))
        return codes.pathogens.map {
            Observation(test: $0.test, value: value, notes: notes)
        }
    }

    /// Presence and, where a curve crossed, the cycle; nothing for a target without a code.
    private static func observations(
        of reading: Report.TargetReading, _ status: HL7Value?, _ tables: CodeTables
    ) -> [Observation] {
        guard let codes = tables.codes(ofTarget: reading.name), let presence = codes.presence
        else { return [] }
        let finding: Finding =
            switch reading.call {
            case .detected: .detected
            case .grey: .inconclusive
            case .notDetected: .notDetected
            }
        var observations = [
            Observation(test: presence, value: Value(tables.code(of: finding)), status: status)
        ]
        if let cq = reading.cq, let cycles = codes.cycles {
            let notes = codes.needsNote ? ["Cycle threshold of the target \(reading.name)."] : []
            observations.append(
                Observation(test: cycles, value: .cycles(cq), status: status, notes: notes))
        }
        return observations
    }
}

extension Cq {
    /// Cycles to two decimals, as instruments print them: `24.30`.
    var cycleText: String {
        let hundredths = Int((cycles * 100).rounded())
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    }
}
