import Foundation
import LabDomain
import LabOperations
import LabStatistics
import LabStore
import Testing

/// Does whatever comes to mind, in any order, as far as the laboratory lets it.
private struct RandomLaboratory {
    var bench: Bench
    var random: SeededGenerator
    var nextTube = 1
    var nextPerson = 1
    var refusals: [String: Int] = [:]
    var done: [String: Int] = [:]

    /// Two, three and four stages, some with leftovers of one tube.
    static let schemes = ["5>1", "10>1", "10>5>1", "10>3>1", "10>5>2>1", "5>2>1"]

    init(seed: UInt64) throws {
        bench = try Bench(programme: try Bench.programme(schemes: Self.schemes))
        random = SeededGenerator(seed: seed)
    }

    mutating func step() throws {
        let steps: [(String, Double)] = [
            ("register", 3), ("register again", 2), ("receive", 4), ("reject", 1), ("pool", 2),
            ("plate", 4), ("second plate", 2), ("run", 5), ("review", 4), ("refuse", 1),
            ("release", 3), ("close", 0.5), ("task", 0.5), ("feedback", 1),
            ("reject a waiting one", 1), ("abandon", 0.5),
        ]
        let name = steps[random.weightedIndex(steps.map(\.1))].0
        bench.now = bench.now.advanced(by: .minutes(1))
        do {
            try perform(name)
            done[name, default: 0] += 1
        } catch let refusal as Refusal {
            refusals["\(name): \(refusal.message)", default: 0] += 1
        }
    }

    private mutating func perform(_ name: String) throws {
        switch name {
        case "register": try register()
        case "register again": try registerAgain()
        case "receive": try receive()
        case "reject": try reject()
        case "reject a waiting one": try rejectWaiting()
        case "abandon": try abandon()
        case "pool": try pool()
        case "plate": try bench.perform(LayOutPlate(kit: .first, most: random.whole(in: 1...60)))
        case "second plate": try bench.perform(LayOutPlate(kit: .second))
        case "run": try run()
        case "review": try judge(refuse: false)
        case "refuse": try judge(refuse: true)
        case "release": try release()
        case "close": try closeRecollection()
        case "task": try closeTask()
        default: try feedBack()
        }
    }

    private mutating func pool() throws {
        let scheme = Self.schemes[random.index(below: Self.schemes.count)]
        try bench.perform(FormPools(.proposed(scheme: PoolScheme(text: scheme))))
    }

    private mutating func register() throws {
        var rows: [[ManifestColumn: String]] = []
        let box = "B\(random.whole(in: 1...6))"
        for _ in 0..<random.whole(in: 1...8) {
            let tube = nextTube
            nextTube += 1
            let kind = ["1:1", "1:1", "1:1", "5:1", "10:1", "environment"][random.index(below: 6)]
            let risk = ["low", "low", "medium", "key"][random.index(below: 4)]
            let people = kind == "10:1" ? random.whole(in: 1...10) : kind == "5:1" ? 3 : 1
            for _ in 0..<people {
                rows.append(
                    bench.row(
                        tube: tube, kind: kind, person: nextPerson, risk: risk, box: box,
                        place: kind == "environment" ? "door" : ""))
                nextPerson += 1
            }
        }
        try bench.perform(bench.manifest(rows))
    }

    /// Somebody who was here before comes again, called back or not.
    private mutating func registerAgain() throws {
        guard nextPerson > 1 else { return }
        let people = (0..<random.whole(in: 1...4)).map { _ in random.whole(in: 1...(nextPerson - 1))
        }
        var rows: [[ManifestColumn: String]] = []
        for person in people {
            rows.append(
                bench.row(
                    tube: nextTube, kind: random.bernoulli(0.8) ? "1:1" : "5:1", person: person,
                    box: "AGAIN"))
            nextTube += 1
        }
        try bench.perform(bench.manifest(rows))
    }

    private mutating func receive() throws {
        let boxes = try bench.laboratory.boxes(onlyIncomplete: true, as: Bench.technician)
        guard let box = boxes.randomElement(using: &random) else { return }
        if random.bernoulli(0.5) {
            try bench.perform(ReceiveBox(box: box.box.text, scans: nil, goodOnly: false))
        } else {
            let scans = (0..<5).map { _ in Bench.barcode(random.whole(in: 1...nextTube)) }
            try bench.perform(ReceiveBox(box: box.box.text, scans: scans, goodOnly: true))
        }
    }

    private mutating func reject() throws {
        let tube = Bench.barcode(random.whole(in: 1...nextTube))
        let reason = RejectReason.allCases[random.index(below: RejectReason.allCases.count)]
        try bench.perform(RejectTube(scan: tube, reason: reason))
    }

    /// A tube whose retest, repeat or confirmation waits turns out to be unfit.
    private mutating func rejectWaiting() throws {
        let waiting = try bench.laboratory.waitingTests(onlyRetests: true, as: Bench.technician)
            .filter { $0.kind != .pool }
        guard let one = waiting.randomElement(using: &random) else { return }
        try bench.perform(RejectTube(scan: one.subject, reason: .insufficient))
    }

    private mutating func abandon() throws {
        let plates = try bench.laboratory.plates(onlyUnread: true, as: Bench.technician)
        guard let plate = plates.randomElement(using: &random) else { return }
        try bench.perform(AbandonPlate(plate: plate.plate))
    }

