internal import LabDomain
internal import LabOperations
internal import LabStore

/// The amplification curves of a run, well by well, with the numbers beneath.
struct CurvesPage: Hashable, Sendable {
    /// Which wells are shown.
    enum Selection: String, CaseIterable {
        case all
        case looks
        case controls
        case detected
    }

    struct Tab: Hashable, Sendable {
        let path: String
        let text: String
        let isHere: Bool
    }

    struct Chart: Hashable, Sendable {
        let well: String
        let code: String
        let what: String?
        let verdict: VerdictTag?
        let cells: [CurveCell]
        let curve: CurvePicture?
    }

    /// So many wells stand on a page.
    static let most = 48

    let plate: String
    let back: String
    let tabs: [Tab]
    let hasCurves: Bool
    /// Whether the plate waits for its run.
    let waits: Bool
    let isEmpty: Bool
    let keys: [CurveKey]
    let channels: [String]
    let charts: [Chart]
    let previous: String?
    let next: String?

    /// The wells of a selection, from one of them on.
    init(
        _ report: RunReport, _ curves: [RunCurve], _ selection: Selection, from start: Int,
        for visit: Visit
    ) {
        let words = visit.words
        let path = "/runs/" + encoded(report.plate.id.text)
        let wells = Self.wells(of: report)
        plate = report.plate.id.text
        back = path
        tabs = Selection.allCases.map { each in
            Tab(
                path: "\(path)/curves?show=\(each.rawValue)",
                text: words.say(
                    "curves.show.\(each.rawValue)", ["n": "\(wells[each]?.count ?? 0)"]),
                isHere: each == selection)
        }
        hasCurves = !curves.isEmpty
        waits = report.run == nil
        keys = CurveKey.all(report.channels)
        channels = report.channels
        let chosen = wells[selection] ?? []
        isEmpty = chosen.isEmpty
        let first = min(max(start, 0), max(chosen.count - 1, 0))
        let makers = CurvePictures(curves, of: report, words: words)
        let maker = ChartMaker(report, makers, words)
        charts = chosen.dropFirst(first).prefix(Self.most).map(maker.chart)
        let more = "\(path)/curves?show=\(selection.rawValue)&from="
        previous = first > 0 ? more + "\(max(first - Self.most, 0))" : nil
        next = first + Self.most < chosen.count ? more + "\(first + Self.most)" : nil
    }

    private static func wells(of report: RunReport) -> [Selection: [WellPosition]] {
        let looks = Set(report.looks.map(\.well))
        let detected = Set(
            report.samples.filter { $0.test.result.verdict == .detected }.map(\.test.well))
        let controls = Set(report.controls.map(\.well))
        let all = report.run == nil ? [] : report.plate.layout.wells.map(\.position)
        return [
            .all: all, .looks: all.filter(looks.contains),
            .controls: all.filter(controls.contains), .detected: all.filter(detected.contains),
        ]
    }
}

/// Makes the charts of a run's wells.
private struct ChartMaker {
    private let report: RunReport
    private let pictures: CurvePictures
    private let words: Catalogue
    private let samples: [WellPosition: RunReport.Sample]
    private let controls: [WellPosition: RunReport.Control]
    private let looks: [WellPosition: StoredLook]

    init(_ report: RunReport, _ pictures: CurvePictures, _ words: Catalogue) {
        self.report = report
        self.pictures = pictures
        self.words = words
        samples = Dictionary(report.samples.map { ($0.test.well, $0) }) { first, _ in first }
        controls = Dictionary(report.controls.map { ($0.well, $0) }) { first, _ in first }
        looks = Dictionary(report.looks.map { ($0.well, $0) }) { first, _ in first }
    }

    func chart(_ well: WellPosition) -> CurvesPage.Chart {
        let cqs = pictures.readings(in: well).reduce(into: [String: Reading]()) {
            $0[$1.target] = $1
        }
        let sample = samples[well]
        return CurvesPage.Chart(
            well: well.description,
            code: sample?.test.of.text ?? looks[well]?.of?.text ?? "",
            what: controls[well].map { words.word("control", $0.kind) },
            verdict: sample.map { VerdictTag($0.test.result.verdict, words) },
            cells: report.channels.map { CurveCell($0, cqs[$0], words) },
            curve: pictures[well])
    }
}
