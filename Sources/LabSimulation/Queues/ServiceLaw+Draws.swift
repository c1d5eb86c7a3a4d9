import Glibc
import LabStatistics

extension ServiceLaw {
    /// Draws one service.
    func draw(using random: inout SeededGenerator) -> Double {
        switch self {
        case .fixed(let value): return value
        case .exponential(let mean): return mean * random.unitExponential()
        case .uniform(let a, let b): return random.uniform(from: a, to: b)
        case .gamma(let shape, let mean):
            return mean / shape * Self.gamma(shape, using: &random)
        case .lognormal(let mean, let cv):
            let square = log1p(cv * cv)
            return mean * exp(square.squareRoot() * random.normal() - square / 2)
        case .triangular(let a, let m, let b):
            let u = random.uniform()
            let left = (m - a) / (b - a)
            return u < left
                ? a + (u * (b - a) * (m - a)).squareRoot()
                : b - ((1 - u) * (b - a) * (b - m)).squareRoot()
        case .mixed(let branches):
            return Self.pick(branches, using: &random) * random.unitExponential()
        case .discrete(let branches): return Self.pick(branches, using: &random)
        }
    }

    private static func pick(
        _ branches: [Branch], using random: inout SeededGenerator
    ) -> Double {
        var rest = random.uniform()
        for branch in branches {
            if rest < branch.chance { return branch.value }
            rest -= branch.chance
        }
        return branches.last?.value ?? 0
    }

    /// A gamma number of scale 1 (Marsaglia and Tsang 2000); below shape 1 by their power of U.
    private static func gamma(_ shape: Double, using random: inout SeededGenerator) -> Double {
        guard shape >= 1 else {
            let power = pow(1 - random.uniform(), 1 / shape)
            return gamma(shape + 1, using: &random) * power
        }
        let d = shape - 1.0 / 3
        let c = 1 / (9 * d).squareRoot()
        while true {
            let x = random.normal()
            let v = 1 + c * x
            guard v > 0 else { continue }
            let cube = v * v * v
            let u = 1 - random.uniform()
            if log(u) < x * x / 2 + d - d * cube + d * log(cube) { return d * cube }
        }
    }
}