    private mutating func run() throws {
        let plates = try bench.laboratory.plates(onlyUnread: true, as: Bench.technician)
        guard let plate = plates.randomElement(using: &random) else { return }
        let fails = random.bernoulli(0.15)
        var drawing = random.split()
        let file = try bench.run(plate.plate, negativesSignal: fails) { _ in
            switch drawing.uniform() {
            case ..<0.15: Bench.positive
            case ..<0.20: [38.5, 38, 25]
            case ..<0.25: [30, nil, 25]
            case ..<0.30: [nil, nil, nil]
            default: Bench.negative
            }
        }
        let enters = random.bernoulli(0.2) ? Bench.colleague : Bench.technician
        try bench.perform(ImportRun(file: file, plate: plate.plate), as: enters)
    }

    private mutating func judge(refuse: Bool) throws {
        let reviews = try bench.laboratory.reviews(as: Bench.supervisor)
        guard let review = reviews.randomElement(using: &random) else { return }
        let judge = random.bernoulli(0.2) ? Bench.colleague : Bench.supervisor
        if refuse {
            try bench.perform(RefuseRun(plate: review.plate), as: judge)
        } else {
            try bench.perform(ReviewRun(plate: review.plate), as: judge)
        }
    }

    private mutating func release() throws {
        let waiting = try bench.laboratory.releases(as: Bench.supervisor)
        if random.bernoulli(0.5) {
            try bench.perform(Release(.negatives), as: Bench.supervisor)
        } else if let one = waiting.randomElement(using: &random) {
            try bench.perform(Release(.tubes([one.tube.text])), as: Bench.colleague)
        }
    }

    private mutating func closeRecollection() throws {
        let open = try bench.laboratory.recollections(onlyOpen: true, as: Bench.technician)
        guard let one = open.randomElement(using: &random) else { return }
        let outcomes = RecollectionOutcome.allCases
        try bench.perform(
            CloseRecollection(
                recollection: one.recollection,
                outcome: outcomes[random.index(below: outcomes.count)]))
    }

    private mutating func closeTask() throws {
        let open = try bench.laboratory.tasks(onlyOpen: true, as: Bench.technician)
        guard let one = open.randomElement(using: &random) else { return }
        try bench.perform(CloseTask(task: one.task, done: "cleaned"))
    }

    private mutating func feedBack() throws {
        let boxes = try bench.laboratory.boxes(onlyIncomplete: false, as: Bench.technician)
        guard let box = boxes.randomElement(using: &random) else { return }
        try bench.perform(ConfirmFeedback(box: box.box.text), as: Bench.supervisor)
    }

    /// Receives, tests, reviews and releases until nothing is left to do without new swabs.
    mutating func finish() throws {
        for box in try bench.laboratory.boxes(onlyIncomplete: true, as: Bench.technician) {
            try bench.perform(ReceiveBox(box: box.box.text, scans: nil, goodOnly: false))
        }
        for plate in try bench.laboratory.plates(onlyUnread: true, as: Bench.technician) {
            let file = try bench.run(plate.plate) { _ in Bench.negative }
            try bench.perform(ImportRun(file: file, plate: plate.plate))
        }
        for _ in 0..<8 {
            try bench.test(.first) { _ in Bench.negative }
            try bench.test(.second) { _ in Bench.positive }
        }
        for review in try bench.laboratory.reviews(as: Bench.supervisor) {
            let judge = review.enteredBy == Bench.supervisor ? Bench.colleague : Bench.supervisor
            try bench.perform(ReviewRun(plate: review.plate), as: judge)
        }
        for waiting in try bench.laboratory.releases(as: Bench.supervisor) {
            let releaser =
                waiting.enteredBy == Bench.supervisor ? Bench.colleague : Bench.supervisor
            try bench.perform(Release(.tubes([waiting.tube.text])), as: releaser)
        }
    }
}

@Suite("Conservation")
struct ConservationTests {
    /// Another seed is tried with `SWABLINE_SEED=n tools/test --filter Conservation`.
    private static let seeds: [UInt64] = {
        let given = ProcessInfo.processInfo.environment["SWABLINE_SEED"].flatMap(UInt64.init)
        return given.map { [$0] } ?? Array(1...10)
    }()

    @Test(
        """
        CONS-1, CONS-2, CONS-3, CONS-4, STORE-2: whatever is done in whatever order, nobody is \
        lost or doubled, and the facts add up to the tables
        """, arguments: seeds)
    func random(_ seed: UInt64) throws {
        print("conservation seed \(seed)")
        var laboratory = try RandomLaboratory(seed: seed)
        for step in 0..<150 {
            try laboratory.step()
            let violations = try laboratory.bench.violations
            #expect(violations.isEmpty, "seed \(seed), step \(step): \(violations)")
            guard violations.isEmpty else { return }
        }
        let audit = try laboratory.bench.laboratory.store.audit()
        #expect(audit.isSound, "seed \(seed): \(audit)")

        try laboratory.finish()
        let status = try laboratory.bench.laboratory.status(as: Bench.technician)
        #expect(try laboratory.bench.violations.isEmpty)
        #expect(status.testsWaiting == 0, "seed \(seed)")
        #expect(status.answersToRelease == 0, "seed \(seed)")
        #expect(status.tubesExpected == 0, "seed \(seed)")
        #expect(status.poolsOpen == 0, "seed \(seed)")
        #expect(try laboratory.bench.laboratory.store.audit().isSound)
    }

    @Test("CONS-1: the random walk does every kind of step, so that it proves something")
    func reaches() throws {
        var done: [String: Int] = [:]
        for seed in Self.seeds.prefix(6) {
            var laboratory = try RandomLaboratory(seed: seed)
            for _ in 0..<150 { try laboratory.step() }
            done.merge(laboratory.done) { $0 + $1 }
        }
        for step in [
            "register", "register again", "receive", "reject", "pool", "plate", "second plate",
            "run", "review", "refuse", "release", "close", "task", "feedback",
            "reject a waiting one", "abandon",
        ] {
            #expect(done[step, default: 0] > 0, "\(step) was never done: \(done)")
        }
    }
}
