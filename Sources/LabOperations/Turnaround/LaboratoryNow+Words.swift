internal import LabDomain
internal import LabSimulation

/// What a board says of where things are, why they wait, and what would help.
extension LaboratoryNow {
    /// Where a line's tubes are, and why they wait there.
    func reason(_ place: Int) -> (TurnaroundBoard.Stage, Wording) {
        let subject = due[place].subject
        guard subject < work.plates.count else {
            let group = subject - work.plates.count - 2
            return (
                .noPlate,
                behind(
                    tubes: tubesAhead.indices.contains(group)
                        ? tubesAhead[group] : 0)
            )
        }
        guard !work.plates[subject].isReviewed else {
            return (.review, "reviewed: waits for its release")
        }
        switch work.plates[subject].place {
        case .waiting(let since):
            return (.extraction, behind(plates: waiting(before: since), at: .extraction))
        case .before(let stage, let since):
            return (
                words(stage),
                behind(plates: waiting(at: stage, before: since), at: words(stage))
            )
        case .began(let stage, let at):
            let there = words(stage)
            return (
                there,
                times[stage].isOverdue(-at)
                    ? "overdue at \(there.word): it may stand still" : "at \(there.word)"
            )
        }
    }

    /// Whether nobody waits before a line's tubes where they are.
    private func isNext(_ place: Int) -> Bool {
        let subject = due[place].subject
        guard work.plates.indices.contains(subject) else {
            let group = subject - work.plates.count - 2
            return tubesAhead.indices.contains(group) && tubesAhead[group] == 0
        }
        switch work.plates[subject].place {
        case .waiting(let since): return waiting(before: since) == 0
        case .before(let stage, let since): return waiting(at: stage, before: since) == 0
        case .began: return false
        }
    }

    private func waiting(at stage: PlateStage, before since: Double) -> Int {
        work.plates.count { other in
            if case .before(stage, let at) = other.place { at < since } else { false }
        }
    }

    private func waiting(before since: Double) -> Int {
        work.plates.count { other in
            if case .waiting(let at) = other.place { at < since } else { false }
        }
    }

    private func behind(tubes count: Int) -> Wording {
        switch count {
        case 0: "next for a plate"
        case 1: "behind 1 tube for the next plate"
        default: "behind \(count) tubes for the next plate"
        }
    }

    private func behind(plates count: Int, at stage: TurnaroundBoard.Stage) -> Wording {
        switch count {
        case 0: "next at \(stage.word)"
        case 1: "behind 1 plate at \(stage.word)"
        default: "behind \(count) plates at \(stage.word)"
        }
    }

    private func words(_ stage: PlateStage) -> TurnaroundBoard.Stage {
        switch stage {
        case .extraction: .extraction
        case .pcr: .pcr
        case .review: .review
        }
    }

    private func name(_ plate: Int32) -> String {
        plateNumbers.first { $0.value == Int(plate) }?.key.text ?? "\(plate)"
    }

    /// Why nothing that was tried helps a line.
    func unhelped(_ place: Int) -> Wording {
        let subject = due[place].subject
        if work.plates.indices.contains(subject),
            case .began(let stage, _) = work.plates[subject].place
        {
            return "already at \(words(stage).word): nothing shortens that"
        }
        if isNext(place) { return "it is next: begin it, nothing that was tried is quicker" }
        return due[place].deadline < 0
            ? "late already: nothing that was tried brings it sooner"
            : "nothing that was tried helps it without harm to others"
    }

    /// A move as somebody can do it.
    func words(_ move: Move) -> Wording {
        switch move {
        case .earliestDeadlines: return "work in the order of earliest deadlines"
        case .putFirst(let number):
            return "put plate \(name(number)) first"
        case .splitPlate: return "lay out the next plate now, without waiting for more tubes"
        case .plateNow(let group):
            let place = due.firstIndex { $0.subject == work.subject(ofGroup: group) }
            let box = place.map { open[$0].box.text } ?? "\(group)"
            return "lay out what waits of box \(box) now, on a plate of its own"
        case .seeTo(let number):
            return "see to plate \(name(number)), which is overdue, and let it go on"
        case .otherMachine(let number):
            return "run plate \(name(number)) on another machine: one is free"
        case .release(let number): return "release the results of plate \(name(number))"
        case .addServer(.review): return "call one more to review"
        case .addServer(let stage): return "run on one more at \(words(stage).word)"
        case .mend(let stage):
            return "see to the machine that stands still at \(words(stage).word)"
        case .both(let first, let second): return "\(words(first)), and \(words(second))"
        case .sendAway(let number):
            let box = boxNumbers.first { $0.value == number }?.key.text ?? "\(number)"
            return "send box \(box) to another laboratory"
        }
    }
}
