import LabSimulation
import Testing

@Suite("Moves that help")
struct MoveTests {
    private static func finder(
        _ work: WorkInHand, _ due: [DueTubes], order: LineOrder = .firstCome,
        elsewhere: Double? = nil
    ) -> MoveFinder {
        MoveFinder(
            work, due, ForecastTests.exact(work.working), order: order, futures: 200, seed: 1,
            elsewhere: elsewhere)
    }

    /// A plate that began PCR at 0 and should have been read at 90; it is 200 now.
    private static func silent(pcr: Int) -> WorkInHand {
        var work = WorkInHand(
            now: 200,
            stations: LaboratoryStations(reception: 1, extraction: 1, pcr: pcr, review: 1))
        work.plates = [ForecastTests.plate(0, since: 0)]
        work.plates[0].place = .began(.pcr, at: 0)
        work.showsReads = true
        return work
    }

    @Test(
        "FORE-20: a plate that is overdue is seen to, or run on another machine where one is free")
    func overdue() {
        // A repair takes 75 minutes on average: with 9 to spare exp(-9/75) of the futures are late.
        let soon = Self.finder(
            Self.silent(pcr: 2), [DueTubes(subject: 0, deadline: 215, count: 94)])
        #expect(abs(soon.expected - 94 * 0.887) < 94 * 0.1)
        #expect(abs(soon.judge(.seeTo(plate: 0)).avoided - soon.expected) < 0.01)
        // Anew it takes 96 minutes.
        #expect(soon.judge(.otherMachine(plate: 0)).avoided < 0)
        let later = Self.finder(
            Self.silent(pcr: 2), [DueTubes(subject: 0, deadline: 310, count: 94)])
        #expect(abs(later.judge(.otherMachine(plate: 0)).avoided - later.expected) < 0.01)
        #expect(later.possible().contains(.otherMachine(plate: 0)))
        let alone = Self.finder(
            Self.silent(pcr: 1), [DueTubes(subject: 0, deadline: 310, count: 94)])
        #expect(!alone.possible().contains(.otherMachine(plate: 0)))
        #expect(alone.possible().contains(.seeTo(plate: 0)))
    }

    @Test("FORE-20: tubes on no plate get one at once, or the next plate does not wait for more")
    func platesNow() throws {
        var work = WorkInHand(now: 0, stations: ForecastTests.one)
        work.reception = [
            TubeGroup(count: 60, key: 0, isUrgent: false),
            TubeGroup(count: 10, key: 1, isUrgent: false),
        ]
        // Opened at 1.6 the plate waits half an hour: 1.6 + 30 + 45 + 90 + 6.
        func due(_ deadline: Double) -> [DueTubes] {
            [
                DueTubes(subject: work.subject(ofGroup: 0), deadline: 1_000, count: 60, box: 0),
                DueTubes(subject: work.subject(ofGroup: 1), deadline: deadline, count: 10, box: 1),
            ]
        }
        #expect(Self.finder(work, due(173)).expected == 0)
        let pressed = Self.finder(work, due(152))
        #expect(pressed.expected == 10)
        #expect(pressed.judge(.splitPlate).avoided == 10)
        // Alone they are taken in within a minute: 1 + 0.1 + 1 + 141.
        let sooner = Self.finder(work, due(145))
        #expect(sooner.judge(.splitPlate).avoided == 0)
        #expect(sooner.judge(.plateNow(group: 1)).avoided == 10)
        #expect(sooner.judge(.plateNow(group: 0)).avoided == 0)
        let tried = sooner.attempts(sooner.possible())
        #expect(tried.help(1)?.move == .plateNow(group: 1))
        #expect(tried.help(0) == nil)
    }

    @Test("FORE-20: who waits for a plate is ordered by deadlines, too")
    func order() {
        var work = WorkInHand(now: 0, stations: ForecastTests.one)
        work.reception = (0..<2).map { TubeGroup(count: 94, key: Double($0), isUrgent: false) }
        let due = (0..<2).map {
            DueTubes(subject: work.subject(ofGroup: $0), deadline: $0 == 0 ? 1_000 : 160, count: 94)
        }
        // Second in the line: 9.4 + 45 + 90 + 90 + 6; first: 9.4 + 45 + 90 + 6.
        let finder = Self.finder(work, due)
        #expect(finder.expected == 94)
        #expect(finder.judge(.earliestDeadlines).avoided == 94)
        #expect(finder.best(of: finder.possible()).first?.avoided == 94)
    }

