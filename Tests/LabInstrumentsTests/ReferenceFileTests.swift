import LabDomain
import ReferenceFiles
import Testing

@testable import LabInstruments

@Suite("Instruments' files: the counts and values of the reference", .needs(reference: "rdml"))
struct ReferenceFileTests {
    /// What the READMEs of the reference say of a file.
    struct Claim: CustomTestStringConvertible {
        let file: String
        let format: InstrumentFormat
        let readings: Int
        let crossed: Int
        let lowest: Double
        let highest: Double
        var testDescription: String { file }

        init(
            _ file: String, _ format: InstrumentFormat, _ readings: Int, _ crossed: Int,
            _ lowest: Double = 0, _ highest: Double = 0
        ) {
            self.file = file
            self.format = format
            self.readings = readings
            self.crossed = crossed
            self.lowest = lowest
            self.highest = highest
        }
    }

    static let abi = "instrument-exports/abi/"
    static let claims = [
        Claim("rdml/stepone_std.rdml", .rdml, 24, 21, 26.834, 31.053),
        Claim("rdml/BioRad_qPCR_melt.rdml", .rdml, 60, 26, 7.991, 39.314),
        Claim("rdml/example_1_1.rdml", .rdml, 90, 82, 21.3, 36.4),
        Claim("rdml/example_1_3.rdml", .rdml, 90, 82, 21.3, 36.4),
        Claim("rdml/absolute.rdml", .rdml, 96, 84, 19.514, 36.403),
        Claim("rdml/linregpcr.rdml", .rdml, 16, 0),
        Claim("rdml/matrix_gaps.rdml", .rdml, 72, 0),
        Claim("rdml/RAS002.rdml", .rdml, 192, 0),
        Claim(abi + "quantstudio_example01.txt", .quantStudioText, 16, 16, 17.822, 22.058),
        Claim(abi + "quantstudio_example02.txt", .quantStudioText, 96, 68, 27.943, 38.474),
        Claim(abi + "quantstudio_example04.txt", .quantStudioText, 95, 91, 25.247, 29.502),
        Claim(
            abi + "quantstudio_example08_crt.xlsx", .quantStudioWorkbook, 36, 36, 10.809, 33.946),
        Claim(abi + "quantstudio_minimal_missing_results.txt", .quantStudioText, 2, 0),
        Claim(abi + "diomni_4.3_presence_absence.xlsx", .diomni, 8, 1, 39.54, 39.54),
        Claim(abi + "DEMO_COVID2020_THERMO.eds", .eds, 24, 7, 26.173, 36.907),
        Claim(abi + "sds21_ddCt_ExperimentWithNTC.txt", .sds, 21, 19, 34.04, 45.032),
        Claim(
            "instrument-exports/taqpath/SARS-CoV-2_pooled_results02.xlsx", .taqPath, 20, 7, 25.148,
            32.96),
        Claim("instrument-exports/cfx/cfxmaestro_example01.csv", .cfxTable, 48, 48, 20.733, 27.192),
        Claim(
            "instrument-exports/cfx/cfx384_PlateViewResults_a.csv", .cfxPlateView, 384, 22, 22, 38),
        Claim(
            "instrument-exports/lightcycler480/HTqPCR_LightCycler_sample.txt", .lightCycler480, 384,
            77, 12.64, 35.25),
        Claim(
            "instrument-exports/lightcycler480/Nrd1_calibration_2019-02-02_Cq.txt", .lightCycler480,
            384, 279, 13.89, 36.77),
        Claim(
            "instrument-exports/lightcycler480/Nrd1_calibration_2019-02-02_raw.txt.gz",
            .lightCycler480Raw, 384, 0),
        Claim(
            "instrument-exports/rotorgene/28S_analysed_data_export.csv", .rotorGene, 24, 24, 7.49,
            8.58),
        Claim(
            "instrument-exports/mx3005p/qpcr762_Text_Report_Data.txt", .mx3005P, 72, 72, 26.22,
            27.62),
    ]

    @Test(
        "IMP-15: every kind of file is known by its content and read with all it holds",
        arguments: claims)
    func claim(_ claim: Claim) throws {
        let file = try InstrumentFile.read(try Reference.bytes(claim.file))
        #expect(file.format == claim.format)
        #expect(file.wells.count == claim.readings)
        let cqs = file.wells.compactMap(\.cq)
        #expect(cqs.count == claim.crossed)
        if claim.crossed > 0 {
            #expect(abs((cqs.min() ?? 0) - claim.lowest) < 0.0051, "\(cqs.min() ?? 0)")
            #expect(abs((cqs.max() ?? 0) - claim.highest) < 0.0051, "\(cqs.max() ?? 0)")
        }
    }

