/// Takes messages out of a stream of bytes framed by MLLP (HL7 2.5.1, appendix C): 0x0B, the
/// message, 0x1C, 0x0D.
///
/// A pure state machine: feed it whatever arrived, in pieces of any size.
package struct MLLPFrames: Sendable {
    /// Something that was complete in the stream.
    package enum Event: Hashable, Sendable {
        /// A message, without its frame.
        case message([UInt8])
        /// Bytes outside of a frame, by their number; they are dropped.
        case garbage(Int)
        /// A frame that began anew before it ended; what it held so far is dropped.
        case cutOff(Int)
        /// A message longer than the limit; it is dropped to its end.
        case tooLong
    }

    private static let start: UInt8 = 0x0B
    private static let end: UInt8 = 0x1C
    private static let carriageReturn: UInt8 = 0x0D

    /// The longest message that is kept, in bytes.
    package let limit: Int
    private var isInside = false
    private var isDropping = false
    private var sawEnd = false
    private var garbage = 0
    private var body: [UInt8] = []

    /// A machine that waits for a frame.
    package init(limit: Int = 16 << 20) {
        self.limit = limit
    }

    /// The bytes of a message as they go over the wire.
    package static func framed(_ message: [UInt8]) -> [UInt8] {
        [start] + message + [end, carriageReturn]
    }

    /// Whether a frame has begun and not ended: the stream must not close here.
    package var isPartial: Bool { isInside }

    /// Takes the next bytes of the stream.
    /// - Returns: What became complete, in its order.
    package mutating func take(_ bytes: some Sequence<UInt8>) -> [Event] {
        var events: [Event] = []
        for byte in bytes {
            if isInside {
                takeInside(byte, &events)
            } else if byte == Self.start {
                flushGarbage(&events)
                begin()
            } else if byte != Self.carriageReturn || garbage > 0 {
                // Some senders repeat the carriage return behind a frame; that is not worth a word.
                garbage += 1
            }
        }
        flushGarbage(&events)
        return events
    }

    private mutating func takeInside(_ byte: UInt8, _ events: inout [Event]) {
        switch byte {
        case Self.carriageReturn where sawEnd:
            events.append(isDropping ? .tooLong : .message(body))
            leave()
        case Self.start:
            events.append(.cutOff(body.count))
            begin()
        default:
            if sawEnd { keep(Self.end) }
            sawEnd = byte == Self.end
            if !sawEnd { keep(byte) }
        }
    }

    private mutating func keep(_ byte: UInt8) {
        if isDropping { return }
        body.append(byte)
        if body.count > limit {
            isDropping = true
            body = []
        }
    }

    private mutating func begin() {
        leave()
        isInside = true
    }

    private mutating func leave() {
        isInside = false
        isDropping = false
        sawEnd = false
        body = []
    }

    private mutating func flushGarbage(_ events: inout [Event]) {
        if garbage > 0 { events.append(.garbage(garbage)) }
        garbage = 0
    }
}
