import Glibc

/// Dorfman's two stages in plain numbers, the tests perfect or with error.
package struct DorfmanFigures: Sendable {
    package let prevalence: Double
    package let size: Int
    package var sensitivity = 1.0
    package var specificity = 1.0

    /// Pools of a size at a prevalence.
    package init(
        prevalence: Double, size: Int, sensitivity: Double = 1, specificity: Double = 1
    ) {
        precondition(prevalence > 0 && prevalence < 1 && size >= 1, "A pool has members.")
        (self.prevalence, self.size) = (prevalence, size)
        (self.sensitivity, self.specificity) = (sensitivity, specificity)
    }
}

extension DorfmanFigures {
    /// 1 − qⁿ, which keeps its digits for a small prevalence.
    private func some(of n: Int) -> Double { -expm1(Double(n) * log1p(-prevalence)) }

    package var poolPositive: Double {
        sensitivity * some(of: size) + (1 - specificity) * (1 - some(of: size))
    }

    package var testsPerPerson: Double { 1 / Double(size) + poolPositive }

    /// The variance of the tests that one pool costs.
    package var testVariance: Double {
        Double(size * size) * poolPositive * (1 - poolPositive)
    }

    /// The prevalence at which pools of this size cost one test a person: 1 − k^(−1/k).
    package var breakEven: Double { -expm1(-log(Double(size)) / Double(size)) }

    /// The size with the fewest tests a person; 1 where pooling does not pay.
    package var bestSize: (size: Int, testsPerPerson: Double) {
        var best = (size: 1, testsPerPerson: 1.0)
        let last = Int(4 / prevalence.squareRoot()) + 10
        for k in 2...last {
            let tests = 1 / Double(k) + some(of: k)
            if tests < best.testsPerPerson { best = (k, tests) }
        }
        return best
    }

    package var overallSensitivity: Double { sensitivity * sensitivity }

    /// The share of uninfected people who are called positive.
    package var falseAlarm: Double {
        let others = some(of: size - 1)
        let alarm = sensitivity * others + (1 - specificity) * (1 - others)
        return (1 - specificity) * alarm
    }

    package var positivePredictive: Double {
        let found = prevalence * overallSensitivity
        return found / (found + (1 - prevalence) * falseAlarm)
    }

    package var negativePredictive: Double {
        let clear = (1 - prevalence) * (1 - falseAlarm)
        return clear / (clear + prevalence * (1 - overallSensitivity))
    }

    package var missedPerMillion: Double {
        1e6 * prevalence * (1 - overallSensitivity)
    }
}
