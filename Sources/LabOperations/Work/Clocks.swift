internal import LabDomain
internal import LabStore

extension Work {
    /// A moment of the journey came for these things: the clocks that end with it stop, and those
    /// that begin with it start (CLK-2).
    ///
    /// At release the clocks that end with delivery come to rest until delivery is known (CLK-3).
    func reached(_ moment: Moment, _ subjects: [(ClockSubject, BoxID)]) throws {
        try stopClocks(moment, of: subjects.map(\.0))
        try startClocks(moment, of: subjects.map { ($0.0, $0.1, now) })
    }

    /// Stops the clocks that end with this moment, and lets those rest that its release pauses.
    func stopClocks(_ moment: Moment, of subjects: [ClockSubject]) throws {
        var stopping: [RunningClock] = []
        var pausing: [RunningClock] = []
        for clock in try transaction.runningClocks(of: subjects) {
            let isPaused = clock.clock.pausedAt != nil
            let isToldAtLast = isPaused && moment == .delivered && clock.stops == .released
            if clock.stops == moment || isToldAtLast {
                stopping.append(clock)
            } else if moment == .released, clock.stops == .delivered, !isPaused {
                pausing.append(clock)
            }
        }
        try stop(stopping, by: moment, isPause: false)
        try stop(pausing, by: moment, isPause: true)
    }

    /// The laboratory's part of these tubes is done without an answer, because their people are
    /// called back: their clocks rest until the unit is known to have been told.
    func restClocks(of tubes: [TubeID]) throws {
        let clocks = try transaction.runningClocks(of: tubes.map { .tube($0) }).filter {
            [.released, .delivered].contains($0.stops) && $0.clock.pausedAt == nil
        }
        try stop(clocks, by: .recollectionOpened, isPause: true)
    }

    /// Starts the clocks of every rule that begins at this moment and has a limit.
    func startClocks(
        _ moment: Moment, of subjects: [(ClockSubject, BoxID, Timestamp)]
    ) throws {
        for rule in rules.programme.clocks where rule.starts == moment {
            guard let limit = rule.limit else { continue }
            for group in Self.grouped(subjects) {
                try transaction.append([
                    .clocksStarted(
                        ClocksStarted(
                            rule: rule, box: group.box, startedAt: group.at,
                            dueAt: group.at.advanced(by: limit), subjects: group.subjects))
                ])
            }
        }
    }

    /// Takes away the clocks that these moments started, or lets paused ones run on.
    func withdrawClocks(
        of subjects: [ClockSubject], startedBy moments: Set<Moment>, isPauseOnly: Bool = false
    ) throws {
        for clock in try transaction.runningClocks(of: subjects)
        where moments.contains(clock.starts) {
            try transaction.append([
                .clocksWithdrawn(
                    ClocksWithdrawn(
                        rule: clock.rule, box: clock.box, isPauseOnly: isPauseOnly,
                        subjects: [clock.subject]))
            ])
        }
    }

    /// Clocks that came to rest or stopped run on as if they had not.
    func letRunOn(_ clocks: [RunningClock]) throws {
        try transaction.append(
            clocks.map {
                .clocksWithdrawn(
                    ClocksWithdrawn(
                        rule: $0.rule, box: $0.box, isPauseOnly: true, subjects: [$0.subject]))
            })
    }

    private func stop(_ clocks: [RunningClock], by moment: Moment, isPause: Bool) throws {
        var groups: [String: (rule: String, box: BoxID, subjects: [ClockSubject])] = [:]
        var order: [String] = []
        for clock in clocks {
            let key = clock.rule + "\u{1F}" + clock.box.text
            if groups[key] == nil { order.append(key) }
            groups[key, default: (clock.rule, clock.box, [])].subjects.append(clock.subject)
        }
        try transaction.append(
            order.compactMap { groups[$0] }.map { group in
                .clocksStopped(
                    ClocksStopped(
                        rule: group.rule, box: group.box, at: now, by: moment, isPause: isPause,
                        subjects: group.subjects))
            })
    }

    private static func grouped(
        _ subjects: [(ClockSubject, BoxID, Timestamp)]
    ) -> [(box: BoxID, at: Timestamp, subjects: [ClockSubject])] {
        var groups: [String: (box: BoxID, at: Timestamp, subjects: [ClockSubject])] = [:]
        var order: [String] = []
        for (subject, box, at) in subjects {
            let key = "\(box.text)\u{1F}\(at.milliseconds)"
            if groups[key] == nil { order.append(key) }
            groups[key, default: (box, at, [])].subjects.append(subject)
        }
        return order.compactMap { groups[$0] }
    }
}
