internal import LabDomain
internal import LabSettings
internal import LabSimulation

extension ScenarioFile {
    static func laboratory(
        _ item: inout SettingsReader, clock: Double, horizon: Double
    ) -> Scenario.Laboratory? {
        func levels(_ item: inout SettingsReader, _ key: String, _ unit: Quantity.Unit) -> Levels {
            item.levels(key, unit, clock: clock, horizon: horizon)
        }
        let machines = Quantity.Unit.counted("machines")
        let kits = item.ifPresent("kits") { reader in
            reader.list { delivery -> Levels.Stair? in
                let wells = delivery.count("count", .counted("wells"))
                if wells < 0 { delivery.refuse("kits are not negative; mend it", at: "count") }
                return Levels.Stair(from: delivery.time("after"), count: wells)
            }
        }
        return Scenario.Laboratory(
            name: item.string("name"), position: item.position("position"),
            reception: levels(&item, "reception", .people),
            extractors: levels(&item, "extraction", machines),
            cyclers: levels(&item, "pcr", machines), review: levels(&item, "review", .people),
            kits: kits ?? [])
    }

    static func testing(_ reader: inout SettingsReader) -> Scenario.Testing? {
        var testing = Scenario.Testing()
        _ = reader.ifPresent("plate") { plate -> Bool? in
            if plate.has("wells") { testing.wells = plate.count("wells", .counted("wells")) }
            if plate.has("controls") {
                testing.controls = plate.count("controls", .counted("controls"))
            }
            if plate.has("timeout") { testing.plateTimeout = plate.time("timeout") }
            if plate.has("urgent_timeout") {
                testing.urgentPlateTimeout = plate.time("urgent_timeout")
            }
            return true
        }
        func span(_ key: String, _ old: Scenario.Span, scale: Double = 1) -> Scenario.Span {
            guard reader.has(key) else { return old }
            let (least, most) = reader.span(key)
            return Scenario.Span(least * scale, most * scale)
        }
        testing.receptionSeconds = span("reception", testing.receptionSeconds, scale: 60)
        testing.extraction = span("extraction", testing.extraction)
        testing.pcr = span("pcr", testing.pcr)
        testing.review = span("review", testing.review)
        testing.callBack = span("call_back", testing.callBack)
        testing.fetchKept = span("fetch_kept", testing.fetchKept)
        if reader.has("plate_failure") { testing.plateFailure = reader.share("plate_failure") }
        testing.extractionBreakdowns = breakdowns("extraction_breakdowns", &reader)
        testing.pcrBreakdowns = breakdowns("pcr_breakdowns", &reader)
        if reader.has("well_failure") { testing.wellFailure = reader.share("well_failure") }
        if reader.has("specificity") { testing.specificity = reader.share("specificity") }
        if reader.has("second_kit_for_singles") {
            testing.confirmsSingles = reader.bool("second_kit_for_singles")
        }
        if reader.has("limit_of_detection") {
            testing.limitOfDetection =
                reader.value(
                    "limit_of_detection",
                    expecting:
                        "\(Quantity.Unit.copies.example), or none for a test that misses nobody"
                ) { text -> Int?? in
                    text == "none"
                        ? .some(nil)
                        : Quantity.read(text, .copies).flatMap { .some(Int(exactly: $0)) }
                } ?? nil
        }
        return testing
    }

    private static func breakdowns(
        _ key: String, _ reader: inout SettingsReader
    ) -> Scenario.Breakdowns? {
        reader.ifPresent(key) { law in
            let repair = law.span("repair")
            return Scenario.Breakdowns(
                between: law.time("between"), repair: .init(repair.least, repair.most))
        }
    }

