internal import LabDomain

extension Scenario {
    func faults(ofDistrict place: Int) -> [ScenarioFault] {
        var faults: [ScenarioFault] = []
        func check(_ isRight: Bool, _ key: String, _ message: Wording) {
            if !isRight { faults.append(ScenarioFault(.district(place), key, message)) }
        }
        let district = districts[place]
        check(district.people >= 0, "people", "people are not negative; give their number")
        check(
            0...1 ~= district.turnout, "turnout", "a turnout lies between 0 % and 100 %; give one")
        check(
            district.starts >= 0 && district.starts < horizon, "starts",
            "the district begins after the horizon, or before the start; move it")
        check(
            district.days.map(Self.areShares) ?? true, "days",
            "the shares of the days must not be negative and add to 100 %")
        check(
            Self.areShares(Array(district.classes.values)), "classes",
            "the shares of the risk classes must not be negative and add to 100 %")
        let used = RiskClass.allCases.filter { district.classes[$0] ?? 0 > 0 }
        for risk in used where tubes[risk] == nil {
            check(
                false, "classes",
                "the class \(risk.rawValue) has no kind of tube; name one under 'tubes'")
        }
        check(
            district.sites.count >= max(1, used.count), "sites",
            "a district needs a site, and one for each risk class; add sites")
        check(
            district.sites.allSatisfy { $0.lines >= 1 && $0.lines <= 1_000 && $0.weight >= 0 }
                && district.sites.contains { $0.weight > 0 }, "sites",
            "a site has 1 to 1,000 lines, and some site has people; mend them")
        check(district.couriers >= 1, "couriers", "nobody fetches the tubes; give a courier")
        check(
            district.samplersPerLine >= 1, "samplers", "a line takes a sampler at least; say so")
        if let samplers = district.samplers {
            check(
                samplers.most >= district.samplersPerLine, "samplers",
                "the shifts never open a line: no shift has samplers enough for one")
        }
        check(
            district.prevalence.values.allSatisfy { 0...1 ~= $0 }, "prevalence",
            "a prevalence lies between 0 % and 100 %; give one")
        check(
            (1...20).contains(district.householdSize), "household",
            "a household has 1 to 20 people; give such a number")
        check(
            0..<1 ~= district.householdCorrelation, "household",
            "a correlation lies between 0 and below 1; give one")
        return faults + routeFaults(place)
    }

    private func routeFaults(_ place: Int) -> [ScenarioFault] {
        let routes = districts[place].routes
        func fault(_ message: Wording) -> [ScenarioFault] {
            [ScenarioFault(.district(place), "laboratories", message)]
        }
        guard !routes.isEmpty, routes.contains(where: { $0.share > 0 }) else {
            return fault("the district has no laboratory; name one")
        }
        guard routes.allSatisfy({ laboratories.indices.contains($0.laboratory) }) else {
            return fault("the district names a laboratory that is not there; name one of the list")
        }
        guard routes.allSatisfy({ $0.share >= 0 && $0.minutes >= 0 && $0.minutes < 1e5 }) else {
            return fault("a route has a share and minutes that are not negative; mend it")
        }
        return []
    }

    func faults(ofLaboratory place: Int) -> [ScenarioFault] {
        let laboratory = laboratories[place]
        let isUsed = districts.contains { $0.routes.contains { $0.laboratory == place } }
        guard isUsed else { return [] }
        let stations = [
            ("reception", laboratory.reception), ("extraction", laboratory.extractors),
            ("pcr", laboratory.cyclers), ("review", laboratory.review),
        ]
        var faults: [ScenarioFault] = []
        for (key, levels) in stations {
            if levels.stairs.contains(where: { $0.count < 0 || $0.count > 100_000 }) {
                faults.append(
                    ScenarioFault(
                        .laboratory(place), key,
                        "a station has 0 to 100,000 servers; give such numbers"))
            } else if levels.minutes(until: horizon) <= 0 {
                faults.append(
                    ScenarioFault(
                        .laboratory(place), key,
                        """
                        the station never opens before the horizon; give it a shift with \
                        somebody on duty
                        """))
            }
        }
        return faults
    }

    /// Scenarios that are well written and can never finish.
    var endlessness: [ScenarioFault] {
        districts.indices.flatMap(endlessSampling) + laboratories.indices.flatMap(endlessTesting)
            + endlessChoice
    }

