import LabDomain
import LabStore
import Testing

@testable import LabOperations

@Suite("First readings, kept by run")
struct KeptReadingsTests {
    @Test("POOL-16: after every step of a random walk the kept counts are those counted anew")
    func kept() throws {
        var (tests, refused) = (0, 0)
        for (habit, seed) in [
            (RandomLaboratory.Habit.everything, 3), (.everything, 41), (.pools, 3), (.pools, 2022),
        ] as [(RandomLaboratory.Habit, UInt64)] {
            print("kept readings, habit \(habit), seed \(seed)")
            var laboratory = try RandomLaboratory(seed: seed, habit: habit)
            let kept = KeptReadings()
            var last: [CountedReadings] = []
            for step in 0..<150 {
                try laboratory.step()
                let now = laboratory.bench.now
                try laboratory.bench.laboratory.store.read { view in
                    let since = now.advanced(by: .hours(-30 * 24))
                    last = try kept.readings(since: since, until: now, in: view)
                    let anew = CountedReadings.counted(
                        try view.firstReadings(since: since, until: now))
                    #expect(Set(last) == Set(anew), "\(habit), seed \(seed), step \(step)")
                }
            }
            tests += last.reduce(0) { $0 + $1.tests }
            refused += try laboratory.bench.laboratory.store.read { try $0.refusedRuns() }
        }
        #expect(tests > 40)
        #expect(refused > 2)
    }
}
