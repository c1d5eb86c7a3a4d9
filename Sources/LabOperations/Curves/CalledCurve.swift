internal import LabCurves
internal import LabDomain
internal import LabInstruments
internal import LabTables

/// A curve of a file with what it says by itself.
package struct CalledCurve: Codable, Equatable, Sendable {
    /// The heading of its column.
    package let id: String
    /// The cycle of the greatest second derivative; nil for a negative curve, and where the
    /// readings end before it.
    package let cq: Double?
    /// `positive`, `negative` or `ambiguous`.
    package let call: String
    /// How far the call can be trusted, 0 to 1.
    package let quality: Double
    /// Why it was called so, and what else deserves a look.
    package let remarks: [String]
    /// The level before the rise, in the unit of the file.
    package let baseline: Double
    /// The standard deviation of a reading, in the unit of the file.
    package let noise: Double
    /// How far the fluorescence rises, in the unit of the file.
    package let rise: Double
    private let readings: [Double]

    private enum CodingKeys: CodingKey {
        case id, cq, call, quality, remarks, baseline, noise, rise
    }

    /// Writes the curve; one without a Cq says `null`, so that every object has the same keys.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(cq, forKey: .cq)
        try container.encode(call, forKey: .call)
        try container.encode(quality, forKey: .quality)
        try container.encode(remarks, forKey: .remarks)
        try container.encode(baseline, forKey: .baseline)
        try container.encode(noise, forKey: .noise)
        try container.encode(rise, forKey: .rise)
    }

    /// Reads what `encode` writes; the readings are lost.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(String.self, forKey: .id)
        cq = try container.decodeIfPresent(Double.self, forKey: .cq)
        call = try container.decode(String.self, forKey: .call)
        quality = try container.decode(Double.self, forKey: .quality)
        remarks = try container.decode([String].self, forKey: .remarks)
        baseline = try container.decode(Double.self, forKey: .baseline)
        noise = try container.decode(Double.self, forKey: .noise)
        rise = try container.decode(Double.self, forKey: .rise)
        readings = []
    }

    private init(_ named: CurveTable.Named) {
        let analysis = CurveAnalysis(of: named.curve)
        id = named.id
        cq = analysis.cq
        call = analysis.call.rawValue
        quality = analysis.quality
        remarks = analysis.remarks.map(\.rawValue)
        baseline = analysis.baseline
        noise = analysis.noise
        rise = analysis.rise
        readings = named.curve.fluorescence
    }

    /// The readings as a line of eight heights, for people.
    package var picture: String {
        guard let least = readings.min(), let greatest = readings.max() else { return "" }
        let heights = Array("▁▂▃▄▅▆▇█")
        let half = greatest / 2 - least / 2
        return String(
            readings.map { reading in
                let share = half > 0 ? (reading / 2 - least / 2) / half : 0
                return heights[min(max(Int(share * 8), 0), 7)]
            })
    }
}

extension CalledCurve {
    /// Calls every curve of a file whose first column is the cycle and each other one a curve.
    ///
    /// - Throws: `Refusal` with every fault of the file.
    package static func call(file bytes: [UInt8]) throws -> [CalledCurve] {
        do throws(CurveTableFaults) {
            return try CurveTable.read(bytes).curves.map(CalledCurve.init)
        } catch {
            throw Refusal(
                .badData, "The curves cannot be read; none was called.",
                remedy: "Correct the file: the first column is the cycle, each other one a curve.",
                places: error.faults.map { fault in
                    Refusal.Place(
                        line: fault.line, column: fault.column, code: "curves",
                        message: fault.wordsWithinLine, remedy: "")
                })
        }
    }
}

extension CurveTableFault {
    /// What is wrong and what to do, where the line is told beside it.
    fileprivate var wordsWithinLine: Wording {
        switch kind {
        case .encoding(let fault): fault.wordsWithPlace
        case .table(let fault): fault.wordsWithinLine
        default: words
        }
    }
}
