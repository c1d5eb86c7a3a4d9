import LabScreening
import Testing

@Suite("Numbers in reports")
struct StudyNumbersTests {
    @Test(
        "SCEN-32: a mean shows no digit that nobody can use, and no interval of nothing",
        arguments: [
            (38.008_37, 0.000_45, "38.01 ± 0.01"), (12.345, 1.234, "12.3 ± 1.2"),
            (1_820_001.5, 6.1, "1,820,002 ± 7"), (0.243_1, 0.072_3, "0.243 ± 0.072"),
            (-0.000_19, 0.000_18, "-0.0002 ± 0.0002"), (-0.000_001, 0.2, "0.00 ± 0.20"),
            (7, 0, "7 ± 0"),
        ])
    func intervals(mean: Double, half: Double, text: String) {
        #expect(StudyNumbers.text(mean, within: half) == text)
    }
}
