import LabDomain
import Testing

@testable import LabInstruments

@Suite("Instruments' files: what is refused, and with which words") struct BadFileTests {
    static let rdml = """
        <rdml version="1.1" xmlns="http://www.rdml.org"><target id="N"/><experiment id="e">\
        <run id="r"><pcrFormat><rows>8</rows><columns>12</columns></pcrFormat><react id="1">\
        <data><tar id="N"/><cq>24.5</cq></data></react></run></experiment></rdml>
        """

    static func fault(_ bytes: [UInt8]) -> String {
        do {
            _ = try InstrumentFile.read(bytes)
            return "read"
        } catch {
            return error.description
        }
    }

    @Test("IMP-21: empty and foreign files are refused")
    func foreign() {
        #expect(Self.fault([]).contains("empty"))
        #expect(Self.fault(Array(" \r\n\t".utf8)).contains("empty"))
        #expect(Self.fault(Array("Dear Ann,\nsee you\n".utf8)).contains("no format"))
        #expect(Self.fault([0xD0, 0xCF, 0x11, 0xE0, 0xA1]).contains("password"))
        #expect(Self.fault([0x89, 0x50, 0x4E, 0x47, 0, 0, 0, 1]).contains("no text"))
        #expect(Self.fault(StoredZip([("a.txt", [1])]).bytes).contains("neither RDML"))
        #expect(Self.fault(StoredZip([]).bytes).contains("neither RDML"))
    }

    @Test("IMP-22: archives that are encrypted, swell or lie are refused")
    func archives() {
        var zip = StoredZip([("rdml_data.xml", Array(Self.rdml.utf8))])
        #expect(Self.fault(zip.bytes) == "read")
        zip.entries[0].isEncrypted = true
        #expect(Self.fault(zip.bytes).contains("encrypted"))
        zip.entries[0].isEncrypted = false
        zip.entries[0].stated = 100 << 20
        #expect(Self.fault(zip.bytes).contains("times its size"))
        zip.entries[0].stated = 1 << 31
        #expect(Self.fault(zip.bytes).contains("longer than"))
        zip.entries[0].stated = 10
        #expect(Self.fault(zip.bytes).contains("unpack"))
        let many = StoredZip((0..<5_000).map { ("\($0)", []) })
        #expect(Self.fault(many.bytes).contains("entries"))
    }

    @Test(
        "IMP-22: a document with a DOCTYPE, an entity or too deep a nesting is refused",
        arguments: [
            "<!DOCTYPE rdml><rdml/>", "<!DOCTYPE r [<!ENTITY a \"b\">]><rdml>&a;</rdml>",
            "<rdml>&a;</rdml>", "<rdml", "<rdml><a></rdml>", "<rdml/><rdml/>",
            String(repeating: "<a>", count: 100),
        ])
    func documents(_ text: String) {
        #expect(throws: InstrumentFaults.self) { try InstrumentFile.read(Array(text.utf8)) }
    }

    @Test("IMP-19: RDML of another version, without runs or with strange numbers is refused")
    func rdmlFaults() {
        func fault(_ old: String, _ new: String) -> String {
            Self.fault(Array(Self.rdml.replacing(old, with: new).utf8))
        }
        #expect(fault("1.1", "2.0").contains("1.0 to 1.4"))
        #expect(fault("24.5", "24,5").contains("line 1, /rdml/experiment/run/react/data/cq"))
        #expect(fault("react id=\"1\"", "react id=\"97\"").contains("no well"))
        #expect(fault("<tar id=\"N\"/>", "").contains("no target"))
        #expect(fault("<rows>8", "<rows>eight").contains("not a whole number"))
        #expect(
            Self.fault(Array("<rdml version=\"1.2\"/>".utf8)).contains("no run"))
    }

    @Test(
        "IMP-18: RDML says not detected in each of its ways",
        arguments: ["<cq>-1.0</cq>", "<cq>NaN</cq>", "<cq>0</cq>", "<cq>100</cq>", ""])
    func notDetected(_ cq: String) throws {
        let text = Self.rdml.replacing("<cq>24.5</cq>", with: cq)
        let file = try InstrumentFile.read(Array(text.utf8))
        #expect(file.wells.map(\.cq) == [nil])
    }

    @Test("IMP-18: of several runs one is chosen by its id or number; else they are listed")
    func runs() throws {
        let one = Self.rdml.firstRange(of: "<run id")
        let end = try #require(Self.rdml.firstRange(of: "</experiment>"))
        let run = Self.rdml[try #require(one).lowerBound..<end.lowerBound]
        let second = run.replacing("id=\"r\"", with: "id=\"s\"").replacing("24.5", with: "31")
        let text = Array(Self.rdml.replacing("</experiment>", with: second + "</experiment>").utf8)
        #expect(Self.fault(text).contains("choose one of: 1 = e/r, 2 = e/s"))
        for wanted in ["s", "2", "e/s"] {
            let file = try InstrumentFile.read(text, options: .init(run: wanted))
            #expect(file.wells.map(\.cq) == [31])
        }
        #expect(throws: InstrumentFaults.self) {
            try InstrumentFile.read(text, options: .init(run: "3"))
        }
    }

    @Test("IMP-23: cells that contradict each other are refused with both places")
    func contradictions() {
        let table = ",Well,Fluor,Target,Cq\n,A1,FAM,N,24.5\n,A1,FAM,N,31\n"
        #expect(Self.fault(Array(table.utf8)).contains("line 3: contradicts line 2"))
        let sections = """
            [Results]
            Well\tWell Position\tTarget Name\tCT\n1\tA1\tN\t24\n2\tA2\tN\t25\n14\tA3\tN\t24

            """
        #expect(
            Self.fault(Array(sections.utf8)).contains(
                "section [Results], line 5, column 2: contradicts the well's number"))
    }

    @Test("IMP-23: a Cq that is no number is refused with its cell, and the cell not repeated")
    func strange() {
        for cell in ["tardy", "1e99", "240", "24.5.1", "0.2", "---", "=A1"] {
            let fault = Self.fault(Array(",Well,Fluor,Cq\n,A1,FAM,\(cell)\n".utf8))
            #expect(fault.hasPrefix("line 2, column 4: "), "\(cell): \(fault)")
            #expect(!fault.contains("tardy"))
        }
    }

    @Test("IMP-17: numbered wells follow the plate that the file or the user names")
    func numbered() throws {
        let table = Array("Well\tSample\tDetector\tCt\n13\ts\tN\t24\n".utf8)
        let guess = try InstrumentFile.read(table)
        #expect(guess.wells.map(\.well.description) == ["B1"])
        #expect(guess.warnings.contains { $0.words.contains("96") })
        let told = try InstrumentFile.read(table, options: .init(plate: .wells384))
        #expect(told.wells.map(\.well.description) == ["A13"])
        #expect(told.warnings.isEmpty)
    }
}
