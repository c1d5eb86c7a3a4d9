/// Why a run's file does not fit its plate (READ-3): nothing is stored from such a file.
package enum RunFault: Error, Hashable, Sendable {
    case emptyWell(WellPosition)
    case noSuchWell(WellPosition)
    case unknownTarget(String, WellPosition)
    case readTwice(WellPosition, target: String)
    case notRead(WellPosition, target: String)
}

/// A control that did not do what it must.
package struct ControlFault: Hashable, Sendable, Codable {
    package let well: WellPosition
    package let control: ControlKind
    package let target: String
    /// In what it failed; nil in facts from before it was told.
    package let why: ControlFailure?

    /// A failed control.
    package init(
        well: WellPosition, control: ControlKind, target: String, why: ControlFailure? = nil
    ) {
        self.well = well
        self.control = control
        self.target = target
        self.why = why
    }
}

/// What a run says, before it means anything for people.
package struct RunJudgement: Hashable, Sendable {
    /// Controls that failed; a run with any is invalid and reports nobody (READ-4).
    package let controlFaults: [ControlFault]
    /// The result of every sample well, in plate order.
    package let results: [(RequestID, WellPosition, WellResult)]
    /// The wells at which a person must look before they say anything, in plate order (READ-14).
    package let looks: [WellLook]

    package var isValid: Bool { controlFaults.isEmpty }

    package static func == (one: Self, other: Self) -> Bool {
        one.controlFaults == other.controlFaults
            && one.looks == other.looks
            && one.results.elementsEqual(other.results) { $0 == $1 }
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(controlFaults)
        hasher.combine(results.count)
    }

    /// Judges the controls first and then every sample of a plate.
    /// - Throws: every way in which the readings do not fit the plate.
    package init(
        of readings: [Reading], on layout: PlateLayout, assay: Assay,
        kinds: [RequestID: TestedKind]
    ) throws(RunFaults) {
        let channels = try Self.channels(readings, on: layout, assay: assay)
        var controlFaults: [ControlFault] = []
        var results: [(RequestID, WellPosition, WellResult)] = []
        var looks: [WellLook] = []
        for well in layout.wells {
            let read = channels[well.position] ?? [:]
            switch well.content {
            case .control(let control):
                controlFaults += assay.faults(of: control, at: well.position, read)
                looks += WellLook(at: well.position, read, of: control, assay).map { [$0] } ?? []
            case .sample(let request):
                let kind = kinds[request] ?? .single
                let result =
                    read.values.contains(where: \.isExcluded)
                    ? WellResult(.invalid, .excluded)
                    : assay.read(read.compactMapValues(\.cq), of: kind)
                results.append((request, well.position, result))
                looks +=
                    WellLook(at: well.position, read, of: request, kind, result, assay)
                    .map { [$0] } ?? []
            }
        }
        if !controlFaults.isEmpty {
            results = results.map { ($0.0, $0.1, WellResult(.invalid, .controlsFailed)) }
            looks = []
        }
        self.controlFaults = controlFaults
        self.results = results
        self.looks = looks
    }

    private init(controlFaults: [ControlFault], results: [(RequestID, WellPosition, WellResult)]) {
        self.controlFaults = controlFaults
        self.results = results
        // A run that reports nobody has nothing to be looked at.
        looks = []
    }

    /// The judgement of the same run after more of its controls failed.
    package func stopped(by faults: [ControlFault]) -> RunJudgement {
        let more = faults.filter { !controlFaults.contains($0) }
        guard !more.isEmpty else { return self }
        return RunJudgement(
            controlFaults: controlFaults + more,
            results: results.map { ($0.0, $0.1, WellResult(.invalid, .controlsFailed)) })
    }

    private static func channels(
        _ readings: [Reading], on layout: PlateLayout, assay: Assay
    ) throws(RunFaults) -> [WellPosition: [String: Reading]] {
        let filled = Set(layout.wells.map(\.position))
        let failed = Set(layout.failed)
        let channels = Set(assay.channels)
        var read: [WellPosition: [String: Reading]] = [:]
        var faults: [RunFault] = []
        for reading in readings {
            if !layout.format.contains(reading.well) {
                faults.append(.noSuchWell(reading.well))
            } else if failed.contains(reading.well) {
                // Something is in it, but nobody waits for what it says (PLATE-9).
                continue
            } else if !filled.contains(reading.well) {
                faults.append(.emptyWell(reading.well))
            } else if !channels.contains(reading.target) {
                faults.append(.unknownTarget(reading.target, reading.well))
            } else if read[reading.well]?[reading.target] != nil {
                faults.append(.readTwice(reading.well, target: reading.target))
            } else {
                read[reading.well, default: [:]][reading.target] = reading
            }
        }
        for well in layout.wells {
            for channel in assay.channels where read[well.position]?[channel] == nil {
                faults.append(.notRead(well.position, target: channel))
            }
        }
        guard faults.isEmpty else { throw RunFaults(faults: faults) }
        return read
    }
}

/// Everything in which a file of readings does not fit its plate.
package struct RunFaults: Error, Hashable, Sendable {
    package let faults: [RunFault]
}
