internal import LabDomain
internal import LabSimulation
internal import LabStatistics
internal import LabTables

/// Plates put on the virtual instrument: what is in the tubes becomes a run's file.
struct SimulatedBench {
    private let instrument = VirtualInstrument()
    private var random: SeededGenerator

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed).stream(named: "instrument")
    }

    /// Reads a plate.
    /// - Parameters:
    ///   - worklist: What is in which well.
    ///   - load: What each tube holds.
    ///   - isContaminated: Whether one negative control has caught a neighbour's template.
    /// - Returns: The run's file as CSV.
    mutating func read(
        _ worklist: Worklist, load: (TubeID) -> SpecimenLoad?, isContaminated: Bool
    ) -> [UInt8] {
        var writer = DelimitedWriter(guardsFormulas: false)
        writer.row(["plate", "well", "target", "cq"])
        var spoils = isContaminated
        for well in worklist.wells {
            var content = SpecimenLoad()
            if let control = ControlKind(rawValue: well.content) {
                content = Self.load(of: control)
                if control == .negative, spoils {
                    content = SpecimenLoad(orf1ab: 31, n: 30)
                    spoils = false
                }
            } else if well.members.isEmpty {
                content = load(TubeID(well.code)) ?? SpecimenLoad()
            } else {
                content = .laboratoryPool(of: well.members.compactMap(load))
            }
            for channel in worklist.channels {
                let curve = instrument.amplify(
                    expectedCq: Self.cq(of: content, in: channel), using: &random)
                let cq = instrument.cq(of: curve).map { String(($0 * 100).rounded() / 100) }
                writer.row([
                    worklist.plate.text, well.well.description, channel, cq ?? "Undetermined",
                ])
            }
        }
        return writer.bytes
    }

    private static func load(of control: ControlKind) -> SpecimenLoad {
        switch control {
        case .weakPositive: SpecimenLoad(orf1ab: 33, n: 32, internalControl: 25)
        case .kitPositive: SpecimenLoad(orf1ab: 26, n: 25, internalControl: 25)
        case .negative, .kitNegative: SpecimenLoad(internalControl: 25)
        }
    }

    /// The first kit's targets, the second kit's as their neighbours, and the added control.
    private static func cq(of load: SpecimenLoad, in channel: String) -> Double? {
        switch channel {
        case "ORF1ab": load.orf1ab
        case "N": load.n
        case "E": load.n.map { $0 + 0.4 }
        case "RdRp": load.orf1ab.map { $0 + 0.3 }
        default: load.internalControl
        }
    }
}
