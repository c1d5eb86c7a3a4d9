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
        let stored = try work.waitingPlate(
            plate, else: "Only a plate that waits for its run can be abandoned.")
        try work.transaction.append([.plateAbandoned(PlateAbandoned(plate: plate))])
        var again = 0
        for case .sample(let id) in stored.layout.wells.map(\.content) {
            guard let request = try work.transaction.request(id) else { continue }
            try work.putBack(request)
            again += 1
        }
        return Answer(plate: plate, testsAgain: again)
    }
}

extension Work {
    /// A plate that waits for its run.
    func waitingPlate(_ plate: PlateID, else remedy: Wording) throws -> StoredPlate {
        guard let stored = try transaction.plate(plate) else {
            throw Refusal(
                .unknown, "This laboratory has no such plate.", remedy: "See swabline plate list.")
        }
        switch stored.state {
        case "laid-out": return stored
        case "read": throw Refusal(.rule, "The plate \(plate) is read already.", remedy: remedy)
        case "combined":
            let target = stored.target?.plate.text ?? ""
            throw Refusal(
                .rule, "The plate \(plate) was put on the larger plate \(target).",
                remedy: "Name the larger plate.")
        default:
            throw Refusal(.rule, "The plate \(plate) is abandoned already.", remedy: remedy)
        }
    }

    /// A test that stood in a well waits again, as urgent as it was.
    func putBack(_ request: StoredRequest) throws {
        let ordinal = try transaction.tests(of: request.of) + 1
        try transaction.append([
            .requestWithdrawn(RequestWithdrawn(request: request.id, of: request.of)),
            .requestOpened(
                RequestOpened(
                    request: RequestID("\(request.of.text)/\(ordinal)"), of: request.of,
                    ordinal: ordinal, purpose: request.purpose, kit: request.kit,
                    cause: request.cause)),
        ])
    }
}
