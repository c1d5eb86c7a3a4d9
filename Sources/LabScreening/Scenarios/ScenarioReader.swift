internal import LabDomain
package import LabSettings
package import LabSimulation

/// A scenario as YAML: strict, every number with its unit, every complaint with its place.
package enum ScenarioFile {
    /// Reads a scenario.
    /// - Parameters:
    ///   - text: The YAML text; `scenario show` prints one with every key.
    ///   - file: The file's name as complaints shall show it.
    /// - Returns: A scenario that can be played.
    /// - Throws: `SettingsFaults` with everything that is wrong, where it is and what to do.
    package static func read(_ text: String, file: String) throws(SettingsFaults) -> Scenario {
        let root = try SettingsDocument(text, name: file).root
        var reader = SettingsReader(root)
        let scenario = scenario(&reader)
        try reader.finish()
        let faults = scenario.faults.map { fault in
            SettingsFault(place: place(of: fault, in: root), message: fault.message)
        }
        if !faults.isEmpty { throw SettingsFaults(faults: faults) }
        return scenario
    }

    private static func scenario(_ reader: inout SettingsReader) -> Scenario {
        var scenario = Scenario(name: reader.string("name"), districts: [], laboratories: [])
        scenario.title = reader.optionalString("title") ?? ""
        scenario.source = reader.optionalString("source") ?? ""
        if reader.has("starts_at") { scenario.clockAtStart = reader.clock("starts_at") }
        if reader.has("horizon") { scenario.horizon = reader.time("horizon") }
        if let goal = reader.ifPresent("goal", goal) { scenario.goal = goal }
        if let sampling = reader.ifPresent("sampling", sampling) { scenario.sampling = sampling }
        if let tubes = reader.ifPresent("tubes", tubes) { scenario.tubes = tubes }
        if let couriers = reader.ifPresent("couriers", transport) { scenario.transport = couriers }
        if let testing = reader.ifPresent("testing", testing) { scenario.testing = testing }
        if let costs = reader.ifPresent("costs", costs) { scenario.costs = costs }
        let (clock, horizon) = (scenario.clockAtStart, scenario.horizon)
        scenario.laboratories = reader.list("laboratories") { item in
            laboratory(&item, clock: clock, horizon: horizon)
        }
        var names: Set<String> = []
        for laboratory in scenario.laboratories where !names.insert(laboratory.name).inserted {
            reader.refuse("two laboratories have one name; rename one", at: "laboratories")
        }
        let laboratories = scenario.laboratories
        scenario.districts = reader.list("districts") { item in
            district(&item, laboratories, clock: clock, horizon: horizon)
        }
        return scenario
    }

    private static func goal(_ reader: inout SettingsReader) -> Scenario.Goal? {
        var goal = Scenario.Goal()
        if reader.has("sampled_within") { goal.sampledWithin = reader.time("sampled_within") }
        if reader.has("results_within") { goal.resultsWithin = reader.time("results_within") }
        if reader.has("window") { goal.window = reader.time("window") }
        if reader.has("share_in_window") { goal.shareInWindow = reader.share("share_in_window") }
        return goal
    }

    private static func sampling(_ reader: inout SettingsReader) -> Scenario.Sampling? {
        var sampling = Scenario.Sampling()
        if reader.has("opens") { sampling.opens = reader.clock("opens") }
        if reader.has("profile") {
            sampling.profile = reader.list("profile") { $0.double(in: 0...1e9) }
        }
        if reader.has("days") { sampling.days = reader.days("days") }
        if reader.has("person") {
            let span = reader.span("person")
            (sampling.secondsLeast, sampling.secondsMost) = (span.least * 60, span.most * 60)
        }
        if reader.has("tube_timeout") { sampling.tubeTimeout = reader.time("tube_timeout") }
        return sampling
    }

    private static func tubes(_ reader: inout SettingsReader) -> [RiskClass: Scenario.TubeUse]? {
        var tubes: [RiskClass: Scenario.TubeUse] = [:]
        for risk in RiskClass.allCases where reader.has(risk.rawValue) {
            tubes[risk] = reader.value(
                risk.rawValue, expecting: "single, mixed 5, mixed 10, mixed 20 or pool 5 (2 to 30)",
                TubeWords.read)
        }
        return tubes
    }

    private static func transport(_ reader: inout SettingsReader) -> Scenario.Transport? {
        var transport = Scenario.Transport()
        if reader.has("interval") { transport.interval = reader.time("interval") }
        if reader.has("stop") { transport.stop = reader.time("stop") }
        if reader.has("capacity") {
            transport.capacity = reader.count("capacity", .counted("tubes"))
        }
        if reader.has("slowdown") {
            let times = Quantity.Unit.counted(
                "time", "times", "factors, such as '0.9 to 1.3 times'")
            let span = reader.span("slowdown", times)
            (transport.slowLeast, transport.slowMost) = (span.least, span.most)
        }
        if reader.has("dispatch") { transport.dispatch = reader.choice("dispatch") }
        return transport
    }

    private static func costs(_ reader: inout SettingsReader) -> Scenario.Costs? {
        var costs = Scenario.Costs()
        costs.currency = reader.string("currency")
        let unit = Quantity.Unit.money(costs.currency)
        for (key, path) in CostWords.keys where reader.has(key) {
            costs[keyPath: path] = reader.quantity(key, unit)
            if costs[keyPath: path] < 0 {
                reader.refuse("a price is not negative; give another", at: key)
            }
        }
        return costs
    }

    /// Where the file says what a fault is about; the nearest that is there.
    private static func place(
        of fault: ScenarioFault, in root: SettingsNode
    ) -> SettingsPlace {
        let part: SettingsNode? =
            switch fault.subject {
            case .scenario: root
            case .sampling: root["sampling"]
            case .transport: root["couriers"]
            case .testing: fault.key == "tubes" ? root["tubes"] : root["testing"]
            case .goal: root["goal"]
            case .district(let place): root["districts"]?[place]
            case .laboratory(let place): root["laboratories"]?[place]
            }
        guard let part else { return root.place }
        return part[fault.key]?.place ?? part["plate"]?[fault.key]?.place ?? part.place
    }
}

