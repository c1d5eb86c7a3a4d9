import LabSimulation
import LabStatistics
import Synchronization
import Testing

@testable import LabScreening

@Suite("Work that can be ended, and its parts")
struct PlayedPartsTests {
    private struct Enough: Error {}

    /// Lets so many steps pass, and then none.
    private static func steps(_ most: Int) -> @Sendable () throws -> Void {
        let left = Mutex(most)
        return {
            let isOver = left.withLock { left in
                left -= 1
                return left < 0
            }
            if isOver { throw Enough() }
        }
    }

    @Test("OPTIM-11: a plan that may not go on ends between two steps", arguments: [0, 1, 3, 6])
    func plan(most: Int) {
        let planner = ScreeningPlanner(
            .init(), clock: PlanCities.stillClock, mayGoOn: Self.steps(most))
        #expect(throws: Enough.self) { try planner.answer(PlanCities.city(people: 40_000)) }
    }

    @Test("SCEN-29: runs are ended between two of them, and told as they are done")
    func runs() throws {
        let told = Mutex<[Int]>([])
        let play = StudyPlay(mayGoOn: Self.steps(4)) { done, _ in told.withLock { $0.append(done) }
        }
        let scenario = PlanCities.city(people: 4_000)
        #expect(throws: Enough.self) { try play.studies([scenario], seeds: [1, 2, 3, 4, 5]) }
        // One step is the scenario's own.
        #expect(told.withLock { $0 } == [1, 2, 3])
    }

    @Test("SCEN-29: the parts of a result hold no style, script or address", arguments: [1, 2])
    func parts(seed: Int) throws {
        let cities = [1_000, 2_000].map {
            PlanCities.city(people: $0 + seed, prevalence: 0.001, seed: UInt64(seed))
        }
        let studies = try StudyPlay().studies(cities, seeds: [1, 2])
        for language in ReportLanguage.allCases {
            let parts =
                StudyReport(studies[0], nil, in: language).parts
                + ComparisonReport(studies, in: language).parts
            #expect(parts.count == 13)
            for part in parts {
                for banned in ["style=", "<script", "<style", "href=", "src=", " onload="] {
                    #expect(!part.html.contains(banned), "\(part.id) \(banned)")
                }
                #expect(!part.title.isEmpty && !part.html.isEmpty)
            }
        }
    }
}
