package import LabDomain
internal import LabSecrets
internal import LabStatistics
internal import LabStore

/// Lays out a plate with what waits: retests first, then by deadline, around drawn controls.
package struct LayOutPlate: Command, Encodable {
    package static let verb = Verb.layOutPlate

    let kit: KitRole
    let format: PlateFormat?
    /// Samples at most; nil fills the plate.
    let most: Int?
    /// Barcodes and pools to which the plate is limited; nil takes what is most urgent.
    let only: [String]?
    /// The kit's lot; nil takes the one in date that expires first.
    let lot: String?

    /// The plate with its worklist.
    package struct Answer: Codable, Sendable {
        package let plate: PlateID
        package let wells: Int
        package let kit: KitRole
        package let assay: String
        package let samples: Int
        package let controls: Int
        /// Tests with this kit that found no room.
        package let leftWaiting: Int
        /// The kit's lot; nil where none is kept.
        package let lot: String?
        /// What should be known before the plate is pipetted.
        package let warnings: [Wording]?
    }

    /// A plate for one kit; nil takes the laboratory's format, all that fits, and anything.
    package init(
        kit: KitRole, format: PlateFormat? = nil, most: Int? = nil, only: [String]? = nil,
        lot: String? = nil
    ) {
        self.only = only
        self.lot = lot
        self.kit = kit
        self.format = format
        self.most = most
    }

    package func perform(_ prepared: Void, in work: Work) throws -> Answer {
        let assay = try work.assay(kit)
        let lot = try work.lot(lot, of: kit)
        let format = format ?? work.rules.settings.plateFormat
        let controls = work.rules.settings.controls(for: kit)
        let room = max(0, format.rawValue - controls.controls.count)
        let waiting = try self.waiting(limit: min(room, most ?? room), in: work)
        let chosen = waiting.prefix(min(room, most ?? room))
        guard !chosen.isEmpty else {
            let other: KitRole = kit == .first ? .second : .first
            let others = try work.transaction.waitingTests(with: other)
            throw Refusal(
                .nothingToDo, "Nothing waits for the \(kit.word) kit.",
                remedy: others > 0
                    ? "\(others) wait for the other: --kit \(other.word)."
                    : "See swabline status.")
        }
        let id = PlateID(work.identifier("PL"))
        var random = SeededGenerator(seed: Self.seed(of: id))
        let layout = try PlateLayout(
            chosen.map(\.id), on: format, controls: controls,
            apartFrom: try work.controlPlaces(), using: &random)
        try work.transaction.append([
            .plateLaidOut(
                PlateLaidOut(
                    plate: id, layout: layout, kit: kit, assay: assay.name, version: assay.version,
                    lot: lot?.number))
        ])
        return Answer(
            plate: id, wells: format.rawValue, kit: kit, assay: assay.name, samples: chosen.count,
            controls: controls.controls.count,
            leftWaiting: try work.transaction.waitingTests(with: kit), lot: lot?.number,
            warnings: lot.flatMap { work.warning(of: $0) }.map { [$0] })
    }

    private func waiting(limit: Int, in work: Work) throws -> [DueRequest] {
        guard let only else {
            return try work.transaction.requestsToPlate(with: kit, limit: limit)
        }
        let waiting = try work.transaction.requestsToPlate(with: kit)
        let codes = Set(only.map(normalised))
        let unknown = codes.subtracting(waiting.map(\.of.text)).sorted()
        guard unknown.isEmpty else {
            throw Refusal(
                .rule, "\(unknown.count) of the codes do not wait for the \(kit.word) kit.",
                remedy: "See swabline retest list --all.",
                places: unknown.indices.map {
                    // What was typed may be anything, a document's number among it.
                    Refusal.Place(
                        subject: "code \($0 + 1) of these", code: "not-waiting",
                        message: "It does not wait for a plate.",
                        remedy: "See swabline trace.")
                })
        }
        return waiting.filter { codes.contains($0.of.text) }
    }

    /// The draw follows from the plate's identifier, so that it can be proved afterwards.
    private static func seed(of plate: PlateID) -> UInt64 {
        Hash.blake2b256(Array(plate.text.utf8)).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
