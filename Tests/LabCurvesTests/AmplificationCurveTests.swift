import LabCurves
import Testing

@Suite("An amplification curve")
struct AmplificationCurveTests {
    @Test("READ-5: a curve has a finite reading for each of its rising cycles, gaps allowed")
    func whole() {
        #expect(AmplificationCurve(cycles: [1, 2, 5], fluorescence: [1, 1.1, 3]) != nil)
        #expect(AmplificationCurve(cycles: [1, 2], fluorescence: [1]) == nil)
        #expect(AmplificationCurve(cycles: [1, 1], fluorescence: [1, 2]) == nil)
        #expect(AmplificationCurve(cycles: [1, 2], fluorescence: [1, .nan]) == nil)
        #expect(AmplificationCurve(fluorescence: [3, 4])?.cycles == [1, 2])
    }
}
