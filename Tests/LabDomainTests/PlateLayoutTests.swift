import LabDomain
import LabStatistics
import Testing

@Suite("Plates")
struct PlateLayoutTests {
    private static func requests(_ count: Int) -> [RequestID] {
        (0..<count).map { RequestID("T\($0)/1") }
    }

    private static func layout(
        _ count: Int, on format: PlateFormat = .wells96, controls: ControlScheme = .manual,
        seed: UInt64
    ) throws -> PlateLayout {
        var random = SeededGenerator(seed: seed)
        return try PlateLayout(requests(count), on: format, controls: controls, using: &random)
    }

    private static func controls(_ layout: PlateLayout) -> [WellPosition: ControlKind] {
        var controls: [WellPosition: ControlKind] = [:]
        for well in layout.wells {
            if case .control(let kind) = well.content { controls[well.position] = kind }
        }
        return controls
    }

    @Test(
        "PLATE-1: every request stands once, in order, and every control as often as asked for",
        arguments: PlateFormat.allCases, 1...25 as ClosedRange<UInt64>)
    func complete(_ format: PlateFormat, seed: UInt64) throws {
        var random = SeededGenerator(seed: seed).stream(named: "size")
        let room = format.rawValue - 6
        let count = seed.isMultiple(of: 5) ? room : random.whole(in: 1...room)
        let layout = try Self.layout(count, on: format, seed: seed)
        let samples = layout.wells.compactMap { well -> RequestID? in
            if case .sample(let request) = well.content { request } else { nil }
        }
        #expect(samples == Self.requests(count))
        let kinds = Self.controls(layout).values
        let counts = ControlKind.allCases.map { kind in kinds.count { $0 == kind } }
        #expect(counts == [1, 3, 1, 1])
        #expect(layout.wells.map(\.position) == Array(format.positions.prefix(count + 6)))
    }

    @Test("PLATE-1: the manual's scheme has one weak positive and three negatives at least")
    func manual() {
        #expect(ControlScheme.manual.meetsManual)
        #expect(ControlScheme.manual.controls.count == 6)
        for (weak, negative) in [(0, 3), (1, 2), (0, 0)] {
            let scheme = ControlScheme(
                weakPositive: weak, negative: negative, kitPositive: 1, kitNegative: 1)
            #expect(!scheme.meetsManual)
        }
    }

    @Test("PLATE-1: controls lie at drawn places: others for another seed, the same for the same")
    func drawn() throws {
        let plates = try (0..<200 as Range<UInt64>).map { try Self.layout(90, seed: $0) }
        #expect(try Self.layout(90, seed: 7) == plates[7])
        #expect(Set(plates.map { Self.controls($0) }).count == plates.count)
    }

    @Test("PLATE-1: controls lie in every used well about as often", arguments: [24, 90])
    func uniform(samples: Int) throws {
        let plates = 4_000
        var weak: [WellPosition: Int] = [:]
        var any: [WellPosition: Int] = [:]
        for seed in 0..<UInt64(plates) {
            for (place, kind) in Self.controls(try Self.layout(samples, seed: seed)) {
                any[place, default: 0] += 1
                if kind == .weakPositive { weak[place, default: 0] += 1 }
            }
        }
        let wells = samples + 6
        func chiSquare(_ counts: [WellPosition: Int], each: Double) -> Double {
            PlateFormat.wells96.positions.prefix(wells).reduce(0) { sum, place in
                let off = Double(counts[place] ?? 0) - each
                return sum + off * off / each
            }
        }
        // 99.9 % of chi-square with 29 degrees of freedom lies under 58.3, with 95 under 143.3.
        let limit = samples == 24 ? 58.3 : 143.3
        #expect(chiSquare(weak, each: Double(plates) / Double(wells)) < limit)
        #expect(chiSquare(any, each: Double(plates * 6) / Double(wells)) < limit)
    }

    @Test(
        "PLATE-2: on a plate turned by half no positive control lies where one is expected",
        arguments: [1, 2, 4], PlateFormat.allCases)
    func turned(positives: Int, _ format: PlateFormat) throws {
        let scheme = ControlScheme(
            weakPositive: positives, negative: 3, kitPositive: positives, kitNegative: 1)
        for seed in 0..<200 as Range<UInt64> {
            let room = format.rawValue - scheme.controls.count
            let controls = Self.controls(
                try Self.layout(room, on: format, controls: scheme, seed: seed))
            for (place, kind) in controls where kind.isPositive {
                #expect(controls[format.turned(place)]?.isPositive != true)
            }
        }
    }

    @Test("PLATE-2: a turn by half brings the first well to the last place")
    func turn() {
        let corner = WellPosition(row: 0, column: 0)
        #expect(PlateFormat.wells96.turned(corner).description == "H12")
        #expect(PlateFormat.wells384.turned(corner).description == "P24")
        let well = WellPosition(row: 1, column: 2)
        #expect(PlateFormat.wells96.turned(well).description == "G10")
    }

    @Test("PLATE-2: turning twice changes nothing, and no well is its own turn")
    func turns() {
        for format in PlateFormat.allCases {
            for place in format.positions {
                #expect(format.turned(format.turned(place)) == place)
                #expect(format.turned(place) != place)
                #expect(format.contains(format.turned(place)))
            }
        }
    }

    @Test("PLATE-5: a plate is refused when controls fill it, nothing waits or too much does")
    func refused() {
        let crowd = ControlScheme(weakPositive: 40, negative: 40, kitPositive: 8, kitNegative: 8)
        #expect(throws: LayoutFault.controlsFillPlate) {
            try Self.layout(0, controls: crowd, seed: 1)
        }
        #expect(throws: LayoutFault.nothingWaits) { try Self.layout(0, seed: 1) }
        #expect(throws: LayoutFault.tooMany(room: 90)) { try Self.layout(91, seed: 1) }
        #expect(throws: LayoutFault.tooMany(room: 378)) {
            try Self.layout(379, on: .wells384, seed: 1)
        }
    }
}
