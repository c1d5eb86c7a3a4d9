internal import LabDomain
package import LabSimulation

extension ScenarioFile {
    /// Writes a scenario as `read` understands it, with every key and unit.
    package static func write(_ scenario: Scenario) -> String {
        var lines = YAMLLines()
        lines.add("name", scenario.name)
        if !scenario.title.isEmpty { lines.add("title", scenario.title) }
        if !scenario.source.isEmpty { lines.add("source", scenario.source) }
        lines.raw("starts_at", YAMLLines.clock(scenario.clockAtStart))
        lines.raw("horizon", YAMLLines.time(scenario.horizon))
        let goal = scenario.goal
        lines.nest("goal") { goalLines in
            goalLines.raw("sampled_within", YAMLLines.time(goal.sampledWithin))
            goalLines.raw("results_within", YAMLLines.time(goal.resultsWithin))
            goalLines.raw("window", YAMLLines.time(goal.window))
            goalLines.raw("share_in_window", YAMLLines.share(goal.shareInWindow))
        }
        write(scenario.sampling, &lines)
        lines.nest("tubes") { inner in
            for risk in RiskClass.allCases {
                if let use = scenario.tubes[risk] { inner.raw(risk.rawValue, TubeWords.write(use)) }
            }
        }
        write(scenario.transport, &lines)
        write(scenario.testing, &lines)
        lines.nest("costs") { inner in
            inner.add("currency", scenario.costs.currency)
            for (key, path) in CostWords.keys {
                let price = YAMLLines.number(scenario.costs[keyPath: path])
                inner.raw(key, "\(price) \(scenario.costs.currency)")
            }
        }
        lines.blank()
        lines.list("laboratories", scenario.laboratories) { inner, laboratory in
            write(laboratory, scenario, &inner)
        }
        lines.blank()
        lines.list("districts", scenario.districts) { inner, district in
            write(district, scenario, &inner)
        }
        return lines.text
    }

    private static func write(_ sampling: Scenario.Sampling, _ lines: inout YAMLLines) {
        lines.nest("sampling") { inner in
            inner.raw("opens", YAMLLines.clock(sampling.opens))
            let weights = sampling.profile.map(YAMLLines.number).joined(separator: ", ")
            inner.raw("profile", "[\(weights)]")
            inner.raw("days", YAMLLines.days(sampling.days))
            inner.raw(
                "person",
                YAMLLines.span(sampling.secondsLeast, sampling.secondsMost, "seconds"))
            inner.raw("tube_timeout", YAMLLines.time(sampling.tubeTimeout))
        }
    }

    private static func write(_ transport: Scenario.Transport, _ lines: inout YAMLLines) {
        lines.nest("couriers") { inner in
            inner.raw("interval", YAMLLines.time(transport.interval))
            inner.raw("stop", YAMLLines.time(transport.stop))
            inner.raw("capacity", "\(transport.capacity) tubes")
            inner.raw(
                "slowdown", YAMLLines.span(transport.slowLeast, transport.slowMost, "times"))
            inner.raw("dispatch", transport.dispatch.rawValue)
        }
    }

