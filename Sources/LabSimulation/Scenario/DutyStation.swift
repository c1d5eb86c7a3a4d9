/// A station of a scenario's laboratory: servers by a staircase, two lines before them.
///
/// The urgent go first, within a class the first come; nobody's service is broken off, and who is
/// on duty may begin one.
struct DutyStation: ~Copyable {
    private var routine = WaitingLine<UInt32>(capacity: 64, blank: 0)
    private var urgent = WaitingLine<UInt32>(capacity: 16, blank: 0)
    private var duty: Duty
    /// Servers at work.
    private(set) var busy = 0
    /// The greatest number that waited at any instant.
    private(set) var mostWaiting = 0
    /// Minutes of work in all.
    private(set) var busyTime = 0.0
    private var awaitedRise = -1.0
    /// Servers on duty who cannot begin: machines that are broken.
    var down = 0

    init(_ levels: Levels) { duty = Duty(levels) }

    /// How many wait.
    var waiting: Int { routine.count + urgent.count }

    @inline(__always)
    mutating func enter(_ item: UInt32, urgently: Bool) {
        if urgently { urgent.append(item) } else { routine.append(item) }
    }

    /// The item whose service could begin now; it stays in its line.
    @inline(__always)
    mutating func candidate(at time: Double) -> UInt32? {
        let waiting = waiting
        guard waiting > 0 else { return nil }
        guard busy < duty.level(at: time) - down else {
            noteWaiting()
            return nil
        }
        return urgent.first ?? routine.first
    }

    /// Counts who waits now for the greatest number.
    mutating func noteWaiting() {
        if waiting > mostWaiting { mostWaiting = waiting }
    }

    /// Begins the candidate's service.
    @inline(__always)
    mutating func begin(for duration: Double) {
        if urgent.count > 0 { _ = urgent.removeFirst() } else { _ = routine.removeFirst() }
        busy += 1
        busyTime += duration
    }

    /// A server is free again.
    @inline(__always)
    mutating func leave() { busy -= 1 }

    /// A service is broken off, and so many minutes of work are not done.
    mutating func breakOff(sparing minutes: Double) {
        busy -= 1
        busyTime -= minutes
    }

    /// The number on duty.
    mutating func onDuty(at time: Double) -> Int { duty.level(at: time) }

    /// When the model must call again because more come on duty; once for each rise.
    @inline(__always)
    mutating func riseToAwait(at time: Double) -> Double? {
        guard waiting > 0, let rise = duty.nextRise(after: time), rise != awaitedRise else {
            return nil
        }
        awaitedRise = rise
        return rise
    }
}
