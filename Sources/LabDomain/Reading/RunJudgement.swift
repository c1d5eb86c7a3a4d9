/// One number that an instrument reported: a channel of a well and its Cq.
package struct Reading: Hashable, Sendable, Codable {
    package let well: WellPosition
    package let target: String
    /// Nil when no curve crossed the threshold.
    package let cq: Cq?

    /// One reading.
    package init(well: WellPosition, target: String, cq: Cq?) {
        self.well = well
        self.target = target
        self.cq = cq
    }
}

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

    /// A failed control.
    package init(well: WellPosition, control: ControlKind, target: String) {
        self.well = well
        self.control = control
        self.target = target
    }
}

/// What a run says, before it means anything for people.
package struct RunJudgement: Hashable, Sendable {
    /// Controls that failed; a run with any is invalid and reports nobody (READ-4).
    package let controlFaults: [ControlFault]
    /// The result of every sample well, in plate order.
    package let results: [(RequestID, WellPosition, WellResult)]

    package var isValid: Bool { controlFaults.isEmpty }

    package static func == (one: Self, other: Self) -> Bool {
        one.controlFaults == other.controlFaults
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
        let cqs = try Self.channels(readings, on: layout, assay: assay)
        var controlFaults: [ControlFault] = []
        var results: [(RequestID, WellPosition, WellResult)] = []
        for well in layout.wells {
            let read = cqs[well.position] ?? [:]
            switch well.content {
            case .control(let control):
                controlFaults += assay.faults(of: control, at: well.position, read)
            case .sample(let request):
                let kind = kinds[request] ?? .single
                results.append((request, well.position, assay.read(read, of: kind)))
            }
        }
        if !controlFaults.isEmpty {
            results = results.map { ($0.0, $0.1, WellResult(.invalid, .controlsFailed)) }
        }
        self.controlFaults = controlFaults
        self.results = results
    }

    private init(controlFaults: [ControlFault], results: [(RequestID, WellPosition, WellResult)]) {
        self.controlFaults = controlFaults
        self.results = results
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
    ) throws(RunFaults) -> [WellPosition: [String: Cq]] {
        let filled = Set(layout.wells.map(\.position))
        let channels = Set(assay.channels)
        var seen: [WellPosition: Set<String>] = [:]
        var cqs: [WellPosition: [String: Cq]] = [:]
        var faults: [RunFault] = []
        for reading in readings {
            if !layout.format.contains(reading.well) {
                faults.append(.noSuchWell(reading.well))
            } else if !filled.contains(reading.well) {
                faults.append(.emptyWell(reading.well))
            } else if !channels.contains(reading.target) {
                faults.append(.unknownTarget(reading.target, reading.well))
            } else if !seen[reading.well, default: []].insert(reading.target).inserted {
                faults.append(.readTwice(reading.well, target: reading.target))
            } else if let cq = reading.cq {
                cqs[reading.well, default: [:]][reading.target] = cq
            }
        }
        for well in layout.wells {
            for channel in assay.channels where !(seen[well.position]?.contains(channel) ?? false) {
                faults.append(.notRead(well.position, target: channel))
            }
        }
        guard faults.isEmpty else { throw RunFaults(faults: faults) }
        return cqs
    }
}

/// Everything in which a file of readings does not fit its plate.
package struct RunFaults: Error, Hashable, Sendable {
    package let faults: [RunFault]
}

extension Assay {
    /// The channels of a control well that did not do what they must: a positive control must be
    /// detected in every target, a negative one must show no signal at all, not even a late one.
    func faults(
        of control: ControlKind, at well: WellPosition, _ cqs: [String: Cq]
    ) -> [ControlFault] {
        targets.filter { target in
            let call = target.call(cqs[target.name])
            return control.isPositive ? call != .detected : cqs[target.name] != nil
        }.map { ControlFault(well: well, control: control, target: $0.name) }
    }
}
