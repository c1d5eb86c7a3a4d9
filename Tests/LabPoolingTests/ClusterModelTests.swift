import LabPooling
import Testing

@Suite("People who share their fate")
struct ClusterModelTests {
    private static let models: [@Sendable (Double) -> ClusterModel] = [
        { .betaBinomial(correlation: $0) }, { .madsen(correlation: $0) },
        { .morelNeerchal(correlation: $0) },
    ]

    @Test("CORR-1: every model keeps the prevalence and gives pairs their correlation")
    func moments() {
        for model in Self.models {
            for (p, rho) in [(0.001, 0.05), (0.01, 0.3), (0.2, 0.9), (0.5, 0.5)] {
                let one = model(rho).clear(1, prevalence: p)
                let two = model(rho).clear(2, prevalence: p)
                #expect(abs(one - (1 - p)) < 1e-12)
                // P(both clear) = (1 − p)² + ρ p (1 − p)
                #expect(abs(two - ((1 - p) * (1 - p) + rho * p * (1 - p))) < 1e-12)
            }
        }
    }

    @Test("CORR-1: no correlation is independence, and full correlation one fate")
    func ends() {
        for model in Self.models {
            #expect(abs(model(0).clear(10, prevalence: 0.1) - 0.348_678_440_1) < 1e-12)
            #expect(abs(model(1).clear(10, prevalence: 0.1) - 0.9) < 1e-12)
        }
    }
}
