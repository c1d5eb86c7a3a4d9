/// What an instrument sees of one target in one well: a reading after each cycle.
package struct AmplificationCurve: Hashable, Sendable {
    /// Normalised fluorescence, without unit; the first reading is that of cycle 1.
    package let fluorescence: [Double]

    /// A curve of readings, one a cycle from cycle 1.
    package init(fluorescence: [Double]) {
        self.fluorescence = fluorescence
    }
}
