internal import LabDomain
internal import LabOperations

/// The amplification curves of one well as a small drawing, for the partial `curve`.
///
/// Baselines lie on the zero line. A ring stands on each curve at our own Cq, a triangle under the
/// zero line at the instrument's; the numbers stand in the table beside.
struct CurvePicture: Hashable, Sendable {
    struct Mark: Hashable, Sendable {
        let x: Int
        let y: Int
        /// What a pointer over it is told.
        let text: String
    }

    struct Trace: Hashable, Sendable {
        let style: String
        let channel: String
        let path: String
        let threshold: Int
        let told: Mark?
        let own: Mark?
    }

    let label: String
    let traces: [Trace]
    /// Where the assay's limits lie.
    let limits: [Int]

    /// The drawing of a well; nil where the run's file has no curve of it.
    init?(
        _ well: WellPosition, _ curves: [RunCurve], _ readings: [Reading],
        in run: RunReport, to scale: CurveScale, words: Catalogue
    ) {
        guard !curves.isEmpty else { return nil }
        let cqs = readings.reduce(into: [String: Reading]()) { $0[$1.target] = $1 }
        label = words.say(
            "curves.label",
            [
                "well": well.description,
                "cqs": run.channels.compactMap { channel in
                    cqs[channel].map { "\(channel) \(cqText($0.cq)) / \(cqText($0.ownCq))" }
                }.joined(separator: ", "),
            ])
        traces = curves.sorted { Self.place($0, run) < Self.place($1, run) }.map { curve in
            let reading = cqs[curve.channel]
            func mark(_ cq: Cq?) -> Mark? {
                cq.map {
                    Mark(
                        x: scale.x($0.cycles), y: scale.y(at: $0.cycles, of: curve),
                        text: "\(curve.channel) \(cqText($0))")
                }
            }
            return Trace(
                style: Self.style(of: curve.channel, in: run.channels), channel: curve.channel,
                path: scale.path(curve),
                threshold: scale.y(curve.threshold, of: curve), told: mark(reading?.cq),
                own: mark(reading?.ownCq))
        }
        let targets = run.assay?.targets ?? []
        limits = Set(targets.flatMap { [$0.positiveAtMost, $0.greyAtMost].compactMap(\.self) })
            .sorted().map { scale.x($0.cycles) }
    }

    /// The style of a channel's line; each differs from the others by its strokes as well.
    static func style(of channel: String, in channels: [String]) -> String {
        "c\((channels.firstIndex(of: channel) ?? channels.count) % 6 + 1)"
    }

    private static func place(_ curve: RunCurve, _ run: RunReport) -> Int {
        run.channels.firstIndex(of: curve.channel) ?? run.channels.count
    }
}

/// The drawings of a run's wells, by their place.
struct CurvePictures: Sendable {
    private let curves: [WellPosition: [RunCurve]]
    private let readings: [WellPosition: [Reading]]
    private let run: RunReport
    private let scale: CurveScale
    private let words: Catalogue

    var isEmpty: Bool { curves.isEmpty }

    init(_ curves: [RunCurve], of run: RunReport, words: Catalogue) {
        self.curves = Dictionary(grouping: curves, by: \.well)
        readings = Dictionary(grouping: run.readings, by: \.well)
        self.run = run
        scale = CurveScale(curves)
        self.words = words
    }

    /// What was read in a well.
    func readings(in well: WellPosition) -> [Reading] { readings[well] ?? [] }

    subscript(well: WellPosition) -> CurvePicture? {
        CurvePicture(
            well, curves[well] ?? [], readings(in: well), in: run, to: scale, words: words)
    }
}

/// What the legend of curves says of a channel.
struct CurveKey: Hashable, Sendable {
    let style: String
    let channel: String

    static func all(_ channels: [String]) -> [CurveKey] {
        channels.map {
            CurveKey(style: CurvePicture.style(of: $0, in: channels), channel: $0)
        }
    }
}

/// A channel of a well in numbers: the instrument's Cq, our own, and what the curve says.
struct CurveCell: Hashable, Sendable {
    let channel: String
    let told: String
    /// Our own Cq and what the curve says; nil where the file gives no curve.
    let ownCq: String?
    let opinion: String?
    let isOdd: Bool

    init(_ channel: String, _ reading: Reading?, _ words: Catalogue) {
        self.channel = channel
        told = cqText(reading?.cq)
        ownCq = reading?.curve == nil ? nil : cqText(reading?.ownCq)
        opinion = reading?.curve.map { words.word("curveOpinion", $0) }
        isOdd = reading?.curve == .ambiguous
    }
}
