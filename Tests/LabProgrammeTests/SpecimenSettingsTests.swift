import LabDomain
import LabProgramme
import LabSettings
import Testing

@Suite("What the laboratory's tubes are for")
struct SpecimenSettingsTests {
    private func settings(_ change: (String) -> String) throws -> LaboratorySettings {
        try LaboratorySettings(change(try ShippedRules.laboratory.text()), file: "lab.yaml")
    }

    private let printed = TubeID("6912345678908")

    @Test("REP-20: without a word specimens are throat swabs")
    func usual() throws {
        #expect(try settings { $0 }.specimen(in: printed) == .throatSwab)
    }

    @Test("REP-20: a supplier's tubes may be for something else than the others")
    func bySupplier() throws {
        let own = try settings {
            $0.replacing("    check: luhn", with: "    check: luhn\n    specimen: saliva")
                .replacing("plate:\n", with: "specimen: np-op-swab\nplate:\n")
        }
        let code = try BarcodeFormat.read("6912345678908", under: own.barcodes)
        #expect(own.specimen(in: code) == .saliva)
        #expect(own.specimen(in: TubeID("SW0000000001")) == .combinedSwab)
    }

    @Test("REP-20: an unknown specimen is refused with its line, and so is the environment")
    func refused() throws {
        for name in ["blood", "environment"] {
            let text = try ShippedRules.laboratory.text() + "\nspecimen: \(name)\n"
            do throws(SettingsFaults) {
                _ = try LaboratorySettings(text, file: "lab.yaml")
                Issue.record("\(name) is taken")
            } catch {
                #expect(error.faults.map(\.place.path) == ["specimen"])
            }
        }
    }
}
