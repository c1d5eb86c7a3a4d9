/// Something that will happen.
///
/// Events are in total order: by time, then in the order in which they were scheduled, so that
/// equal times never depend on luck. They are frequent: machines that take 45 and 90 minutes
/// exactly end together again and again, and who is first decides which plate waits.
package struct Event: BitwiseCopyable, Sendable {
    /// When it happens, in the unit of the simulation.
    package let time: Double
    // The running number, and the kind in the eight lowest bits.
    let order: UInt64
    /// Whom it happens to: the number of a site, a laboratory, a station.
    package let subject: Int32
    /// What else the kind needs to know.
    package let detail: Int32

    /// What happens; its meaning belongs to the model.
    package var kind: UInt8 { UInt8(truncatingIfNeeded: order) }

    @inline(__always)
    func precedes(_ other: Event) -> Bool {
        time < other.time || (time == other.time && order < other.order)
    }
}

/// The events to come, the next one first: a heap of four branches.
///
/// The place of an event that was taken stays open until the next is scheduled, since most events
/// schedule a successor: taking and scheduling then cost one walk through the heap, not two.
package struct EventList: ~Copyable {
    private var heap: Block<Event>
    private var used = 0
    private var rootIsOpen = false
    private var sequence: UInt64 = 0

    /// No event yet.
    package init(capacity: Int = 64) {
        let blank = Event(time: 0, order: 0, subject: 0, detail: 0)
        heap = Block(capacity: capacity, filledWith: blank)
    }

    /// How many events are to come.
    package var count: Int { rootIsOpen ? used - 1 : used }

    /// Adds an event.
    /// - Parameters:
    ///   - kind: What happens.
    ///   - time: When, not before the event that was taken last.
    ///   - subject: Whom it happens to.
    ///   - detail: Whatever the model wants to keep.
    @inline(__always)
    package mutating func schedule(
        _ kind: UInt8, at time: Double, subject: Int32 = 0, detail: Int32 = 0
    ) {
        sequence &+= 1
        let event = Event(
            time: time, order: sequence << 8 | UInt64(kind), subject: subject, detail: detail)
        if rootIsOpen {
            rootIsOpen = false
            sink(event)
        } else {
            heap.reserve(used + 1)
            used += 1
            rise(event, from: used - 1)
        }
    }

    /// The time of the next event, or infinity.
    package var nextTime: Double {
        @inline(__always) mutating get {
            close()
            return used > 0 ? heap[0].time : .infinity
        }
    }

    /// Takes the next event out of the list.
    @inline(__always)
    package mutating func next() -> Event? {
        close()
        guard used > 0 else { return nil }
        rootIsOpen = true
        return heap[0]
    }

    /// Forgets every event; the running number starts again.
    package mutating func clear() {
        (used, rootIsOpen, sequence) = (0, false, 0)
    }

    @inline(__always)
    private mutating func close() {
        guard rootIsOpen else { return }
        rootIsOpen = false
        used -= 1
        if used > 0 { sink(heap[used]) }
    }

    @inline(__always)
    private mutating func rise(_ event: Event, from place: Int) {
        let base = heap.base
        var place = place
        while place > 0 {
            let above = (place - 1) >> 2
            guard event.precedes(base[above]) else { break }
            base[place] = base[above]
            place = above
        }
        base[place] = event
    }

    /// Puts an event at the root and lets it sink to its place.
    private mutating func sink(_ event: Event) {
        let base = heap.base
        let used = used
        var place = 0
        while true {
            let first = 4 * place + 1
            guard first < used else { break }
            var least = first
            if first + 3 < used {
                // Two pairs, then the better of both: shorter chains for the processor.
                let left = base[first + 1].precedes(base[first]) ? first + 1 : first
                let right = base[first + 3].precedes(base[first + 2]) ? first + 3 : first + 2
                least = base[right].precedes(base[left]) ? right : left
            } else {
                var other = first + 1
                while other < used {
                    if base[other].precedes(base[least]) { least = other }
                    other += 1
                }
            }
            guard base[least].precedes(event) else { break }
            base[place] = base[least]
            place = least
        }
        base[place] = event
    }
}
