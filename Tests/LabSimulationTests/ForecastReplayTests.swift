import LabSimulation
import LabStatistics
import LabTables
import ReferenceFiles
import Testing

@Suite("Replay of forecasts")
struct ForecastReplayTests {
    static let stations = LaboratoryStations(reception: 4, extraction: 6, pcr: 12, review: 2)

    static func reference(_ scenario: String) throws -> LaboratoryLog {
        func rows(_ table: String) throws -> [[Substring]] {
            let name = "simulation/events/J-lab0-\(scenario)-1-\(table).csv.gz"
            let text = String(
                decoding: try Gzip.unpacked(try Reference.bytes(name)), as: UTF8.self)
            return text.split(separator: "\n").dropFirst().map {
                $0.split(separator: ",", omittingEmptySubsequences: false)
            }
        }
        func time(_ cell: Substring) -> Double { Double(cell) ?? .infinity }
        let plates = try rows("plates").map { row in
            var plate = LoggedPlate()
            (plate.isUrgent, plate.wells) = (row[1] == "1", Int32(row[2]) ?? 0)
            (plate.formed, plate.extraction) = (time(row[3]), time(row[4]))
            (plate.pcr, plate.review) = (time(row[5]), time(row[6]))
            (plate.released, plate.repeats) = (time(row[7]), Int32(row[8]) ?? 0)
            return plate
        }
        let tubes = try rows("samples").map { row in
            var tube = LoggedTube()
            (tube.parent, tube.members) = (Int32(row[1]) ?? -1, Int32(row[2]) ?? 1)
            (tube.isPositive, tube.received) = (row[3] == "1", time(row[5]))
            tube.closed = row[4].isEmpty ? tube.received : time(row[4])
            (tube.receptionStart, tube.receptionEnd) = (time(row[6]), time(row[7]))
            tube.plate = Int32(row[8]) ?? -1
            return tube
        }
        return LaboratoryLog(tubes: tubes, plates: plates)
    }

    private func score(_ log: LaboratoryLog, pcr: Int, every: Double) -> ForecastReplay {
        var plan = ForecastReplay.Plan(stations: Self.stations)
        plan.stations.pcr = pcr
        (plan.every, plan.futures) = (every, 50)
        return ForecastReplay(log, plan: plan)
    }

    @Test(
        "FORE-5: recorded laboratories are forecast within the bars, better than naively",
        .needs(reference: "simulation/events/J-lab0-B-1-samples.csv.gz"),
        arguments: [("B", 7), ("D", 12)])
    func recorded(_ scenario: String, pcr: Int) throws {
        let replay = score(try Self.reference(scenario), pcr: pcr, every: 180)
        let ours = replay.ours
        #expect(try #require(ours.auc) >= 0.99)
        #expect(try #require(ours.recall) >= 0.9 && #require(ours.precision) >= 0.9)
        #expect(try #require(ours.meanAbsoluteError) < 10)
        #expect(abs(try #require(ours.coverage) - 0.8) < 0.08)
        for naive in [replay.stageMean, replay.queueRate] {
            #expect(try #require(ours.brier) < #require(naive.brier))
            #expect(try #require(ours.meanAbsoluteError) < #require(naive.meanAbsoluteError))
        }
    }

    @Test(
        "FORE-5: where retests jump the queue they are expected",
        .needs(reference: "simulation/events/J-lab0-C-1-samples.csv.gz"))
    func retests() throws {
        let ours = score(try Self.reference("C"), pcr: 12, every: 240).ours
        #expect(try #require(ours.meanAbsoluteError) < 10 && ours.recall == nil)
    }

