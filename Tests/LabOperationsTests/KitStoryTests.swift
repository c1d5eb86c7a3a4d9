import LabDomain
import LabOperations
import Testing

@Suite("Kits of the laboratory")
struct KitStoryTests {
    private static func settings(_ lines: String) throws -> String {
        try Laboratory.shippedText(settings: true)
            .replacing("    kit: first\n", with: "    kit: first\n" + lines)
    }

    private static func bench(_ lots: String) throws -> Bench {
        try PlateMendingTests.bench(1...4, settings: try settings("    lots: [\(lots)]\n"))
    }

    @Test("ASSAY-5: a plate remembers its lot; one that ends soon is told; an expired one refused")
    func lots() throws {
        let bench = try Self.bench(
            """
            { number: SOON, expires: 2021-08-10 }, { number: LONG, expires: 2022-01-01 },
              { number: OLD, expires: 2021-08-02 }
            """)
        let plate = try bench.perform(LayOutPlate(kit: .first, most: 1))
        #expect(plate.lot == "SOON")
        #expect(plate.warnings?.count == 1)
        let long = try bench.perform(LayOutPlate(kit: .first, most: 1, lot: "LONG"))
        #expect(long.lot == "LONG" && long.warnings == nil)
        let worklist = try bench.laboratory.worklist(of: long.plate, as: Bench.technician)
        #expect(worklist.lot == "LONG")
        let old = try #require(try bench.refusal(LayOutPlate(kit: .first, lot: "OLD")))
        #expect(old.code == .rule && old.message.contains("2021-08-02"))
        #expect(try bench.refusal(LayOutPlate(kit: .first, lot: "NEW"))?.code == .unknown)
        #expect(try bench.laboratory.store.audit().isSound)
    }

    @Test("ASSAY-5: no plate is laid out when every lot has expired")
    func allExpired() throws {
        let bench = try Self.bench("{ number: A, expires: 2021-08-02 }")
        #expect(try bench.refusal(LayOutPlate(kit: .first))?.code == .rule)
        // Another lot is added, and plates that wait are not touched by it.
        try bench.perform(
            AdoptSettings(
                text: try Self.settings("    lots: [{ number: B, expires: 2021-12-31 }]\n")),
            as: Bench.administrator)
        let plate = try bench.perform(LayOutPlate(kit: .first)).plate
        try bench.perform(
            AdoptSettings(
                text: try Self.settings(
                    "    lots: [{ number: C, expires: 2022-12-31 }]\n    pool_sizes: [5]\n")),
            as: Bench.administrator)
        let run = try bench.perform(
            ImportRun(file: try bench.run(plate) { _ in Bench.negative }, plate: plate))
        #expect(run.isValid && run.samples == 4)
    }

    @Test("ASSAY-6: no pool is formed of a size for which the kit is not validated")
    func sizes() throws {
        let bench = try Bench(settings: try Self.settings("    pool_sizes: [5]\n"))
        try bench.perform(
            bench.manifest((1...12).map { bench.row(tube: $0, kind: "1:1", person: $0) }))
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        let wish = PoolWishes(scheme: PoolScheme(size: 10))
        let refusal = try #require(try bench.refusal(FormPools(.proposed(wish))))
        #expect(refusal.code == .rule)
        #expect(refusal.remedy.text == "Its validated sizes are: 5.")
        // A cut passes through sizes of its own.
        let cut = PoolWishes(scheme: PoolScheme(text: "10>5>1"))
        #expect(try bench.refusal(FormPools(.proposed(cut)))?.remedy == refusal.remedy)
        let pools = try bench.perform(
            FormPools(.proposed(PoolWishes(scheme: PoolScheme(size: 5)))))
        #expect(!pools.pools.isEmpty && pools.pools.allSatisfy { $0.scheme.first == 5 })
    }

    @Test("ASSAY-6: what is proposed keeps to the validated sizes; a named pool names them")
    func proposed() throws {
        let bench = try Bench(settings: try Self.settings("    pool_sizes: [5]\n"))
        #expect(
            try bench.laboratory.poolSchemes(as: Bench.technician).map(\.description) == ["5>1"])
        try bench.perform(
            bench.manifest((1...12).map { bench.row(tube: $0, kind: "1:1", person: $0) }))
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        let named = FormPools.Named(tubes: (1...8).map(Bench.barcode))
        let refusal = try #require(try bench.refusal(FormPools(.named([named]))))
        #expect(refusal.places.map(\.code) == ["not-validated"])
        #expect(refusal.places[0].remedy.contains("5"))
    }

    @Test("ASSAY-7: an assay that repeats nothing calls people back after one invalid test")
    func repeats() throws {
        let rule = "    repeat: { verdicts: [grey], maximum_tests: 2, grey_twice: recollect }\n"
        let bench = try PlateMendingTests.bench(1...2, settings: try Self.settings(rule))
        let plate = try bench.perform(LayOutPlate(kit: .first)).plate
        let file = try bench.run(plate) {
            $0 == Bench.barcode(1) ? [nil, nil, nil] : [38, 38, 25]
        }
        let run = try bench.perform(ImportRun(file: file, plate: plate))
        #expect(run.recollections == 1 && run.newTests == 1)
        let again = try bench.perform(LayOutPlate(kit: .first)).plate
        let second = try bench.perform(
            ImportRun(file: try bench.run(again) { _ in [38, 38, 25] }, plate: again))
        #expect(second.recollections == 1 && second.newTests == 0)
        #expect(try bench.violations.isEmpty)
    }
}
