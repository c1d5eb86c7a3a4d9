import Foundation
import LabDomain
import LabOperations

/// The words of a planned collection for the planner's desk.
struct CollectionText {
    private let summary: CollectionSummary
    private let kinds: [String]

    init(_ summary: CollectionSummary) {
        self.summary = summary
        kinds = TubeRatio.allCases.map(\.description).filter { summary.total.tubes[$0] != nil }
    }

    var text: String {
        [
            "\(summary.total.people) people at \(count(summary.sites.count, "site")), planned "
                + "under \(summary.programme).",
            classes, sites, households, legend,
        ].joined(separator: "\n\n")
    }

    private var classes: String {
        table(
            ["class", "people", "prevalence", "tube", "why"],
            summary.classes.map {
                [
                    $0.risk.rawValue, "\($0.people)", share($0.expectedPrevalence), $0.ratio,
                    $0.reason.text,
                ]
            })
    }

    private var sites: String {
        let rows = summary.sites.map { row($0.site, $0.figures) }
        return table(
            ["site", "people"] + kinds.map { "\($0) tubes (kits)" } + [
                "swabs", "lists", "positive tubes", "call-backs", "tests",
            ], summary.sites.count == 1 ? rows : rows + [row("all sites", summary.total)])
    }

    private func row(_ name: String, _ figures: CollectionSummary.Figures) -> [String] {
        [name, "\(figures.people)"]
            + kinds.map { kind in
                figures.tubes[kind].map { "\($0) (\(figures.kits[kind] ?? $0))" } ?? "-"
            } + [
                "\(figures.swabs)", "\(figures.lists)", expected(figures.expectedPositiveTubes),
                expected(figures.expectedCallBacks), expected(figures.expectedTests),
            ]
    }

    /// What keeping households together is worth against random order, also where it is nothing.
    private var households: String {
        let (kept, random) = (summary.total, summary.randomOrder)
        let tubes = kept.tubes.values.reduce(0, +)
        let tubesMore = tubes - random.tubes
        var words =
            "In random order the same people would need \(random.tubes) tubes, "
            + "\(expected(random.expectedCallBacks)) call-backs and "
            + "\(expected(random.expectedTests)) tests.\n"
        let fewer = random.expectedCallBacks - kept.expectedCallBacks
        let tests = random.expectedTests - kept.expectedTests
        words +=
            "Households together: \(difference(-fewer, "call-backs")), "
            + "\(difference(-tests, "tests"))"
        if tubesMore > 0 { words += " (\(count(tubesMore, "tube")) more, so that none is split)" }
        return words + "."
    }

    private func difference(_ more: Double, _ noun: String) -> String {
        if abs(more) < 0.005 { return "as many \(noun)" }
        return "\(expected(abs(more))) \(more < 0 ? "fewer" : "more") \(noun)"
    }

    private var legend: String {
        """
        Kits (tubes with their swabs) and swabs hold \(summary.sparePerCent) % to spare. Positive \
        tubes, call-backs and tests
        are expected values: one test a tube, and a single tube for everybody out of a positive
        mixed tube. A person left alone in a group gets a single tube.
        """
    }

    private func share(_ number: Double) -> String {
        String(format: "%.4g", number * 100) + " %"
    }

    /// An expected number with as many digits as it deserves.
    private func expected(_ number: Double) -> String {
        if number >= 100 { return String(format: "%.0f", number) }
        if number >= 10 { return String(format: "%.1f", number) }
        if number == 0 { return "0" }
        return number < 0.01 ? "<0.01" : String(format: "%.2f", number)
    }
}
