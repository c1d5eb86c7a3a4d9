import LabDomain
import LabStatistics
import Testing

@Suite("Plates of one day")
struct ControlPlacesTests {
    private static func layout(
        _ count: Int, on format: PlateFormat = .wells96, apartFrom others: [ControlPlaces],
        seed: UInt64, name: String = "T"
    ) throws -> PlateLayout {
        var random = SeededGenerator(seed: seed)
        return try PlateLayout(
            (0..<count).map { RequestID("\(name)\(seed)-\($0)/1") }, on: format,
            controls: .manual, apartFrom: others, using: &random)
    }

    /// The plates of a day, each drawn apart from those before it.
    private static func day(
        of plates: Int, on format: PlateFormat = .wells96, samples: (UInt64) -> Int
    ) throws -> [PlateLayout] {
        var places: [ControlPlaces] = []
        return try (0..<UInt64(plates)).map { seed in
            let layout = try layout(samples(seed), on: format, apartFrom: places, seed: seed)
            places.insert(ControlPlaces(layout), at: 0)
            return layout
        }
    }

    @Test(
        "PLATE-6: the positive controls of a day's plates lie apart, turned or not",
        arguments: PlateFormat.allCases, [18, 90])
    func apart(_ format: PlateFormat, samples: Int) throws {
        let day = try Self.day(of: 12, on: format) { _ in samples }.map { ControlPlaces($0) }
        for (index, one) in day.enumerated() {
            for other in day.prefix(index) { #expect(one.isApart(from: other)) }
        }
    }

    @Test(
        "PLATE-6: on a day of more plates than places their controls still differ, turned or not",
        arguments: [1, 40, 90])
    func differ(samples: Int) throws {
        let day = try Self.day(of: 150) { _ in samples }.map { ControlPlaces($0) }
        for (index, one) in day.enumerated() {
            for other in day.prefix(index) { #expect(one.differs(from: other)) }
        }
    }

    @Test("PLATE-6: however small and many the plates, each holds all its samples and controls")
    func whole() throws {
        let day = try Self.day(of: 60) { Int($0 % 90) + 1 }
        for (seed, layout) in day.enumerated() {
            let samples = layout.wells.compactMap { well -> String? in
                if case .sample(let id) = well.content { id.text } else { nil }
            }
            #expect(samples == (0..<(seed % 90 + 1)).map { "T\(seed)-\($0)/1" })
            #expect(layout.wells.count == samples.count + 6)
            #expect(Set(layout.wells.map(\.position)).count == layout.wells.count)
            #expect(layout.wells.map(\.position) == layout.wells.map(\.position).sorted())
        }
    }

    @Test("PLATE-6: read in place of another of the day, a plate fails by its controls alone")
    func swapped() throws {
        let assay = try AssayTests.assay()
        let day = try Self.day(of: 24) { _ in 90 }
        for (index, one) in day.enumerated() {
            for (other, another) in day.enumerated() where other != index {
                for isTurned in [false, true] {
                    // Nobody on the plates is positive: the controls alone can tell.
                    let readings = try Self.readings(of: another, turned: isTurned)
                    let judged = try RunJudgement(
                        of: readings, on: one, assay: assay, kinds: [:])
                    #expect(!judged.isValid, "\(index) read as \(other), turned \(isTurned)")
                }
            }
            let own = try Self.readings(of: one, turned: false)
            #expect(try RunJudgement(of: own, on: one, assay: assay, kinds: [:]).isValid)
            let turned = try Self.readings(of: one, turned: true)
            #expect(try !RunJudgement(of: turned, on: one, assay: assay, kinds: [:]).isValid)
        }
    }

    @Test("PLATE-6: a swap shows with positives on the plates too, in nearly every case")
    func swappedWithPositives() throws {
        let assay = try AssayTests.assay()
        let day = try Self.day(of: 12) { _ in 90 }
        var random = SeededGenerator(seed: 11)
        var missed = 0
        var swaps = 0
        for (index, one) in day.enumerated() {
            for another in day.prefix(index) {
                let readings = try Self.readings(of: another, turned: false) {
                    random.bernoulli(0.05)
                }
                let judged = try RunJudgement(of: readings, on: one, assay: assay, kinds: [:])
                swaps += 1
                missed += judged.isValid ? 1 : 0
            }
        }
        // Both positive controls would have to fall on positives: 1 in 400, and no negative may.
        #expect(swaps == 66 && missed <= 1, "\(missed) of \(swaps)")
    }

    /// What a plate reads, nobody or some on it being positive.
    static func readings(
        of layout: PlateLayout, turned: Bool, isPositive: () -> Bool = { false }
    ) throws -> [Reading] {
        try layout.wells.flatMap { well -> [Reading] in
            let place = turned ? layout.format.turned(well.position) : well.position
            let cq: Cq? =
                switch well.content {
                case .control(let kind): kind.isPositive ? try AssayTests.cq(30) : nil
                case .sample: isPositive() ? try AssayTests.cq(24) : nil
                }
            return [
                Reading(well: place, target: "ORF1ab", cq: cq),
                Reading(well: place, target: "N", cq: cq),
                Reading(well: place, target: "RNaseP", cq: try AssayTests.cq(26)),
            ]
        }
    }

    @Test("PLATE-8: quadrants interleave: each well of four plates lies in one well of the larger")
    func quadrants() {
        var seen: [WellPosition: Quadrant] = [:]
        for quadrant in Quadrant.allCases {
            for well in PlateFormat.wells96.positions {
                let place = quadrant.place(of: well)
                #expect(seen.updateValue(quadrant, forKey: place) == nil)
                #expect(Quadrant.source(of: place) == (quadrant, well))
            }
        }
        #expect(Set(seen.keys) == Set(PlateFormat.wells384.positions))
        let corner = WellPosition(row: 0, column: 0)
        #expect(
            Quadrant.allCases.map { $0.place(of: corner).description } == ["A1", "B1", "A2", "B2"])
        let last = WellPosition(row: 7, column: 11)
        #expect(Quadrant.fourth.place(of: last).description == "P24")
    }

    @Test("PLATE-8: four plates put together keep every sample and control, and part again")
    func combined() throws {
        let day = try Self.day(of: 4) { Int($0) * 20 + 10 }
        let whole = try PlateLayout(combining: day)
        #expect(whole.format == .wells384)
        #expect(whole.wells.count == day.reduce(0) { $0 + $1.wells.count })
        #expect(whole.wells.map(\.position) == whole.wells.map(\.position).sorted())
        for (quadrant, source) in zip(Quadrant.allCases, day) {
            #expect(whole.part(quadrant) == source)
        }
    }

    @Test(
        "PLATE-8: plates put together in a wrong order, or one of them turned, fail by controls",
        arguments: 0..<12 as Range<UInt64>)
    func wrongOrder(seed: UInt64) throws {
        let assay = try AssayTests.assay()
        var places: [ControlPlaces] = []
        let day = try (0..<4 as Range<UInt64>).map { number in
            let layout = try Self.layout(90, apartFrom: places, seed: seed * 4 + number)
            places.append(ControlPlaces(layout))
            return layout
        }
        let whole = try PlateLayout(combining: day)
        for (one, other) in [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)] {
            var order = day
            order.swapAt(one, other)
            let readings = try Self.readings(of: PlateLayout(combining: order), turned: false)
            let judged = try RunJudgement(of: readings, on: whole, assay: assay, kinds: [:])
            #expect(!judged.isValid)
        }
        for index in 0..<4 {
            var turned = day
            turned[index] = PlateLayout(
                format: .wells96,
                wells: day[index].wells.map {
                    FilledWell(
                        position: PlateFormat.wells96.turned($0.position), content: $0.content)
                }.sorted { $0.position < $1.position })
            let readings = try Self.readings(of: PlateLayout(combining: turned), turned: false)
            let judged = try RunJudgement(of: readings, on: whole, assay: assay, kinds: [:])
            #expect(!judged.isValid)
        }
    }

