/// Something that can be done now so that fewer results are late.
package indirect enum Move: Sendable, Hashable {
    /// Everything in the laboratory's order of earliest deadlines.
    case earliestDeadlines
    /// A plate goes to the head of the line that it stands in.
    case putFirst(plate: Int32)
    /// The next plate is begun with what there is; it does not wait for more.
    case splitPlate
    /// What waits together goes on a plate at once, before all others and with nobody else.
    case plateNow(group: Int)
    /// Somebody sees to a plate that is overdue at a station, and it goes on.
    case seeTo(plate: Int32)
    /// A plate that is overdue at a station is begun anew on another machine there.
    case otherMachine(plate: Int32)
    /// The reviewed results of a plate are released.
    case release(plate: Int32)
    /// One more machine or pair of hands at a station.
    case addServer(PlateStage)
    /// Somebody sees to the machine that stands still.
    case mend(PlateStage)
    /// A box that is on no plate goes to another laboratory.
    case sendAway(box: Int32)
    /// Two of them, where one alone leaves the tubes to wait at the next place.
    case both(Move, Move)

    /// The plate that it is about, or nil.
    var plate: Int32? {
        switch self {
        case .putFirst(let plate), .seeTo(let plate), .otherMachine(let plate),
            .release(let plate):
            plate
        case .earliestDeadlines, .splitPlate, .plateNow, .addServer, .mend, .sendAway, .both: nil
        }
    }
}

/// A move with what it is worth.
package struct SuggestedMove: Sendable, Equatable {
    package let move: Move
    /// Breaches it avoids: the mean over futures, and where 80 % of them lie.
    package let avoided: Double
    package let low: Double
    package let high: Double
}

/// What a move does for tubes that are due together.
package struct MoveHelp: Sendable, Equatable {
    package let move: Move
    /// Breaches that it avoids in the whole laboratory.
    package let avoided: Double
    /// By how much the tubes themselves are finished earlier, on average.
    package let earlier: Double
}

/// Tubes of one subject and deadline, and the box they came in.
package struct DueTubes: Sendable, Equatable {
    package var subject: Int
    package var deadline: Double
    package var count: Int
    package var box: Int32

    /// Tubes that are due together.
    package init(subject: Int, deadline: Double, count: Int, box: Int32 = -1) {
        (self.subject, self.deadline, self.count, self.box) = (subject, deadline, count, box)
    }
}

extension LoggedState {
    /// The tubes in hand by subject, deadline and box.
    package func due(_ log: LaboratoryLog) -> [DueTubes] {
        var places: [[Double]: Int] = [:]
        var due: [DueTubes] = []
        for one in tubes where !log.tubes[one.tube].isSingle {
            let tube = log.tubes[one.tube]
            let key = [Double(one.subject), tube.deadline, Double(tube.box)]
            if let place = places[key] {
                due[place].count += 1
            } else {
                places[key] = due.count
                due.append(
                    DueTubes(
                        subject: one.subject, deadline: tube.deadline, count: 1, box: tube.box))
            }
        }
        return due
    }
}
