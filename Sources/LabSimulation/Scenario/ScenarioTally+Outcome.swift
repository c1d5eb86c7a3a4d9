extension ScenarioTally {
    /// What the run came to.
    func outcome(
        _ compiled: CompiledScenario, _ ends: [LaboratoryEnd], seed: UInt64
    ) -> ScenarioOutcome {
        let scenario = compiled.scenario
        let end = max(lastSwab, lastResult)
        let bins = min(sampledByBin.capacity, Int(end / Self.bin) + 1)
        let looks = min(self.looks, Int(end / Self.look) + 1)
        let measures = measures(compiled, ends, end: end)
        let goal = scenario.goal
        let isFeasible =
            unserved == 0 && resulted == persons && lastSwab <= goal.sampledWithin
            && lastResult <= goal.resultsWithin
            && Double(inWindow) >= goal.shareInWindow * Double(resulted)
        return ScenarioOutcome(
            seed: seed, measures: measures, sampled: copy(sampledByBin, bins),
            results: copy(resultsByBin, bins), received: copy(receivedByBin, bins),
            waitingAtSites: (0..<looks).map { Float(Double(waitByLook[$0]) / 60_000 / Self.look) },
            waiting: ScenarioStation.allCases.map { station in
                (0..<looks).map { Int32(clamping: waiting[4 * $0 + station.rawValue]) }
            },
            working: ScenarioStation.allCases.map { station in
                (0..<looks).map { Int32(clamping: working[4 * $0 + station.rawValue]) }
            },
            districts: scenario.districts.indices.map { district($0) },
            laboratories: ends.enumerated().map { place, end in
                laboratory(end, scenario.laboratories[place], until: lastResult)
            }, isFeasible: isFeasible)
    }

    private func copy(_ block: borrowing Block<Int>, _ count: Int) -> [Int32] {
        var values: [Int32] = []
        values.reserveCapacity(count)
        for place in 0..<count { values.append(Int32(clamping: block[place])) }
        return values
    }

    private func measures(
        _ compiled: CompiledScenario, _ ends: [LaboratoryEnd], end: Double
    ) -> [ScenarioOutcome.Measure] {
        var list: [ScenarioOutcome.Measure] = []
        func add(_ name: String, _ value: Double) {
            list.append(ScenarioOutcome.Measure(name, value))
        }
        let (tubeCount, missed) = tubesAndMissed(compiled)
        add("people", Double(persons))
        add("people_not_sampled", Double(unserved))
        add("people_without_result", Double(persons - resulted))
        add("tubes", Double(tubeCount))
        add("tubes_by_timeout", Double(tubesByTimeout))
        add("people_per_tube", Double(persons - unserved) / Double(max(1, tubeCount)))
        add("trips", Double(trips))
        let horizon = compiled.scenario.horizon
        let people = persons - unserved
        for (name, share) in Self.shares {
            let time = share == 1 ? lastSwab : time(sampledByBin, share, of: people)
            add("hours_to_\(name)_sampled", (time ?? horizon) / 60)
        }
        for (name, share) in Self.shares {
            let isAll = share == 1
            let time =
                isAll
                ? (resulted == persons ? lastResult : nil)
                : time(resultsByBin, share, of: persons)
            add("hours_to_\(name)_resulted", (time ?? horizon) / 60)
        }
        let resulted = Double(max(1, resulted))
        add("share_in_window", Double(inWindow) / resulted)
        for (name, share) in [("p50", 0.5), ("p90", 0.9), ("p99", 0.99)] {
            add("turnaround_\(name)_hours", turnaround.quantile(share) / 60)
        }
        add("turnaround_max_hours", turnaround.max / 60)
        add("swab_to_result_p50_hours", sinceSwab.quantile(0.5) / 60)
        add("swab_to_result_p99_hours", sinceSwab.quantile(0.99) / 60)
        add("wait_mean_minutes", Double(waited) / 60_000 / Double(max(1, people)))
        add("wait_p99_minutes", wait.quantile(0.99))
        add("wait_max_minutes", wait.max)
        add("most_waiting_at_a_site", Double(mostAtSite))
        for station in ScenarioStation.allCases {
            let most = ends.map { $0.mostWaiting[station.rawValue] }.max() ?? 0
            add("most_waiting_\(station)", Double(most))
        }
        for station in ScenarioStation.allCases {
            add("use_\(station)", use(of: station, compiled.scenario, ends))
        }
        add("infected", Double(infected))
        add("found", Double(found))
        add("missed", Double(infected - found))
        add("missed_expected", missed)
        add("positive_wells", Double(positiveWells))
        add("called_back", Double(calledBack))
        add("kept_tubes_retested", Double(keptRetested))
        add("wells", Double(wells))
        add("plates", Double(plates))
        add("plates_repeated", Double(platesRepeated))
        let controls = compiled.scenario.testing.controls
        add("kits", Double(wells + plates * controls))
        let used = compiled.scenario.consumption(
            people: people, tubes: tubeCount, wells: wells + plates * controls, plates: plates,
            calledBack: calledBack)
        let kept = compiled.scenario.resourceCost(until: end)
        add("cost_of_resources", kept)
        add("cost_of_supplies", used)
        add("cost", kept + used)
        add("events", Double(events))
        return list
    }

    private static let shares = [
        ("50", 0.5), ("90", 0.9), ("95", 0.95), ("99", 0.99), ("100", 1.0),
    ]

    private func tubesAndMissed(_ compiled: CompiledScenario) -> (tubes: Int, missed: Double) {
        var (count, missed) = (0, 0.0)
        for (place, zone) in compiled.zones.enumerated() {
            for (members, expected) in zone.missedBySize.enumerated() {
                let tubes = tubes(zone: place, members: members)
                count += tubes
                missed += Double(tubes) * expected
            }
        }
        return (count, missed)
    }

    /// When a share of so many was reached; within a bin they are taken to lie evenly.
    private func time(
        _ block: borrowing Block<Int>, _ share: Double, of total: Int
    ) -> Double? {
        let wanted = share * Double(total)
        guard wanted > 0 else { return 0 }
        var before = 0.0
        for place in 0..<block.capacity {
            let here = Double(block[place])
            if before + here >= wanted, here > 0 {
                return Self.bin * (Double(place) + (wanted - before) / here)
            }
            before += here
        }
        return nil
    }

    /// The share of the time on duty at work, over the laboratories that had tubes.
    private func use(
        of station: ScenarioStation, _ scenario: Scenario, _ ends: [LaboratoryEnd]
    ) -> Double {
        var (busy, onDuty) = (0.0, 0.0)
        for (place, end) in ends.enumerated() where end.tubes > 0 {
            busy += end.busyTimes[station.rawValue]
            onDuty += scenario.laboratories[place].levels(of: station).minutes(until: lastResult)
        }
        return onDuty > 0 ? busy / onDuty : 0
    }

    private func laboratory(
        _ end: LaboratoryEnd, _ plan: Scenario.Laboratory, until last: Double
    ) -> ScenarioOutcome.Laboratory {
        ScenarioOutcome.Laboratory(
            tubes: end.tubes, plates: end.plates, firstReceipt: end.firstReceipt,
            lastRelease: end.lastRelease, mostWaiting: end.mostWaiting,
            use: ScenarioStation.allCases.map { station in
                let minutes = plan.levels(of: station).minutes(until: last)
                return minutes > 0 ? end.busyTimes[station.rawValue] / minutes : 0
            })
    }

    private func district(_ place: Int) -> ScenarioOutcome.District {
        var district = ScenarioOutcome.District()
        for look in 0..<looks {
            let sampled = Int(sampledOf[place * looks + look])
            let results = Int(resultsOf[place * looks + look])
            let end = Self.look * Double(look + 1)
            if sampled > 0 {
                if district.firstSwab < 0 { district.firstSwab = end - Self.look }
                district.lastSwab = end
            }
            if results > 0 { district.lastResult = end }
            district.sampled += sampled
            district.resulted += results
        }
        var before = 0
        for look in 0..<looks {
            before += Int(resultsOf[place * looks + look])
            let end = Self.look * Double(look + 1)
            if district.halfResulted < 0, before > 0, 2 * before >= district.resulted {
                district.halfResulted = end
            }
            if district.mostResulted < 0, before > 0,
                Double(before) >= 0.95 * Double(district.resulted)
            {
                district.mostResulted = end
            }
        }
        return district
    }
}

extension Scenario.Laboratory {
    /// Who or what is on duty at a station.
    package func levels(of station: ScenarioStation) -> Levels {
        switch station {
        case .reception: reception
        case .extraction: extractors
        case .pcr: cyclers
        case .review: review
        }
    }

    /// Changes who or what is on duty at a station.
    package mutating func set(_ levels: Levels, at station: ScenarioStation) {
        switch station {
        case .reception: reception = levels
        case .extraction: extractors = levels
        case .pcr: cyclers = levels
        case .review: review = levels
        }
    }
}
