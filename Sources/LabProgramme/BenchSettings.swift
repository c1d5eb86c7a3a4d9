package import LabDomain
internal import LabSettings

/// What the laboratory's bench can do, as far as the choice of pools depends on it.
///
/// Settings may leave any of it out.
package struct BenchSettings: Hashable, Sendable {
    /// How well one test of a tube by itself reads.
    package let sensitivity: Double
    package let specificity: Double
    /// By pool size, the share of positives found singly that pools of aliquots find too.
    ///
    /// Source of the default: 804 first-positive Ct values (Stanford 2020) with a cutoff of 40 and
    /// a shift of log₂ of the size; a laboratory's own validation should stand here.
    package let poolDetection: [Int: Double]
    package let volumes: PipettingVolumes
    /// From the plate to its verdicts.
    package let round: Span
    /// Plates that are read at once.
    package let instruments: Int

    /// The bench of settings that say nothing of it.
    package init() {
        sensitivity = 0.99
        specificity = 0.995
        poolDetection = [5: 0.935, 10: 0.908, 20: 0.869]
        volumes = PipettingVolumes(nominal: 3_000, test: 200, aliquot: 100, dead: 300)
        round = .minutes(150)
        instruments = 1
    }

    /// Reads the mapping `bench`.
    init(_ item: inout SettingsReader) {
        let usual = BenchSettings()
        sensitivity =
            item.ifPresent("sensitivity") { $0.double(in: 0.01...1) } ?? usual.sensitivity
        specificity =
            item.ifPresent("specificity") { $0.double(in: 0.01...1) } ?? usual.specificity
        let detection = item.ifPresent("pool_detection") { sizes in
            sizes.entries { name, share -> (Int, Double)? in
                guard let size = Int(name), (2...100).contains(size) else {
                    share.refuse("a pool size from 2 to 100 stands before each share")
                    return nil
                }
                return (size, share.double(in: 0...1))
            }.map(\.value)
        }
        if detection?.isEmpty == true {
            item.refuse("no size; give your validation, or leave the key out", at: "pool_detection")
        }
        poolDetection =
            detection.map { Dictionary($0) { first, _ in first } } ?? usual.poolDetection
        volumes =
            item.ifPresent("volumes_microlitres") { volumes in
                PipettingVolumes(
                    nominal: volumes.int("tube", in: 1...100_000),
                    test: volumes.int("test", in: 1...100_000),
                    aliquot: volumes.int("aliquot", in: 1...100_000),
                    dead: volumes.int("dead", in: 0...100_000))
            } ?? usual.volumes
        round = item.ifPresent("round") { Span($0.duration()) } ?? usual.round
        instruments = item.ifPresent("instruments") { $0.int(in: 1...1_000) } ?? usual.instruments
    }
}
