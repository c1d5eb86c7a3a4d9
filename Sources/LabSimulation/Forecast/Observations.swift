/// Durations and counts that can be read from a log.
///
/// A log has the starts at the stations, not the ends. A plate that began at the next station
/// though nobody there had just become free, and somebody was idle, did not wait: what lies
/// between its starts is the duration. Of every other plate the duration is known not to exceed it.
struct Observations {
    var receptionSum = 0.0
    var receptionCount = 0
    var durations: [[Double]] = [[], [], []]
    var bounds: [[Double]] = [[], [], []]
    /// When plates began at each station.
    var starts: [[[Double]]] = [[], [], []]
    var transits: [Double] = []
    var callBacks: [Double] = []
    var largestPlate = 0
    var plateCount = 0
    var pools = 0
    var poolMembers = 0
    var positives = 0
    var released = 0
    var repeats = 0
    private var waits: [(urgent: Bool, wells: Int, wait: Double)] = []

    private static let instant = 0.002

    init(of logs: [LaboratoryLog], _ stations: LaboratoryStations) {
        for log in logs { add(log, stations) }
    }

    /// These and what another log tells.
    func adding(_ log: LaboratoryLog, _ stations: LaboratoryStations) -> Observations {
        var seen = self
        seen.add(log, stations)
        return seen
    }

    mutating func add(_ log: LaboratoryLog, _ stations: LaboratoryStations) {
        addTubes(log)
        for plate in log.plates where plate.formed.isFinite {
            plateCount += 1
            largestPlate = max(largestPlate, Int(plate.wells))
            guard plate.released.isFinite else { continue }
            released += 1
            repeats += Int(plate.repeats)
            durations[2].append(plate.released - plate.review)
        }
        addDurations(.extraction, log, stations)
        addDurations(.pcr, log, stations)
        for stage in PlateStage.allCases {
            starts[stage.rawValue].append(
                log.plates.map { $0.start(stage) }.filter(\.isFinite).sorted())
        }
    }

    /// The most plates that must have been at a station at once, at two times at least: they began
    /// well within the shortest time that any plate was seen to take there.
    func mostAtWork(_ stage: PlateStage) -> Int {
        let all = durations[stage.rawValue] + bounds[stage.rawValue]
        let shortest = 0.85 * (all.min() ?? 0)
        var (most, before) = (0, 0)
        for starts in starts[stage.rawValue] {
            var first = 0
            for last in starts.indices {
                while starts[last] - starts[first] > shortest { first += 1 }
                let now = last - first + 1
                if now > most { (most, before) = (now, most) } else { before = max(before, now) }
            }
        }
        return before
    }

    private mutating func addTubes(_ log: LaboratoryLog) {
        var firstOn = [Double](repeating: .infinity, count: log.plates.count)
        var calledBack: Set<Int32> = []
        for tube in log.tubes where tube.received.isFinite {
            if tube.receptionEnd.isFinite {
                receptionSum += tube.receptionEnd - tube.receptionStart
                receptionCount += 1
            }
            let plate = tube.plate >= 0 ? log.plates[Int(tube.plate)] : LoggedPlate()
            if tube.plate >= 0 {
                firstOn[Int(tube.plate)] = min(firstOn[Int(tube.plate)], tube.receptionEnd)
            }
            if tube.isSingle {
                guard calledBack.insert(tube.parent).inserted else { continue }
                let pool = log.tubes[Int(tube.parent)]
                guard pool.plate >= 0 else { continue }
                let released = log.plates[Int(pool.plate)].released
                if released.isFinite { callBacks.append(tube.received - released) }
            } else {
                if tube.closed.isFinite { transits.append(tube.received - tube.closed) }
                guard plate.released.isFinite else { continue }
                pools += 1
                poolMembers += Int(tube.members)
                positives += tube.isPositive ? 1 : 0
            }
        }
        for (place, plate) in log.plates.enumerated()
        where plate.formed.isFinite && firstOn[place].isFinite {
            waits.append((plate.isUrgent, Int(plate.wells), plate.formed - firstOn[place]))
        }
    }

    /// How long plates that were not full had waited, or nil when too few were seen.
    func patience(urgent: Bool, below full: Int) -> Double? {
        let seen = waits.filter { $0.urgent == urgent && $0.wells < full }.map(\.wait).sorted()
        return seen.count >= 3 ? seen[seen.count / 2] : nil
    }

    /// The durations at a station, or bounds of them where every plate had to wait behind it.
    func law(_ stage: PlateStage) -> StageLaw? {
        let seen = durations[stage.rawValue]
        if seen.count >= LearnedTimes.enough { return StageLaw(seen, breaks: stage != .review) }
        if let least = seen.min(), let most = seen.max() { return .evenly(0.9 * least, 1.1 * most) }
        let above = bounds[stage.rawValue].sorted()
        guard above.count >= 4 * LearnedTimes.enough else { return nil }
        return StageLaw([above[above.count / 20]])
    }

    private mutating func addDurations(
        _ stage: PlateStage, _ log: LaboratoryLog, _ stations: LaboratoryStations
    ) {
        guard let next = stage.next else { return }
        let starts = log.plates.map { $0.start(next) }.filter(\.isFinite).sorted()
        let ends = log.plates.filter { $0.start(next).isFinite }.map { $0.left(next) }
            .filter(\.isFinite).sorted()
        for plate in log.plates where plate.start(next).isFinite && plate.repeats == 0 {
            let start = plate.start(next)
            let begun = starts.below(start - Self.instant)
            let gone = ends.below(start - Self.instant)
            let goneNow = ends.below(start + Self.instant) - gone
            let duration = start - plate.start(stage)
            let busy = begun - gone
            if goneNow == 0, busy < stations[next] {
                durations[stage.rawValue].append(duration)
            } else {
                bounds[stage.rawValue].append(duration)
            }
        }
    }
}

extension [Double] {
    /// How many of the ascending numbers lie below a bound.
    func below(_ bound: Double) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < bound { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
