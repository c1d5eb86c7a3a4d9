import LabDomain
import LabOperations
import Testing

@Suite("Worklists for robots")
struct RobotTests {
    private func lines(_ bytes: [UInt8]) -> [String] {
        String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
    }

    private func bench(_ tubes: Int) throws -> Bench {
        let settings = try Laboratory.shippedText(settings: true).replacing(
            "    kit: first\n",
            with: "    kit: first\n    volumes_microlitres: { template: 7.5, reagent: 12.25 }\n")
        return try PlateMendingTests.bench(1...tubes, settings: settings)
    }

    @Test("PLATE-11: a Tecan worklist aspirates each tube once and dispenses it into its well")
    func gwl() throws {
        let bench = try bench(90)
        let plate = try bench.perform(LayOutPlate(kit: .first, most: 80)).plate
        let worklist = try bench.laboratory.worklist(of: plate, as: Bench.technician)
        let records = lines(worklist.gwl).map {
            $0.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
        }
        #expect(records[0][0] == "C" && records[1][0] == "R")
        let body = Array(records.dropFirst(2))
        #expect(body.count == 3 * worklist.wells.count)
        for (index, well) in worklist.wells.enumerated() {
            let (a, d, w) = (body[3 * index], body[3 * index + 1], body[3 * index + 2])
            #expect(a[0] == "A" && d[0] == "D" && w == ["W", ""])
            #expect(a.count == 11 && d.count == 11)
            #expect(a[5] == (well.code.isEmpty ? well.content : well.code))
            #expect(a[6] == "7.5" && d[6] == "7.5")
            #expect(d[1] == plate.text)
            #expect(d[4] == "\(well.well.column * 8 + well.well.row + 1)")
        }
        // Master mix goes into every well that is used and no other.
        let reagent = records[1]
        #expect(reagent[11] == "12.25" && Array(reagent[9...10]) == ["1", "96"])
        let left = Set(reagent.dropFirst(16))
        #expect(left.count == 96 - worklist.wells.count)
        #expect(
            left.isDisjoint(with: Set(stride(from: 1, to: body.count, by: 3).map { body[$0][4] })))
        // No two tubes stand in one place.
        let places = stride(from: 0, to: body.count, by: 3).map { body[$0] }
            .filter { $0[1] != "CONTROLS" }.map { "\($0[1])/\($0[4])" }
        #expect(Set(places).count == 80 && places.first == "SOURCE1/1")
    }

    @Test("PLATE-11: a Hamilton worklist has one transfer a line, with source, target and volume")
    func hamilton() throws {
        let bench = try bench(5)
        let plate = try bench.perform(LayOutPlate(kit: .first)).plate
        let worklist = try bench.laboratory.worklist(of: plate, as: Bench.technician)
        let rows = lines(worklist.hamilton)
        #expect(
            rows[0]
                == "SourceLabware,SourcePosition,SourceBarcode,TargetLabware,TargetPosition,Volume")
        #expect(rows.count == 1 + worklist.wells.count)
        for (row, well) in zip(rows.dropFirst(), worklist.wells) {
            #expect(row.hasSuffix(",\(plate),\(well.well),7.5"))
            #expect(row.contains(",\(well.code.isEmpty ? well.content : well.code),"))
        }
    }

    @Test("PLATE-11: a plate that was put together is pipetted out of its plates, not out of tubes")
    func combined() throws {
        let bench = try bench(20)
        let plates = try (0..<2).map { _ in
            try bench.perform(LayOutPlate(kit: .first, most: 10)).plate
        }
        let whole = try bench.perform(CombinePlates(plates: plates)).plate
        let worklist = try bench.laboratory.worklist(of: whole, as: Bench.technician)
        let rows = lines(worklist.hamilton).dropFirst()
        #expect(rows.count == 32)
        #expect(rows.allSatisfy { row in plates.contains { row.hasPrefix($0.text) } })
        #expect(!lines(worklist.gwl).contains { $0.hasPrefix("R;") })
        let header = lines(worklist.csv)[0]
        #expect(header.hasSuffix(",source_plate,source_well"))
    }

    @Test("PLATE-12: a picture says what stands in each well, its class, or the hours left")
    func pictures() throws {
        let bench = try bench(3)
        let plate = try bench.perform(LayOutPlate(kit: .first)).plate
        let worklist = try bench.laboratory.worklist(of: plate, as: Bench.technician)
        func grid(_ by: Worklist.Lettering, after hours: Int = 0) -> [String] {
            worklist.picture(by: by, at: bench.now.advanced(by: .hours(hours)))
                .split(separator: "\n").dropFirst().prefix(8).flatMap {
                    $0.split(separator: " ").dropFirst().map(String.init)
                }.filter { $0 != "." }
        }
        let signs = ["k+", "k-", "n-", "n-", "n-", "w+"]
        // Tubes of key persons: first tests, so that their letters are small.
        #expect(grid(.kind).sorted() == (signs + ["s", "s", "s"]).sorted())
        #expect(grid(.risk).count { $0 == "k" } == 3)
        #expect(grid(.slack).count { Int($0) != nil } == 3)
        #expect(grid(.slack, after: 100).count { $0 == "!" } == 3)
    }
}
