import LabDomain
import LabProgramme
import LabSettings
import Testing

@Suite("How settings watch the controls")
struct QualitySettingsTests {
    private func settings(_ change: (String) -> String = { $0 }) throws -> LaboratorySettings {
        try LaboratorySettings(change(try ShippedRules.laboratory.text()), file: "laboratory.yaml")
    }

    private func series(_ lot: String?) -> ControlSeries {
        ControlSeries(
            assay: "orf1ab-n", kit: .first, target: "N", control: .weakPositive, lot: lot)
    }

    @Test("QC-3: limits of a lot are used before those of every lot")
    func lots() throws {
        let quality = try settings {
            $0.replacing(
                "  readings: 20",
                with: """
                      readings: 30
                      limits:
                        - { kit: first, control: weak-positive, target: N, mean: 32, sd: 0.5}
                        - { kit: first, control: weak-positive, target: N, lot: L1, mean: 33, sd: 1}
                    """)
        }.quality
        #expect(quality.readings == 30)
        #expect(quality.limits(of: series("L1"))?.mean == 33)
        #expect(quality.limits(of: series("L2"))?.mean == 32)
        #expect(quality.limits(of: series(nil))?.mean == 32)
        let other = ControlSeries(
            assay: "orf1ab-n", kit: .first, target: "N", control: .kitPositive)
        #expect(quality.limits(of: other) == nil)
    }

    @Test("QC-6: the shipped settings stop runs by 1-3s, 2-2s and R-4s; silent ones by none")
    func stop() throws {
        #expect(try settings().quality.stop == [.beyond3s, .twice2s, .range4s])
        let silent = try settings { text in
            text.replacing("  readings: 20\n", with: "")
                .replacing("  stop: [1-3s, 2-2s, R-4s]\n", with: "")
                .replacing("quality:\n", with: "")
        }
        #expect(silent.quality == QualitySettings())
        #expect(silent.quality.stop.isEmpty && silent.quality.readings == 20)
    }

    @Test(
        "QC-6: rules and limits that are none are refused with their place",
        arguments: [
            ("stop: [1-3s,", "stop: [1-2s,"), ("stop: [1-3s,", "stop: [7T,"),
            ("readings: 20", "readings: 19"),
            ("readings: 20", "limits: [{ kit: first, control: negative, target: N, mean: 1 }]"),
        ])
    func faults(_ right: String, _ wrong: String) throws {
        let faults = try #require(throws: SettingsFaults.self) {
            try settings { $0.replacing(right, with: wrong) }
        }
        #expect(faults.faults.count == 1 && faults.faults[0].place.line > 40)
    }
}