    private static func write(_ testing: Scenario.Testing, _ lines: inout YAMLLines) {
        func span(_ span: Scenario.Span) -> String {
            YAMLLines.span(span.least, span.most, "minutes")
        }
        lines.nest("testing") { inner in
            inner.nest("plate") { plate in
                plate.raw("wells", "\(testing.wells) wells")
                plate.raw("controls", "\(testing.controls) controls")
                plate.raw("timeout", YAMLLines.time(testing.plateTimeout))
                plate.raw("urgent_timeout", YAMLLines.time(testing.urgentPlateTimeout))
            }
            let reception = testing.receptionSeconds
            inner.raw("reception", YAMLLines.span(reception.least, reception.most, "seconds"))
            inner.raw("extraction", span(testing.extraction))
            inner.raw("pcr", span(testing.pcr))
            inner.raw("review", span(testing.review))
            inner.raw("plate_failure", YAMLLines.share(testing.plateFailure))
            for (key, law) in [
                ("extraction_breakdowns", testing.extractionBreakdowns),
                ("pcr_breakdowns", testing.pcrBreakdowns),
            ] {
                guard let law else { continue }
                inner.nest(key) {
                    $0.raw("between", YAMLLines.time(law.between))
                    $0.raw("repair", span(law.repair))
                }
            }
            inner.raw("well_failure", YAMLLines.share(testing.wellFailure))
            inner.raw("call_back", span(testing.callBack))
            inner.raw("fetch_kept", span(testing.fetchKept))
            inner.raw("second_kit_for_singles", "\(testing.confirmsSingles)")
            inner.raw("specificity", YAMLLines.share(testing.specificity))
            inner.raw(
                "limit_of_detection", testing.limitOfDetection.map { "\($0) copies" } ?? "none")
        }
    }

    private static func write(
        _ laboratory: Scenario.Laboratory, _ scenario: Scenario, _ lines: inout YAMLLines
    ) {
        lines.add("name", laboratory.name)
        if let position = laboratory.position {
            lines.raw("position", YAMLLines.position(position))
        }
        let stations = [
            ("reception", laboratory.reception, "people"),
            ("extraction", laboratory.extractors, "machines"),
            ("pcr", laboratory.cyclers, "machines"), ("review", laboratory.review, "people"),
        ]
        for (key, levels, unit) in stations { lines.levels(key, levels, unit, scenario) }
        if !laboratory.kits.isEmpty {
            lines.open("kits")
            for delivery in laboratory.kits {
                lines.item(
                    "{ after: \(YAMLLines.time(delivery.from)), count: \(delivery.count) wells }")
            }
        }
    }

    private static func write(
        _ district: Scenario.District, _ scenario: Scenario, _ lines: inout YAMLLines
    ) {
        lines.add("name", district.name)
        if !district.localName.isEmpty { lines.add("local_name", district.localName) }
        lines.raw("people", "\(district.people) people")
        lines.raw("turnout", YAMLLines.share(district.turnout))
        if let position = district.position { lines.raw("position", YAMLLines.position(position)) }
        if district.ring != 1 { lines.raw("ring", "\(district.ring)") }
        if district.starts != 0 { lines.raw("starts", YAMLLines.time(district.starts)) }
        if let days = district.days { lines.raw("days", YAMLLines.days(days)) }
        if district.isUrgent { lines.raw("urgent", "true") }
        lines.raw("classes", YAMLLines.classes(district.classes))
        write(district.sites, &lines)
        if let samplers = district.samplers {
            lines.levels("samplers", samplers, "people", scenario)
        }
        lines.raw("samplers_per_line", "\(district.samplersPerLine) people")
        lines.raw("couriers", "\(district.couriers) couriers")
        lines.open("laboratories")
        for route in district.routes {
            let name = YAMLLines.quoted(scenario.laboratories[route.laboratory].name)
            lines.item(
                "{ name: \(name), share: \(YAMLLines.share(route.share)), "
                    + "trip: \(YAMLLines.time(route.minutes)) }")
        }
        lines.raw("prevalence", YAMLLines.classes(district.prevalence))
        lines.raw(
            "household",
            "{ size: \(district.householdSize) people, correlation: "
                + "\(YAMLLines.number(district.householdCorrelation)) }")
    }

    private static func write(_ sites: [Scenario.Site], _ lines: inout YAMLLines) {
        if let first = sites.first, sites == Scenario.Site.spread(sites.count, lines: first.lines) {
            lines.raw("sites", "{ count: \(sites.count) sites, lines: \(first.lines) lines }")
            return
        }
        lines.nest("sites") { inner in
            inner.open("list")
            for site in sites {
                let people = YAMLLines.number(site.weight)
                inner.item("{ people: \(people) people, lines: \(site.lines) lines }")
            }
        }
    }
}