    @Test("IMP-15: the instrument and its software are told where the file names them")
    func names() throws {
        let seven = try InstrumentFile.read(
            try Reference.bytes(Self.abi + "quantstudio_example04.txt"))
        #expect(seven.instrument == "QuantStudio(TM) 7 Flex System")
        let diomni = try InstrumentFile.read(
            try Reference.bytes(Self.abi + "diomni_4.3_presence_absence.xlsx"))
        #expect(diomni.software == "Diomni 4.3.0")
        #expect(diomni.plate == "BARCODE1")
        let step = try InstrumentFile.read(try Reference.bytes("rdml/stepone_std.rdml"))
        #expect(step.instrument == "Applied Biosystems StepOne™ Instrument")
        #expect(step.software?.hasPrefix("StepOne Software") == true)
        let sds = try InstrumentFile.read(
            try Reference.bytes(Self.abi + "sds21_ddCt_ExperimentWithNTC.txt"))
        #expect(sds.software == "SDS 2.1")
    }

    @Test("IMP-16: the calls of the instrument are kept as they are written")
    func calls() throws {
        let file = try InstrumentFile.read(
            try Reference.bytes(Self.abi + "quantstudio_example02.txt"))
        let calls = Dictionary(grouping: file.wells) { $0.called ?? "" }.mapValues(\.count)
        #expect(
            calls == [
                "Presence": 24, "Unconfirmed": 20, "IPC Failed": 44, "Blocked IPC Control": 4,
                "Negative Control": 4,
            ])
        let pools = try InstrumentFile.read(
            try Reference.bytes("instrument-exports/taqpath/SARS-CoV-2_pooled_results02.xlsx"))
        let positive = pools.wells.filter { $0.sample == "Positive control" }
        #expect(positive.map(\.called) == ["POSITIVE", "POSITIVE", "NEGATIVE", "POSITIVE"])
        let controls = pools.wells.filter { $0.target == "MS2" }.map(\.cq)
        #expect(
            controls.map { $0.map { ($0 * 100).rounded() / 100 } } == [
                25.15, 25.54, 25.77, nil, 25.85,
            ])
    }

    @Test("IMP-17: the wells of an EDS experiment count from 0, and its water is all negative")
    func experiment() throws {
        let file = try InstrumentFile.read(
            try Reference.bytes(Self.abi + "DEMO_COVID2020_THERMO.eds"))
        #expect(file.wells.first?.well == WellPosition(text: "A1"))
        #expect(file.wells.filter { $0.sample == "Agua" }.allSatisfy { $0.cq == nil })
        let positive = file.wells.filter { $0.sample == "ControlPos" }
        func cqs(_ target: String) -> [Double] {
            positive.filter { $0.target == target }.compactMap(\.cq)
                .map { ($0 * 100).rounded() / 100 }.sorted()
        }
        #expect(cqs("ORF1ab") == [27.42, 27.98])
        #expect(cqs("S") == [27.57, 27.57])
        #expect(cqs("N") == [26.17, 26.26])
        #expect(file.wells.allSatisfy { $0.curve?.cycles.count == 40 })
    }

    @Test("IMP-18: RDML whose elements stand in another order is read, with dyes and samples")
    func disorder() throws {
        let file = try InstrumentFile.read(try Reference.bytes("rdml/RAS002.rdml"))
        #expect(Set(file.wells.compactMap(\.dye)) == ["HEX", "Cy5"])
        #expect(file.wells.allSatisfy { $0.curve?.cycles.count == 40 && $0.sample != nil })
        #expect(file.wells.last?.well == WellPosition(text: "H12"))
        #expect(!file.tellsCq)
    }

    @Test("IMP-18: the missing cycles of a curve are those of the table beside it")
    func gaps() throws {
        let file = try InstrumentFile.read(try Reference.bytes("rdml/matrix_gaps.rdml"))
        let rows = try Reference.text("rdml/matrix_gaps_raw_data.tsv")
            .split(whereSeparator: \.isNewline)
            .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
        let cycles = rows[0].indices.filter { Double(rows[0][$0]) != nil }
        var compared = 0
        for row in rows.dropFirst() {
            let name = row.first { WellPosition(text: $0) != nil } ?? ""
            let reading = try #require(file.wells.first { $0.well == WellPosition(text: name) })
            let points = cycles.compactMap { index in
                Double(row[index]).flatMap { $0.isNaN ? nil : $0 }
            }
            #expect((reading.curve?.fluorescence ?? []) == points)
            compared += points.count
        }
        #expect(compared > 2_500)
    }

    @Test("IMP-18: readings are marked that somebody left out at the instrument")
    func excluded() throws {
        let file = try InstrumentFile.read(try Reference.bytes("rdml/example_1_3.rdml"))
        #expect(file.wells.count(where: \.excluded) == 9)
    }

    @Test("IMP-19: a faulty RDML is refused with element and line of each fault")
    func faulty() throws {
        let error = try #require(throws: InstrumentFaults.self) {
            try InstrumentFile.read(try Reference.bytes("rdml/error.rdml"))
        }
        let places = error.faults.map { "\($0.place)" }
        #expect(
            places == [
                "entry rdml_data.xml, line 11, /rdml/experimenter",
                "entry rdml_data.xml, line 150, /rdml/target",
                "entry rdml_data.xml, line 259, /rdml/experiment/run/react/data/adp/fluor",
            ])
        #expect(!error.description.contains("string-err"))
    }
}
