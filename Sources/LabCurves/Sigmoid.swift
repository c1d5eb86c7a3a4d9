internal import Glibc

/// A generalised logistic (Richards) curve, the five-parameter model of an amplification.
///
///     f(x) = base + height · (1 + u)^(−g),   u = exp(−(x − middle) / w) / g
///
/// `middle` is where it is steepest, *w* its width in cycles, *g* its asymmetry: 1 is the logistic
/// curve, a large *g* a sharp foot with a slow approach to the plateau (Gompertz), as inhibited
/// reactions show it. Written about the steepest point, the parameters hardly depend on each other,
/// so that a fit takes few steps. Source: Richards 1959; five parameters describe amplification
/// curves best (Spiess, Feig & Ritz, BMC Bioinformatics 2008, 9:221).
struct Sigmoid {
    /// Base, height, middle, ln *w* and ln *g*; the other lanes are 0.
    var parameters: SIMD8<Double>

    var base: Double { parameters[0] }
    var height: Double { parameters[1] }
    var middle: Double { parameters[2] }
    var width: Double { exp(parameters[3]) }
    var asymmetry: Double { exp(parameters[4]) }

    init(base: Double, height: Double, middle: Double, width: Double) {
        parameters = SIMD8(base, height, middle, log(width), 0, 0, 0, 0)
    }

    init(_ parameters: SIMD8<Double>) { self.parameters = parameters }

    /// Where the second derivative is greatest: the Cq.
    ///
    /// The third derivative vanishes where (g·u)² − (3g + 1)·u + 1 = 0, with u without the 1/g;
    /// the greater root is the foot.
    var secondDerivativeMaximum: Double {
        let g = asymmetry
        let half = 3 * g + 1
        let root = (half + (half * half - 4 * g * g).squareRoot()) / (2 * g * g)
        return middle - width * (parameters[4] + log(root))
    }

    /// The height over the steepest slope, in cycles: (1 + 1/g)^(g + 1) · w.
    var riseCycles: Double {
        let g = asymmetry
        return width * exp((g + 1) * log(1 + 1 / g))
    }

    /// The growth per cycle where the curve leaves its base, in natural logarithms: g / w.
    var growth: Double { asymmetry / width }

    /// The share of the height that is reached at a cycle.
    func share(at cycle: Double) -> Double {
        let z = min(max((cycle - middle) / width + parameters[4], -60), 60)
        return exp(-asymmetry * log(1 + exp(-z)))
    }

    /// The growth per cycle above the base at a cycle, in natural logarithms.
    func growth(at cycle: Double) -> Double {
        let z = min(max((cycle - middle) / width + parameters[4], -60), 60)
        return growth / (1 + exp(z))
    }

    /// The value at a cycle.
    func value(at cycle: Double) -> Double { base + height * share(at: cycle) }

    /// The value at a cycle and its derivative by each parameter.
    ///
    /// - Parameters:
    ///   - cycle: The cycle.
    ///   - inverse: 1 / *w*, which a fit computes once for all cycles.
    ///   - g: The asymmetry, likewise.
    /// - Returns: The value, and its slope by each of the parameters.
    @inline(__always)
    func gradient(
        at cycle: Double, inverse: Double, g: Double
    ) -> (value: Double, slopes: SIMD8<Double>) {
        let steps = (cycle - parameters[2]) * inverse
        // Beyond 60 widths the curve is flat to the last bit of a Double.
        let u = exp(-min(max(steps + parameters[4], -60), 60))
        let logarithm = log(1 + u)
        let share = exp(-g * logarithm)
        let height = parameters[1]
        let slope = g * height * share * u / (1 + u)
        let slopes = SIMD8(
            1, share, -slope * inverse, -slope * steps, slope - height * share * g * logarithm,
            0, 0, 0)
        return (parameters[0] + height * share, slopes)
    }
}
