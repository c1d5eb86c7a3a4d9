package import LabDomain
internal import LabStore

/// Closes a box at the reception: the tubes on the table are counted and held against the system.
///
/// The last closing of a box counts. A tube that comes late may still be received (ACC-5).
package struct CloseBox: Command, Encodable {
    package static let verb = Verb.closeBox

    let box: String
    let counted: Int
    let withMissing: Bool

    /// The box as it was closed.
    package struct Answer: Codable, Sendable {
        package let box: BoxID
        package let counted: Int
        /// Tubes that the manifests name for the box.
        package let expected: Int
        package let missing: [TubeID]
    }

    /// A box with the tubes of it that lie on the table, rejected ones among them; `withMissing`
    /// closes it although others are missing.
    package init(box: String, counted: Int, withMissing: Bool) {
        self.box = box
        self.counted = counted
        self.withMissing = withMissing
    }

    package func perform(_ prepared: Void, in work: Work) throws -> Answer {
        let id = BoxID(normalised(box))
        guard let summary = try work.transaction.box(id) else {
            throw Refusal(
                .unknown, "No tube is registered for this box.",
                remedy: "Register its manifest first, or see swabline box list.")
        }
        let missing = try work.transaction.missingTubes(of: id)
        let here = try work.transaction.tubesHere(of: id)
        guard counted == here else {
            throw Refusal(
                .rule, "\(counted) tubes were counted, and \(here) of \(id) should be here.",
                remedy: counted > here
                    ? "Scan the tubes again: one was not received, or belongs to another box."
                    : "Count again; a tube that was received by mistake can be taken back.",
                places: Self.places(missing))
        }
        guard missing.isEmpty || withMissing else {
            throw Refusal(
                .rule, "\(missing.count) tubes of \(id) are missing.",
                remedy: "Look for them, or close the box without them: --with-missing.",
                places: Self.places(missing))
        }
        try work.transaction.append([
            .boxClosed(BoxClosed(box: id, counted: counted, missing: missing))
        ])
        return Answer(box: id, counted: counted, expected: summary.tubes, missing: missing)
    }

    private static func places(_ missing: [TubeID]) -> [Refusal.Place] {
        missing.map {
            Refusal.Place(
                subject: $0.text, code: "missing", message: "Neither received nor rejected.",
                remedy: "Look for it, and ask the sending unit.")
        }
    }
}