    @Test("FORE-20: results that are reviewed need nothing but their release")
    func release() {
        var work = WorkInHand(now: 0, stations: ForecastTests.one)
        work.plates = [ForecastTests.plate(0, since: 0), ForecastTests.plate(1, since: 0)]
        for place in 0..<2 { work.plates[place].place = .before(.review, since: -60) }
        work.plates[0].isReviewed = true
        let due = (0..<2).map { DueTubes(subject: $0, deadline: 3, count: 94) }
        let finder = Self.finder(work, due)
        #expect(finder.expected == 188)
        #expect(finder.judge(.release(plate: 0)).avoided == 94)
        #expect(finder.possible().contains(.release(plate: 0)))
        #expect(!finder.possible().contains(.release(plate: 1)))
    }

    @Test("FORE-20: a box is sent where it is finished in time, and late where it is not")
    func sending() {
        var work = WorkInHand(now: 0, stations: ForecastTests.one)
        work.reception = [TubeGroup(count: 10, key: 0, isUrgent: false)]
        func due(_ deadline: Double) -> [DueTubes] {
            [DueTubes(subject: work.subject(ofGroup: 0), deadline: deadline, count: 10, box: 7)]
        }
        let near = Self.finder(work, due(120), elsewhere: 100)
        #expect(near.judge(.sendAway(box: 7)).avoided == 10)
        #expect(near.possible().contains(.sendAway(box: 7)))
        let far = Self.finder(work, due(120), elsewhere: 130)
        #expect(far.judge(.sendAway(box: 7)).avoided == 0)
        #expect(!far.possible().contains(.sendAway(box: 7)))
        // Here it would be in time, there it would not.
        #expect(Self.finder(work, due(200), elsewhere: 230).judge(.sendAway(box: 7)).avoided == -10)
    }

    @Test("FORE-20: what is late already is brought sooner, never at the cost of a breach")
    func late() throws {
        var work = WorkInHand(now: 0, stations: ForecastTests.one)
        work.plates = (0..<3).map { ForecastTests.plate(Int32($0), since: Double($0)) }
        func due(_ first: Double) -> [DueTubes] {
            (0..<3).map { place in
                DueTubes(subject: place, deadline: place == 2 ? -30 : first, count: 94)
            }
        }
        // The last of three waits for two passes of PCR, 90 minutes each.
        let free = Self.finder(work, due(2_000))
        #expect(free.expected == 0)
        let help = try #require(free.attempts([.putFirst(plate: 2)]).help(2))
        #expect(help.move == .putFirst(plate: 2) && abs(help.earlier - 180) < 0.01)
        #expect(help.avoided == 0)
        #expect(Self.finder(work, due(240)).attempts([.putFirst(plate: 2)]).help(2) == nil)
    }

    @Test("FORE-20: two moves are told together where one alone does not do")
    func together() throws {
        // The silent plate would have to wait behind another for the one reviewer: 200 + 6 + 6.
        var work = Self.silent(pcr: 2)
        work.plates.append(ForecastTests.plate(1, since: 0))
        work.plates[1].place = .before(.review, since: 190)
        let due = [
            DueTubes(subject: 0, deadline: 209, count: 94),
            DueTubes(subject: 1, deadline: 209, count: 94),
        ]
        let finder = Self.finder(work, due)
        #expect(finder.judge(.seeTo(plate: 0)).avoided < 1)
        let both = Move.both(.addServer(.review), .seeTo(plate: 0))
        #expect(finder.judge(both).avoided > 80)
        let told = finder.attempts([.seeTo(plate: 0), .addServer(.review)], pairs: 1)
        #expect(told.best.first?.move == both)
        #expect(told.help(0)?.move == both && told.help(1) == nil)
        // Where one alone is enough, nothing is added.
        let alone = Self.finder(work, [due[1]])
        #expect(alone.attempts([.seeTo(plate: 0), .addServer(.review)], pairs: 1).best.isEmpty)
    }

    @Test("FORE-21: the larger a laboratory, the fewer moves are tried with fewer futures")
    func effort() {
        func effort(_ plates: Int) -> MoveEffort {
            var work = WorkInHand(now: 0, stations: ForecastTests.one)
            work.plates = (0..<plates).map { ForecastTests.plate(Int32($0), since: 0) }
            return MoveEffort(work, atMost: 100)
        }
        let efforts = [0, 10, 100, 1_000, 10_000].map(effort)
        #expect(efforts[0] == effort(1) && efforts[0].futures == 50 && efforts[0].moves >= 50)
        #expect(efforts.map(\.pairs) == [6, 6, 6, 0, 0])
        for (less, more) in zip(efforts.dropFirst(), efforts) {
            #expect(less.futures * less.moves <= more.futures * more.moves)
        }
        #expect(efforts[4].futures * (efforts[4].moves + 1) <= 200 && efforts[4].moves >= 9)
    }
}
