package import LabDomain
internal import LabStore

/// Takes one tube out of its box at the reception: one scan, one answer.
package struct ReceiveTube: Command, Encodable {
    package static let verb = Verb.receiveBox

    let scan: String
    let box: String?

    /// The tube, and how its box stands now.
    package struct Answer: Codable, Sendable {
        package let tube: TubeID
        package let box: BoxID
        /// Tubes of the box that were received, this one among them.
        package let received: Int
        /// Tubes that the manifests name for the box.
        package let expected: Int
        /// Tubes of the box that nobody has received or rejected yet.
        package let missing: Int
        package let rejected: Int
    }

    /// One scan; without a box the tube may be of any.
    ///
    /// A refusal has one place, whose code tells the cause: that of a barcode that cannot be read,
    /// `unknown`, `already-received`, `rejected` or `other-box`.
    package init(scan: String, box: String?) {
        self.scan = scan
        self.box = box
    }

    package func perform(_ prepared: Void, in work: Work) throws -> Answer {
        let read = work.tubes(scanned: [scan])
        guard let tube = read.tubes.first?.0 else {
            throw Self.refusal(.badData, read.places)
        }
        let known = try work.transaction.tube(tube)
        let place = try work.refusal(
            of: tube, known: known, scan: nil, from: box.map { BoxID(normalised($0)) })
        if let place { throw Self.refusal(known == nil ? .unknown : .rule, [place]) }
        guard let own = known?.box else { preconditionFailure("An admitted tube is known.") }
        try work.receive([tube], from: own)
        guard let counts = try work.transaction.box(own) else {
            preconditionFailure("A box with a tube has counts.")
        }
        return Answer(
            tube: tube, box: own, received: counts.received, expected: counts.tubes,
            missing: counts.missing, rejected: counts.rejected)
    }

    private static func refusal(_ code: Refusal.Code, _ places: [Refusal.Place]) -> Refusal {
        Refusal(
            code, places.first?.message ?? "The scan is no barcode.",
            remedy: places.first?.remedy ?? "Scan the tube again.", places: places)
    }
}
