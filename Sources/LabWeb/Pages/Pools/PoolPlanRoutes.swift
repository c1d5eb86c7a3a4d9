internal import LabDomain
internal import LabOperations

extension Site {
    var poolPlanRoutes: [Route] {
        [
            .get("/pools/plan", .formPools) { visit in
                let wishes = PoolWishes(visit.query)
                do {
                    let plan = try visit.laboratory.poolPlan(
                        wishes, as: visit.handle, at: visit.now)
                    return planPage(plan, PoolArrangement(plan), wishes, visit)
                } catch let refusal as Refusal {
                    return .page(
                        Page(
                            visit.words.say("poolPlan.title"), "pool-plan",
                            PoolPlanPage(
                                visit.words(forUnplanned: refusal),
                                schemes: try visit.laboratory.poolSchemes(as: visit.handle), wishes,
                                for: visit), status: .conflict))
                }
            },
            .post("/pools/plan", .formPools, mostBytes: 1 << 23) { visit in
                let wishes = PoolWishes(visit.query)
                let arrangement = try PoolArrangement(visit.form)
                let faults = arrangement.faults(visit.words)
                guard faults.isEmpty, visit.form["do"] != "check" else {
                    return try await shown(
                        arrangement, wishes, visit, visit.words(forChecked: faults))
                }
                let named = arrangement.named
                do {
                    let formed = try await visit.perform(
                        FormPools(.named(named.map(\.pool)), knowing: wishes.prevalence))
                    let tubes = formed.pools.reduce(0) { $0 + $1.tubes.count }
                    // The list of all opens with the newest: those that were formed just now.
                    return .redirect(
                        "/pools?all=1",
                        .done(
                            visit.words.count(
                                "poolPlan.done", formed.pools.count, ["tubes": "\(tubes)"])))
                } catch let refusal as Refusal {
                    let flash = visit.words(for: refusal, numbers: named.map(\.number))
                    // What waits has changed: the proposal is made anew.
                    if refusal.tellsOfChange || refusal.places.isEmpty {
                        return .redirect(wishes.path, flash)
                    }
                    return try await shown(arrangement, wishes, visit, flash)
                }
            },
        ]
    }

    /// The arrangement that somebody made, with a word about it; nothing of it is lost.
    private func shown(
        _ arrangement: PoolArrangement, _ wishes: PoolWishes, _ visit: Visit, _ flash: Flash
    ) async throws -> Answer {
        if let secret = visit.secret { flashes.leave(flash, for: secret) }
        return try await aside {
            let plan = try visit.laboratory.poolPlan(wishes, as: visit.handle, at: visit.now)
            return planPage(plan, arrangement, wishes, visit)
        }
    }

    private func planPage(
        _ plan: PoolPlan, _ arrangement: PoolArrangement, _ wishes: PoolWishes, _ visit: Visit
    ) -> Answer {
        .page(
            Page(
                visit.words.say("poolPlan.title"), "pool-plan",
                PoolPlanPage(plan, arrangement, wishes, for: visit), scripts: ["pools.js"],
                status: PoolWishes.unreadable(visit.query).isEmpty ? .ok : .unprocessableContent))
    }
}

extension Visit {
    /// What a check of an arrangement found.
    fileprivate func words(forChecked faults: [String]) -> Flash {
        faults.isEmpty
            ? .done(words.say("poolPlan.checked"))
            : Flash(
                isDone: false, message: words.say("poolPlan.refused"),
                remedy: words.say("poolPlan.refused.remedy"), places: faults)
    }

    /// Why there is no proposal.
    fileprivate func words(forUnplanned refusal: Refusal) -> Flash {
        Flash(Explanation(refusal), in: words, visit: self)
    }
}