    static func district(
        _ item: inout SettingsReader, _ laboratories: [Scenario.Laboratory], clock: Double,
        horizon: Double
    ) -> Scenario.District? {
        let people = item.value("people", expecting: Quantity.Unit.people.example) { text in
            Quantity.read(text, .people).flatMap { Int(exactly: $0.rounded()) }
        }
        if let people, people < 0 {
            item.refuse("people are not negative; give their number", at: "people")
        }
        let position = item.position("position")
        var district = Scenario.District(
            name: item.string("name"), localName: item.optionalString("local_name") ?? "",
            people: people ?? 0, position: position,
            sites: sites(&item, people: people ?? 0),
            couriers: item.count("couriers", .counted("couriers")),
            routes: routes(&item, laboratories, from: position))
        if item.has("turnout") { district.turnout = item.share("turnout") }
        if item.has("starts") { district.starts = item.time("starts") }
        if item.has("days") { district.days = item.days("days") }
        if item.has("ring") { district.ring = item.int("ring", in: 1...99) }
        if item.has("urgent") { district.isUrgent = item.bool("urgent") }
        if let classes = item.ifPresent("classes", classShares) { district.classes = classes }
        if item.has("samplers") {
            district.samplers = item.levels("samplers", .people, clock: clock, horizon: horizon)
        }
        if item.has("samplers_per_line") {
            district.samplersPerLine = item.count("samplers_per_line", .people)
        }
        if let known = prevalence(&item, of: district.classes) { district.prevalence = known }
        _ = item.ifPresent("household") { household -> Bool? in
            if household.has("size") { district.householdSize = household.count("size", .people) }
            if household.has("correlation") {
                district.householdCorrelation = household.double("correlation", in: 0...0.99)
            }
            return true
        }
        return district
    }

    private static func classShares(_ reader: inout SettingsReader) -> [RiskClass: Double]? {
        var shares: [RiskClass: Double] = [:]
        for risk in RiskClass.allCases where reader.has(risk.rawValue) {
            shares[risk] = reader.share(risk.rawValue)
        }
        return shares
    }

    /// One share for all, or one for each class.
    private static func prevalence(
        _ item: inout SettingsReader, of classes: [RiskClass: Double]
    ) -> [RiskClass: Double]? {
        item.ifPresent("prevalence") { reader in
            if case .mapping = reader.node.content { return classShares(&reader) }
            let share = reader.share()
            return classes.mapValues { _ in share }
        }
    }

    /// `count` or `people_per_site` with `lines` for equal ones, or a `list`.
    private static func sites(_ item: inout SettingsReader, people: Int) -> [Scenario.Site] {
        item.mapping("sites") { reader -> [Scenario.Site]? in
            if reader.has("list") {
                return reader.list("list") { site in
                    Scenario.Site(
                        weight: site.quantity("people", .people),
                        lines: site.count("lines", .counted("lines")))
                }
            }
            let lines = reader.count("lines", .counted("lines"))
            var count = 1
            if reader.has("people_per_site") {
                let each = reader.count("people_per_site", .people)
                if each < 1 {
                    reader.refuse("a site serves a person at least", at: "people_per_site")
                } else {
                    count = max(1, (max(0, people) + each - 1) / each)
                }
            } else {
                count = reader.count("count", .counted("sites"))
            }
            guard 1...2_000_000 ~= count else {
                reader.refuse("a district has 1 to 2,000,000 sites; give such a number")
                return nil
            }
            return Scenario.Site.spread(count, lines: lines)
        } ?? []
    }

    /// Names of laboratories, or each with its share of the couriers and its minutes.
    private static func routes(
        _ item: inout SettingsReader, _ laboratories: [Scenario.Laboratory],
        from position: Scenario.Position?
    ) -> [Scenario.Route] {
        guard item.has("laboratories") else {
            item.refuse("the district has no laboratory; name one under 'laboratories'")
            return []
        }
        return item.list("laboratories") { reader -> Scenario.Route? in
            var (share, minutes): (Double, Double?) = (1, nil)
            var name = ""
            if case .mapping = reader.node.content {
                name = reader.string("name")
                if reader.has("share") { share = reader.share("share") }
                if reader.has("trip") { minutes = reader.time("trip") }
            } else {
                name = reader.string()
            }
            guard let place = laboratories.firstIndex(where: { $0.name == name }) else {
                reader.refuse("no laboratory has this name; write one of 'laboratories'")
                return nil
            }
            guard
                let trip = minutes
                    ?? Scenario.tripMinutes(from: position, to: laboratories[place].position)
            else {
                reader.refuse(
                    """
                    how long the trip takes is not known; write 'trip: 25 minutes' here, or the \
                    positions of the district and the laboratory
                    """)
                return nil
            }
            return Scenario.Route(laboratory: place, share: share, minutes: trip)
        }
    }
}

extension SettingsReader {
    /// `[longitude, latitude]` in degrees.
    mutating func position(_ key: String) -> Scenario.Position? {
        ifPresent(key) { reader in
            let numbers = reader.list { $0.double(in: -180...180) }
            guard numbers.count == 2, abs(numbers[1]) <= 90 else {
                reader.refuse("a position is [longitude, latitude] in degrees; write both")
                return nil
            }
            return Scenario.Position(longitude: numbers[0], latitude: numbers[1])
        }
    }
}
