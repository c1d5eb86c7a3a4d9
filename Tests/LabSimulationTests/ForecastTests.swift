import LabSimulation
import LabStatistics
import Testing

@Suite("Forecast")
struct ForecastTests {
    /// Exact times: extraction 45, PCR 90, review 6; a thousand were seen, none with a breakdown.
    static func exact(_ stations: LaboratoryStations) -> LearnedTimes {
        var times = LearnedTimes(stations: stations)
        times.stages = [45.0, 90, 6].map {
            StageLaw([Double](repeating: $0, count: 1_000), breaks: true)
        }
        (times.reception, times.positivity, times.repeats) = (0.1, 0, 0)
        return times
    }

    static func plate(
        _ number: Int32, since: Double, isUrgent: Bool = false, deadline: Double = 720
    ) -> PlateInHand {
        PlateInHand(
            wells: 94, isUrgent: isUrgent, holdsPools: !isUrgent, deadline: deadline,
            place: .waiting(since: since), number: number)
    }

    static let one = LaboratoryStations(reception: 1, extraction: 1, pcr: 1, review: 1)

    @Test("FORE-2: plates behind one another finish when arithmetic says")
    func arithmetic() {
        var work = WorkInHand(now: 0, stations: Self.one)
        work.plates = [
            Self.plate(0, since: 0), Self.plate(1, since: 0), Self.plate(2, since: 0),
        ]
        work.plates[2].isUrgent = true
        let forecast = Forecast(work, Self.exact(Self.one), futures: 50, seed: 1)
        // The urgent one goes first; PCR, 90 minutes each, is what the others wait for.
        for (subject, finish) in [(2, 141.0), (0, 231), (1, 321)] {
            #expect(abs(forecast.finish(subject, quantile: 0.5) - finish) < 0.01, "\(subject)")
            #expect(forecast.lateness(subject, deadline: finish + 30) < 0.05)
            #expect(forecast.lateness(subject, deadline: finish - 1) > 0.95)
        }
        work.plates[1].deadline = 100
        let ordered = Forecast(
            work, Self.exact(Self.one), order: .earliestDeadline, futures: 50, seed: 1)
        #expect(abs(ordered.finish(1, quantile: 0.5) - 231) < 0.01)
        #expect(abs(ordered.finish(0, quantile: 0.5) - 321) < 0.01)
    }

    @Test("FORE-2: tubes at reception fill the open plate first, and a plate waits only so long")
    func reception() {
        var work = WorkInHand(now: 0, stations: Self.one)
        work.onPools = (84, 0)
        work.reception = [
            TubeGroup(count: 10, key: 0, isUrgent: false),
            TubeGroup(count: 30, key: 0, isUrgent: false),
        ]
        let forecast = Forecast(work, Self.exact(Self.one), futures: 20, seed: 1)
        // Ten tubes of 0.1 minutes fill the plate. The next plate is opened by the first few of
        // the others, at 1.0 + 1.6, waits 30 minutes and then for PCR.
        #expect(abs(forecast.finish(work.poolsSubject, quantile: 0.5) - 142) < 0.1)
        let second = forecast.finish(work.subject(ofGroup: 1), quantile: 0.5)
        #expect(abs(second - 232) < 0.1)
    }

    @Test("FORE-4: a machine that stands still while somebody waits is out of order")
    func broken() {
        let stations = LaboratoryStations(reception: 1, extraction: 3, pcr: 2, review: 1)
        var log = LaboratoryLog()
        for number in 0..<3 {
            var plate = LoggedPlate()
            (plate.wells, plate.formed) = (94, Double(number))
            if number < 2 { plate.extraction = Double(number) }
            log.plates.append(plate)
        }
        let times = Self.exact(stations)
        let state = LoggedState(log, at: 20, times, order: .firstCome)
        #expect(state.work.broken == [1, 0, 0] && state.work.working.extraction == 2)
        // Both plates are long overdue at extraction though PCR stands idle: PCR is broken.
        let later = LoggedState(log, at: 120, times, order: .firstCome)
        #expect(later.work.broken[PlateStage.pcr.rawValue] == 2)
    }

    @Test("FORE-4: a plate that is overdue is expected later the longer its machine is silent")
    func silence() {
        let stations = LaboratoryStations(reception: 1, extraction: 1, pcr: 1, review: 1)
        let times = Self.exact(stations)
        func median(_ now: Double) -> Double {
            var work = WorkInHand(now: now, stations: stations)
            work.plates = [Self.plate(0, since: 0)]
            work.plates[0].place = .began(.pcr, at: 0)
            return Forecast(work, times, futures: 400, seed: 3).finish(0, quantile: 0.5)
        }
        #expect(abs(median(60) - 96) < 0.1)
        // 75 minutes of repair on average are left whenever one looks: the median is 52.
        #expect(abs(median(100) - 100 - 6 - 52) < 12)
        #expect(abs(median(200) - 200 - 6 - 52) < 12)
    }

    @Test("FORE-7: moves carry the breaches that they avoid")
    func moves() {
        let stations = LaboratoryStations(reception: 1, extraction: 1, pcr: 1, review: 1)
        var work = WorkInHand(now: 0, stations: stations)
        work.plates = (0..<4).map { Self.plate(Int32($0), since: Double($0)) }
        // The last of four has time for one pass alone.
        let due = (0..<4).map {
            DueTubes(subject: $0, deadline: $0 == 3 ? 150 : 1_000, count: 94)
        }
        let finder = MoveFinder(work, due, Self.exact(stations), order: .firstCome, seed: 1)
        #expect(abs(finder.expected - 94) < 5)
        let first = finder.judge(.putFirst(plate: 3))
        #expect(abs(first.avoided - 94) < 5 && first.low <= first.avoided)
        #expect(abs(finder.judge(.putFirst(plate: 0)).avoided) < 5)
        let best = finder.best(of: [.putFirst(plate: 0), .putFirst(plate: 3), .splitPlate])
        #expect(best.map(\.move) == [.putFirst(plate: 3)])
        let more = LaboratoryStations(reception: 1, extraction: 4, pcr: 3, review: 4)
        work.working = more
        let served = MoveFinder(work, due, Self.exact(more), order: .firstCome, seed: 1)
            .judge(.addServer(.pcr))
        #expect(abs(served.avoided - 94) < 5)
    }

    @Test("FORE-5: scores are those of their definitions, and missing where there is nothing")
    func scores() {
        func one(_ p: Double, _ isLate: Bool, _ released: Double) -> ScoredForecast {
            ScoredForecast(
                probability: p, rank: p, isFlagged: p >= 0.5, finish: 100, low: 90, high: 110,
                isLate: isLate, released: released)
        }
        let score = ForecastScore([
            one(0.9, true, 130), one(0.6, false, 100), one(0.6, true, 110), one(0.1, false, 95),
        ])
        // Pairs of late and in time: 0.9 over both, 0.6 tied with one and over the other.
        #expect(score.auc == 3.5 / 4)
        #expect(score.recall == 1 && score.precision == 2.0 / 3)
        #expect(score.meanAbsoluteError == 45.0 / 4)
        let brier = (0.01 + 0.36 + 0.16 + 0.01) / 4
        #expect(abs((score.brier ?? 9) - brier) < 1e-12)
        #expect(score.coverage == 0.75)
        let none = ForecastScore([one(0.1, false, 100)])
        #expect(none.auc == nil && none.recall == nil && none.precision == nil)
        #expect(ForecastScore([]).brier == nil)
        let both = ForecastScore(sumOf: [score, none])
        #expect(both.count == 5 && both.recall == 1 && both.precision == 2.0 / 3)
    }
}
