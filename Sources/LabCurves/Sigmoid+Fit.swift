internal import Glibc

extension Sigmoid {
    /// A sigmoid and how well it fits.
    struct Fit {
        /// The curve found.
        var sigmoid: Sigmoid
        /// The sum of the squared residuals.
        var squares: Double
    }

    /// Bounds of ln *g*: beyond them the curve no longer changes its shape, only its parameters.
    private static let asymmetryBound = 2.5
    private static let narrowest = log(0.15)
    private static let mostSteps = 30

    /// Fits the curve to readings by Levenberg and Marquardt's method, from here on.
    ///
    /// It ends when neither the sum of squares (by 0.1 %) nor the Cq (by 0.01 cycle) still moves,
    /// or when the foot has left the readings: then nothing is to be gained.
    /// - Parameters:
    ///   - cycles: The cycles, rising.
    ///   - readings: A reading for each of them, between 0 and 1.
    /// - Returns: The best curve found.
    func fitted(to cycles: Span<Double>, _ readings: Span<Double>) -> Fit {
        guard cycles.count > 1 else { return Fit(sigmoid: self, squares: 0) }
        let first = cycles[0]
        let span = cycles[cycles.count - 1] - first
        var best = self
        var equations = NormalEquations(of: best, cycles: cycles, readings: readings)
        var damping = 1e-3
        for count in 0..<Self.mostSteps {
            let isBound = best.isBound(descent: equations.descent)
            let step = equations.step(damping: damping, free: isBound ? 4 : 5)
            let next = Sigmoid(
                Self.bounded(best.parameters + (step ?? .zero), first: first, span: span))
            let tried = NormalEquations(of: next, cycles: cycles, readings: readings)
            guard step != nil, tried.squares < equations.squares else {
                damping *= 10
                if damping > 1e8 { break }
                continue
            }
            let gain = 1 - tried.squares / equations.squares
            let cq = next.secondDerivativeMaximum
            let move = abs(cq - best.secondDerivativeMaximum)
            best = next
            equations = tried
            damping = max(damping / 10, 1e-9)
            if gain < 1e-3, move < 0.01 { break }
            if count >= 3, cq < first - 2 { break }
        }
        return Fit(sigmoid: best, squares: equations.squares)
    }

    /// Whether the asymmetry stands at a bound and would leave it.
    private func isBound(descent: SIMD8<Double>) -> Bool {
        (parameters[4] >= Self.asymmetryBound && descent[4] > 0)
            || (parameters[4] <= -Self.asymmetryBound && descent[4] < 0)
    }

    private static func bounded(
        _ parameters: SIMD8<Double>, first: Double, span: Double
    ) -> SIMD8<Double> {
        var parameters = parameters
        parameters[2] = min(max(parameters[2], first - span), first + 2 * span)
        parameters[3] = min(max(parameters[3], narrowest), log(span))
        parameters[4] = min(max(parameters[4], -asymmetryBound), asymmetryBound)
        return parameters
    }
}
