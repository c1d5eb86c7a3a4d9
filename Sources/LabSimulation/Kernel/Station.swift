/// Servers with shifts, and two lines before them: class 1 is served before class 0, within a
/// class the first come; nobody's service is broken off.
///
/// The station says who begins; how long a service takes and what follows is the model's.
package struct Station: ~Copyable {
    private var routine: WaitingLine<UInt32>
    private var urgent: WaitingLine<UInt32>
    private let shifts: Shifts
    /// Servers at work.
    package private(set) var busy = 0
    /// The greatest number that waited at any instant.
    package private(set) var mostWaiting = 0
    /// The sum of all service times that were begun.
    package private(set) var busyTime = 0.0
    // When more servers come and work has been promised to begin.
    private var awaitedRise = -1.0

    /// Idle servers, nobody waiting.
    package init(_ shifts: Shifts) {
        self.shifts = shifts
        routine = WaitingLine(capacity: 64, blank: 0)
        urgent = WaitingLine(capacity: 16, blank: 0)
    }

    /// How many wait.
    package var waiting: Int { routine.count + urgent.count }

    /// Lets an item wait; ask `next` afterwards whether somebody may begin.
    @inline(__always)
    package mutating func enter(_ item: UInt32, urgently: Bool) {
        if urgently { urgent.append(item) } else { routine.append(item) }
    }

    /// The item whose service begins now, if a server is free and somebody waits.
    ///
    /// Call until it answers nil: what then waits counts for `mostWaiting`.
    @inline(__always)
    package mutating func next(at time: Double) -> UInt32? {
        let waiting = waiting
        guard waiting > 0 else { return nil }
        guard busy < shifts.level(at: time) else {
            if waiting > mostWaiting { mostWaiting = waiting }
            return nil
        }
        busy += 1
        return urgent.count > 0 ? urgent.removeFirst() : routine.removeFirst()
    }

    /// Notes how long the service that just began takes.
    @inline(__always)
    package mutating func work(_ duration: Double) { busyTime += duration }

    /// A server is free again.
    @inline(__always)
    package mutating func leave() { busy -= 1 }

    /// When the model must call again because more servers come; nil when it need not.
    ///
    /// It answers once for each rise, so that no event is scheduled twice.
    @inline(__always)
    package mutating func riseToAwait(at time: Double) -> Double? {
        guard shifts.early != shifts.late, waiting > 0 else { return nil }
        guard let rise = shifts.nextRise(after: time), rise != awaitedRise else { return nil }
        awaitedRise = rise
        return rise
    }
}
