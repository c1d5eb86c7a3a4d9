internal import LabDomain
internal import LabSimulation
internal import LabStore

/// Where plates should be by now, from when they were laid out: machines taken in that order, each
/// for its usual time.
struct PlateWay {
    private let times: LearnedTimes
    private var extraction: [Double]
    private var pcr: [Double]

    init(_ stations: LaboratoryStations, _ times: LearnedTimes) {
        self.times = times
        extraction = [Double](repeating: -.infinity, count: stations.extraction)
        pcr = [Double](repeating: -.infinity, count: stations.pcr)
    }

    /// The place at time 0 of the next plate in the order of laying out.
    mutating func place(laidOut: Double) -> PlateInHand.Place {
        let began = Self.take(&extraction, at: laidOut, for: times[.extraction].median)
        if began > 0 { return .waiting(since: laidOut) }
        let extracted = began + times[.extraction].median
        let amplified = Self.take(&pcr, at: extracted, for: times[.pcr].median)
        if extracted > 0 { return .began(.extraction, at: began) }
        if amplified > 0 { return .before(.pcr, since: extracted) }
        return .began(.pcr, at: amplified)
    }

    /// Takes the machine that is free first; the answer is when the work begins.
    private static func take(
        _ machines: inout [Double], at time: Double, for duration: Double
    ) -> Double {
        var first = 0
        for machine in machines.indices where machines[machine] < machines[first] {
            first = machine
        }
        let begins = max(time, machines[first])
        machines[first] = begins + duration
        return begins
    }
}

extension LearnedTimes {
    /// What a laboratory's own plates say, with the defaults where they say too little.
    ///
    /// From laying out to run is extraction and PCR together, perhaps with waiting: the quicker
    /// quarter of the plates shows what it takes without, and the defaults are stretched to it.
    init(plates: [PlateTimes], stations: LaboratoryStations, now: Timestamp) {
        self.init(stations: stations)
        func minutes(_ start: Timestamp, _ end: Timestamp) -> Double {
            Double(start.span(to: end).milliseconds) / 60_000
        }
        let bench = plates.compactMap { plate in plate.read.map { minutes(plate.laidOut, $0) } }
            .filter { $0 > 0 }.sorted()
        if bench.count >= 5 {
            let usual = self[.extraction].median + self[.pcr].median
            let factor = min(3, max(0.1, bench[bench.count / 4] / usual))
            for stage in [PlateStage.extraction, .pcr] {
                stages[stage.rawValue] = .evenly(
                    0.9 * factor * self[stage].median, 1.1 * factor * self[stage].median)
            }
        }
        let reviews = plates.compactMap { plate in
            plate.read.flatMap { read in plate.reviewed.map { minutes(read, $0) } }
        }.filter { $0 >= 0 }
        if reviews.count >= 5 { stages[PlateStage.review.rawValue] = StageLaw(reviews) }
    }
}
