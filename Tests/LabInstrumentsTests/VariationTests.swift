import LabDomain
import LabStatistics
import ReferenceFiles
import Testing

@testable import LabInstruments

@Suite("Instruments' files: written by other computers", .needs(reference: "rdml"))
struct VariationTests {
    static let abi = "instrument-exports/abi/"
    static let texts = [
        abi + "quantstudio_example01.txt", abi + "quantstudio_example02.txt",
        abi + "quantstudio_example04.txt", abi + "quantstudio_minimal_missing_results.txt",
        abi + "sds21_ddCt_ExperimentWithNTC.txt", "instrument-exports/cfx/cfxmaestro_example01.csv",
        "instrument-exports/cfx/cfx384_PlateViewResults_a.csv",
        "instrument-exports/lightcycler480/HTqPCR_LightCycler_sample.txt",
        "instrument-exports/lightcycler480/Nrd1_calibration_2019-02-02_Cq.txt",
        "instrument-exports/rotorgene/28S_analysed_data_export.csv",
        "instrument-exports/mx3005p/qpcr762_Text_Report_Data.txt",
    ]
    static let archives = [
        "rdml/stepone_std.rdml", "rdml/absolute.rdml", "rdml/matrix_gaps.rdml",
        abi + "DEMO_COVID2020_THERMO.eds", abi + "diomni_4.3_presence_absence.xlsx",
        "instrument-exports/taqpath/SARS-CoV-2_pooled_results02.xlsx",
    ]

    @Test(
        "IMP-20: delimiter, line ends and encoding change nothing that is read", arguments: texts)
    func shapes(_ file: String) throws {
        let expected = try Essence.of(try Reference.bytes(file))
        let variation = try Variation(file)
        for delimiter: Character in ["\t", ",", ";"] {
            for lineEnd in ["\n", "\r\n", "\r"] {
                let bytes = variation.written(delimiter: delimiter, lineEnd: lineEnd)
                #expect(try Essence.of(bytes) == expected, "\(delimiter) \(lineEnd.utf8.count)")
            }
        }
        let marked = [0xEF, 0xBB, 0xBF] + variation.written()
        #expect(try Essence.of(marked) == expected)
        #expect(try Essence.of(variation.utf16(lowFirst: true)) == expected)
        #expect(try Essence.of(variation.utf16(lowFirst: false)) == expected)
        #expect(try Essence.of(Array(variation.utf16(lowFirst: true).dropFirst(2))) == expected)
    }

    @Test("IMP-20: a decimal comma is read as a decimal point", arguments: texts)
    func decimalComma(_ file: String) throws {
        let expected = try Essence.of(try Reference.bytes(file))
        var variation = try Variation(file)
        variation.useDecimalComma()
        for delimiter: Character in ["\t", ";"] {
            #expect(try Essence.of(variation.written(delimiter: delimiter)) == expected)
        }
    }

    @Test(
        "IMP-20: a table that was saved as a workbook is the same table",
        arguments: texts.filter { !$0.contains("quantstudio") })
    func workbook(_ file: String) throws {
        #expect(
            try Essence.of(Variation(file).workbook) == Essence.of(try Reference.bytes(file)))
    }

    @Test("IMP-20: the order of the rows and further columns change nothing", arguments: 1...5)
    func rowOrder(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for file in Self.texts where file.contains("mx3005p") || file.contains("cfxmaestro") {
            let expected = try Essence.of(try Reference.bytes(file))
            var variation = try Variation(file)
            let heading = variation.rows[0]
            variation.rows = [heading] + variation.rows.dropFirst().shuffled(using: &random)
            let at = Int.random(in: 0...heading.count, using: &random)
            for row in variation.rows.indices {
                while variation.rows[row].count < heading.count { variation.rows[row].append("") }
                variation.rows[row].insert(row == 0 ? "Further" : "x1,5", at: at)
            }
            #expect(try Essence.of(variation.written()) == expected, "seed \(seed)")
        }
    }

    @Test("IMP-21: a text that was cut off is refused or warned of, unless it ends a line")
    func cutTexts() throws {
        for file in Self.texts {
            let bytes = try Reference.bytes(file)
            for step in 1..<40 {
                let end = bytes.count * step / 40
                let isLine = bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D
                do {
                    let read = try InstrumentFile.read(Array(bytes[..<end]))
                    #expect(isLine || !read.warnings.isEmpty, "\(file) at \(end)")
                } catch {
                    #expect(!error.faults.isEmpty)
                }
            }
        }
    }

    @Test("IMP-21: an archive that was cut off is refused", arguments: archives)
    func cutArchives(_ file: String) throws {
        let bytes = try Reference.bytes(file)
        for step in 0..<40 {
            let end = bytes.count * step / 40
            #expect(throws: InstrumentFaults.self, "\(file) at \(end)") {
                try InstrumentFile.read(Array(bytes[..<end]))
            }
        }
    }
}
