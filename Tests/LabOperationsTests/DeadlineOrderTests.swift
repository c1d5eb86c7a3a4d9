import LabDomain
import LabOperations
import Testing

@Suite("The order of plates")
struct DeadlineOrderTests {
    @Test("PLATE-3: among retests, as among routine work, the earliest deadline goes first")
    func earliestDeadline() throws {
        var bench = try Bench()
        for (box, tube) in [("B1", 1), ("B2", 2), ("B3", 3), ("B4", 4)] {
            try bench.perform(
                bench.manifest([bench.row(tube: tube, kind: "1:1", person: tube, box: box)]))
            try bench.perform(ReceiveBox(box: box, scans: nil, goodOnly: false))
            bench.now = bench.now.advanced(by: .hours(1))
        }
        // The younger tube is read first, and its repeat is due first; the older has less time.
        for tube in [2, 1] {
            let only = LayOutPlate(kit: .first, only: [Bench.barcode(tube)])
            let plate = try bench.perform(only).plate
            bench.now = bench.now.advanced(by: .minutes(10))
            let file = try bench.run(plate) { _ in [38.5, 38.5, 25] }
            try bench.perform(ImportRun(file: file, plate: plate))
        }
        let waiting = try bench.laboratory.waitingTests(onlyRetests: false, as: Bench.technician)
        #expect(waiting.map(\.subject) == [1, 2, 3, 4].map(Bench.barcode))
        let plate = try bench.perform(LayOutPlate(kit: .first, most: 3)).plate
        let worklist = try bench.laboratory.worklist(of: plate, as: Bench.technician)
        let codes = Set(worklist.wells.map(\.code)).subtracting([""])
        #expect(codes == Set([1, 2, 3].map(Bench.barcode)))
    }
}
