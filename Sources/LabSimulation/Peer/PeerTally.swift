/// What one run of the peer model counts, bounded in memory whatever the population.
struct PeerTally: ~Copyable {
    var persons = 0
    var tubes = 0
    var tubesByTimeout = 0
    var positivePools = 0
    var singles = 0
    var plates = 0
    var wells = 0
    var events = 0
    var makespan = 0.0
    var lastSwab = 0.0
    var late = 0
    var waitSum = 0.0
    var mostAtSite = 0
    /// Minutes from receipt of the pooled tube to the final result, over people.
    var turnaround = LogHistogram()
    /// Minutes from the first swab to the final result, over people.
    var sinceSwab = LogHistogram()
    /// Minutes from arrival to the start of the swab, over people.
    var wait = LogHistogram()

    init() {}
}

/// The measures of one run of the peer model, named as its description names them.
package struct PeerMeasures: Sendable, Equatable {
    /// Name and value, in the order of the description.
    package let values: [(name: String, value: Double)]

    /// The value of a measure, or nil when there is none of this name.
    package subscript(_ name: String) -> Double? {
        values.first { $0.name == name }?.value
    }

    package static func == (a: PeerMeasures, b: PeerMeasures) -> Bool {
        a.values.count == b.values.count
            && zip(a.values, b.values).allSatisfy {
                $0.name == $1.name && $0.value.bitPattern == $1.value.bitPattern
            }
    }
}

/// What the laboratories of a city add up to.
struct PeerLoad {
    var mostWaiting = [0, 0, 0, 0]
    var busyTime = [0.0, 0, 0, 0]

    /// Adds a laboratory; the order of adding is that of the numbers, so that sums round alike.
    mutating func add(_ laboratory: borrowing PeerLaboratory) {
        let most = laboratory.mostWaiting
        let busy = laboratory.busyTimes
        for station in 0..<4 {
            mostWaiting[station] = max(mostWaiting[station], most[station])
            busyTime[station] += busy[station]
        }
    }
}

extension PeerTally {
    /// The measures of the whole run.
    func measures(_ city: PeerCity, _ load: PeerLoad) -> PeerMeasures {
        assert(turnaround.count == persons, "Everybody who came has one final result.")
        assert(sinceSwab.count == persons && wait.count == persons)
        let servers = [city.reception.early, city.extractors, city.cyclers, city.review.early]
        let use = (0..<4).map { station in
            load.busyTime[station]
                / (Double(servers[station] * city.laboratoryCount) * max(makespan, 1e-9))
        }
        let people = Double(max(persons, 1))
        return PeerMeasures(values: [
            ("persons", Double(persons)), ("tubes", Double(tubes)),
            ("tubes_timeout", Double(tubesByTimeout)), ("pos_pools", Double(positivePools)),
            ("singles", Double(singles)), ("plates", Double(plates)), ("wells", Double(wells)),
            ("makespan", makespan), ("last_swab", lastSwab),
            ("tat_p50", turnaround.quantile(0.5)), ("tat_p90", turnaround.quantile(0.9)),
            ("tat_p99", turnaround.quantile(0.99)), ("tat_max", turnaround.max),
            ("over12", Double(late) / people), ("ctr_p50", sinceSwab.quantile(0.5)),
            ("ctr_p99", sinceSwab.quantile(0.99)), ("wait_mean", waitSum / people),
            ("wait_p99", wait.quantile(0.99)), ("wait_max", wait.max),
            ("q_site", Double(mostAtSite)), ("q_recv", Double(load.mostWaiting[0])),
            ("q_ext", Double(load.mostWaiting[1])), ("q_pcr", Double(load.mostWaiting[2])),
            ("q_rev", Double(load.mostWaiting[3])), ("util_recv", use[0]), ("util_ext", use[1]),
            ("util_pcr", use[2]), ("util_rev", use[3]), ("events", Double(events)),
        ])
    }
}
