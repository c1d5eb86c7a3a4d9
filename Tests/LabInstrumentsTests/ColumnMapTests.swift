import LabSettings
import Testing

@testable import LabInstruments

@Suite("Instruments' files: by a map of their columns") struct ColumnMapTests {
    @Test("IMP-24: a table nobody knows is read by a map of its columns")
    func rows() throws {
        let map = try ColumnMap(
            """
            instrument: SLAN-96P
            columns: {well: 孔位, sample: Name, target: Gene, dye: Channel, cq: Ct, call: Result}
            not-detected: [NoCt, "-"]
            cycles: 40
            """, name: "slan.yaml")
        let text = """
            Report;of;a;run;;;
            孔位;Name;Gene;Channel;Ct;Result
            A1;s1;ORF1ab;FAM;24,31;+
            A1;s1;N;VIC;NoCt;-
            B1;s2;N;VIC;40.00;-

            """
        let file = try InstrumentFile.read(Array(text.utf8), map: map)
        #expect(file.format == .columnMap && file.instrument == "SLAN-96P")
        #expect(file.wells.map(\.cq) == [24.31, nil, nil])
        #expect(file.wells.map(\.called) == ["+", "-", "-"])
    }

    @Test("IMP-24: channels may have columns of their own, and wells count from 0")
    func channels() throws {
        let map = try ColumnMap(
            """
            delimiter: comma
            skip: 1
            first-well: 0
            wells: 96
            blank-is-not-detected: true
            columns: {well: Pos, sample: Name}
            channels:
              - {target: ORF1ab, dye: FAM, cq: Ct1}
              - {target: N, dye: VIC, cq: Ct2, call: R2}
            """, name: "map")
        let text = "title\nPos,Name,Ct1,Ct2,R2\n0,a,20,,neg\n12,b,,31.5,pos\n"
        let file = try InstrumentFile.read(Array(text.utf8), map: map)
        #expect(file.wells.map(\.well.description) == ["A1", "B1", "A1", "B1"])
        #expect(file.wells.map(\.cq) == [20, nil, nil, 31.5])
        #expect(file.wells.map(\.target) == ["ORF1ab", "ORF1ab", "N", "N"])
    }

    @Test("IMP-24: what the map does not call a word for none is refused")
    func unknownWord() throws {
        let map = try ColumnMap("columns: {well: W, target: T, cq: C}", name: "map")
        for cell in ["NoCt", "", "0"] {
            #expect(throws: InstrumentFaults.self, "\(cell)") {
                try InstrumentFile.read(Array("W,T,C\nA1,N,\(cell)\n".utf8), map: map)
            }
        }
    }

    @Test(
        "IMP-24: a faulty map is refused",
        arguments: [
            "", "columns: {well: W}", "columns: {well: W, target: T, cq: C}\nwells: 48",
            "columns: {wel: W, target: T, cq: C}", "columns: {well: W, cq: C}",
            "columns: {well: W, cq: C}\nchannels: [{target: N, cq: D}]",
            "columns: {well: W}\nchannels: [{cq: D}]",
        ])
    func faulty(_ text: String) {
        #expect(throws: SettingsFaults.self) { try ColumnMap(text, name: "map") }
    }
}
