package import LabDomain
internal import LabStore

/// Records what is left in a tube, so that it is pooled only while enough stays for its retests.
package struct MeasureTube: Command, Encodable {
    package static let verb = Verb.measureTube

    let scan: String
    let microlitres: Int

    /// The tube with its volume.
    package struct Answer: Codable, Sendable {
        package let tube: TubeID
        package let microlitres: Int
    }

    /// A tube with what is left in it, in microlitres.
    package init(scan: String, microlitres: Int) {
        self.scan = scan
        self.microlitres = microlitres
    }

    package func perform(_ prepared: Void, in work: Work) throws -> Answer {
        let tube = try work.tube(scanned: scan).tube.id
        guard (0...100_000).contains(microlitres) else {
            throw Refusal(
                .badData, "The volume is outside 0 to 100,000 microlitres.",
                remedy: "Give what is left in the tube in microlitres: 1 mL is 1000.")
        }
        try work.transaction.append([
            .tubeMeasured(TubeMeasured(tube: tube, microlitres: microlitres))
        ])
        return Answer(tube: tube, microlitres: microlitres)
    }
}
