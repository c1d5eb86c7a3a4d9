internal import LabSimulation

/// One more, or one less, of something in a laboratory.
enum LaboratoryChange: Hashable, Sendable {
    case machines(cyclers: Int, extractors: Int)
    /// People at a station in one shift.
    case staff(ScenarioStation, shift: Int, Int)
}

/// What a laboratory of a plan may become, and at which price.
struct MendingTerms: Sendable {
    private let given: Scenario.Laboratory
    private let rules: PlanRules
    private let prices: ScreeningProblem.Laboratory
    private let shiftLength: Double
    private let shifts: Int

    /// The terms of a laboratory, which has its name from the given one.
    init?(_ laboratory: Scenario.Laboratory, _ question: ScreeningQuestion) {
        let named = question.scenario.laboratories.firstIndex { $0.name == laboratory.name }
        guard let place = named else { return nil }
        given = question.scenario.laboratories[place]
        prices = question.problem.laboratories[place]
        rules = question.rules
        shiftLength = 60 * question.rules.staffShift
        shifts = Int((question.end / shiftLength).rounded(.up))
    }

    /// The laboratory after a change; nil when the limits forbid it.
    func changed(
        _ laboratory: Scenario.Laboratory, _ change: LaboratoryChange
    ) -> Scenario.Laboratory? {
        var laboratory = laboratory
        switch change {
        case .machines(let cyclers, let extractors):
            let (pcr, extraction) = (
                laboratory.cyclers.most + cyclers, laboratory.extractors.most + extractors
            )
            guard 1...rules.most(.pcr, of: given) ~= pcr,
                1...rules.most(.extraction, of: given) ~= extraction
            else { return nil }
            (laboratory.cyclers, laboratory.extractors) = (.always(pcr), .always(extraction))
        case .staff(let station, let shift, let more):
            let levels = laboratory.levels(of: station)
            let count = levels.level(at: shiftLength * Double(shift)) + more
            // An open laboratory is never left alone: who is called back may come at any hour.
            guard 1...rules.most(station, of: given) ~= count else { return nil }
            laboratory.set(self.levels(levels, shift, count), at: station)
        }
        return laboratory
    }

    /// The staircase with another number in one shift.
    private func levels(_ levels: Levels, _ shift: Int, _ count: Int) -> Levels {
        Levels(
            (0..<max(shift + 1, shifts)).map { number in
                let start = shiftLength * Double(number)
                return .init(from: start, count: number == shift ? count : levels.level(at: start))
            })
    }

    func price(_ change: LaboratoryChange) -> Double {
        switch change {
        case .machines(let cyclers, let extractors):
            prices.pcr.cost * Double(cyclers) + prices.extraction.cost * Double(extractors)
        case .staff(_, let shift, _):
            prices.review.costs[min(shift, prices.review.costs.count - 1)]
        }
    }

    /// What might help, by where most was waited.
    func candidates(_ verdict: PartVerdict) -> [LaboratoryChange] {
        var changes: [LaboratoryChange] = [
            .machines(cyclers: 1, extractors: 0), .machines(cyclers: 0, extractors: 1),
            .machines(cyclers: 2, extractors: 1),
        ]
        for station in [ScenarioStation.reception, .review] {
            let worst = Int(verdict.worstMinute[station.rawValue] / shiftLength)
            for near in [worst, worst - 1, worst + 1] where near >= 0 {
                changes.append(.staff(station, shift: near, 1))
            }
        }
        return changes
    }

    /// What might be spared, the dearest first.
    var removals: [LaboratoryChange] {
        [
            .machines(cyclers: -1, extractors: -1), .machines(cyclers: -1, extractors: 0),
            .machines(cyclers: 0, extractors: -1),
        ]
            + (0..<shifts).flatMap { shift -> [LaboratoryChange] in
                [.staff(.reception, shift: shift, -1), .staff(.review, shift: shift, -1)]
            }
    }
}