    /// Where couriers choose, all laboratories together must be able to do the work.
    private var endlessChoice: [ScenarioFault] {
        guard transport.dispatch == .leastLoaded else { return [] }
        let wells = districts.reduce(0.0) { $0 + expectedWells(of: $1) }
        let plates = wells / Double(testing.samplesOnPlate)
        let stations: [(Wording, KeyPath<Laboratory, Levels>, Double)] = [
            ("PCR", \Laboratory.cyclers, plates * testing.pcr.mean),
            (
                Wording(word: "extraction", of: "station"), \Laboratory.extractors,
                plates * testing.extraction.mean
            ),
            (
                Wording(word: "review", of: "station"), \Laboratory.review,
                plates * testing.review.mean
            ),
            (
                Wording(word: "reception", of: "station"), \Laboratory.reception,
                wells * testing.receptionSeconds.mean / 60
            ),
        ]
        return stations.compactMap { name, path, work in
            let open = laboratories.reduce(0.0) { $0 + $1[keyPath: path].minutes(until: horizon) }
            guard work > open else { return nil }
            return ScenarioFault(
                .scenario, "laboratories",
                """
                the tubes need \(Int(work / 60)) hours of \(name) and all laboratories together \
                have \(Int(open / 60)) until the horizon; add to them
                """)
        }
    }

    private func endlessSampling(_ place: Int) -> [ScenarioFault] {
        let district = districts[place]
        let days = district.days ?? sampling.days
        var faults: [ScenarioFault] = []
        if let first = firstOpening(of: district),
            first + 1_440 * Double(days.count - 1) >= horizon
        {
            faults.append(
                ScenarioFault(
                    .district(place), "starts",
                    "its last day begins after the horizon; start earlier or put it off"))
        }
        let mean = (sampling.secondsLeast + sampling.secondsMost) / 120
        let work = Double(district.people) * district.turnout * mean
        let lines = district.sites.reduce(0) { $0 + $1.lines }
        var room = Double(lines) * max(0, horizon - district.starts)
        if let samplers = district.samplers {
            let open = samplers.minutes(until: horizon) - samplers.minutes(until: district.starts)
            room = min(room, open / Double(district.samplersPerLine))
        }
        if work > room {
            faults.append(
                ScenarioFault(
                    .district(place), district.samplers == nil ? "sites" : "samplers",
                    """
                    swabbing everybody needs \(Int(work / 60)) line-hours and there are \
                    \(Int(room / 60)) until the horizon; add lines or samplers
                    """))
        }
        return faults
    }

    private func endlessTesting(_ place: Int) -> [ScenarioFault] {
        let laboratory = laboratories[place]
        let wells = expectedWells[place]
        guard wells > 0 else { return [] }
        var faults: [ScenarioFault] = []
        let plates = wells / Double(testing.samplesOnPlate)
        let stations = [
            ("extraction", laboratory.extractors, plates * testing.extraction.mean),
            ("pcr", laboratory.cyclers, plates * testing.pcr.mean),
            ("review", laboratory.review, plates * testing.review.mean),
            ("reception", laboratory.reception, wells * testing.receptionSeconds.mean / 60),
        ]
        for (key, levels, work) in stations where work > levels.minutes(until: horizon) {
            faults.append(
                ScenarioFault(
                    .laboratory(place), key,
                    """
                    its share of the tubes needs \(Int(work / 60)) hours of this station and it \
                    has \(Int(levels.minutes(until: horizon) / 60)) until the horizon; \
                    add to it, or send tubes elsewhere
                    """))
        }
        if let stock = laboratory.kits.isEmpty ? nil : laboratory.kits.reduce(0, { $0 + $1.count }),
            Double(stock) < wells + plates * Double(testing.controls)
        {
            faults.append(
                ScenarioFault(
                    .laboratory(place), "kits",
                    "its kits are for \(stock) wells and \(Int(wells)) are expected; order more"))
        }
        return faults
    }

    /// Wells of first tests that each laboratory must expect, when couriers are fixed.
    var expectedWells: [Double] {
        var wells = [Double](repeating: 0, count: laboratories.count)
        for district in districts {
            let own = expectedWells(of: district)
            let shares = district.routes.reduce(0) { $0 + $1.share }
            for route in district.routes where shares > 0 {
                let share = transport.dispatch == .fixed ? route.share / shares : 0
                wells[route.laboratory] += own * share
            }
        }
        return wells
    }

    private func expectedWells(of district: District) -> Double {
        let people = Double(district.people) * district.turnout
        return district.classes.reduce(0.0) { sum, part in
            sum + people * part.value / Double(tubes[part.key]?.peopleInWell ?? 1)
        }
    }
}
