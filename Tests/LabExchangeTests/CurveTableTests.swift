import LabCurves
import LabInstruments
import Testing

@Suite("A table of curves")
struct CurveTableTests {
    @Test(
        "READ-9: commas, semicolons and tabs; empty cells, NA and nan are gaps",
        arguments: [
            "Cycle,A1,B2\n1,0.5,\n2,NA,3\n3,2.5,4\n", "cyc;A1;B2\n1;0,5;n/a\n2;-;3\n3;2,5;4\n",
            "c\tA1\tB2\n1\t0,5\t\n2\t\t3\n3\t2,5\t4\n",
            "c\tA1\tB2\r\n1\t0.5\tnan\r\n2\tnull\t3\r\n3\t2.5\t4e0\r\n",
        ])
    func gaps(_ text: String) throws {
        let curves = try CurveTable.read([UInt8](text.utf8)).curves
        #expect(curves.map(\.id) == ["A1", "B2"])
        #expect(curves[0].curve == AmplificationCurve(cycles: [1, 3], fluorescence: [0.5, 2.5]))
        #expect(curves[1].curve == AmplificationCurve(cycles: [2, 3], fluorescence: [3, 4]))
    }

    @Test(
        "READ-9: every fault is told with its line and column",
        arguments: [
            ("c,A\n1,x\n2,-y\n", [(2, 2), (3, 2)]),
            ("c,A\n1,2\n1,3\nx,4\n,5\n", [(3, 1), (4, 1), (5, 1)]),
            ("c,A\n1,inf\n2,1e999\n", [(2, 2), (3, 2)]),
            ("c,A\n1,2\n2,1,5\n", [(3, nil)]), ("c,A,A\n1,2,3\n", [(1, nil)]),
            ("c\n1\n", [(1, nil)]), ("c,A\n", [(1, nil)]), ("", [(1, nil)]),
        ] as [(String, [(Int, Int?)])])
    func faults(_ text: String, _ places: [(Int, Int?)]) {
        do throws(CurveTableFaults) {
            _ = try CurveTable.read([UInt8](text.utf8))
            Issue.record("\(text) was read")
        } catch {
            #expect(error.faults.map(\.line) == places.map(\.0), "\(text)")
            #expect(error.faults.map(\.column) == places.map(\.1), "\(text)")
        }
    }
}
