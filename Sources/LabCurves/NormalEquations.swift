/// The equations of one step of a least-squares fit: JᵀJ and Jᵀr, summed over the readings.
struct NormalEquations {
    /// The rows of JᵀJ.
    private var rows = InlineArray<5, SIMD8<Double>>(repeating: .zero)
    /// Jᵀr, half the steepest descent of the sum of squares.
    private(set) var descent = SIMD8<Double>.zero
    /// The sum of the squared residuals.
    private(set) var squares = 0.0

    init() {}

    /// The equations of a sigmoid and some readings.
    init(of sigmoid: Sigmoid, cycles: Span<Double>, readings: Span<Double>) {
        var row0 = SIMD8<Double>.zero
        var (row1, row2, row3, row4, descent) = (row0, row0, row0, row0, row0)
        var squares = 0.0
        let inverse = 1 / sigmoid.width
        let g = sigmoid.asymmetry
        for index in cycles.indices {
            let (value, slopes) = sigmoid.gradient(at: cycles[index], inverse: inverse, g: g)
            let residual = readings[index] - value
            squares += residual * residual
            descent += residual * slopes
            row0 += slopes
            row1 += slopes[1] * slopes
            row2 += slopes[2] * slopes
            row3 += slopes[3] * slopes
            row4 += slopes[4] * slopes
        }
        rows[0] = row0
        rows[1] = row1
        rows[2] = row2
        rows[3] = row3
        rows[4] = row4
        self.descent = descent
        self.squares = squares
    }

    /// The step that Levenberg and Marquardt propose; nil where the equations say nothing.
    ///
    /// - Parameters:
    ///   - damping: By how much the diagonal grows, as a share of itself.
    ///   - free: How many of the parameters may move; the others stay.
    /// - Returns: By how much each parameter shall move.
    func step(damping: Double, free: Int) -> SIMD8<Double>? {
        var matrix = rows
        var step = descent
        for row in 0..<free { matrix[row][row] = matrix[row][row] * (1 + damping) + 1e-12 }
        for row in 0..<free {
            let pivot = matrix[row][row]
            guard pivot > 1e-300, pivot.isFinite else { return nil }
            for below in (row + 1)..<max(free, row + 1) {
                let factor = matrix[below][row] / pivot
                matrix[below] -= factor * matrix[row]
                step[below] -= factor * step[row]
            }
        }
        for row in (0..<free).reversed() {
            var sum = step[row]
            for column in (row + 1)..<max(free, row + 1) {
                sum -= matrix[row][column] * step[column]
            }
            step[row] = sum / matrix[row][row]
        }
        for lane in free..<8 { step[lane] = 0 }
        return step
    }
}
