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
        switch work.plates[subject].place {
        case .waiting(let since):
            return (.extraction, behind(plates: waiting(before: since), at: .extraction))
        case .before(let stage, let since):
            let count = work.plates.count { other in
                if case .before(stage, let at) = other.place { at < since } else { false }
            }
            return (words(stage), behind(plates: count, at: words(stage)))
        case .began(let stage, let at):
            let there = words(stage)
            return (
                there,
                times[stage].isOverdue(-at)
                    ? "overdue at \(there.word): it may stand still" : "at \(there.word)"
            )
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

    /// A move as somebody can do it.
    func words(_ move: Move) -> Wording {
        switch move {
        case .earliestDeadlines: return "work in the order of earliest deadlines"
        case .putFirst(let number):
            let plate = plateNumbers.first { $0.value == Int(number) }?.key.text ?? "\(number)"
            return "put plate \(plate) first"
        case .splitPlate: return "begin the open plate as it is"
        case .addServer(let stage): return "run on one more at \(words(stage).word)"
        case .mend(let stage):
            return "see to the machine that stands still at \(words(stage).word)"
        case .sendAway(let number):
            let box = boxNumbers.first { $0.value == number }?.key.text ?? "\(number)"
            return "send box \(box) to another laboratory"
        }
    }
}
