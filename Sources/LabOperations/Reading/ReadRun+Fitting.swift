internal import LabDomain
internal import LabStore

extension ReadRun {
    /// The same readings under the names of a plate's assay, without those of wells that hold
    /// nothing (READ-15).
    ///
    /// A channel is found by its name, and else by its dye. An instrument reads all wells of a
    /// plate: one that holds nothing and shows nothing is left out, one that shows something stays
    /// and is refused with the rest of the misfits.
    /// - Parameters:
    ///   - plate: The plate as it was laid out.
    ///   - assay: Its assay.
    ///   - codes: The tube or pool of each test on it.
    ///   - isOurs: Whether a code is that of a tube or pool of this laboratory.
    /// - Returns: The readings that count, in their order.
    /// - Throws: `Refusal` when the file has a tube or pool of this laboratory in another well than
    ///   the plate.
    func fitted(
        to plate: StoredPlate, _ assay: Assay, codes: [RequestID: String],
        isOurs: (String) throws -> Bool
    ) throws -> ReadRun {
        guard !origins.isEmpty else { return self }
        let channels = ChannelNames(of: assay)
        let filled = Set(plate.layout.wells.map(\.position) + plate.layout.failed)
        try checkSamples(on: plate, codes, isOurs)
        try checkResults(of: filled)
        var kept: [Reading] = []
        for (reading, origin) in zip(readings, origins) {
            let isSilent = reading.cq == nil && reading.curve != .positive
            if isSilent && !filled.contains(reading.well) { continue }
            kept.append(reading.named(channels.name(reading.target, dye: origin.dye)))
        }
        var fitted = ReadRun(
            plate: self.plate, readings: kept, lines: lines, instrument: instrument, origins: [])
        fitted.evidence = evidence
        fitted.named = named
        fitted.warnings = warnings + oddNames(on: plate)
        return fitted
    }

    /// A reading that the file lost must not become a negative.
    private func checkResults(of filled: Set<WellPosition>) throws {
        let missing = zip(readings, origins).filter { reading, origin in
            origin.isMissing && filled.contains(reading.well)
        }
        guard missing.isEmpty else {
            throw Refusal(
                .badData, "The file has no result for some of the plate's wells.",
                remedy: "Export all results again, or omit these wells at the instrument.",
                places: missing.prefix(100).map { reading, origin in
                    Refusal.Place(
                        subject: reading.well.description, code: "no-result",
                        message: "\(origin.place): no result of \(reading.target).", remedy: "")
                })
        }
    }

    /// Tubes and pools that the file has elsewhere than this plate.
    ///
    /// It was laid out, loaded or named otherwise than here, or it is another plate's.
    private func checkSamples(
        on plate: StoredPlate, _ codes: [RequestID: String], _ isOurs: (String) throws -> Bool
    ) throws {
        var places: [String: WellPosition] = [:]
        for well in plate.layout.wells {
            guard case .sample(let request) = well.content, let code = codes[request] else {
                continue
            }
            places[normalised(code)] = well.position
        }
        var moved: [WellPosition: WellPosition?] = [:]
        var foreign: [String: Bool] = [:]
        for (reading, origin) in zip(readings, origins) {
            guard let sample = origin.sample.map(normalised), !sample.isEmpty else { continue }
            if let place = places[sample] {
                if place != reading.well { moved[reading.well] = place }
            } else if try foreign[sample] ?? isOurs(sample) {
                foreign[sample] = true
                moved.updateValue(nil, forKey: reading.well)
            } else {
                foreign[sample] = false
            }
        }
        guard moved.isEmpty else {
            throw Refusal(
                .badData, "The run does not fit the plate \(plate.id); nothing was stored.",
                remedy: "Look whether the plate lay turned, or was loaded by another worklist.",
                places: moved.sorted { $0.key < $1.key }.map { read, place in
                    Refusal.Place(
                        subject: read.description,
                        code: place == nil ? "other-plate" : "other-well",
                        message: place.map {
                            "The file has in \(read) what this plate has in \($0)."
                        } ?? "The file has in \(read) a tube or pool that is not on this plate.",
                        remedy: "Check the plate and its worklist.")
                })
        }
    }

    /// Wells whose name in the file says control where the plate has a sample, or the reverse of
    /// the control that stands there.
    private func oddNames(on plate: StoredPlate) -> [Wording] {
        let contents = Dictionary(
            plate.layout.wells.map { ($0.position, $0.content) }, uniquingKeysWith: { $1 })
        var told: Set<WellPosition> = []
        return zip(readings, origins).compactMap { reading, origin -> Wording? in
            guard let sample = origin.sample, let sign = ControlName.isPositive(sample),
                let content = contents[reading.well]
            else { return nil }
            let isOdd: Bool =
                switch content {
                case .sample: true
                case .control(let kind): kind.isPositive != sign
                }
            guard isOdd, told.insert(reading.well).inserted else { return nil }
            return "\(reading.well): the file calls it a control that this plate has not there"
        }
    }
}

/// The assay's names for what instruments call their channels.
struct ChannelNames {
    private let channels: [AssayTarget]

    init(of assay: Assay) {
        channels = assay.targets + (assay.internalControl.map { [$0] } ?? [])
    }

    /// The channel that a file means by a target or a dye; the target's own name where none is.
    func name(_ target: String, dye: String?) -> String {
        let name = Self.key(target)
        let dye = Self.key(dye ?? target)
        // A dye that several targets have tells none of them.
        let dyed = channels.filter { channel in channel.dye.map { Self.key($0) == dye } ?? false }
        let channel =
            channels.first { Self.key($0.name) == name } ?? (dyed.count == 1 ? dyed.first : nil)
        return channel?.name ?? target
    }

    /// What of a target's or dye's name counts.
    private static func key(_ name: String) -> String {
        name.lowercased().filter { $0.isLetter || $0.isNumber }
    }
}

extension Reading {
    /// The same reading under another name.
    fileprivate func named(_ target: String) -> Reading {
        Reading(
            well: well, target: target, cq: cq, called: called, isExcluded: isExcluded,
            ownCq: ownCq, curve: curve, curveQuality: curveQuality)
    }
}
