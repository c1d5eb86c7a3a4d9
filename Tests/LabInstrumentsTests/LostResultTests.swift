import LabDomain
import ReferenceFiles
import Testing

@testable import LabInstruments

@Suite("Instruments' files: a result that was lost is no negative")
struct LostResultTests {
    static let heading = ",Well,Fluor,Target,Content,Sample,Cq,Cq Mean\n"
    static let whole = heading + ",A1,FAM,N,Unkn,s1,24.5,24.5\n"

    static func fault(_ text: String) -> String { BadFileTests.fault(Array(text.utf8)) }

    static func read(_ text: String) throws -> InstrumentFile {
        try InstrumentFile.read(Array(text.utf8))
    }

    @Test(
        "IMP-26: a line that ends before its Cq is refused in every table",
        arguments: [
            whole + ",A2,FAM,N,Unkn,s2\n", whole + ",A2,FAM\n",
            "Well\tSample\tDetector\tTask\tCt\nA1\ts\tN\tU\t24\nA2\ts\tN\tU\n",
            "Include\tColor\tPos\tName\tCp\tStatus\nTrue\t1\tA1\ts\t24\t\nTrue\t1\tA2\ts\n",
            "Color\tPosition\tSample Name\tGene Name\tCq\tCall\n0\tA1\ts\tN\t24\tx\n0\tA2\ts\tN\n",
            "No.;Color;Name;Type;Ct;Ct Comment\n1;2;s;U;24;\n2;2;s;U\n",
            "Well\tWell Name\tWell Type\tCt (dRn)\tX\nA1\ts\tU\t24\t\nA2\ts\tU\n",
            "[Results]\nWell\tWell Position\tTarget Name\tCT\n1\tA1\tN\t24\n2\tA2\tN\n",
        ])
    func shortLine(_ text: String) {
        #expect(Self.fault(text).contains("the row ends before its Cq"))
    }

    @Test("IMP-26: a last line without an end is refused where its Cq may be cut")
    func lastLine() throws {
        let open = "Well,Fluor,Target,Cq\nA1,FAM,N,24.5\nA2,FAM,N,3"
        #expect(Self.fault(open).contains("line 3: the last line has no end"))
        #expect(Self.fault(open + "\n") == "read")
        // A whole word is no number that was cut, and behind a whole Cq nothing matters.
        #expect(Self.fault("Well,Fluor,Target,Cq\nA1,FAM,N,NaN") == "read")
        let long = Self.whole + ",A2,FAM,N,Unkn,s2,31.5,3"
        #expect(try Self.read(long).warnings.contains { $0.words.contains("no end") })
        #expect(Self.fault(Self.whole + ",A2,FAM,N,Unkn,s2,31").contains("no end"))
        #expect(Self.fault("plate,well,target,cq\nP1,A1,N,2").contains("line 2, column 4"))
        #expect(Self.fault("plate,well,target,cq\nP1,A1,N,Undetermined") == "read")
    }

    @Test(
        "IMP-26: cut anywhere in its last line, a table is refused or has lost no digit",
        .needs(reference: "rdml"), arguments: VariationTests.texts)
    func cutLastLine(_ file: String) throws {
        let variation = try Variation(file)
        let bytes = variation.written(delimiter: "\t")
        let expected = try Essence.of(bytes)
        let cells = variation.rows.last ?? []
        let last = cells.joined().utf8.count + cells.count
        for end in max(1, bytes.count - last)..<bytes.count {
            guard let read = try? Essence.of(Array(bytes[..<end])) else { continue }
            // What is still read is what the whole file says.
            let strange = read.subtracting(expected)
            #expect(
                strange.allSatisfy { $0.isSameCq(as: expected) },
                "\(file) cut at \(end): \(strange)")
        }
    }

    @Test("IMP-27: a formula without a value, or with an error, is refused with its cell")
    func formulas() throws {
        func book(_ cell: String) -> [UInt8] {
            Sheets([
                ("Results", [["Well", "Target", "CT", "Note"], ["A1", "N", cell, "x"]])
            ]).bytes
        }
        #expect(BadFileTests.fault(book("24.5")) == "read")
        for formula in ["=24.5", "=#REF!"] {
            #expect(
                BadFileTests.fault(book(formula)).hasPrefix(
                    "sheet Results, cell C2: a formula without a value"))
        }
        // A column that means nothing does not matter.
        let noted = Sheets([
            ("Results", [["Well", "Target", "CT", "Note"], ["A1", "N", "24.5", "=1"]])
        ])
        #expect(BadFileTests.fault(noted.bytes) == "read")
    }

    @Test(
        "IMP-28: an empty Cq beside words for none is missing, and warned of with its place",
        arguments: [
            "Well,Fluor,Target,Cq,X\nA1,FAM,N,NaN,\nA2,FAM,N,,\n",
            "Well\tSample\tDetector\tCt\tX\nA1\ts\tN\tUndetermined\t\nA2\ts\tN\t\t\n",
            "[Results]\nWell\tTarget Name\tCT\tX\nA1\tN\tUndetermined\t\nA2\tN\tN/A\t\n",
            "Well\tWell Name\tAssay\tCt (dRn)\tX\nA1\ts\tN\tNo Ct\t\nA2\ts\tN\t\t\n",
            "Position\tGene Name\tCq\tCall\nA1\tN\t-\t\nA2\tN\t\tNo Call\n",
        ])
    func missing(_ text: String) throws {
        let file = try Self.read(text)
        #expect(file.wells.map(\.cq) == [nil, nil])
        #expect(file.wells.map(\.isMissing) == [false, true])
        let words = file.warnings.map(\.description).joined()
        #expect(words.contains("no result of N in A2") && words.contains("line "))
    }

    @Test(
        "IMP-28: an empty Cq says none where its format has no other word, or it was taken out",
        arguments: [
            "Pos\tName\tCp\tStatus\nA1\ts\t24\t\nA2\ts\t\t\n",
            "No.;Name;Ct;Ct Comment\n1;s;24;\n2;s;;NEG\n",
            "Well\tWell Name\tAssay\tCt (dRn)\tX\nA1\ts\tN\t24\t\nA2\ts\tN\t\t\n",
            "[Results]\nWell\tOmit\tTarget Name\tCT\tX\nA1\tfalse\tN\t24\t\nA2\ttrue\tN\t\t\n",
        ])
    func blank(_ text: String) throws {
        let file = try Self.read(text)
        #expect(file.wells.map(\.cq) == [24, nil])
        #expect(file.wells.allSatisfy { !$0.isMissing })
    }

    @Test("IMP-28: a plate view without the Cq of a filled well misses it")
    func plateView() throws {
        let numbers = (1...12).map(String.init).joined(separator: ",")
        let filled = String(repeating: ",Unkn", count: 12)
        let none = String(repeating: ",NaN", count: 11)
        // The letter stands on the first line only, as when cells were merged.
        let text = ",,\(numbers)\nA,Content\(filled)\n,Cq,\(none.dropFirst()),\n"
        let file = try Self.read(text)
        #expect(file.wells.count == 12)
        #expect(file.wells.filter(\.isMissing).map(\.well.description) == ["A12"])
        #expect(file.warnings.contains { $0.words.contains("in A12") })
    }
}

extension Essence {
    /// Whether a set has the same well, target and Cq, whatever stands behind them.
    func isSameCq(as others: Set<Essence>) -> Bool {
        others.contains { other in [0, 2, 4].allSatisfy { words[$0] == other.words[$0] } }
    }
}
