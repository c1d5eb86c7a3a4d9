import Glibc

extension VirtualInstrument {
    /// The quantification cycle of a curve: where it crosses the threshold for good.
    ///
    /// Between two readings the product is taken to grow by a constant factor. A crossing before
    /// cycle 8 leaves too little baseline to be read well.
    /// - Parameters:
    ///   - readings: Raw fluorescence, one a cycle from the first, baseline included.
    ///   - threshold: Fluorescence above the baseline; nil takes the instrument's own.
    /// - Returns: Cycles, with a fraction; nil when the curve does not end above the threshold.
    package func cq(of readings: [Double], threshold: Double? = nil) -> Double? {
        let limit = threshold ?? self.threshold
        let risen = baselineCorrected(readings)
        let below = risen.lastIndex { $0 < limit }
        guard let below else { return risen.isEmpty ? nil : 1 }
        guard below + 1 < risen.count else { return nil }
        let (low, high) = (risen[below], risen[below + 1])
        let part =
            low > 0 ? log(limit / low) / log(high / low) : (limit - low) / (high - low)
        return Double(below + 1) + part
    }

    /// The readings above the baseline.
    ///
    /// The baseline is the straight line of least squares through cycles 3 to 15, or to seven
    /// cycles before the curve takes off; where fewer than eight readings are left, their mean.
    package func baselineCorrected(_ readings: [Double]) -> [Double] {
        guard readings.count > 6 else { return readings }
        let level = readings[2..<6].reduce(0, +) / 4
        let takeOff = readings.indices.first { $0 > 5 && readings[$0] > level + threshold }
        let end = min(15, readings.count, max(5, (takeOff ?? readings.count) + 1 - 7))
        let window = 2..<end
        let count = Double(window.count)
        let centre = Double(2 + end - 1) / 2
        let mean = readings[window].reduce(0, +) / count
        var slope = 0.0
        if window.count >= 8 {
            let products = window.map { (Double($0) - centre) * (readings[$0] - mean) }
            let squares = window.map { (Double($0) - centre) * (Double($0) - centre) }
            slope = products.reduce(0, +) / squares.reduce(0, +)
        }
        return readings.enumerated().map { place, reading in
            reading - mean - slope * (Double(place) - centre)
        }
    }
}
