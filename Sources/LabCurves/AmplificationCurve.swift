/// The fluorescence of one target in one well, cycle by cycle.
package struct AmplificationCurve: Hashable, Sendable, Codable {
    /// The cycle numbers, rising; a cycle that the instrument left out is missing here too.
    package let cycles: [Double]
    /// The fluorescence at each of `cycles`, in the instrument's own unit, baseline included.
    package let fluorescence: [Double]

    /// A curve; nil when the two differ in length, the cycles do not rise or a number is not
    /// finite.
    ///
    /// - Parameters:
    ///   - cycles: The cycle numbers.
    ///   - fluorescence: The reading at each of them.
    package init?(cycles: [Double], fluorescence: [Double]) {
        guard cycles.count == fluorescence.count,
            cycles.allSatisfy(\.isFinite), fluorescence.allSatisfy(\.isFinite),
            zip(cycles, cycles.dropFirst()).allSatisfy({ $0 < $1 })
        else { return nil }
        self.cycles = cycles
        self.fluorescence = fluorescence
    }

    /// A curve of which every cycle from the first on was read.
    package init?(fluorescence: [Double]) {
        self.init(
            cycles: fluorescence.indices.map { Double($0 + 1) }, fluorescence: fluorescence)
    }
}
