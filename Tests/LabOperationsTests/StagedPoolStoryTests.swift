import LabDomain
import LabOperations
import LabStore
import Testing

@Suite("Stages that come to nothing, are refused or are done again")
struct StagedPoolStoryTests {
    @Test("RES-14: when no smaller pool is found, the question is about the first one")
    func unexplainedFirst() throws {
        let staged = try StagedBench(tubes: 10, scheme: "10>5>1")
        try staged.test(found: [staged.pool.text])
        try staged.test()
        #expect(try staged.state(of: staged.pool) == .unconfirmed)
        #expect(try staged.questions == [staged.pool.text])
        #expect(try staged.status.answersToRelease == 10)
        #expect(try staged.isSound)
    }

    @Test("RES-14: when a smaller pool is found and none of its tubes, the question is about it")
    func unexplainedMiddle() throws {
        let staged = try StagedBench(tubes: 10, scheme: "10>5>1")
        try staged.test(found: [staged.pool.text])
        let parts = try staged.parts(of: staged.pool)
        try staged.test(found: [parts[0].text])
        try staged.test()
        #expect(try staged.state(of: parts[0]) == .unconfirmed)
        #expect(try staged.state(of: staged.pool) == .unconfirmed)
        #expect(try staged.questions == [parts[0].text])
        #expect(try staged.isSound)
    }

    @Test("RES-14: a smaller pool without a positive tube is asked about beside one that has some")
    func besideConfirmed() throws {
        let staged = try StagedBench(tubes: 10, scheme: "10>5>1")
        try staged.test(found: [staged.pool.text])
        let parts = try staged.parts(of: staged.pool)
        try staged.test(found: parts.map(\.text))
        try staged.test(found: [Bench.barcode(1)])
        try staged.test(.second, found: [Bench.barcode(1)])
        #expect(try parts.map(staged.state) == [.confirmed, .unconfirmed])
        #expect(try staged.state(of: staged.pool) == .confirmed)
        #expect(try staged.questions == [parts[1].text])
    }

    @Test("RES-14: a smaller pool that was never found, only unreadable, raises no question")
    func unreadableMiddle() throws {
        let staged = try StagedBench(tubes: 10, scheme: "10>5>1")
        try staged.test(found: [staged.pool.text])
        let parts = try staged.parts(of: staged.pool)
        for _ in 0..<3 {
            try staged.bench.testPlate {
                $0 == parts[0].text ? [nil, nil, nil] : Bench.negative
            }
        }
        #expect(try staged.state(of: parts[0]) == .opened)
        try staged.test()
        #expect(try staged.state(of: parts[0]) == .unconfirmed)
        #expect(try staged.questions == [staged.pool.text])
    }

    @Test("RES-15, REV-1: the smaller pools of a refused run are withdrawn, and all begins again")
    func refusedCut() throws {
        let staged = try StagedBench(tubes: 10, scheme: "10>5>1")
        let plate = try staged.test(found: [staged.pool.text])
        let first = try staged.parts(of: staged.pool)
        // An abandoned plate of theirs is no step forward.
        let dropped = try staged.bench.perform(LayOutPlate(kit: .first)).plate
        #expect(try staged.bench.refusal(RefuseRun(plate: plate), as: Bench.supervisor) != nil)
        try staged.bench.perform(AbandonPlate(plate: dropped))
        #expect(try staged.waiting.map(\.purpose) == [.retest, .retest])

        try staged.bench.perform(RefuseRun(plate: plate), as: Bench.supervisor)
        #expect(try first.map(staged.state) == [.withdrawn, .withdrawn])
        #expect(try staged.state(of: staged.pool) == .open)
        #expect(try staged.waiting.map(\.subject) == [staged.pool.text])
        #expect(try staged.isSound)

        try staged.test(found: [staged.pool.text])
        let second = try staged.parts(of: staged.pool)
        #expect(second.count == 2 && Set(first).isDisjoint(with: second))
        try staged.test()
        #expect(try staged.questions == [staged.pool.text])
        #expect(try staged.isSound)
    }

    @Test("RES-15: a refused run of a smaller pool opens what it had concluded")
    func refusedConclusion() throws {
        let staged = try StagedBench(tubes: 10, scheme: "10>5>1")
        try staged.test(found: [staged.pool.text])
        let plate = try staged.test()
        #expect(try staged.questions == [staged.pool.text])
        try staged.bench.perform(RefuseRun(plate: plate), as: Bench.supervisor)
        #expect(try staged.state(of: staged.pool) == .split)
        #expect(try staged.parts(of: staged.pool).map(staged.state) == [.open, .open])
        #expect(try staged.questions.isEmpty)
        #expect(try staged.status.answersToRelease == 0)
        #expect(try staged.isSound)
        try staged.test()
        #expect(try staged.questions == [staged.pool.text])
        #expect(try staged.status.answersToRelease == 10)
    }

