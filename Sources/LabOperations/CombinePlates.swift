package import LabDomain
internal import LabSecrets
internal import LabStore

/// Puts two to four plates of 96 wells together on one of 384, whose run answers for all of them.
package struct CombinePlates: Command, Encodable {
    package static let verb = Verb.layOutPlate

    let plates: [PlateID]

    /// The larger plate.
    package struct Answer: Codable, Sendable {
        package let plate: PlateID
        /// In the order of the quadrants that begin at A1, B1, A2 and B2.
        package let sources: [PlateID]
        package let samples: Int
        package let controls: Int
        package let assay: String
    }

    /// Plates in the order of their quadrants.
    package init(plates: [PlateID]) {
        self.plates = plates
    }

    package func perform(_ prepared: Void, in work: Work) throws -> Answer {
        guard (2...4).contains(plates.count), Set(plates).count == plates.count else {
            throw Refusal(
                .badData, "Two to four different plates make a plate of 384 wells.",
                remedy: "Name each plate once, in the order of the quadrants.")
        }
        let sources = try plates.map {
            try work.waitingPlate($0, else: "Only plates that wait for their run are put together.")
        }
        let first = sources[0]
        for other in sources.dropFirst()
        where other.kit != first.kit || other.version != first.version {
            throw Refusal(
                .rule, "The plates \(first.id) and \(other.id) are for different assays.",
                remedy: "Put plates of one assay together.")
        }
        let layout = try combined(sources)
        let id = PlateID(work.identifier("PL", plates.map(\.text).joined(separator: " ")))
        let lots = Set(sources.map(\.lot))
        try work.transaction.append([
            .platesCombined(
                PlatesCombined(
                    plate: id, sources: plates, kit: first.kit, assay: first.assay,
                    version: first.version, lot: lots.count == 1 ? first.lot : nil))
        ])
        let samples = layout.wells.count { if case .sample = $0.content { true } else { false } }
        return Answer(
            plate: id, sources: plates, samples: samples,
            controls: layout.wells.count - samples, assay: first.assay)
    }

    private func combined(_ sources: [StoredPlate]) throws -> PlateLayout {
        do throws(PlateLayout.CombiningFault) {
            return try PlateLayout(combining: sources.map(\.layout))
        } catch {
            switch error {
            case .number:
                throw Refusal(
                    .badData, "Two to four different plates make a plate of 384 wells.",
                    remedy: "Name each plate once, in the order of the quadrants.")
            case .format(let quadrant):
                throw Refusal(
                    .rule, "The plate \(sources[quadrant.rawValue - 1].id) has not 96 wells.",
                    remedy: "Put plates of 96 wells together.")
            case .alike(let one, let other):
                throw Refusal(
                    .rule,
                    """
                    The controls of \(sources[one.rawValue - 1].id) and \
                    \(sources[other.rawValue - 1].id) lie alike: nobody would see them swapped.
                    """,
                    remedy: "Read them by themselves, or give one up: swabline plate abandon.")
            }
        }
    }
}
