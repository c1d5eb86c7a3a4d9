internal import LabDomain

extension Scenario {
    /// The most that is played: ten times what the largest campaigns had.
    static let mostPeople = 2_000_000_000
    static let mostSites = 300_000
    static let mostLines = 3_000_000
    static let mostPlaces = 3_000

    /// Everything that keeps the scenario from being played; empty when it can be.
    package var faults: [ScenarioFault] {
        var faults = ownFaults + samplingFaults + testingFaults
        for place in districts.indices { faults += self.faults(ofDistrict: place) }
        for place in laboratories.indices { faults += self.faults(ofLaboratory: place) }
        return faults.isEmpty ? endlessness : faults
    }

    private var ownFaults: [ScenarioFault] {
        var faults: [ScenarioFault] = []
        func check(_ isRight: Bool, _ subject: ScenarioFault.Subject, _ key: String, _ m: Wording) {
            if !isRight { faults.append(ScenarioFault(subject, key, m)) }
        }
        check(!districts.isEmpty, .scenario, "districts", "there is no district; add one")
        check(
            !laboratories.isEmpty, .scenario, "laboratories",
            "there is no laboratory; add one, or the tubes have no place to go")
        check(
            horizon > 0 && horizon <= 60 * 1_440, .scenario, "horizon",
            "the horizon lies between a minute and 60 days; give such a time")
        check(
            0..<1_440 ~= clockAtStart, .scenario, "starts_at",
            "the start is a time of day; write one such as 06:00")
        check(
            districts.reduce(0.0) { $0 + Double(max(0, $1.people)) } <= Double(Self.mostPeople),
            .scenario, "districts", "more than two thousand million people; split the scenario")
        check(
            districts.reduce(0) { $0 + $1.sites.count } <= Self.mostSites, .scenario, "districts",
            "more than 300,000 sites; make them larger")
        check(
            districts.reduce(0) { $0 + $1.sites.reduce(0) { $0 + max(0, $1.lines) } }
                <= Self.mostLines, .scenario, "districts",
            "more than three million lines; take fewer")
        check(
            districts.count <= Self.mostPlaces && laboratories.count <= Self.mostPlaces, .scenario,
            "districts", "more than 3,000 districts or laboratories; put some together")
        check(
            goal.window > 0 && goal.sampledWithin > 0 && goal.resultsWithin > 0, .goal, "window",
            "a goal needs times above zero; give them")
        check(
            0...1 ~= goal.shareInWindow, .goal, "share_in_window",
            "a share lies between 0 % and 100 %; give one")
        return faults
    }

    private var samplingFaults: [ScenarioFault] {
        var faults: [ScenarioFault] = []
        func check(_ isRight: Bool, _ subject: ScenarioFault.Subject, _ key: String, _ m: Wording) {
            if !isRight { faults.append(ScenarioFault(subject, key, m)) }
        }
        let profile = sampling.profile
        check(
            profile.allSatisfy { $0 >= 0 && $0 < 1e9 } && profile.contains { $0 > 0 }, .sampling,
            "profile", "nobody ever comes: give one weight an hour, one above 0 at least")
        check(
            (1...24).contains(profile.count), .sampling, "profile",
            "a day has 1 to 24 hours of opening; give one weight for each")
        check(
            Self.areShares(sampling.days), .sampling, "days",
            "the shares of the days must not be negative and add to 100 %")
        check(
            sampling.secondsLeast > 0 && sampling.secondsLeast <= sampling.secondsMost
                && sampling.secondsMost <= 3_600, .sampling, "seconds",
            "a swab takes between a moment and an hour, the shorter time first")
        check(
            sampling.tubeTimeout > 0, .sampling, "tube_timeout",
            "a tube needs time to be filled; give some minutes")
        check(
            transport.interval >= 1, .transport, "interval",
            "rounds are a minute apart at least; give a longer interval")
        check(
            transport.capacity >= 1, .transport, "capacity",
            "a courier who carries nothing never empties a site; give a number of tubes")
        check(
            transport.slowLeast > 0 && transport.slowLeast <= transport.slowMost, .transport,
            "slowdown", "trips take a time above zero; the smaller factor comes first")
        check(transport.stop >= 0, .transport, "stop", "a stop takes no negative time")
        return faults
    }

    private var testingFaults: [ScenarioFault] {
        var faults: [ScenarioFault] = []
        func check(_ isRight: Bool, _ key: String, _ message: Wording) {
            if !isRight { faults.append(ScenarioFault(.testing, key, message)) }
        }
        check(
            testing.wells >= 1 && testing.wells <= 1_536 && testing.controls >= 0
                && testing.controls < testing.wells, "controls",
            "controls leave no well for samples; use fewer controls or a larger plate")
        for (key, span) in [
            ("reception", testing.receptionSeconds), ("extraction", testing.extraction),
            ("pcr", testing.pcr), ("review", testing.review), ("call_back", testing.callBack),
            ("fetch_kept", testing.fetchKept),
        ] {
            check(
                span.least >= 0 && span.least <= span.most && span.most < 1e6, key,
                "a step takes no negative time; the shorter time comes first")
        }
        check(
            testing.plateTimeout > 0 && testing.urgentPlateTimeout > 0, "plate_timeout",
            "a plate needs time to be filled; give some minutes")
        check(
            0..<0.95 ~= testing.plateFailure && 0..<0.95 ~= testing.wellFailure, "plate_failure",
            "a laboratory that fails so often never ends; give a rate below 95 %")
        for (key, law, step) in [
            ("extraction_breakdowns", testing.extractionBreakdowns, testing.extraction),
            ("pcr_breakdowns", testing.pcrBreakdowns, testing.pcr),
        ] {
            guard let law else { continue }
            check(
                law.between > 0 && law.between >= step.most && law.between < 1e9, key,
                "machines that break down within a run never end a plate; give a longer time")
            check(
                law.repair.least >= 0 && law.repair.least <= law.repair.most
                    && law.repair.most < 1e6, key,
                "a repair takes no negative time; the shorter time comes first")
        }
        check(
            0...1 ~= testing.specificity, "specificity", "a probability lies between 0 and 1")
        check(
            testing.limitOfDetection.map { 1...1_000_000 ~= $0 } ?? true, "limit_of_detection",
            "a limit of detection lies between 1 and 1,000,000 copies")
        for (risk, use) in tubes {
            if case .pooled(let size) = use, !(2...30 ~= size) {
                check(
                    false, "tubes",
                    "a laboratory pool has 2 to 30 tubes; mend the class \(risk.rawValue)")
            }
        }
        return faults
    }

    static func areShares(_ shares: [Double]) -> Bool {
        !shares.isEmpty && shares.allSatisfy { $0 >= 0 }
            && abs(shares.reduce(0, +) - 1) < 1e-6
    }
}