    @Test("RES-15: a refused run of single tubes opens every pool that rested on them")
    func refusedTubes() throws {
        let staged = try StagedBench(tubes: 10, scheme: "10>5>1")
        try staged.test(found: [staged.pool.text])
        let parts = try staged.parts(of: staged.pool)
        try staged.test(found: [parts[1].text])
        let plate = try staged.test()
        try staged.bench.perform(RefuseRun(plate: plate), as: Bench.supervisor)
        #expect(try staged.state(of: staged.pool) == .split)
        #expect(try parts.map(staged.state) == [.negative, .opened])
        #expect(try staged.isSound)
    }

    @Test("READ-4: failed controls repeat the smaller pools, and say nothing about their tubes")
    func failedControls() throws {
        let staged = try StagedBench(tubes: 10, scheme: "10>5>1")
        let cutting = try staged.test(found: [staged.pool.text])
        let plate = try staged.bench.perform(LayOutPlate(kit: .first)).plate
        let file = try staged.bench.run(plate, negativesSignal: true) { _ in Bench.positive }
        let answer = try staged.bench.perform(ImportRun(file: file, plate: plate))
        #expect(!answer.isValid && answer.newTests == 2)
        #expect(try staged.parts(of: staged.pool).map(staged.state) == [.open, .open])
        #expect(try staged.bench.refusal(RefuseRun(plate: cutting), as: Bench.supervisor) != nil)
        #expect(try staged.isSound)
        try staged.test()
        #expect(try staged.status.answersToRelease == 10)
    }

    @Test("POOL-9: more than two stages need a programme that lists them")
    func unlisted() throws {
        let bench = try Bench()
        try bench.perform(
            bench.manifest((1...10).map { bench.row(tube: $0, kind: "1:1", person: $0) }))
        try bench.perform(ReceiveBox(box: "B1", scans: nil, goodOnly: false))
        let tubes = (1...6).map(Bench.barcode)
        for text in ["10>2>1", "5>2>1", "20>1", "20>5>1"] {
            let scheme = try #require(PoolScheme(text: text))
            let proposed = try bench.refusal(FormPools(.proposed(PoolWishes(scheme: scheme))))
            let named = try bench.refusal(
                FormPools(.named([FormPools.Named(tubes: tubes, scheme: scheme)])))
            #expect(proposed?.code == .rule && named?.code == .rule, "\(text)")
            #expect(proposed?.remedy.contains("10>5>1") == true)
        }
        // A named pool is no larger than its scheme's first size.
        let full = try bench.refusal(
            FormPools(.named([FormPools.Named(tubes: tubes, scheme: PoolScheme(size: 5))])))
        #expect(full?.places.map(\.code) == ["pool-full"])
        let scheme = PoolScheme(text: "10>5>1")
        let pool = try bench.perform(
            FormPools(.named([FormPools.Named(tubes: tubes, scheme: scheme)]))
        ).pools[0].pool
        try bench.testPlate { $0 == pool.text ? Bench.positive : Bench.negative }
        let waiting = try bench.laboratory.waitingTests(onlyRetests: true, as: Bench.technician)
        #expect(waiting.map(\.kind) == [.pool, .pool])
    }

    @Test("RES-12: worklist, lists and story show where a smaller pool came from")
    func shown() throws {
        let staged = try StagedBench(tubes: 10, scheme: "10>5>1")
        let laboratory = staged.bench.laboratory
        try staged.test(found: [staged.pool.text])
        let parts = try staged.parts(of: staged.pool)
        let plate = try staged.bench.perform(LayOutPlate(kit: .first)).plate
        let wells = try laboratory.worklist(of: plate, as: Bench.technician).wells
            .filter { $0.content == "pool" }
        #expect(Set(wells.map(\.code)) == Set(parts.map(\.text)))
        #expect(wells.allSatisfy { $0.purpose == .retest && $0.members.count == 5 })
        let open = try laboratory.pools(onlyOpen: true, as: Bench.technician)
        #expect(open.map(\.parent) == [nil, staged.pool, staged.pool])

        let sentence = "smaller pool \(parts[0]) out of \(staged.pool): "
        for name in [staged.pool.text, parts[0].text, Bench.barcode(1)] {
            let story = try laboratory.story(of: name, as: Bench.technician).map(\.what)
            #expect(story.contains { $0.text.hasPrefix(sentence) }, "\(name)")
            #expect(story.contains("pool \(staged.pool): split"), "\(name)")
        }
        let other = try laboratory.story(of: Bench.barcode(6), as: Bench.technician).map(\.what)
        #expect(!other.contains { $0.text.hasPrefix(sentence) })
    }
}
