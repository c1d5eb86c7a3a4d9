/// Who waits, the first come first served: a ring that grows when it is full.
package struct WaitingLine<Element: BitwiseCopyable>: ~Copyable {
    private var ring: Block<Element>
    private var head = 0
    /// How many wait.
    package private(set) var count = 0

    /// Nobody waits.
    /// - Parameters:
    ///   - capacity: Room at first; a power of two is made of it.
    ///   - blank: Any value; it fills the places where nobody stands.
    package init(capacity: Int = 8, blank: Element) {
        var room = 1
        while room < capacity { room *= 2 }
        ring = Block(capacity: room, filledWith: blank)
    }

    /// Lets one more wait behind all others.
    @inline(__always)
    package mutating func append(_ element: Element) {
        if count == ring.capacity { unroll() }
        ring[(head + count) & (ring.capacity - 1)] = element
        count += 1
    }

    /// The one who has waited longest.
    /// - Precondition: Somebody waits.
    @inline(__always)
    package mutating func removeFirst() -> Element {
        assert(count > 0, "Nobody waits.")
        let first = ring[head]
        head = (head + 1) & (ring.capacity - 1)
        count -= 1
        return first
    }

    /// The one who has waited longest stays where they are.
    package var first: Element? { count > 0 ? ring[head] : nil }

    /// Sends everybody away.
    package mutating func clear() { (head, count) = (0, 0) }

    /// Doubles the room; who stood before the head goes behind the old end.
    private mutating func unroll() {
        let old = ring.capacity
        ring.reserve(2 * old)
        for place in 0..<head { ring[old + place] = ring[place] }
    }
}
