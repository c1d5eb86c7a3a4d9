import Foundation
import LabDomain
import LabOperations

/// Runs of instruments that give their curves.
extension RunBench {
    /// What an instrument says of one channel, and where its curve really rises.
    struct Signal {
        /// The Cq in the file; nil where the instrument saw none.
        let told: Double?
        /// The cycle of the rise in the curve; nil for a flat one.
        let rises: Double?

        init(_ told: Double?, rises: Double?) {
            self.told = told
            self.rises = rises
        }

        /// Instrument and curve go together.
        init(_ cq: Double?) { self.init(cq, rises: cq) }
    }

    /// An RDML file of a plate, each sample's channels by `signals`, controls as they must be.
    func rdml(_ plate: PlateID, _ signals: (String) -> [Signal]) throws -> [UInt8] {
        let worklist = try laboratory.worklist(of: plate, as: Self.technician)
        let channels = worklist.channels
        var reacts = ""
        var samples = ""
        for well in worklist.wells {
            let values: [Signal] =
                switch ControlKind(rawValue: well.content) {
                case .weakPositive?, .kitPositive?: [Signal(30), Signal(30), Signal(25)]
                case .negative?, .kitNegative?: [Signal(nil), Signal(nil), Signal(25)]
                case nil: signals(well.code)
                }
            let number = well.well.row * 12 + well.well.column + 1
            samples += "<sample id=\"W\(number)\"><type>unkn</type></sample>"
            reacts += "<react id=\"\(number)\"><sample id=\"W\(number)\"/>"
            for (channel, signal) in zip(channels, values) {
                reacts += "<data><tar id=\"\(channel)\"/>"
                reacts += signal.told.map { "<cq>\($0)</cq>" } ?? ""
                reacts += Self.points(signal.rises, noise: number) + "</data>"
            }
            reacts += "</react>"
        }
        let targets = channels.map {
            "<target id=\"\($0)\"><type>toi</type><dyeId id=\"D\($0)\"/></target>"
        }
        let dyes = channels.map { "<dye id=\"D\($0)\"/>" }
        let text =
            "<rdml xmlns=\"http://www.rdml.org\" version=\"1.2\">" + samples + dyes.joined()
            + targets.joined() + "<experiment id=\"e\"><run id=\"r\"><pcrFormat><rows>8</rows>"
            + "<columns>12</columns><rowLabel>ABC</rowLabel><columnLabel>123</columnLabel>"
            + "</pcrFormat>" + reacts + "</run></experiment></rdml>"
        return Array(text.utf8)
    }

    /// Forty-five cycles of a logistic rise of near doubling, with the same small noise every time.
    ///
    /// The second derivative of a logistic curve is greatest 1.317 / 0.69 cycles before its middle.
    private static func points(_ rises: Double?, noise seed: Int) -> String {
        (1...45).map { cycle in
            let wave = sin(Double(cycle * 37 + seed * 11)) * 4
            let rise = rises.map {
                5_000 / (1 + exp(-0.69 * (Double(cycle) - $0 - 1.317 / 0.69)))
            }
            let value = String(format: "%.2f", 1_000 + wave + (rise ?? 0))
            return "<adp><cyc>\(cycle)</cyc><tmp>60</tmp><fluor>\(value)</fluor></adp>"
        }.joined()
    }
}
