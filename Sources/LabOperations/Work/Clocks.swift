internal import LabDomain
internal import LabStore

extension Work {
    /// Starts the clocks of every rule that begins at this moment and has a limit (CLK-2).
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

    /// Stops the clocks that end at this moment.
    ///
    /// At release those that end with delivery come to rest until delivery is known (CLK-3).
    func stopClocks(_ moment: Moment, of subjects: [ClockSubject]) throws {
        var stopping: [RunningClock] = []
        var pausing: [RunningClock] = []
        for clock in try transaction.runningClocks(of: subjects) {
            if clock.stops == moment {
                stopping.append(clock)
            } else if moment == .released, clock.stops == .delivered, clock.clock.pausedAt == nil {
                pausing.append(clock)
            }
        }
        try stop(stopping, by: moment, isPause: false)
        try stop(pausing, by: moment, isPause: true)
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
