import LabSimulation
import Testing

@testable import LabScreening

/// Campaigns that were carried out, at a part of their size: people, sites, couriers, machines.
///
/// `swabline simulate qingdao-2020` plays them whole; decision 0023 has the figures of both.
@Suite("Campaigns that were carried out")
struct CampaignTests {
    /// A part of a campaign: one laboratory at home and one for each time at which others help.
    private static func scaled(_ ready: ReadyScenario, by part: Int) throws -> Scenario {
        var scenario = try ready.scenario()
        let whole = scenario.laboratories
        func begin(_ place: Int) -> Double {
            whole[place].cyclers.stairs.first { $0.count > 0 }?.from ?? 0
        }
        let kinds = Set(whole.indices.map(begin)).sorted().map { time in
            whole.indices.filter { begin($0) == time }
        }
        scenario.laboratories = kinds.map { places in
            func share(_ station: ScenarioStation) -> Levels {
                let all = places.map { whole[$0].levels(of: station) }
                let times = Set(all.flatMap { $0.stairs.map { $0.from } })
                return Levels(
                    times.map { time in
                        let sum = all.reduce(0) { $0 + $1.level(at: time) }
                        return Levels.Stair(from: time, count: (sum + part / 2) / part)
                    })
            }
            return Scenario.Laboratory(
                name: whole[places[0]].name, reception: share(.reception),
                extractors: share(.extraction), cyclers: share(.pcr), review: share(.review))
        }
        for place in scenario.districts.indices {
            let district = scenario.districts[place]
            scenario.districts[place].people = district.people / part
            scenario.districts[place].sites = Scenario.Site.spread(
                district.sites.count / part, lines: district.sites[0].lines)
            scenario.districts[place].couriers = max(1, district.couriers / part)
            scenario.districts[place].routes = kinds.enumerated().compactMap { kind, places in
                district.routes.first { places.contains($0.laboratory) }.map {
                    Scenario.Route(laboratory: kind, share: 1, minutes: $0.minutes)
                }
            }
        }
        return scenario
    }

    private struct Progress {
        let study: ScenarioStudy

        init(_ ready: ReadyScenario, by part: Int) throws {
            let scenario = try CampaignTests.scaled(ready, by: part)
            let compiled = try CompiledScenario(scenario)
            study = ScenarioStudy(scenario, [ScenarioSimulation.run(compiled, seed: 1)])
        }

        func value(_ curve: ScenarioStudy.Curve, at hour: Double) -> Double {
            curve.mean[min(curve.mean.count - 1, Int((hour * 4).rounded()))]
        }

        /// Results over samples, in per cent.
        func share(at hour: Double) -> Double {
            100 * value(study.sums(of: \.results), at: hour)
                / value(study.sums(of: \.sampled), at: hour)
        }
    }

    @Test("SCEN-26: Qingdao 2020: results over samples stay within 10 points of the real curve")
    func qingdao() throws {
        let progress = try Progress(.qingdao2020, by: 5)
        // Hours from 12 October 05:30; press conferences of 13 to 16 October 2020.
        let real = [
            (26.5, 3.078528, 36.0), (33.5, 4.2, 45.2), (39, 5.603804, 36.3), (60.5, 8.825231, 61.3),
            (74.5, 9.94, 76.9), (82, 10.468745, 84.5), (86.5, 10.58, 87.5), (98.5, 10.78, 94.2),
            (108.5, 10.899145, 100),
        ]
        for (hour, sampled, share) in real {
            let ours = progress.share(at: hour)
            #expect(abs(ours - share) < 10, "\(hour) h: \(ours) %, in truth \(share) %")
            let people = progress.value(progress.study.sums(of: \.sampled), at: hour) / 200_000
            #expect(abs(people - sampled) < 0.045 * 10.9, "\(hour) h: \(people) million sampled")
        }
    }

    @Test("SCEN-27: Shijiazhuang 2021: the same rules, within 10 points, and the total time")
    func shijiazhuang() throws {
        let progress = try Progress(.shijiazhuang2021, by: 5)
        // Hours from 6 January 00:00; press conferences of 6 to 10 January 2021.
        for (hour, share) in [(36.0, 39.6), (48, 51.2), (60, 63.7)] {
            let ours = progress.share(at: hour)
            #expect(abs(ours - share) < 10, "\(hour) h: \(ours) %, in truth \(share) %")
        }
        // All results were announced for the morning of 9 January, hour 81.
        let end = try #require(progress.study["hours_to_95_resulted"]?.mean)
        #expect(abs(end - 81) < 0.1 * 81, "\(end) h")
    }

    @Test("SCEN-28: Wuhan 2020: 215 machines that become 701 test what was tested, day by day")
    func wuhan() throws {
        let progress = try Progress(.wuhan2020, by: 10)
        let days = [
            72_791, 113_609, 222_675, 335_887, 467_847, 856_128, 887_321, 1_000_729, 1_470_950,
        ]
        var total = 0.0
        for (day, tests) in days.enumerated() {
            total += Double(tests)
            let ours =
                10
                * progress.value(
                    progress.study.sums(of: \.results), at: 24 * Double(day + 1))
            #expect(
                abs(ours - total) < 0.1 * 9_899_828, "day \(day + 1): \(ours), in truth \(total)")
        }
        let people = 10 * (progress.study["people"]?.mean ?? 0)
        #expect(abs(people - 9_899_828) < 0.01 * 9_899_828)
        #expect(progress.study["people_without_result"]?.mean == 0)
        let end = try #require(progress.study["hours_to_100_resulted"]?.mean)
        #expect(end < 19 * 24 && end > 18 * 24, "\(end) h")
    }
}
