/// When something was done at a sampling desk, by the laboratory's clock (DESK-5).
package struct DeskTime: Hashable, Sendable {
    package let at: Timestamp
    /// What the device's clock said, where that was put right; nil where it is believed.
    package let device: Timestamp?

    /// Clocks that differ by less are believed: the network takes its time too.
    package static let tolerance = Span.seconds(30)

    /// Puts the time of a device right.
    ///
    /// A clock that is wrong by more than the tolerance is corrected by its offset. Nothing was
    /// done after it was told of, nor before what the same desk did before it.
    /// - Parameters:
    ///   - device: What the device's clock said.
    ///   - offset: The laboratory's clock minus the device's, measured at the hand-shake.
    ///   - earlier: When the desk did the last thing that is known of it.
    ///   - now: The laboratory's clock.
    package init(device: Timestamp, offset: Span, after earlier: Timestamp?, now: Timestamp) {
        let isWrong = Int64(offset.milliseconds.magnitude) > Self.tolerance.milliseconds
        var at = isWrong ? device.advanced(by: offset) : device
        at = min(at, now)
        if let earlier { at = max(at, earlier) }
        self.at = at
        self.device = at == device ? nil : device
    }
}