    @Test(
        "PLATE-2: a plate of 384 pipetted out of four in a wrong order shows itself",
        arguments: 0..<20 as Range<UInt64>)
    func block(seed: UInt64) throws {
        let layout = try Self.layout(378, on: .wells384, apartFrom: [], seed: seed)
        let positives = ControlPlaces(layout).positives
        let blocks = Set(positives.map { [$0.row / 2, $0.column / 2] })
        #expect(blocks.count == positives.count)
    }

    @Test("PLATE-8: plates of other sizes, too many, or with controls that lie alike are refused")
    func refusedTogether() throws {
        let small = try Self.layout(20, apartFrom: [], seed: 1)
        let large = try Self.layout(20, on: .wells384, apartFrom: [], seed: 2)
        let other = try Self.layout(20, apartFrom: [ControlPlaces(small)], seed: 3)
        #expect(throws: PlateLayout.CombiningFault.number) { try PlateLayout(combining: [small]) }
        #expect(throws: PlateLayout.CombiningFault.number) {
            try PlateLayout(combining: Array(repeating: small, count: 5))
        }
        #expect(throws: PlateLayout.CombiningFault.format(.second)) {
            try PlateLayout(combining: [small, large])
        }
        #expect(throws: PlateLayout.CombiningFault.alike(.first, .third)) {
            try PlateLayout(combining: [small, other, small])
        }
    }
}