extension SettingsNode {
    fileprivate subscript(_ key: String) -> SettingsNode? {
        guard case .mapping(let entries) = content else { return nil }
        return entries.first { $0.key == key }?.value
    }

    fileprivate subscript(_ place: Int) -> SettingsNode? {
        guard case .sequence(let items) = content, items.indices.contains(place) else { return nil }
        return items[place]
    }
}

/// The tubes of a risk class as files write them.
enum TubeWords {
    static func read(_ text: String) -> Scenario.TubeUse? {
        let words = text.split(separator: " ").map(String.init)
        if words == ["single"] { return .single }
        guard words.count == 2, let size = Int(words[1]) else { return nil }
        switch words[0] {
        case "mixed": return MixRatio(rawValue: size).map { .mixed($0) }
        case "pool": return 2...30 ~= size ? .pooled(size) : nil
        default: return nil
        }
    }

    static func write(_ use: Scenario.TubeUse) -> String {
        switch use {
        case .single: "single"
        case .mixed(let ratio): "mixed \(ratio.rawValue)"
        case .pooled(let size): "pool \(size)"
        }
    }
}

/// The keys of prices.
enum CostWords {
    static var keys: [(String, WritableKeyPath<Scenario.Costs, Double>)] {
        [
            ("site_day", \.siteDay), ("sampler_hour", \.samplerHour),
            ("courier_hour", \.courierHour), ("tube", \.tube), ("swab", \.swab), ("well", \.well),
            ("plate", \.plate), ("laboratory_day", \.laboratoryDay),
            ("extractor_day", \.extractorDay), ("cycler_day", \.cyclerDay),
            ("staff_hour", \.staffHour), ("call_back", \.callBack),
        ]
    }
}
