import LabSimulation
import Testing

@testable import LabScreening

/// Campaigns that were carried out, at a tenth of their size: people, sites, couriers, machines.
///
/// `swabline simulate qingdao-2020` plays them whole; decision 0023 has the figures of both.
@Suite("Campaigns that were carried out")
struct CampaignTests {
    /// A tenth of a campaign: of each kind of laboratory one, with the machines of a tenth.
    private static func tenth(_ ready: ReadyScenario) throws -> Scenario {
        var scenario = try ready.scenario()
        var kinds: [[Int]] = []
        for place in scenario.laboratories.indices {
            let shape = scenario.laboratories[place].cyclers.stairs.map(\.from)
            let known = kinds.firstIndex {
                scenario.laboratories[$0[0]].cyclers.stairs.map(\.from) == shape
            }
            if let known { kinds[known].append(place) } else { kinds.append([place]) }
        }
        let whole = scenario.laboratories
        func tenth(_ places: [Int], _ levels: (Scenario.Laboratory) -> Levels) -> Levels {
            let times = levels(whole[places[0]]).stairs.map(\.from)
            return Levels(
                times.map { time in
                    let sum = places.reduce(0) { $0 + levels(whole[$1]).level(at: time) }
                    return .init(from: time, count: Int((Double(sum) / 10).rounded()))
                })
        }
        scenario.laboratories = kinds.map { places in
            Scenario.Laboratory(
                name: whole[places[0]].name, reception: tenth(places, \.reception),
                extractors: tenth(places, \.extractors), cyclers: tenth(places, \.cyclers),
                review: tenth(places, \.review))
        }
        for place in scenario.districts.indices {
            let district = scenario.districts[place]
            scenario.districts[place].people = district.people / 10
            scenario.districts[place].sites = Scenario.Site.spread(
                district.sites.count / 10, lines: district.sites[0].lines)
            scenario.districts[place].couriers = district.couriers / 10
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

        init(_ ready: ReadyScenario) throws {
            let scenario = try CampaignTests.tenth(ready)
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
        let progress = try Progress(.qingdao2020)
        // Hours from 12 October 05:30; press conferences of 13 to 16 October 2020.
        let real = [
            (26.5, 3.078528, 36.0), (33.5, 4.2, 45.2), (39, 5.603804, 36.3), (60.5, 8.825231, 61.3),
            (74.5, 9.94, 76.9), (82, 10.468745, 84.5), (86.5, 10.58, 87.5), (98.5, 10.78, 94.2),
            (108.5, 10.899145, 100),
        ]
        for (hour, sampled, share) in real {
            let ours = progress.share(at: hour)
            #expect(abs(ours - share) < 10, "\(hour) h: \(ours) %, in truth \(share) %")
            let people = progress.value(progress.study.sums(of: \.sampled), at: hour) / 100_000
            #expect(abs(people - sampled) < 0.045 * 10.9, "\(hour) h: \(people) million sampled")
        }
    }

    @Test("SCEN-27: Shijiazhuang 2021: the same rules, within 10 points, and the total time")
    func shijiazhuang() throws {
        let progress = try Progress(.shijiazhuang2021)
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
        let progress = try Progress(.wuhan2020)
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
