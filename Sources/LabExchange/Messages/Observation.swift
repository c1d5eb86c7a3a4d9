internal import LabDomain

/// One OBX with its NTEs, before it is written.
struct Observation {
    /// What stands in OBX-2, OBX-5, OBX-6 and OBX-8.
    enum Value {
        /// CWE, with the flag of table 0078: A abnormal, N normal, nil neither.
        case coded(Coded, flag: String?)
        /// NM of cycles.
        case cycles(Cq)
        /// Not known: OBX-11 is X and there is no OBX-5.
        case unknown
    }

    let test: Coded
    let value: Value
    /// OBX-4, by which a later order points at this one.
    var subID = ""
    /// OBX-11 where it is not that of the whole message.
    var status: HL7Value?
    var notes: [String] = []
}

extension ResultMessage {
    /// The overall result first, then each target of a tube that was tested by itself.
    var observations: [Observation] {
        switch (version.status, report.specimen.testing) {
        case (.cancelled, _):
            [Observation(test: Test.rna, value: .unknown)]
        case (.preliminaryPool, .laboratoryPool(let pool, let size)):
            [
                Observation(
                    test: Test.rna, value: .coded(Finding.detectedInPool, flag: "A"), subID: "1",
                    notes: Self.notes(of: MessageVersion.Pool(id: pool, size: size)))
            ]
        case (_, .alone(let readings)):
            [overall] + readings.flatMap(observations)
        case (_, .mixedTube), (_, .laboratoryPool), (_, .untested):
            [overall]
        }
    }

    /// The result that counts.
    private var overall: Observation {
        switch (report.outcome, report.specimen.testing) {
        case (_, .untested):
            Observation(test: Test.rna, value: .unknown)
        case (.detected, _):
            Observation(test: Test.rna, value: .coded(Finding.detected, flag: "A"))
        case (.notDetected, .alone):
            Observation(test: Test.rna, value: .coded(Finding.notDetected, flag: "N"))
        case (.notDetected, .mixedTube(let people)):
            Observation(
                test: Test.rna, value: .coded(Finding.notDetected, flag: "N"),
                notes: [
                    "Swabbed into one mixed tube at the sampling site.",
                    "People in the tube: \(people).",
                ])
        case (.notDetected, .laboratoryPool(let pool, let size)):
            Observation(
                test: Test.rna, value: .coded(Finding.notDetectedInPool, flag: "N"),
                notes: Self.notes(of: MessageVersion.Pool(id: pool, size: size)))
        }
    }

    /// What is said of a laboratory pool, without its other members.
    static func notes(of pool: MessageVersion.Pool) -> [String] {
        [
            "Tested as an aliquot in laboratory pool \(pool.id).",
            "Specimens in the pool: \(pool.size).",
        ]
    }

    /// Presence and, where a curve crossed, the cycle; nothing for a target without a code.
    private func observations(of reading: Report.TargetReading) -> [Observation] {
        guard let codes = TargetCodes(target: reading.name) else { return [] }
        let value: Observation.Value =
            switch reading.call {
            case .detected: .coded(Finding.detected, flag: "A")
            case .grey: .coded(Finding.inconclusive, flag: nil)
            case .notDetected: .coded(Finding.notDetected, flag: "N")
            }
        // Readings that a correction contradicts are taken back: a receiver keeps what it is not
        // told of.
        let status: HL7Value? = version.readingsStand ? nil : "W"
        var observations = [Observation(test: codes.presence, value: value, status: status)]
        if let cq = reading.cq {
            let notes = codes.needsNote ? ["Cycle threshold of the target \(reading.name)."] : []
            observations.append(
                Observation(
                    test: codes.cycles, value: .cycles(cq), status: status, notes: notes))
        }
        return observations
    }
}
