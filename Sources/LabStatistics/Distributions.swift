import Glibc

extension RandomNumberGenerator {
    /// A number from the normal distribution.
    ///
    /// Exact: the polar method of Marsaglia and Bray 1964. It makes two numbers and drops one,
    /// so that no draw leaves something behind for the next.
    /// - Parameters:
    ///   - mean: The mean, in the unit of the result.
    ///   - sd: The standard deviation, in the same unit, not negative.
    /// - Returns: A number in that unit.
    package mutating func normal(mean: Double = 0, sd: Double = 1) -> Double {
        while true {
            let x = 2 * uniform() - 1
            let y = 2 * uniform() - 1
            let square = x * x + y * y
            if square > 0, square < 1 {
                return mean + sd * x * (-2 * log(square) / square).squareRoot()
            }
        }
    }

    /// A waiting time from the exponential distribution: −ln(1 − U) / rate.
    /// - Parameter rate: Events for each unit of time, above zero.
    /// - Returns: A time in that unit, not negative, with mean 1 / rate.
    package mutating func exponential(rate: Double) -> Double {
        precondition(rate > 0, "Events that never come have no waiting time.")
        return -log1p(-uniform()) / rate
    }

    /// A count from the Poisson distribution; the variance equals the mean.
    ///
    /// Exact: products of uniform numbers below a mean of 10 (Knuth), from there PTRS (Hörmann
    /// 1993, "The transformed rejection method for generating Poisson random variables").
    /// - Parameter mean: Events expected, at least 0 and below 10¹⁵.
    /// - Returns: Events that came.
    package mutating func poisson(mean: Double) -> Int {
        precondition(mean >= 0 && mean < 1e15, "A Poisson mean lies in 0 ..< 1e15.")
        return mean < 10 ? poissonByProducts(mean: mean) : poissonByRejection(mean: mean)
    }

    private mutating func poissonByProducts(mean: Double) -> Int {
        let limit = exp(-mean)
        var product = uniform()
        var count = 0
        while product > limit {
            product *= uniform()
            count += 1
        }
        return count
    }

    private mutating func poissonByRejection(mean: Double) -> Int {
        let b = 0.931 + 2.53 * mean.squareRoot()
        let a = -0.059 + 0.02483 * b
        let inverseAlpha = 1.1239 + 1.1328 / (b - 3.4)
        let surelyInside = 0.9277 - 3.6224 / (b - 2)
        let logMean = log(mean)
        while true {
            let u = uniform() - 0.5
            let v = uniform()
            let us = 0.5 - abs(u)
            let count = ((2 * a / us + b) * u + mean + 0.43).rounded(.down)
            if us >= 0.07, v <= surelyInside { return Int(count) }
            guard count >= 0, us >= 0.013 || v <= us else { continue }
            let height = log(v) + log(inverseAlpha) - log(a / (us * us) + b)
            if height <= count * logMean - mean - logFactorial(count) { return Int(count) }
        }
    }
}

/// The natural logarithm of n!, to 10⁻¹⁰.
///
/// Products below 10, from there Stirling's series: n ln n − n + ln(2πn)/2 + 1/(12n) − 1/(360n³)
/// + 1/(1260n⁵). (The C library's `lgamma` keeps a global sign, which concurrent code must avoid.)
func logFactorial(_ n: Double) -> Double {
    guard n >= 10 else {
        return log(stride(from: 1, through: n, by: 1).reduce(1, *))
    }
    let inverse = 1 / n
    let square = inverse * inverse
    let series = inverse * (1 / 12 - square * (1 / 360 - square / 1_260))
    return n * log(n) - n + log(2 * Double.pi * n) / 2 + series
}