    @Test("FORE-1: another future changes no forecast", arguments: [300.0, 700, 1_700])
    func future(_ now: Double) throws {
        let log = PeerSimulation.log(
            laboratory: 0, of: PeerCity(.toy, .prevalence), seed: 5)
        var other = log
        var random = SeededGenerator(seed: 17)
        // Whatever lies after now is drawn anew, and whoever comes later changes places.
        for number in other.plates.indices {
            Self.redraw(&other.plates[number], after: now, &random)
        }
        for number in other.tubes.indices {
            Self.redraw(&other.tubes[number], of: log, after: now, &random)
        }
        let times = LearnedTimes(from: [log.known(at: now)], stations: Self.stations)
        let state = LoggedState(log.known(at: now), at: now, times, order: .firstCome)
        let times2 = LearnedTimes(from: [other.known(at: now)], stations: Self.stations)
        let state2 = LoggedState(other.known(at: now), at: now, times2, order: .firstCome)
        #expect(other != log && state.tubes.count > 20)
        #expect(state.work == state2.work)
        let one = Forecast(state.work, times, futures: 20, seed: 2)
        let two = Forecast(state2.work, times2, futures: 20, seed: 2)
        for subject in 0..<state.work.subjects where subject < state.work.plates.count {
            for q in [0.1, 0.5, 0.9] {
                #expect(one.finish(subject, quantile: q) == two.finish(subject, quantile: q))
            }
        }
    }

    private static func redraw(
        _ plate: inout LoggedPlate, after now: Double, _ random: inout SeededGenerator
    ) {
        if plate.formed > now { plate.formed = now + 500 * random.uniform() + 1 }
        if plate.extraction > now { plate.extraction = now + 500 * random.uniform() + 1 }
        if plate.pcr > now { plate.pcr = now + 600 * random.uniform() + 1 }
        if plate.review > now { plate.review = now + 700 * random.uniform() + 1 }
        if plate.released > now {
            plate.released = now + 800 * random.uniform() + 1
            plate.repeats = 3
        }
    }

    private static func redraw(
        _ tube: inout LoggedTube, of log: LaboratoryLog, after now: Double,
        _ random: inout SeededGenerator
    ) {
        let plate = tube.plate >= 0 ? log.plates[Int(tube.plate)] : LoggedPlate()
        if plate.released > now { tube.isPositive = random.uniform() < 0.5 }
        if plate.formed > now { tube.plate = Int32(log.plates.count - 1) }
        if tube.received > now { tube.received = now + 300 * random.uniform() + 1 }
        if tube.receptionStart > now { tube.receptionStart = now + 400 * random.uniform() + 1 }
        if tube.receptionEnd > now { tube.receptionEnd = now + 500 * random.uniform() + 1 }
    }

    @Test("FORE-6: the log of a simulated laboratory tells what its run measured")
    func log() throws {
        let city = PeerCity(.toy, .prevalence)
        let log = PeerSimulation.log(laboratory: 0, of: city, seed: 3)
        let run = PeerSimulation.run(city, seed: 3)
        let pools = log.tubes.filter { !$0.isSingle }
        #expect(Double(pools.count) == run["tubes"])
        #expect(Double(log.tubes.count - pools.count) == run["singles"])
        #expect(Double(pools.count { $0.isPositive }) == run["pos_pools"])
        #expect(Double(log.plates.count) == run["plates"])
        #expect(log.end == run["makespan"])
        // Turnaround by person, once more from the log alone.
        var spans: [Double] = []
        for tube in log.tubes where tube.isSingle || !tube.isPositive {
            let received = tube.isSingle ? log.tubes[Int(tube.parent)].received : tube.received
            let span = log.plates[Int(tube.plate)].released - received
            spans += [Double](repeating: span, count: Int(tube.members))
        }
        spans.sort()
        let median = spans[(spans.count + 1) / 2 - 1]
        #expect(abs(median / (try #require(run["tat_p50"])) - 1) < 0.002)
        #expect(spans.last == run["tat_max"])
    }

    @Test("FORE-8: breakdowns and surges are forecast, and the order and the moves avoid breaches")
    func trial() throws {
        let sum = TrialSum(
            (0..<6).map { ForecastTrial.run(day: $0, seed: 1, futures: 20) }, seed: 1)
        #expect(sum.days == 6 && sum.ours.count > 50_000)
        #expect(try #require(sum.ours.brier) < #require(sum.stageMean.brier))
        #expect(try #require(sum.ours.brier) < #require(sum.queueRate.brier))
        #expect(try #require(sum.ours.recall) >= 0.8 && #require(sum.ours.precision) >= 0.8)
        #expect(sum.firstCome > 0 && sum.steered * 2 <= sum.firstCome)
        let cut = try #require(sum.cutByMoves)
        #expect(cut.low <= cut.share && cut.share <= cut.high)
        #expect(cut.share == 1 - Double(sum.steered) / Double(sum.firstCome))
    }
}
