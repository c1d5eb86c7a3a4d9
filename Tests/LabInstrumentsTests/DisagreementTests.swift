import LabDomain
import Testing

@testable import LabInstruments

@Suite("Instruments' files: parts of one file that contradict each other")
struct DisagreementTests {
    static let results = ["Well", "Target", "Omit", "CT"]

    private func fault(_ sheets: [(String, [[String]])]) -> String {
        BadFileTests.fault(Sheets(sheets).bytes)
    }

    @Test("IMP-30: a sheet of calls with another Cq than the results refuses the file")
    func targetCall() throws {
        let results = ("Results", [Self.results, ["A1", "N", "false", "Undetermined"]])
        func calls(_ cq: String, _ call: String) -> (String, [[String]]) {
            ("Target Call", [["Well", "Target", "Cq", "Call"], ["A1", "N", cq, call]])
        }
        let words = fault([results, calls("24.5", "POSITIVE")])
        #expect(words.contains("sheet Target Call, row 2: contradicts sheet Results, row 2"))
        let late = ("Results", [Self.results, ["A1", "N", "false", "24.512"]])
        #expect(fault([late, calls("24.51", "POSITIVE")]) == "read")
        #expect(fault([late, calls("25.51", "POSITIVE")]).contains("contradicts"))
        #expect(fault([late, calls("Undetermined", "NEGATIVE")]).contains("contradicts"))
    }

    @Test("IMP-30: a positive call beside no Cq is warned of with both places")
    func positiveWithoutCq() throws {
        let file = try InstrumentFile.read(
            Sheets([
                ("Results", [Self.results, ["A1", "N", "false", "Undetermined"]]),
                ("Target Call", [["Well", "Target", "Call"], ["A1", "N", "POSITIVE"]]),
            ]).bytes)
        #expect(file.wells.map(\.called) == ["POSITIVE"])
        #expect(
            file.warnings.contains {
                $0.description.hasPrefix(
                    "sheet Target Call, row 2, column 3: positive, where sheet Results, row 2")
                    || $0.description.hasPrefix(
                        "sheet Target Call, cell C2: positive, where sheet Results, row 2")
            })
    }

    @Test("IMP-30: two sections of results that disagree refuse the file, in either order")
    func sections() throws {
        func section(_ cq: String) -> String {
            "[Results]\nWell\tTarget Name\tCT\tX\nA1\tN\t\(cq)\t\nA2\tN\t30\t\n\n"
        }
        for (one, other) in [("24", "31"), ("31", "24"), ("24", "Undetermined")] {
            let words = LostResultTests.fault(section(one) + section(other))
            #expect(words.contains("line 8: contradicts section [Results], line 3"), "\(words)")
        }
        let same = try LostResultTests.read(section("24") + section("24"))
        #expect(same.wells.count == 2)
        #expect(same.warnings.contains { $0.words.contains("several tables") })
        let further = section("24").replacing("A1", with: "B1").replacing("A2", with: "B2")
        #expect(try LostResultTests.read(section("24") + further).wells.count == 4)
        // Without their headings the second table stands in the first one's section.
        let plain = section("24") + section("31").replacing("[Results]\n", with: "")
        #expect(LostResultTests.fault(plain).contains("contradicts section [Results], line 3"))
    }

    @Test("IMP-30: a copy of the results sheet that disagrees refuses the file")
    func copies() {
        let one = ("Results", [Self.results, ["A1", "N", "false", "24.5"]])
        let other = ("Results Copy", [Self.results, ["A1", "N", "false", "11.1"]])
        #expect(
            fault([one, other]).contains("sheet Results Copy, row 2: contradicts sheet Results"))
        #expect(
            fault([other, one]).contains("sheet Results Copy, row 2: contradicts sheet Results"))
    }

    @Test("IMP-30: two tables and two plate views below one another are compared")
    func tables() throws {
        func table(_ cq: String) -> String { "Well,Fluor,Target,Cq,X\nA1,FAM,N,\(cq),\n\n" }
        #expect(
            LostResultTests.fault(table("24") + table("31")).contains("line 5: contradicts line 2"))
        #expect(try LostResultTests.read(table("24") + table("24")).wells.count == 1)
        let numbers = (1...12).map(String.init).joined(separator: ",")
        func view(_ cq: String) -> String {
            let cqs = String(repeating: ",\(cq)", count: 12)
            return ",,\(numbers)\nA,Target\(String(repeating: ",N", count: 12))\nA,Cq\(cqs)\n"
        }
        #expect(
            LostResultTests.fault(view("NaN") + view("22")).contains(
                "line 6, column 3: contradicts line 3, column 3"))
        let same = try LostResultTests.read(view("22") + view("22"))
        #expect(same.wells.count == 12 && same.warnings.count { $0.words.contains("once") } == 12)
    }

    @Test(
        "IMP-32: marks are understood in every language that is known",
        arguments: [
            ("true", "false"), ("TRUE", "FALSE"), ("WAHR", "FALSCH"), ("VRAI", "FAUX"),
            ("VERO", "FALSO"), ("Verdadero", "Falso"), ("ИСТИНА", "ЛОЖЬ"), ("是", "否"),
            ("真", "假"), ("Ja", "Nein"), ("Oui", "Non"), ("Sí", "No"), ("yes", "no"),
            ("1", "0"), ("Omitted", ""), ("Excluded", ""), ("X", ""),
        ])
    func marks(_ yes: String, _ no: String) throws {
        let text =
            "[Results]\nWell\tOmit\tTarget Name\tCT\tX\nA1\t\(yes)\tN\t24\t\nA2\t\(no)\tN\t24\t\n"
        #expect(try LostResultTests.read(text).wells.map(\.excluded) == [true, false])
        guard !no.isEmpty else { return }
        let included = "Include\tPos\tName\tCp\n\(yes)\tA1\ts\t24\n\(no)\tA2\ts\t24\n"
        #expect(try LostResultTests.read(included).wells.map(\.excluded) == [false, true])
    }

    @Test("IMP-32: a mark that says neither yes nor no is refused with its place")
    func strangeMark() {
        let text = "[Results]\nWell\tOmit\tTarget Name\tCT\tX\nA1\tperhaps\tN\t24\t\n"
        let words = LostResultTests.fault(text)
        #expect(words.contains("section [Results], line 3, column 2: neither a word for yes"))
        #expect(!words.contains("perhaps"))
    }
}
