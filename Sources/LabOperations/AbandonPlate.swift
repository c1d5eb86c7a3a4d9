package import LabDomain
internal import LabStore

/// Gives up a plate that will never be read; its tests wait again, as urgent as they were.
package struct AbandonPlate: Command, Encodable {
    package static let verb = Verb.abandonPlate

    let plate: PlateID

    /// How many tests wait again.
    package struct Answer: Codable, Sendable {
        package let plate: PlateID
        package let testsAgain: Int
    }

    /// The end of a plate that was laid out.
    package init(plate: PlateID) {
        self.plate = plate
    }

    package func perform(_ prepared: Void, in work: Work) throws -> Answer {
        guard let stored = try work.transaction.plate(plate) else {
            throw Refusal(
                .unknown, "This laboratory has no such plate.", remedy: "See swabline plate list.")
        }
        guard stored.state == "laid-out" else {
            throw Refusal(
                .rule,
                stored.state == "read"
                    ? "The plate \(plate) is read already."
                    : "The plate \(plate) is abandoned already.",
                remedy: "Only a plate that waits for its run can be abandoned.")
        }
        try work.transaction.append([.plateAbandoned(PlateAbandoned(plate: plate))])
        var again = 0
        for case .sample(let id) in stored.layout.wells.map(\.content) {
            guard let request = try work.transaction.request(id) else { continue }
            let ordinal = try work.transaction.tests(of: request.of) + 1
            try work.transaction.append([
                .requestWithdrawn(RequestWithdrawn(request: id, of: request.of)),
                .requestOpened(
                    RequestOpened(
                        request: RequestID("\(request.of.text)/\(ordinal)"), of: request.of,
                        ordinal: ordinal, purpose: request.purpose, kit: request.kit,
                        cause: request.cause)),
            ])
            again += 1
        }
        return Answer(plate: plate, testsAgain: again)
    }
}
