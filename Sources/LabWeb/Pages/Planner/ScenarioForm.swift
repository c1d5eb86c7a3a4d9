internal import LabDomain
internal import LabOperations
internal import LabScreening
internal import LabSimulation

/// The main numbers of a scenario as fields of a form.
///
/// A field's name is its way in the YAML file, so that a fault of the file finds its field. What is
/// not changed in the form stays as it is to the last digit.
struct ScenarioForm {
    /// One number with the way to read and write it.
    struct Field {
        let name: String
        let value: String
        /// Puts a text into a scenario; false when the text is none of the kind.
        let put: (String, inout Scenario) -> Bool
    }

    /// Tables of more rows are edited as YAML.
    static let mostRows = 60

    let scenario: Scenario

    var hasDistricts: Bool { scenario.districts.count <= Self.mostRows }
    var hasLaboratories: Bool { scenario.laboratories.count <= Self.mostRows }

    /// Every field, in the order of the form.
    var fields: [Field] {
        general + (hasDistricts ? scenario.districts.indices.flatMap(district) : [])
            + (hasLaboratories ? scenario.laboratories.indices.flatMap(laboratory) : [])
    }

    /// The scenario with what was typed, and the fields that could not be read.
    func applying(_ typed: (String) -> String?) -> (scenario: Scenario, unread: [String]) {
        var changed = scenario
        var unread: [String] = []
        for field in fields {
            guard let text = typed(field.name), text != field.value else { continue }
            if !field.put(text, &changed) { unread.append(field.name) }
        }
        return (changed, unread)
    }

    private var general: [Field] {
        let goal = scenario.goal
        let sampling = scenario.sampling
        return [
            Field(name: "name", value: scenario.name) { text, scenario in
                scenario.name = text
                return !text.isEmpty
            },
            Field(name: "title", value: scenario.title) { text, scenario in
                scenario.title = text
                return true
            },
            hours("goal.sampled_within", goal.sampledWithin, \.goal.sampledWithin),
            hours("goal.results_within", goal.resultsWithin, \.goal.resultsWithin),
            hours("goal.window", goal.window, \.goal.window),
            percent("goal.share_in_window", goal.shareInWindow, \.goal.shareInWindow),
            Field(name: "sampling.days", value: "\(sampling.days.count)") { text, scenario in
                guard let days = Int(text), 1...60 ~= days else { return false }
                scenario.sampling.days = [Double](repeating: 1 / Double(days), count: days)
                return true
            },
            Field(name: "sampling.opens", value: FormText.clock(sampling.opens)) { text, scenario in
                guard let opens = FormText.readClock(text) else { return false }
                scenario.sampling.opens = opens
                return true
            },
            Field(
                name: "sampling.profile",
                value: sampling.profile.map(FormText.number).joined(separator: " ")
            ) { text, scenario in
                let weights = text.split { " ,;、,".contains($0) }.map { Double($0) }
                guard (1...24).contains(weights.count), weights.allSatisfy({ ($0 ?? -1) >= 0 })
                else { return false }
                scenario.sampling.profile = weights.compactMap { $0 }
                return true
            },
            minutes("sampling.tube_timeout", sampling.tubeTimeout, \.sampling.tubeTimeout),
            minutes("couriers.interval", scenario.transport.interval, \.transport.interval),
        ] + RiskClass.allCases.map(tube)
    }

    private func tube(_ risk: RiskClass) -> Field {
        Field(
            name: "tubes.\(risk.rawValue)",
            value: FormText.tube(scenario.tubes[risk] ?? .single)
        ) { text, scenario in
            guard let use = FormText.readTube(text) else { return false }
            scenario.tubes[risk] = use
            return true
        }
    }

    private func district(_ place: Int) -> [Field] {
        let district = scenario.districts[place]
        let way = "districts[\(place + 1)]"
        func count(
            _ name: String, _ value: Int, _ path: WritableKeyPath<Scenario.District, Int>
        ) -> Field {
            Field(name: "\(way).\(name)", value: "\(value)") { text, scenario in
                guard let count = FormText.count(text) else { return false }
                scenario.districts[place][keyPath: path] = count
                return true
            }
        }
        return [
            count("people", district.people, \.people),
            percent("\(way).turnout", district.turnout, \.districts[place].turnout),
            sites(way, place), lines(way, place),
            count("couriers", district.couriers, \.couriers),
            Field(
                name: "\(way).prevalence.low",
                value: FormText.number(100 * (district.prevalence[.low] ?? 0))
            ) { text, scenario in
                guard let percent = FormText.readNumber(text) else { return false }
                scenario.districts[place].prevalence[.low] = percent / 100
                return true
            },
        ]
    }

    private func sites(_ way: String, _ place: Int) -> Field {
        let sites = scenario.districts[place].sites
        return Field(name: "\(way).sites.count", value: "\(sites.count)") { text, scenario in
            guard let count = FormText.count(text), count <= 20_000 else { return false }
            let old = scenario.districts[place].sites
            let lines = old.first?.lines ?? 1
            scenario.districts[place].sites = Scenario.Site.spread(count, lines: lines)
            FormText.staff(&scenario.districts[place], before: old)
            return true
        }
    }

    private func lines(_ way: String, _ place: Int) -> Field {
        let sites = scenario.districts[place].sites
        let alike = Set(sites.map(\.lines)).count == 1
        let value = alike ? "\(sites.first?.lines ?? 1)" : FormText.mean(sites)
        return Field(name: "\(way).sites.lines", value: value) { text, scenario in
            guard let lines = FormText.count(text) else { return false }
            let old = scenario.districts[place].sites
            for site in scenario.districts[place].sites.indices {
                scenario.districts[place].sites[site].lines = lines
            }
            FormText.staff(&scenario.districts[place], before: old)
            return true
        }
    }

    private func laboratory(_ place: Int) -> [Field] {
        let laboratory = scenario.laboratories[place]
        let stations: [(String, WritableKeyPath<Scenario.Laboratory, Levels>)] = [
            ("reception", \.reception), ("extraction", \.extractors), ("pcr", \.cyclers),
            ("review", \.review),
        ]
        return stations.map { name, path in
            Field(
                name: "laboratories[\(place + 1)].\(name)",
                value: FormText.levels(laboratory[keyPath: path], scenario)
            ) { text, scenario in
                guard let levels = FormText.readLevels(text, scenario) else { return false }
                scenario.laboratories[place][keyPath: path] = levels
                return true
            }
        }
    }

    private func hours(
        _ name: String, _ minutes: Double, _ path: WritableKeyPath<Scenario, Double>
    ) -> Field {
        scaled(name, minutes, path, 60)
    }

    private func minutes(
        _ name: String, _ minutes: Double, _ path: WritableKeyPath<Scenario, Double>
    ) -> Field {
        scaled(name, minutes, path, 1)
    }

    private func percent(
        _ name: String, _ share: Double, _ path: WritableKeyPath<Scenario, Double>
    ) -> Field {
        scaled(name, share, path, 0.01)
    }

    private func scaled(
        _ name: String, _ value: Double, _ path: WritableKeyPath<Scenario, Double>, _ unit: Double
    ) -> Field {
        Field(name: name, value: FormText.number(value / unit)) { text, scenario in
            guard let number = FormText.readNumber(text) else { return false }
            scenario[keyPath: path] = number * unit
            return true
        }
    }
}
